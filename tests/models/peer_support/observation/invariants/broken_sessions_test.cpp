// Sessions, counts of offices and referrals that break an invariant.

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

std::vector<BrokenStream> sessions() {
  using enum PeerFact;
  const auto evening = [](FactStream& s) {
    s.begin_case(s.client(), s.at(hours(9)), s.supporter(0));
    s.hold_session(s.client(), s.at(hours(9)), s.supporter(0), s.at(hours(17)) + minutes(1), 1);
    s.end_case(s.client(), s.at(hours(9)), s.at(hours(19)), RequestEnd::resolved,
               (s.at(hours(17)) + minutes(1)).ticks());
    return s.broken();
  };
  const auto add_second = [](FactStream& s, SimTime begin, std::size_t supporter, unsigned number) {
    s.hold_session(s.client(), s.at(hours(9)), s.supporter(supporter), begin, number);
  };
  return {
      with_lost("ThatNobodyReceives", "gives a session that nobody receives", session_received),
      with_lost("ThatNobodyGives", "receives a session that nobody has given", session_held),
      with_more("OfNoCase", "belongs to no case of theirs",
                [=](FactStream& s) { add_second(s, s.at(hours(14)), 0, 2); }),
      with_more("OfAnotherSupporter", "belongs to no case of theirs",
                [=](FactStream& s) { add_second(s, s.at(hours(10)) + minutes(1), 1, 2); }),
      with_changed("OutOfTurn", "numbered out of turn", session_held, [](Fact& f) { f.small = 2; }),
      {"MoreThanAllowed", "gives more sessions than the rules allow",
       [](FactStream& s) {
         const SimTime asked = s.at(hours(9));
         s.begin_case(s.client(), asked, s.supporter(0));
         for (int number = 1; number <= 3; ++number)
           s.hold_session(s.client(), asked, s.supporter(0), s.at(hours(10 + number)),
                          static_cast<unsigned>(number));
         s.end_case(s.client(), asked, s.at(hours(14)), RequestEnd::resolved, s.at(hours(11)).ticks());
         return s.broken();
       }},
      with_changed("BeforeTheFirstContact", "at another time than the first contact", session_received,
                   [](Fact& f) { f.a -= minutes(5).ticks(); }),
      with_changed("OfAnotherLength", "spends another time on a session than it takes", session_held,
                   [](Fact& f) { f.a -= 1; }),
      with_more("OfSomebodyResting", "begins a session without being active",
                [](FactStream& s) {
                  s.state(s.at(hours(10)) + minutes(59), supporter_role, s.supporter(0),
                          static_cast<std::int64_t>(SupporterRole::active), 0,
                          static_cast<unsigned>(SupporterRole::resting));
                }),
      with_more("WithSomebodyWhoLeft", "gives a session to somebody who has left",
                [](FactStream& s) { s.state(s.at(hours(9)) + minutes(1), clinician_left, s.client()); }),
      with_more("WithNobody", "gives a session where nobody is",
                [](FactStream& s) { s.state(s.at(hours(7)), clinician_left, s.client()); }),
      {"InTheEveningOfTheClient", "outside meeting hours of the client", evening},
      {"InTheEveningOfTheSupporter", "outside meeting hours of the supporter", evening},
      {"GroupDebriefInTheEvening", "outside meeting hours of the facilitator",
       [](FactStream& s) {
         const Scenario& scenario = s.rules.scenario;
         s.state(s.at(hours(20)), program_time, s.supporter(0),
                 (scenario.activation.group_debrief.length + scenario.case_rules.administration).ticks(), 0,
                 static_cast<unsigned>(ProgramWork::group_debrief));
         return s.broken();
       }},
      {"TwoAtOnceForTheClient", "is in two sessions at once",
       [=](FactStream& s) {
         s.add_whole_case();
         add_second(s, s.at(hours(10)) + minutes(30), 1, 2);
         return s.broken();
       }},
      {"TwoAtOnceForTheSupporter", "is in two sessions at once",
       [](FactStream& s) {
         s.add_whole_case();
         const Scenario& scenario = s.rules.scenario;
         s.state(s.at(hours(12)), program_time, s.supporter(0),
                 (scenario.activation.group_debrief.length + scenario.case_rules.administration).ticks(), 0,
                 static_cast<unsigned>(ProgramWork::group_debrief));
         return s.broken();
       }},
  };
}

class BrokenSessions : public BrokenStreams {};

TEST_P(BrokenSessions, AreNamed) {
  expect_named();
}

INSTANTIATE_TEST_SUITE_P(All, BrokenSessions, ::testing::ValuesIn(sessions()), name_of);

std::vector<BrokenStream> offices_and_referrals() {
  using enum PeerFact;
  constexpr std::size_t week_after_the_case = 4;  // two offices, and two weeks before
  const auto with_referral = [](std::string name, std::string what, PeerFact kind, Change change) {
    return BrokenStream{std::move(name), std::move(what), [=](FactStream& s) {
                          s.add_referral();
                          return s.broken_by(kind, 0, change);
                        }};
  };
  return {
      with_changed(
          "OpenCases", "open cases are not those of the requests", desk_week, [](Fact& f) { f.b = 1; },
          week_after_the_case),
      with_changed(
          "PeopleWhoWait", "people who wait are not those of the requests", desk_week,
          [](Fact& f) { f.a = f.b = 1; }, week_after_the_case),
      with_changed(
          "ActiveSupporters", "active supporters are not those of the roles", desk_week,
          [](Fact& f) { ++f.small; }, week_after_the_case),
      {"ReferralOfNoRequest", "a referral is made that ends no request",
       [](FactStream& s) {
         s.state(s.at(hours(9)), referral_made, 0);
         return s.broken();
       }},
      with_changed("RequestOfNoReferral", "ends by a referral that is not made", request_ended,
                   end_as(RequestEnd::referred)),
      with_referral("TakenUpAndDeclined", "a referral declined that is taken up", request_ended,
                    end_as(RequestEnd::referral_declined)),
      with_referral("DeclinedAndTakenUp", "a referral taken up that is declined", referral_made,
                    [](Fact& f) { f.small = 0; }),
      with_referral("TreatedBeforeArrival", "treated or gives up who did not arrive then", treatment_began,
                    [](Fact& f) { f.a += 1; }),
      with_referral("WhoWaits", "people who wait are not those who came", referral_waiting,
                    [](Fact& f) { f.a += 1; }),
      with_referral("WhoIsTreated", "people in treatment are not those who began", referral_waiting,
                    [](Fact& f) { f.b += 1; }),
      {"DestinationThatIsSilent", "nothing is told at the end of the run",
       [](FactStream& s) { return s.broken_without(referral_waiting); }},
      {"TooManyTreated", "more people are treated than it has places",
       [](FactStream& s) {
         s.add_referral();
         s.state(s.at(days(2)), treatment_began, 0, 0, days(2).ticks());
         return s.broken();
       }},
      {"OnwardWithoutTreatment", "goes onward whose treatment does not end then",
       [](FactStream& s) {
         s.add_referral();
         s.state(s.at(hours(12)), referral_onward, 0, 1);
         return s.broken();
       }},
  };
}

class BrokenOfficesAndReferrals : public BrokenStreams {};

TEST_P(BrokenOfficesAndReferrals, AreNamed) {
  expect_named();
}

INSTANTIATE_TEST_SUITE_P(All, BrokenOfficesAndReferrals, ::testing::ValuesIn(offices_and_referrals()),
                         name_of);

}  // namespace
}  // namespace peercap::peer_support
