// Two worlds that differ in one supporter, one unit or one policy, person by person: the first thing that
// differs in anybody's life is something that the program did.
//
// All that leads from one person's support to another person's distress is cut: what is then seen to differ
// first in somebody's own life would be chance that was not common.

#include <algorithm>
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/told_facts.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::ObservedRun;
using testing::run_observed;
using testing::tell;
using testing::Told;

/// A busy program whose sessions help, all equally, and whose clients tell nobody of it. All channels,
/// referrals, care of supporters and turnover are on, and some have to wait.
Scenario support_stays_with_the_person() {
  Scenario s = testing::busy_scenario(12, 12, 4);
  s.case_rules.max_cases = 2;
  s.environment.exhaustion_error_gain = 0.0;
  s.exhaustion.distress_gain = 0.0;
  s.exhaustion.unit_gain = 0.0;
  s.exhaustion.overload_gain = 0.0;
  s.activation.trust.learning = 0.0;
  s.activation.awareness.word_of_mouth = 0.0;
  s.activation.manager.notice = {0.1};
  s.activation.peer.notice = {0.02};
  s.case_rules.effect_fast = {0.3};
  s.case_rules.overflow.professional_after = days(1);
  s.supporters.exit.employment_ratio = 1.0;  // below 1 those who may be asked to join stay longer, too
  s.supporters.quality.exhaustion_loss = 0.0;
  s.supporters.training.skill_floor = 1.0;
  s.supporters.recruitment.interval_weeks = 8;
  s.supporters.check_ins.exhaustion_cut = 30.0;
  s.supporters.leave.rate = per_year(0.5);
  return s;
}

/// Whether the program had a hand in it: somebody was contacted, answered or given something to do.
bool is_of_program(const Told& told) {
  switch (std::get<PeerFact>(told)) {
    case PeerFact::exposure:
    case PeerFact::episode_began:
    case PeerFact::episode_ended:
    case PeerFact::episode_open:
    case PeerFact::clinician_left:
    case PeerFact::clinician_hired:
      return false;
    case PeerFact::request_made: {
      // People ask, or their colleagues speak up for them, on their own account; the rest comes of the
      // program or of its rules.
      const auto channel = static_cast<Channel>(std::get<5>(told) & 0xff);
      return channel != Channel::self_referral && channel != Channel::peer;
    }
    default:
      return true;
  }
}

/// Everything that is told of each person, as a clinician and as a supporter, in order of time.
std::map<std::uint64_t, std::vector<Told>> lives_of(const ObservedRun& run) {
  const Organization& o = run.organization;
  std::map<std::uint64_t, std::vector<Told>> lives;
  for (const EntityKey key : o.person_keys) lives[key.value()];
  for (const Fact& fact : run.log.facts()) {
    const Told told = tell(o, fact);
    if (std::get<PeerFact>(told) == PeerFact::group_debrief) {
      // Nobody says who came: a debrief may touch everyone in the unit.
      const Unit& unit = o.units[fact.subject];
      for (std::uint32_t i = 0; i < unit.size; ++i)
        lives[o.person_keys[unit.first_clinician + i].value()].push_back(told);
    } else if (const auto found = lives.find(std::get<2>(told)); found != lives.end()) {
      found->second.push_back(told);
    }
  }
  for (auto& [person, life] : lives) std::ranges::sort(life);
  return lives;
}

/// The earlier of the first two facts that are not the same in both lives; of two at one time that of the
/// program.
std::optional<Told> first_difference(const std::vector<Told>& a, const std::vector<Told>& b) {
  std::vector<Told> only;
  std::ranges::set_symmetric_difference(a, b, std::back_inserter(only));
  if (only.empty()) return std::nullopt;
  return *std::ranges::min_element(only, {}, [](const Told& told) {
    return std::pair{std::get<0>(told), !is_of_program(told)};
  });
}

struct Tally {
  int people = 0;
  int differing = 0;
};

/// Fails where the first difference of somebody who is in both worlds is not of the program.
Tally compare(const ObservedRun& before, const ObservedRun& after) {
  const auto lives_before = lives_of(before);
  const auto lives_after = lives_of(after);
  Tally tally;
  for (const auto& [person, life] : lives_before) {
    const auto other = lives_after.find(person);
    if (other == lives_after.end()) continue;
    ++tally.people;
    const auto difference = first_difference(life, other->second);
    if (!difference) continue;
    ++tally.differing;
    EXPECT_TRUE(is_of_program(*difference))
        << "a fact of kind " << static_cast<int>(std::get<PeerFact>(*difference)) << " about person "
        << person << " at tick " << std::get<0>(*difference);
  }
  return tally;
}

/// A small change of a program.
struct Policy {
  std::string name;
  std::function<void(Scenario&)> change;
};

std::vector<Policy> policies() {
  return {
      {"OneMoreSupporter", [](Scenario& s) { ++s.supporters.count; }},
      {"TenMoreSupporters", [](Scenario& s) { s.supporters.count += 10; }},
      {"NoOutreach", [](Scenario& s) { s.activation.outreach.enabled = Switch::off; }},
      {"NoManagers", [](Scenario& s) { s.activation.manager.enabled = Switch::off; }},
      {"FewerCoordinatorHours", [](Scenario& s) { s.program.coordinator_hours = {2.0}; }},
      {"OneCaseAtATime", [](Scenario& s) { s.case_rules.max_cases = 1; }},
      {"OneSession", [](Scenario& s) { s.case_rules.max_sessions = 1; }},
      {"ShorterGaps", [](Scenario& s) { s.case_rules.session_gap = days(2); }},
      {"ClosedByDistress", [](Scenario& s) { s.case_rules.closing_rule = ClosingRule::threshold; }},
      {"OfficeHours",
       [](Scenario& s) { s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00"); }},
      {"NoProtectedTime", [](Scenario& s) { s.supporters.protected_time = {0.0}; }},
      {"UnprotectedWorkRefused",
       [](Scenario& s) { s.supporters.unprotected_work = UnprotectedWork::refused; }},
      {"SevereFirst", [](Scenario& s) { s.matching.priority = Priority::severity; }},
      {"OwnProfessionOnly", [](Scenario& s) { s.matching.same_profession = MatchRule::required; }},
      {"GroupDebriefs",
       [](Scenario& s) {
         s.activation.group_debrief.policy = GroupDebriefPolicy::automatic;
         s.activation.group_debrief.least_affected = 2;
       }},
      {"Rounds", [](Scenario& s) { s.activation.rounding.policy = RoundingPolicy::all; }},
      {"FollowUps", [](Scenario& s) { s.case_rules.follow_up.enabled = Switch::on; }},
      {"ToProfessionals", [](Scenario& s) { s.case_rules.overflow.to_professional = Switch::on; }},
      {"NoReferrals", [](Scenario& s) { s.loops.referral = Switch::off; }},
      {"NoCareOfSupporters", [](Scenario& s) { s.loops.care = Switch::off; }},
      {"NoRecruitment", [](Scenario& s) { s.supporters.recruitment.enabled = Switch::off; }},
      {"OwnAccessToProfessionals", [](Scenario& s) { s.supporters.own_access = OwnAccess::professional; }},
      {"RequestsThatCome", [](Scenario& s) { s.activation.direct_requests = per_day(0.3); }},
      {"TermsOfOffice", [](Scenario& s) { s.supporters.terms.weeks = 20; }},
  };
}

void PrintTo(const Policy& policy, std::ostream* out) {
  *out << policy.name;
}

class PersonByPerson : public ::testing::TestWithParam<Policy> {};

TEST_P(PersonByPerson, WhatDiffersFirstIsOfTheProgram) {
  Scenario s = support_stays_with_the_person();
  const ObservedRun before = run_observed(s);
  GetParam().change(s);
  const ObservedRun after = run_observed(s);
  const Tally tally = compare(before, after);
  EXPECT_EQ(tally.people, 144);
  EXPECT_GT(tally.differing, 0) << "the policy changed nothing";
}

INSTANTIATE_TEST_SUITE_P(Policies, PersonByPerson, ::testing::ValuesIn(policies()),
                         [](const auto& test) { return test.param.name; });

// The session is told in both worlds; what it takes away is not.
TEST(PersonByPersonWithoutEffect, NothingDiffersBeforeTheFirstSession) {
  Scenario s = support_stays_with_the_person();
  const auto lives = lives_of(run_observed(s));
  s.loops.relief = Switch::off;
  const auto without_effect = lives_of(run_observed(s));
  int differing = 0;
  for (const auto& [person, life] : lives) {
    const auto difference = first_difference(life, without_effect.at(person));
    if (!difference || is_of_program(*difference)) continue;
    ++differing;
    const auto session = std::ranges::find(life, PeerFact::session_received,
                                           [](const Told& told) { return std::get<PeerFact>(told); });
    ASSERT_NE(session, life.end());
    EXPECT_LT(std::get<0>(*session), std::get<0>(*difference));
  }
  EXPECT_GT(differing, 4);
}

// The unit stands in front of the others of its kind: all their indices move. Ties of trust with the
// newcomers make it likelier to be named, so nobody names anybody here.
TEST(PersonByPersonWithOneMoreUnit, WhatDiffersFirstIsOfTheProgram) {
  Scenario s = support_stays_with_the_person();
  s.activation.peer.notice = {0.0};
  Department other = s.organization.sites[0].departments[0];
  other.name = "other";
  other.units = 3;
  s.organization.sites[0].departments.push_back(other);
  const ObservedRun before = run_observed(s);
  ++s.organization.sites[0].departments[0].units;
  const ObservedRun after = run_observed(s);
  const Tally tally = compare(before, after);
  EXPECT_EQ(tally.people, 180);
  EXPECT_GT(tally.differing, 0);
  EXPECT_EQ(after.organization.clinician_count(), 192U);
}

}  // namespace
}  // namespace peercap::peer_support
