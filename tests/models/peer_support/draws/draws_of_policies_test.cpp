// One policy switched: only the draws for what it decides, and for what follows from that, are other draws.

#include <functional>
#include <initializer_list>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/draws/counted_run.h"

namespace peercap::peer_support {
namespace {

using testing::CountedRun;
using testing::purposes_that_differ;
using testing::run_counted;

using Purposes = std::set<DrawPurpose>;

Purposes join(Purposes all, std::initializer_list<DrawPurpose> more) {
  all.insert(more);
  return all;
}

/// What is drawn about requests, cases and supporters, and so depends on who is in support, and when.
const Purposes care{DrawPurpose::acceptance,
                    DrawPurpose::patience,
                    DrawPurpose::session_length,
                    DrawPurpose::session_decision,
                    DrawPurpose::destination,
                    DrawPurpose::treatment,
                    DrawPurpose::onward,
                    DrawPurpose::return_after_loss,
                    DrawPurpose::release,
                    DrawPurpose::check_in,
                    DrawPurpose::supporter_survey,
                    DrawPurpose::exhaustion_survey,
                    DrawPurpose::recruitment_answer,
                    DrawPurpose::supporter_leave,
                    DrawPurpose::seek_threshold};  // a second time, when somebody asks

struct Policy {
  std::string name;
  std::function<void(Scenario&)> change;
  Purposes must;  ///< differ
  Purposes may;   ///< beside those; no others
};

void PrintTo(const Policy& policy, std::ostream* out) {
  *out << policy.name;
}

std::vector<Policy> policies() {
  return {
      {"DoubleCosts", [](Scenario& s) { s.costs.supporter_hour *= 2; }, {}, {}},
      {"OtherContactTarget", [](Scenario& s) { s.access.contact_target = hours(5); }, {}, {}},
      {"MoreSurveys",
       [](Scenario& s) { s.surveys.interval_weeks = 5; },
       {DrawPurpose::exhaustion_survey, DrawPurpose::supporter_survey},
       {}},
      {"NoSurveys",
       [](Scenario& s) { s.surveys.interval_weeks = 0; },
       {DrawPurpose::exhaustion_survey, DrawPurpose::supporter_survey},
       {}},
      {"NoOutreach",
       [](Scenario& s) { s.activation.outreach.enabled = Switch::off; },
       {DrawPurpose::acceptance, DrawPurpose::session_decision},
       care},
      {"NoManagers",
       [](Scenario& s) { s.activation.manager.enabled = Switch::off; },
       {DrawPurpose::notice_delay, DrawPurpose::acceptance},
       care},
      {"NoTies",
       [](Scenario& s) { s.organization.network.enabled = Switch::off; },
       {DrawPurpose::trust_tie, DrawPurpose::trust_tie_count},
       join(care, {DrawPurpose::notice_delay})},
      {"Rounds",
       [](Scenario& s) { s.activation.rounding.policy = RoundingPolicy::all; },
       {DrawPurpose::rounding, DrawPurpose::acceptance},
       care},
      {"GroupDebriefs",
       [](Scenario& s) { s.activation.group_debrief.policy = GroupDebriefPolicy::on_request; },
       {DrawPurpose::group_debrief, DrawPurpose::group_attendance},
       care},
      {"MoreCheckIns",
       [](Scenario& s) { s.supporters.check_ins.interval_weeks = 2; },
       {DrawPurpose::check_in},
       care},
      {"NoRecruitment",
       [](Scenario& s) { s.supporters.recruitment.enabled = Switch::off; },
       {DrawPurpose::recruitment_answer, DrawPurpose::trauma_baseline, DrawPurpose::role_exit},
       care},
      {"TermsOfOffice",
       [](Scenario& s) { s.supporters.terms.weeks = 20; },
       {DrawPurpose::term_renewal},
       care},
      {"RequestsThatCome",
       [](Scenario& s) { s.activation.direct_requests = per_day(0.3); },
       {DrawPurpose::direct_request, DrawPurpose::session_length},
       care},
      {"TenMoreSupporters",
       [](Scenario& s) { s.supporters.count += 10; },
       {DrawPurpose::trauma_baseline, DrawPurpose::role_exit},
       care},
      {"OneSession",
       [](Scenario& s) { s.case_rules.max_sessions = 1; },
       {DrawPurpose::session_length, DrawPurpose::session_decision},
       care},
      {"NoReferrals",
       [](Scenario& s) { s.loops.referral = Switch::off; },
       {DrawPurpose::destination, DrawPurpose::treatment},
       care},
      {"NoProtectedTime", [](Scenario& s) { s.supporters.protected_time = {0.0}; }, {}, care},
      {"SevereFirst", [](Scenario& s) { s.matching.priority = Priority::severity; }, {}, care},
      {"NoProgram",
       [](Scenario& s) { s.program.enabled = Switch::off; },
       {DrawPurpose::acceptance, DrawPurpose::session_decision, DrawPurpose::notice,
        DrawPurpose::direct_request},
       join(care, {DrawPurpose::notice_delay})},
  };
}

/// Support has no effect on anybody's distress, and exhaustion none on events: what happens to people is the
/// same under every policy.
Scenario life_goes_on() {
  Scenario s = testing::busy_scenario(12, 12, 10);
  s.environment.exhaustion_error_gain = 0.0;
  s.exhaustion.distress_gain = 0.0;
  s.exhaustion.unit_gain = 0.0;
  s.exhaustion.overload_gain = 0.0;
  s.activation.trust.learning = 0.0;
  s.activation.awareness.word_of_mouth = 0.0;
  s.activation.manager.notice = {0.1};
  s.activation.peer.notice = {0.02};
  s.activation.group_debrief.least_affected = 2;
  s.case_rules.effect_fast = {0.0};
  s.activation.group_debrief.effect_fast = {0.0};
  s.supporters.recruitment.interval_weeks = 8;
  s.supporters.exit.role_rate = per_year(0.5);
  s.supporters.exit.employment_ratio = 1.0;  // below 1 those who may be asked to join stay longer, too
  return s;
}

class DrawsOfPolicies : public ::testing::TestWithParam<Policy> {};

TEST_P(DrawsOfPolicies, DifferOnlyInWhatFollows) {
  const Policy& policy = GetParam();
  Scenario s = life_goes_on();
  const CountedRun before = run_counted(s);
  policy.change(s);
  const CountedRun after = run_counted(s);
  ASSERT_GT(before.draws.size(), 10'000U);
  const Purposes differing = purposes_that_differ(before, after);
  for (const DrawPurpose purpose : policy.must)
    EXPECT_TRUE(differing.contains(purpose)) << static_cast<int>(purpose) << " is the same";
  for (const DrawPurpose purpose : differing)
    EXPECT_TRUE(policy.must.contains(purpose) || policy.may.contains(purpose))
        << static_cast<int>(purpose) << " differs";
}

INSTANTIATE_TEST_SUITE_P(Policies, DrawsOfPolicies, ::testing::ValuesIn(policies()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace peercap::peer_support
