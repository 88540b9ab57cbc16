// Requests that break an invariant.

#include "tests/models/peer_support/observation/invariants/broken_streams.h"

namespace peercap::peer_support {
namespace {

using testing::BrokenStream;
using testing::BrokenStreams;
using testing::Change;
using testing::end_as;
using testing::FactStream;
using testing::name_of;
using testing::with_changed;
using testing::with_lost;
using testing::with_more;

std::vector<BrokenStream> requests() {
  using enum PeerFact;
  return {
      with_lost("ThatIsNeverMade", "done about a request that is not open", request_made),
      with_lost("ThatNeverEnds", "makes a request that never ends", request_ended),
      with_more("TwoAtOnce", "makes a second request while one is open",
                [](FactStream& s) {
                  s.begin_case(s.client(), s.at(hours(10)), s.supporter(1));
                  s.end_case(s.client(), s.at(hours(10)), s.at(hours(11)), RequestEnd::withdrew, -1);
                }),
      with_changed("StatedLater", "stated at another time than it is made", request_made,
                   [](Fact& f) { f.a -= 1; }),
      with_more("AcceptedTwice", "a request is accepted twice",
                [](FactStream& s) {
                  s.state(s.at(hours(10)), request_accepted, s.client(), s.at(hours(9)).ticks());
                }),
      with_changed("OfAnotherChannel", "a request changes its channel", request_accepted,
                   [](Fact& f) { f.small = static_cast<std::uint16_t>(Channel::manager); }),
      with_changed("ContactOfAnotherChannel", "a request changes its channel", first_contact,
                   [](Fact& f) { f.small = static_cast<std::uint16_t>(Channel::manager); }),
      with_changed("EndsInAnotherChannel", "a request changes its channel", request_ended,
                   [](Fact& f) { f.small |= static_cast<std::uint16_t>(Channel::manager); }),
      with_changed("AcceptedLater", "asks for support and does not accept it", request_accepted,
                   [](Fact& f) { f.time = f.time + minutes(1); }),
      with_lost("AssignedUnaccepted", "assigned to an offer that nobody has accepted", request_accepted),
      with_more("TwoSupporters", "a case has two supporters",
                [](FactStream& s) {
                  s.state(s.at(hours(10)), supporter_assigned, s.supporter(1), s.at(hours(9)).ticks(),
                          s.client());
                }),
      {"AssignedToThemselves", "somebody is assigned to themselves",
       [](FactStream& s) {
         const std::uint32_t person = s.organization.supporters[s.supporter(0)].clinician.value();
         s.begin_case(person, s.at(hours(9)), s.supporter(0));
         s.end_case(person, s.at(hours(9)), s.at(hours(12)), RequestEnd::withdrew, -1);
         return s.broken();
       }},
      {"AssignedElsewhere", "a supporter of another site is assigned",
       [](FactStream& s) {
         s.begin_case(s.client(), s.at(hours(9)), s.foreign_supporter());
         s.end_case(s.client(), s.at(hours(9)), s.at(hours(12)), RequestEnd::withdrew, -1);
         return s.broken();
       }},
      {"AssignedBeforeArrival", "assigned before the request has arrived",
       [](FactStream& s) {
         s.begin_case(s.client(), s.at(hours(9)), s.foreign_supporter());
         s.state(s.at(hours(10)) - s.rules.scenario.delays.desk_to_desk + microseconds(1),
                 request_transferred, s.client(), s.at(hours(9)).ticks(), 1);
         s.end_case(s.client(), s.at(hours(9)), s.at(hours(12)), RequestEnd::withdrew, -1);
         return s.broken();
       }},
      with_more("TransferredInACase", "transferred that does not wait",
                [](FactStream& s) {
                  s.state(s.at(hours(10)) + minutes(1), request_transferred, s.client(),
                          s.at(hours(9)).ticks(), 1);
                }),
      with_more("TransferredHome", "transferred to where it is",
                [](FactStream& s) {
                  s.state(s.at(hours(9)) + minutes(1), request_transferred, s.client(),
                          s.at(hours(9)).ticks(), 0);
                }),
      with_more("TransferredTwice", "a request is transferred twice",
                [](FactStream& s) {
                  for (const int minute : {1, 2})
                    s.state(s.at(hours(9)) + minutes(minute), request_transferred, s.client(),
                            s.at(hours(9)).ticks(), 1);
                }),
      with_more("HandedOverByAnother", "hands over a case that is not theirs",
                [](FactStream& s) {
                  s.state(s.at(hours(10)) + minutes(1), handover, s.supporter(1), s.at(hours(9)).ticks(),
                          s.client());
                }),
      with_lost("ContactedByNobody", "a first contact comes without a supporter", supporter_assigned),
      with_more("ContactedTwice", "a case has two first contacts",
                [](FactStream& s) {
                  s.state(s.at(hours(11)) + minutes(1), first_contact, s.client(), s.at(hours(9)).ticks(),
                          s.at(hours(9)).ticks());
                }),
      with_changed("EndsWithAnotherContact", "ends with another first contact than it had", request_ended,
                   [](Fact& f) { f.b -= 1; }),
      with_changed("OpenTooEarly", "open at the end of the run, and only then", request_ended,
                   end_as(RequestEnd::open_in_case)),
      with_changed("EndsWithTheRun", "open at the end of the run, and only then", request_ended,
                   [](Fact& f) { f.time = f.time + weeks(4) - days(1) - hours(12); }),
      with_changed("EndsUnanswered", "accepted ends without an answer", request_ended,
                   end_as(RequestEnd::declined)),
      with_changed("WithdrawsFromACase", "a wait for a first contact ends that is none", request_ended,
                   end_as(RequestEnd::withdrew)),
      {"ResolvedWithoutContact", "a case ends that has not begun",
       [](FactStream& s) {
         s.begin_case(s.client(), s.at(hours(9)), s.supporter(0));
         s.end_case(s.client(), s.at(hours(9)), s.at(hours(12)), RequestEnd::resolved, -1);
         return s.broken();
       }},
      {"ReferredWithoutContact", "a case is referred that has not begun",
       [](FactStream& s) {
         s.begin_case(s.client(), s.at(hours(9)), s.supporter(0));
         s.end_case(s.client(), s.at(hours(9)), s.at(hours(12)), RequestEnd::referral_declined, -1);
         s.state(s.at(hours(12)), referral_made, 0);
         return s.broken();
       }},
      with_changed("Dropped", "dropped that belongs to the horizon", request_ended,
                   end_as(RequestEnd::dropped)),
      with_more("OverflowsWithinACase", "overflows that does not wait",
                [](FactStream& s) {
                  s.state(s.at(hours(11)) + minutes(1), overflowed, s.client(), s.at(hours(9)).ticks());
                }),
      {"OverflowsWithoutEnd", "overflows and does not end by it",
       [](FactStream& s) {
         s.begin_case(s.client(), s.at(hours(9)), s.supporter(0));
         s.state(s.at(hours(12)), overflowed, s.client(), s.at(hours(9)).ticks());
         s.end_case(s.client(), s.at(hours(9)), s.at(hours(12)), RequestEnd::withdrew, -1);
         return s.broken();
       }},
      with_more("MergedWithNothing", "joins an open request and has none",
                [](FactStream& s) {
                  s.state(s.at(hours(13)), request_made, s.client(), s.at(hours(13)).ticks());
                  s.end_case(s.client(), s.at(hours(13)), s.at(hours(13)), RequestEnd::merged, -1);
                }),
      with_more("MergedLater", "merged that was not made just then",
                [](FactStream& s) {
                  s.state(s.at(hours(10)), request_made, s.client(), s.at(hours(10)).ticks());
                  s.end_case(s.client(), s.at(hours(10)), s.at(hours(11)), RequestEnd::merged, -1);
                }),
  };
}

class BrokenRequests : public BrokenStreams {};

TEST_P(BrokenRequests, AreNamed) {
  expect_named();
}

INSTANTIATE_TEST_SUITE_P(All, BrokenRequests, ::testing::ValuesIn(requests()), name_of);

}  // namespace
}  // namespace peercap::peer_support
