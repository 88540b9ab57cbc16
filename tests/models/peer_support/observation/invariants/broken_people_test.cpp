// People and supporters of whom an invariant is broken.

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

std::vector<BrokenStream> people() {
  using enum PeerFact;
  return {
      with_lost("EpisodeThatDoesNotBegin", "an episode ends that has not begun", episode_began),
      with_lost("EpisodeThatDoesNotEnd", "an episode never ends", episode_ended),
      with_more("EpisodeWithinAnother", "an episode begins within another one",
                [](FactStream& s) { s.add_episode(s.client(), s.at(hours(9)), s.at(hours(10))); }),
      with_changed("EpisodeOutOfTurn", "episodes are numbered out of turn", episode_began,
                   [](Fact& f) { f.a = 2; }),
      with_changed("AnotherEpisode", "another episode ends than is there", episode_ended,
                   [](Fact& f) { f.a = 2; }),
      with_changed("AnotherBegin", "ends with another begin than it had", episode_ended,
                   [](Fact& f) { f.b += 1; }),
      with_changed("AnotherCause", "ends with another cause than it had", episode_ended,
                   [](Fact& f) { f.small = static_cast<std::uint16_t>(f.small | 1U << cause_shift); }),
      with_changed("OpenTooEarly", "episodes are open at the end of the run, and only then", episode_ended,
                   [](Fact& f) { f.kind = static_cast<std::uint16_t>(episode_open); }),
      {"ContactedByNobody", "contacted without a first contact",
       [](FactStream& s) {
         s.add_episode(s.client(), s.at(hours(8)), s.at(hours(20)), 3);
         return s.broken();
       }},
      with_changed("EndsByLeaving", "ends by leaving, and nobody leaves", episode_ended,
                   [](Fact& f) { f.small = 7; }),
      with_more("LeavesAnEpisode", "leaves, and their episode goes on",
                [](FactStream& s) { s.state(s.at(hours(19)), clinician_left, s.client()); }),
      with_more("LeavesTwice", "leaves who was not there",
                [](FactStream& s) {
                  for (const int hour : {21, 22}) s.state(s.at(hours(hour)), clinician_left, s.client());
                }),
      with_more("AnotherLeaves", "somebody else leaves than is there",
                [](FactStream& s) { s.state(s.at(hours(21)), clinician_left, s.client(), 1); }),
      with_more("HiredForATakenPosition", "hired for a position that is taken",
                [](FactStream& s) { s.state(s.at(hours(21)), clinician_hired, s.client(), 1); }),
      with_more("HiredOutOfTurn", "people of a position are numbered out of turn",
                [](FactStream& s) {
                  s.state(s.at(hours(21)), clinician_left, s.client());
                  s.state(s.at(hours(99)), clinician_hired, s.client(), 2);
                }),
      with_more("HiredAtOnce", "before the office knows that the position is free",
                [](FactStream& s) {
                  s.state(s.at(hours(21)), clinician_left, s.client());
                  s.state(s.at(hours(21)), clinician_hired, s.client(), 1);
                }),
      with_more("EpisodeOfNobody", "an episode begins, and nobody is there",
                [](FactStream& s) {
                  s.state(s.at(hours(6)), clinician_left, s.client());
                  s.state(s.at(hours(40)), clinician_hired, s.client(), 1);
                }),
      with_changed("HoursOfDistress", "time in distress is not that of the episodes", unit_census,
                   [](Fact& f) { f.b += 1; }),
      with_changed("HoursInSupport", "time in support is longer than time in distress", unit_support,
                   [](Fact& f) { f.a = days(1).ticks(); }),
      with_changed("PeopleReached", "people reached are not those with an episode", unit_reach,
                   [](Fact& f) { f.a += 1; }),
      with_changed("PeopleSurveyed", "people surveyed are not those present", unit_scores,
                   [](Fact& f) { f.small = 9, f.b = 100'000; }),
      with_changed("PeoplePresent", "people present are not those who came and did not leave", unit_support,
                   [](Fact& f) { f.b = 9; }),
      with_changed("WeeklyPeople", "people in an episode at weekly ticks are not those of the episodes",
                   unit_week, [](Fact& f) { f.a = 1; }),
      with_more("PeopleHit", "people exposed are not those hit by events",
                [](FactStream& s) { s.state(s.at(hours(9)), exposure, s.client(), 1, 1); }),
      with_lost("UnitThatIsSilent", "nothing is told at the end of the run", unit_census),
  };
}

class BrokenPeople : public BrokenStreams {};

TEST_P(BrokenPeople, AreNamed) {
  expect_named();
}

INSTANTIATE_TEST_SUITE_P(All, BrokenPeople, ::testing::ValuesIn(people()), name_of);

std::vector<BrokenStream> supporters() {
  using enum PeerFact;
  constexpr auto role = [](SupporterRole r) { return static_cast<std::int64_t>(r); };
  const auto change = [role](FactStream& s, int hour, SupporterRole from, SupporterRole to) {
    s.state(s.at(hours(hour)), supporter_role, s.supporter(2), role(from), 0,
            static_cast<unsigned>(role(to)));
  };
  const auto work = [](FactStream& s, std::uint32_t who, ProgramWork what, SimDuration time) {
    s.state(s.at(hours(14)), program_time, who, time.ticks(), 0, static_cast<unsigned>(what));
  };
  using enum SupporterRole;
  return {
      with_more("ChangeFromAnotherRole", "changes from a role that they do not have",
                [=](FactStream& s) { change(s, 9, resting, active); }),
      with_more("ChangeToARoleBefore", "changes to a role that cannot follow",
                [=](FactStream& s) { change(s, 9, active, training); }),
      with_more("BeginLater", "has a role from the begin that they do not have",
                [=](FactStream& s) { change(s, 9, active, active); }),
      with_more("LeaveWithoutLeaving", "leaves a role that they do not have",
                [](FactStream& s) { s.state(s.at(hours(9)), supporter_left, s.supporter(2), 0, 0, 1); }),
      with_more("WorkWithoutRole", "works for the program without the role for it",
                [=](FactStream& s) {
                  change(s, 9, active, on_leave);
                  work(s, s.supporter(2), ProgramWork::refresher,
                       s.rules.scenario.supporters.training.refresher_hours);
                }),
      with_more("WorkOfAnotherLength", "spends another time on the program than its work takes",
                [=](FactStream& s) { work(s, s.supporter(2), ProgramWork::refresher, minutes(7)); }),
      with_lost("CountedWithoutRole", "is counted at the end without being active", supporter_role),
      with_changed("CountedWithOtherCases", "is counted with other cases at the end", supporter_exhaustion,
                   [](Fact& f) { f.b = 1; }),
      with_more("MoreCasesThanAllowed", "has more cases than the rules allow",
                [](FactStream& s) {
                  std::uint32_t added = 0;
                  for (std::uint32_t person = 0; added < 2; ++person) {
                    if (person == s.client() ||
                        person == s.organization.supporters[s.supporter(0)].clinician.value())
                      continue;
                    ++added;
                    s.begin_case(person, s.at(hours(9)) + minutes(5), s.supporter(0));
                    s.end_case(person, s.at(hours(9)) + minutes(5), s.at(hours(11)), RequestEnd::withdrew,
                               -1);
                  }
                }),
      with_changed("MoreProtectedTimeThanGranted", "uses more protected time than was granted", session_held,
                   [](Fact& f) { f.a = hours(7).ticks(), f.b = -hours(5).ticks(); }),
  };
}

class BrokenSupporters : public BrokenStreams {};

TEST_P(BrokenSupporters, AreNamed) {
  expect_named();
}

INSTANTIATE_TEST_SUITE_P(All, BrokenSupporters, ::testing::ValuesIn(supporters()), name_of);

}  // namespace
}  // namespace peercap::peer_support
