// Where something is switched off, what it would be like changes nothing: every event and fact is the same.

#include <gtest/gtest.h>

#include "tests/models/peer_support/relations/relation.h"

namespace peercap::peer_support {
namespace {

using testing::Relation;
using testing::Same;

std::vector<Relation> dormant_parameters() {
  return {
      {"SelfReferral",
       [](Scenario& s) {
         s.activation.self_referral.enabled = Switch::off;
         s.activation.embedded.enabled = Switch::off;
       },
       [](Scenario& s) {
         s.activation.self_referral.hazard = per_day(0.4);
         s.activation.self_referral.seek_window = days(3);
         s.activation.self_referral.stigma_mean = -1.0;
         s.activation.self_referral.stigma_sd = 0.1;
         s.activation.self_referral.workload_barrier = 1.0;
       },
       Same::everything, [](Scenario& s) { s.activation.self_referral.enabled = Switch::on; }},
      {"Outreach", [](Scenario& s) { s.activation.outreach.enabled = Switch::off; },
       [](Scenario& s) {
         s.activation.outreach.flag = {0.9};
         s.activation.outreach.report_delay = days(4);
       },
       Same::everything, [](Scenario& s) { s.activation.outreach.enabled = Switch::on; }},
      {"Managers", [](Scenario& s) { s.activation.manager.enabled = Switch::off; },
       [](Scenario& s) {
         s.activation.manager.notice = {0.8};
         s.activation.manager.delay = days(1);
       },
       Same::everything, [](Scenario& s) { s.activation.manager.enabled = Switch::on; }},
      {"Colleagues", [](Scenario& s) { s.activation.peer.enabled = Switch::off; },
       [](Scenario& s) {
         s.activation.peer.notice = {0.8};
         s.activation.peer.delay = days(1);
       },
       Same::everything, [](Scenario& s) { s.activation.peer.enabled = Switch::on; }},
      {"EmbeddedSupporters", [](Scenario& s) { s.activation.embedded.enabled = Switch::off; },
       [](Scenario& s) { s.activation.embedded.hazard = per_day(0.9); }, Same::everything,
       [](Scenario& s) { s.activation.embedded.enabled = Switch::on; }},
      {"Rounds", [](Scenario& s) { s.activation.rounding.policy = RoundingPolicy::none; },
       [](Scenario& s) {
         s.activation.rounding.interval_weeks = 1;
         s.activation.rounding.notice = {0.9};
         s.activation.rounding.high_risk_factor = 0.0;
         s.activation.rounding.visit_time = hours(5);
       },
       Same::everything, [](Scenario& s) { s.activation.rounding.policy = RoundingPolicy::all; }},
      {"GroupDebriefs", [](Scenario& s) { s.activation.group_debrief.policy = GroupDebriefPolicy::off; },
       [](Scenario& s) {
         s.activation.group_debrief.least_affected = 1;
         s.activation.group_debrief.requested = {0.9};
         s.activation.group_debrief.delay = days(1);
         s.activation.group_debrief.attendance = {0.9};
         s.activation.group_debrief.facilitators = 1;
         s.activation.group_debrief.length = hours(2);
         s.activation.group_debrief.effect_fast = {0.9};
       },
       Same::everything,
       [](Scenario& s) { s.activation.group_debrief.policy = GroupDebriefPolicy::automatic; }},
      {"BreachesOfConfidentiality", [](Scenario& s) { s.activation.trust.breach = {0.0}; },
       [](Scenario& s) { s.activation.trust.breach_loss = {0.9}; }, Same::everything,
       [](Scenario& s) { s.activation.trust.breach = {0.5}; }},
      {"FollowUps", [](Scenario& s) { s.case_rules.follow_up.enabled = Switch::off; },
       [](Scenario& s) {
         s.case_rules.follow_up.after = days(1);
         s.case_rules.follow_up.time = hours(3);
       },
       Same::everything, [](Scenario& s) { s.case_rules.follow_up.enabled = Switch::on; }},
      {"Overflow",
       [](Scenario& s) {
         s.case_rules.overflow.to_other_site = Switch::off;
         s.case_rules.overflow.to_professional = Switch::off;
       },
       [](Scenario& s) {
         s.case_rules.overflow.other_site_after = minutes(1);
         s.case_rules.overflow.professional_after = minutes(2);
       },
       Same::everything,
       [](Scenario& s) {
         s.supporters.count = 1;
         s.case_rules.overflow.to_professional = Switch::on;
         s.loops.referral = Switch::on;
       }},
      {"SevereReferral", [](Scenario& s) { s.case_rules.severe_referral = Switch::off; },
       [](Scenario& s) { s.case_rules.severe_distress = 0.1; }, Same::everything,
       [](Scenario& s) {
         s.case_rules.severe_referral = Switch::on;
         s.loops.referral = Switch::on;
       }},
      {"LongerSessionsOfTheTired", [](Scenario& s) { s.case_rules.adaptation.slow_down = 0.0; },
       [](Scenario& s) { s.case_rules.adaptation.debt = 0.01; }, Same::everything,
       [](Scenario& s) {
         s.supporters.protected_time = {0.0};
         s.case_rules.adaptation.slow_down = 3.0;
       }},
      {"SpreadOfFixedSessions", [](Scenario& s) { s.case_rules.session_law = ServiceLaw::fixed; },
       [](Scenario& s) { s.case_rules.session_length_cv = 1.5; }, Same::everything,
       [](Scenario& s) { s.case_rules.session_law = ServiceLaw::lognormal; }},
      {"ChanceOfAnotherSession", [](Scenario& s) { s.case_rules.closing_rule = ClosingRule::threshold; },
       [](Scenario& s) { s.case_rules.continue_after_session = {0.05}; }, Same::everything,
       [](Scenario& s) { s.case_rules.closing_rule = ClosingRule::probability; }},
      {"Turnover", [](Scenario& s) { s.turnover.enabled = Switch::off; },
       [](Scenario& s) {
         s.turnover.burnout_ratio = 8.0;
         s.turnover.vacancy = days(3);
         s.turnover.vacancy_workload = 7.0;
         for (Profession& profession : s.organization.professions) profession.turnover = per_year(2.0);
       },
       Same::everything, [](Scenario& s) { s.turnover.enabled = Switch::on; }},
      {"Recruitment", [](Scenario& s) { s.supporters.recruitment.enabled = Switch::off; },
       [](Scenario& s) {
         s.supporters.recruitment.interval_weeks = 1;
         s.supporters.recruitment.invited = 5;
         s.supporters.recruitment.acceptance_logit = 6.0;
         s.supporters.training.duration = days(1);
         s.supporters.training.hours = hours(100);
         s.supporters.training.drop_out = {0.9};
       },
       Same::everything,
       [](Scenario& s) {
         s.supporters.recruitment.enabled = Switch::on;
         s.loops.recruitment = Switch::on;
       }},
      {"Refreshers", [](Scenario& s) { s.supporters.training.refresher_interval_weeks = 0; },
       [](Scenario& s) { s.supporters.training.refresher_hours = hours(20); }, Same::everything,
       [](Scenario& s) { s.supporters.training.refresher_interval_weeks = 2; }},
      {"DebriefsOfSupporters",
       [](Scenario& s) {
         s.supporters.debrief_groups.interval_weeks = 0;
         s.supporters.debrief_groups.after_each_case = Switch::off;
       },
       [](Scenario& s) {
         s.supporters.debrief_groups.length = hours(9);
         s.supporters.debrief_groups.trauma_relief = {0.9};
         s.supporters.debrief_groups.debt_relief = {0.9};
       },
       Same::everything, [](Scenario& s) { s.supporters.debrief_groups.interval_weeks = 1; }},
      {"CheckIns", [](Scenario& s) { s.supporters.check_ins.interval_weeks = 0; },
       [](Scenario& s) {
         s.supporters.check_ins.exhaustion_cut = 0.0;
         s.supporters.check_ins.trauma_cut = 10.0;
         s.supporters.check_ins.rest = days(2);
       },
       Same::everything,
       [](Scenario& s) {
         s.supporters.check_ins.interval_weeks = 1;
         s.loops.care = Switch::on;
       }},
      {"Leave", [](Scenario& s) { s.supporters.leave.rate = {}; },
       [](Scenario& s) { s.supporters.leave.length = days(1); }, Same::everything,
       [](Scenario& s) { s.supporters.leave.rate = per_year(20.0); }},
      {"Terms", [](Scenario& s) { s.supporters.terms.weeks = 0; },
       [](Scenario& s) { s.supporters.terms.renewal = {0.0}; }, Same::everything,
       [](Scenario& s) { s.supporters.terms = {.weeks = 2, .renewal = {1.0}}; }},
      {"MentoringOfTheYoung", [](Scenario& s) { s.supporters.early_career.supplement = Switch::off; },
       [](Scenario& s) {
         s.supporters.early_career.monthly_time = hours(40);
         s.supporters.early_career.strain_relief = {0.9};
       },
       Same::everything, [](Scenario& s) { s.supporters.early_career.supplement = Switch::on; }},
      {"TiesOfTrust", [](Scenario& s) { s.organization.network.enabled = Switch::off; },
       [](Scenario& s) {
         s.organization.network.same_team = {0.9};
         s.organization.network.same_unit = {0.9};
         s.organization.network.same_site = {0.1};
         s.organization.network.homophily = 1.0;
       },
       Same::everything, [](Scenario& s) { s.organization.network.enabled = Switch::on; }},
      {"StateAtTheStart", [](Scenario& s) { s.today.given = Switch::off; },
       [](Scenario& s) {
         s.today.open_cases = 9;
         s.today.waiting = 9;
         s.today.overload_debt = 30.0;
         s.today.trauma_shift = 20.0;
         s.today.satisfaction_shift = -20.0;
       },
       Same::everything, [](Scenario& s) { s.today.given = Switch::on; }},
      {"ErrorGain", [](Scenario& s) { s.loops.error = Switch::off; },
       [](Scenario& s) { s.environment.exhaustion_error_gain = 0.9; }, Same::everything,
       [](Scenario& s) { s.loops.error = Switch::on; }},
      {"PullOfTheUnit", [](Scenario& s) { s.loops.contagion = Switch::off; },
       [](Scenario& s) { s.exhaustion.unit_gain = 0.9; }, Same::everything,
       [](Scenario& s) { s.loops.contagion = Switch::on; }},
      {"Impatience", [](Scenario& s) { s.loops.delay = Switch::off; },
       [](Scenario& s) {
         s.access.withdrawal_first_week = per_day(0.9);
         s.access.withdrawal_later = per_day(0.9);
       },
       Same::everything, [](Scenario& s) { s.loops.delay = Switch::on; }},
      // Without a program there are no requests for its rules to be about.
      {"RulesOfAProgramThatIsNotThere", [](Scenario& s) { s.program.enabled = Switch::off; },
       [](Scenario& s) {
         s.program.coordinator_hours = {1.0};
         s.program.triage_time = hours(3);
         s.matching = {.priority = Priority::severity, .load_weight = 9.0};
         s.case_rules.max_cases = 1;
         s.case_rules.session_gap = days(1);
         s.access.lead_time = days(2);
         s.access.meeting_hours = *WeeklyWindows::parse("Tue 10:00-11:00");
         s.supporters.protected_time = {9.0};
         s.activation.trust.learning = 0.9;
       },
       Same::everything, [](Scenario& s) { s.program.enabled = Switch::on; }},
  };
}

class DormantParameters : public ::testing::TestWithParam<Relation> {};
TEST_P(DormantParameters, ChangeNothing) {
  expect_to_hold(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Each, DormantParameters, ::testing::ValuesIn(dormant_parameters()),
                         [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace peercap::peer_support
