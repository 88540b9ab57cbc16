// Facts that cannot be, each by itself: every one is found and named.

#include "models/peer_support/observation/invariants/fact_bounds.h"

#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/invariants/fact_stream.h"

namespace peercap::peer_support {
namespace {

using testing::FactStream;
using ::testing::HasSubstr;

/// A fact on the first Tuesday at noon, and what is wrong with it. Times are given since then.
struct BrokenFact {
  std::string name;
  std::string what;
  PeerFact kind;
  std::int64_t a = 0;
  std::int64_t b = 0;
  unsigned small = 0;
  bool a_is_time = false;
  bool b_is_time = false;
  std::uint32_t subject = 0;

  friend void PrintTo(const BrokenFact& fact, std::ostream* out) { *out << fact.name; }
};

constexpr std::int64_t hour = hours(1).ticks();
constexpr std::int64_t one = 1 << 20;
constexpr std::uint32_t out_of_range = 1'000'000;

std::vector<BrokenFact> broken_facts() {
  using enum PeerFact;
  return {
      {"ClinicianWhoIsNot", "names somebody or something that is not there", episode_began, 1, 0, 0, false,
       false, out_of_range},
      {"UnitThatIsNot", "names somebody or something that is not there", unit_week, 0, 0, 0, false, false, 2},
      {"SupporterWhoIsNot", "names somebody or something that is not there", session_received, -hour,
       out_of_range, 0, true},
      {"ClientWhoIsNot", "names somebody or something that is not there", supporter_assigned, -hour, -1, 0,
       true},
      {"ChannelThatIsNot", "names somebody or something that is not there", request_made, 0, 0, 0xff, true},
      {"CauseThatIsNot", "names somebody or something that is not there", episode_began, 1, 0, 3},
      {"CauseOfARequestThatIsNot", "names somebody or something that is not there", request_made, 0, 0,
       3 << 8, true},
      {"CauseOfAContactThatIsNot", "names somebody or something that is not there", first_contact, -hour,
       -2 * hour, 3 << 9, true, true},
      {"CauseOfAnEndThatIsNot", "names somebody or something that is not there", episode_ended, 1, -hour,
       3 << 8, false, true},
      {"OutcomeThatIsNot", "names somebody or something that is not there", request_ended, 0, -1, 0xff00,
       true},
      {"WorkThatIsNot", "names somebody or something that is not there", program_time, 1, 0, 99},
      {"RoleThatIsNot", "names somebody or something that is not there", supporter_role, 0, 0, 99},
      {"ReasonThatIsNot", "names somebody or something that is not there", supporter_left, 0, 0, 99},
      {"ChallengeThatIsNot", "names somebody or something that is not there", supporter_challenge, 0, 0, 99},
      {"SiteThatIsNot", "names somebody or something that is not there", request_transferred, -hour, 2, 0,
       true},
      {"DestinationThatIsNot", "names somebody or something that is not there", referral_onward, 99},
      {"EventOfMorePeople", "hits more people than the unit has", clinical_event, 0, 11},
      {"EventOfAnotherWeek", "in another week than its candidate", clinical_event, 7 << 14, 1},
      {"ExposureThatRelieves", "an exposure lowers distress", exposure, 1, -1},
      {"EpisodeWithoutNumber", "an episode has no number", episode_began, 0},
      {"EpisodeThatEndsFirst", "an episode ends before it begins", episode_ended, 1, hour, 0, false, true},
      {"WeekOfMorePeople", "more people are in an episode than the unit has", unit_week, 11},
      {"MoreSupportedThanDistressed", "more people are supported in an episode than have one", unit_week, 3,
       0, 4},
      {"TurnWithoutLength", "a turn on call takes no time", turn_on_call, 0},
      {"ExhaustionOfNoNumber", "exhaustion is beyond all bounds", unit_week, 0,
       std::numeric_limits<std::int64_t>::min() + 1},
      {"CensusOfMorePeople", "more people score as concerning than the unit has", unit_census, 11},
      {"ReachOfMorePeople", "more people had an episode than the unit has", unit_reach, 11, 10},
      {"ReachOfAnotherUnit", "more people had an episode than the unit has", unit_reach, 1, 9},
      {"MorePeoplePresent", "more people hold a position than the unit has", unit_support, 0, 11},
      {"AwarenessAboveOne", "awareness leaves [0, 1]", unit_climate, one + 1, 0},
      {"TrustBelowZero", "trust leaves [0, 1]", unit_climate, 0, -1},
      {"MoreAnswersThanPeople", "more people answer a survey than the unit has", unit_survey, 11, 0},
      {"MoreConcerningThanAnswers", "more answers are concerning than there are", unit_survey, 3, 4},
      {"DebriefOfMorePeople", "more people come to a debrief than the unit has", group_debrief, 0, 11},
      {"SquaresTooSmall", "scores and their squares do not belong together", unit_scores, 101, 1000, 10},
      {"FirstOfAPosition", "hired whom nobody went before", clinician_hired, 0},
      {"RequestOfTheFuture", "done about a request before it is made", request_made, hour, 0, 0, true},
      {"OverflowOfTheFuture", "done about a request before it is made", overflowed, hour, 0, 0, true},
      {"ContactOfTheFuture", "a first contact comes before its request", first_contact, hour, 0, 0, true,
       true},
      {"EventAfterItsRequest", "a request comes before the event that it is about", first_contact, -hour, 0,
       0, true, true},
      {"EndOfTheFuture", "a request ends before it is made", request_ended, hour, -1, 0x0600, true},
      {"ContactAfterTheEnd", "a first contact lies outside the time of its request", request_ended, -hour,
       hour, 0x0500, true, true},
      {"ContactBeforeTheRequest", "a first contact lies outside the time of its request", request_ended,
       -hour, -2 * hour, 0x0500, true, true},
      {"NegativeSession", "a session takes negative time", session_held, -1, 0, 1},
      {"SessionWithoutNumber", "a session has no number", session_held, 1, 0, 0},
      {"SessionThatEndsFirst", "a session ends before it begins", session_received, 0, 0, 0, true},
      {"SessionBeforeTheRun", "a session begins before the run", session_received, -500 * hour, 0, 0, true},
      {"MoreWaitThanHaveCases", "more people wait for a first contact than have cases", desk_week, 2, 1},
      {"NegativeWork", "the program takes negative time", program_time, 1, -1},
      {"TreatmentBeforeItsReferral", "a treatment begins before its referral", treatment_began, -1, 0},
      {"TreatmentWithoutEnd", "a treatment takes negative time", treatment_began, 0, -1},
      {"LossBeforeItsReferral", "gives up a referral before it is made", referral_given_up, 999 * hour},
      {"FewerThanNobodyWait", "fewer than nobody wait for a treatment", referral_waiting, -1},
  };
}

class FactBounds : public ::testing::TestWithParam<BrokenFact> {
 protected:
  std::string broken(SimTime time, const BrokenFact& fact) {
    ViolationList found;
    const std::int64_t a = fact.a + (fact.a_is_time ? time.ticks() : 0);
    const std::int64_t b = fact.b + (fact.b_is_time ? time.ticks() : 0);
    (void)check_fact({stream_.rules, stream_.organization, stream_.random},
                     {time, static_cast<std::uint16_t>(fact.kind), static_cast<std::uint16_t>(fact.small),
                      fact.subject, a, b},
                     found);
    std::string text;
    for (const Violation& violation : found.first()) text += violation.what + "\n";
    return text;
  }
  FactStream stream_;
};

TEST_P(FactBounds, NameWhatCannotBe) {
  EXPECT_THAT(broken(stream_.at(hours(12)), GetParam()), HasSubstr(GetParam().what));
}

INSTANTIATE_TEST_SUITE_P(Broken, FactBounds, ::testing::ValuesIn(broken_facts()),
                         [](const auto& test) { return test.param.name; });

TEST_F(FactBounds, KeepWithinTheRun) {
  const BrokenFact fine{"", "", PeerFact::unit_climate};
  EXPECT_EQ(broken(stream_.rules.begin, fine), "");
  EXPECT_EQ(broken(stream_.rules.end, fine), "");
  EXPECT_THAT(broken(stream_.rules.begin - microseconds(1), fine), HasSubstr("outside the run"));
  EXPECT_THAT(broken(stream_.rules.end + microseconds(1), fine), HasSubstr("outside the run"));
}

}  // namespace
}  // namespace peercap::peer_support
