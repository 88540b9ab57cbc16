// A rule that cannot bind, and an effect of size zero, are the same as none: bit for bit, on common random
// numbers.

#include <gtest/gtest.h>

#include "tests/models/peer_support/relations/relation.h"

namespace peercap::peer_support {
namespace {

using testing::Relation;
using testing::Same;

void no_debriefs_of_groups(Scenario& s) {
  s.activation.group_debrief.policy = GroupDebriefPolicy::off;
}

std::vector<Relation> rules_that_cannot_bind() {
  return {
      // Nobody has as many clients as that: a cap beyond reach is no cap.
      {"CaseloadCapBeyondReach", [](Scenario& s) { s.case_rules.max_cases = 900; },
       [](Scenario& s) { s.case_rules.max_cases = 1000; }, Same::everything,
       [](Scenario& s) { s.case_rules.max_cases = 1; }},
      // Hours that are never worked cannot run out.
      {"ProtectedTimeNobodyUsesUp",
       [](Scenario& s) {
         s.supporters.protected_time = {400.0};
         s.supporters.protected_time_carry = weeks(1);
         no_debriefs_of_groups(s);  // facilitators are those with the most hours left
       },
       [](Scenario& s) { s.supporters.protected_time = {600.0}; }, Same::everything,
       [](Scenario& s) {
         s.supporters.protected_time = {0.0};
         s.supporters.count = 3;
       }},
      // The cap on sessions is reached by nobody who certainly stops before.
      {"SessionsBeyondTheLast",
       [](Scenario& s) {
         s.case_rules.closing_rule = ClosingRule::probability;
         s.case_rules.continue_after_session = {0.0};
         s.case_rules.max_sessions = 20;
       },
       [](Scenario& s) { s.case_rules.max_sessions = 50; }, Same::everything,
       [](Scenario& s) {
         s.case_rules.closing_rule = ClosingRule::probability;
         s.case_rules.continue_after_session = {1.0};
         s.case_rules.early_referral = {0.0};
         s.case_rules.session_gap = days(1);
         s.case_rules.max_sessions = 2;
       }},
      // A debrief for more people than a unit has never takes place.
      {"GroupDebriefsOfMoreThanThereAre",
       [](Scenario& s) {
         s.activation.group_debrief.policy = GroupDebriefPolicy::automatic;
         s.activation.group_debrief.least_affected = 1000;
       },
       no_debriefs_of_groups, Same::everything,
       [](Scenario& s) {
         s.activation.group_debrief.policy = GroupDebriefPolicy::automatic;
         s.activation.group_debrief.least_affected = 1;
       }},
      // Rounds of high-risk units, where no unit is one.
      {"RoundsOfUnitsThatAreNotThere",
       [](Scenario& s) {
         s.activation.rounding.policy = RoundingPolicy::high_risk;
         s.activation.rounding.high_risk_factor = 1000.0;
       },
       [](Scenario& s) { s.activation.rounding.policy = RoundingPolicy::none; }, Same::everything,
       [](Scenario& s) {
         s.activation.rounding = {
             .policy = RoundingPolicy::high_risk, .interval_weeks = 1, .high_risk_factor = 0.0};
       }},
      // The run is over before anybody has waited as long as that. Timers that never ring are numbered
      // all the same, and what the desk does afterwards has other numbers.
      {"OverflowAfterTheEnd",
       [](Scenario& s) {
         s.case_rules.overflow = {.to_other_site = Switch::on,
                                  .other_site_after = days(365),
                                  .to_professional = Switch::on,
                                  .professional_after = days(365)};
       },
       [](Scenario& s) { s.case_rules.overflow = {}; }, Same::facts,
       [](Scenario& s) {
         s.supporters.count = 1;
         s.case_rules.overflow = {.to_professional = Switch::on, .professional_after = hours(1)};
         s.loops.referral = Switch::on;
       }},
      // Likewise for follow-ups.
      {"FollowUpsAfterTheEnd",
       [](Scenario& s) { s.case_rules.follow_up = {.enabled = Switch::on, .after = days(700)}; },
       [](Scenario& s) { s.case_rules.follow_up.enabled = Switch::off; }, Same::facts,
       [](Scenario& s) { s.case_rules.follow_up = {.enabled = Switch::on, .after = days(2)}; }},
      // No score is above the top of its scale.
      {"CheckInsThatRelieveNobody",
       [](Scenario& s) {
         s.supporters.check_ins.interval_weeks = 1;
         s.supporters.check_ins.exhaustion_cut = 1e6;
         s.supporters.check_ins.trauma_cut = 1e6;
       },
       [](Scenario& s) { s.supporters.check_ins.interval_weeks = 0; }, Same::everything,
       [](Scenario& s) {
         s.loops.care = Switch::on;
         s.supporters.check_ins = {.interval_weeks = 1, .exhaustion_cut = 20.0, .trauma_cut = 10.0};
       }},
      // Whoever always begins another term has none.
      {"TermsThatAreAlwaysRenewed", [](Scenario& s) { s.supporters.terms = {.weeks = 2, .renewal = {1.0}}; },
       [](Scenario& s) { s.supporters.terms.weeks = 0; }, Same::everything,
       [](Scenario& s) { s.supporters.terms = {.weeks = 2, .renewal = {0.0}}; }},
      // Nobody invited, nobody joins.
      {"RecruitmentThatInvitesNobody", [](Scenario& s) { s.supporters.recruitment.invited = 0; },
       [](Scenario& s) { s.supporters.recruitment.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.supporters.recruitment = {.interval_weeks = 1, .invited = 3, .acceptance_logit = 5.0};
         s.supporters.training.duration = days(2);
         s.loops.recruitment = Switch::on;
       }},
      // A destination without weight is where nobody is sent; what it is like cannot matter.
      {"DestinationsNobodyIsSentTo",
       [](Scenario& s) {
         s.referrals.destinations.back().weight_event = 0.0;
         s.referrals.destinations.back().weight_personal = 0.0;
       },
       [](Scenario& s) {
         ReferralDestination& last = s.referrals.destinations.back();
         last.places = 17;
         last.acceptance = {0.99};
         last.service_time = days(2);
         last.patience = days(1);
         last.service_law = ServiceLaw::fixed;
         last.opening_hours = *WeeklyWindows::parse("Tue 10:00-11:00");
       },
       Same::everything,
       [](Scenario& s) {
         s.loops.referral = Switch::on;
         s.case_rules.early_referral = {0.8};
         for (ReferralDestination& destination : s.referrals.destinations) {
           destination.weight_event = 0.0;
           destination.weight_personal = 0.0;
         }
         s.referrals.destinations.back().weight_event = 1.0;
         s.referrals.destinations.back().weight_personal = 1.0;
       }},
      // Where everybody knows the program and nobody forgets it, there is nobody to be told.
      {"WordOfMouthAmongThoseWhoKnow",
       [](Scenario& s) { s.activation.awareness = {.initial = 1.0, .campaign = {}, .forgetting = {}}; },
       [](Scenario& s) { s.activation.awareness.word_of_mouth = 50.0; }, Same::everything,
       [](Scenario& s) {
         s.activation.awareness = {.initial = 0.2, .campaign = {}, .word_of_mouth = 0.0, .forgetting = {}};
         s.loops.visibility = Switch::on;
       }},
      // Nobody leaves at a rate of zero, and so nobody is there for having stayed.
      {"TurnoverAtARateOfZero",
       [](Scenario& s) {
         for (Profession& profession : s.organization.professions) profession.turnover = {};
       },
       [](Scenario& s) { s.turnover.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) { s.turnover.enabled = Switch::on; }},
  };
}

std::vector<Relation> effects_of_size_zero() {
  return {
      {"OutreachThatNamesNobody", [](Scenario& s) { s.activation.outreach.flag = {0.0}; },
       [](Scenario& s) { s.activation.outreach.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) { s.activation.outreach = {.report = {0.9}, .flag = {0.9}}; }},
      {"OutreachWithoutReports", [](Scenario& s) { s.activation.outreach.report = {0.0}; },
       [](Scenario& s) { s.activation.outreach.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) { s.activation.outreach = {.report = {0.9}, .flag = {0.9}}; }},
      {"ManagersWhoNoticeNothing", [](Scenario& s) { s.activation.manager.notice = {0.0}; },
       [](Scenario& s) { s.activation.manager.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) { s.activation.manager = {.notice = {0.9}}; }},
      {"ColleaguesWhoNoticeNothing", [](Scenario& s) { s.activation.peer.notice = {0.0}; },
       [](Scenario& s) { s.activation.peer.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) { s.activation.peer = {.notice = {0.9}}; }},
      // The desk tells units how many of theirs look out for others; they see nothing.
      {"EmbeddedSupportersWhoSeeNothing",
       [](Scenario& s) { s.activation.embedded = {.enabled = Switch::on, .hazard = {}}; },
       [](Scenario& s) { s.activation.embedded.enabled = Switch::off; }, Same::facts,
       [](Scenario& s) { s.activation.embedded = {.enabled = Switch::on, .hazard = per_day(0.5)}; }},
      {"SelfReferralNobodyMakes", [](Scenario& s) { s.activation.self_referral.hazard = {}; },
       [](Scenario& s) { s.activation.self_referral.enabled = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.activation.self_referral.enabled = Switch::on;
         s.activation.self_referral.hazard = per_day(0.5);
       }},
      // B1: distress times one minus nothing.
      {"SessionsWithoutEffect",
       [](Scenario& s) {
         s.case_rules.effect_fast = {0.0};
         s.case_rules.effect_slow = {0.0};
         s.activation.group_debrief.effect_fast = {0.0};
       },
       [](Scenario& s) { s.loops.relief = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.loops.relief = Switch::on;
         s.case_rules.effect_fast = {0.9};
       }},
      // R1: the exponential of nothing is one.
      {"ErrorWithoutGain", [](Scenario& s) { s.environment.exhaustion_error_gain = 0.0; },
       [](Scenario& s) { s.loops.error = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.loops.error = Switch::on;
         s.environment.exhaustion_error_gain = 1.0;
       }},
      // R2: debts are told, and change nobody's exhaustion or wish to stay.
      {"OverloadWithoutEffect",
       [](Scenario& s) {
         s.exhaustion.overload_gain = 0.0;
         s.supporters.exit.exhaustion_effect = 0.0;
         s.supporters.exit.overload_effect = 0.0;
       },
       [](Scenario& s) { s.loops.overload = Switch::off; }, Same::facts,
       [](Scenario& s) {
         s.loops.overload = Switch::on;
         s.exhaustion.overload_gain = 1.0;
       }},
      // R3: trust learns nothing, nobody tells anybody.
      {"VisibilityThatTeachesNothing",
       [](Scenario& s) {
         s.activation.trust.learning = 0.0;
         s.activation.awareness.word_of_mouth = 0.0;
       },
       [](Scenario& s) { s.loops.visibility = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.loops.visibility = Switch::on;
         s.activation.trust.learning = 0.5;
       }},
      // R4
      {"ContagionWithoutGain", [](Scenario& s) { s.exhaustion.unit_gain = 0.0; },
       [](Scenario& s) { s.loops.contagion = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.loops.contagion = Switch::on;
         s.exhaustion.unit_gain = 0.5;
       }},
      // R5
      {"MeaningWithoutPoints",
       [](Scenario& s) { s.supporters.compassion_satisfaction.points_per_success = 0.0; },
       [](Scenario& s) { s.loops.meaning = Switch::off; }, Same::everything,
       [](Scenario& s) { s.supporters.compassion_satisfaction.points_per_success = 5.0; }},
      // R6
      {"PowerlessnessWithoutPoints",
       [](Scenario& s) {
         s.supporters.compassion_satisfaction.points_per_overload_hour = 0.0;
         s.supporters.compassion_satisfaction.points_per_failure = 0.0;
       },
       [](Scenario& s) { s.loops.powerlessness = Switch::off; }, Same::everything,
       [](Scenario& s) { s.supporters.compassion_satisfaction.points_per_failure = 5.0; }},
      // B2: nobody gives up, and units do not take lateness amiss. They are still told of it.
      {"DelayNobodyMinds",
       [](Scenario& s) {
         s.access.withdrawal_first_week = {};
         s.access.withdrawal_later = {};
         s.activation.trust.learning = 0.0;
       },
       [](Scenario& s) { s.loops.delay = Switch::off; }, Same::facts,
       [](Scenario& s) {
         s.loops.delay = Switch::on;
         s.access.withdrawal_first_week = per_week(5.0);
       }},
      // B4: debriefs take time and nothing away.
      {"CareWithoutRelief",
       [](Scenario& s) {
         s.supporters.debrief_groups.trauma_relief = {0.0};
         s.supporters.debrief_groups.debt_relief = {0.0};
         s.supporters.early_career.strain_relief = {0.0};
         s.supporters.check_ins.interval_weeks = 0;
       },
       [](Scenario& s) { s.loops.care = Switch::off; }, Same::everything,
       [](Scenario& s) {
         s.loops.care = Switch::on;
         s.supporters.debrief_groups.interval_weeks = 1;
         s.supporters.debrief_groups.trauma_relief = {0.9};
       }},
      // B6: no way leads to a destination.
      {"ReferralNobodyIsGiven",
       [](Scenario& s) {
         s.case_rules.early_referral = {0.0};
         s.case_rules.unresolved_referral = {0.0};
         s.case_rules.severe_referral = Switch::off;
         s.case_rules.overflow.to_professional = Switch::off;
         s.supporters.own_access = OwnAccess::program;
       },
       [](Scenario& s) { s.loops.referral = Switch::off; }, Same::everything,
       [](Scenario& s) { s.case_rules.early_referral = {0.9}; }},
      // B7
      {"UpstreamWithoutSize",
       [](Scenario& s) {
         s.upstream.workload_relief = 0.0;
         s.upstream.event_reduction = {0.0};
       },
       [](Scenario& s) { s.loops.upstream = Switch::off; }, Same::everything,
       [](Scenario& s) { s.upstream.event_reduction = {0.7}; }},
  };
}

std::vector<Relation> what_is_only_read_off() {
  const auto nothing = [](Scenario&) {};
  return {
      // Prices and judgments come after the run.
      {"CostsAndFloors", nothing,
       [](Scenario& s) {
         s.costs = {.supporter_hour = 1.0, .coordinator_hour = 2.0, .referral = 3.0, .turnover_nurse = 4.0};
         s.resilience = {.supporter_floor = 0.9, .contact_floor = 0.1, .waiting_limit = 1};
       },
       Same::everything},
      {"TargetForTheFirstContact", nothing, [](Scenario& s) { s.access.contact_target = minutes(7); },
       Same::events},
      {"NameAndDescription", nothing,
       [](Scenario& s) {
         s.name = "another";
         s.description = "of which nothing depends";
       },
       Same::everything},
      // Surveys ask; they change nobody.
      {"Surveys", nothing,
       [](Scenario& s) {
         s.surveys = {.interval_weeks = s.surveys.interval_weeks == 3 ? 2 : 3,
                      .response = {0.9},
                      .exhaustion_nonresponse = 1.0};
       },
       Same::events},
      // Where the exhausted leave as others do, it does not matter who counts as exhausted.
      {"ExhaustionThatCountsAsConcerning", [](Scenario& s) { s.turnover.burnout_ratio = 1.0; },
       [](Scenario& s) { s.exhaustion.concern_cutoff += 7.0; }, Same::events,
       [](Scenario& s) {
         s.turnover.enabled = Switch::on;
         s.turnover.burnout_ratio = 10.0;
       }},
      // A replication's twins are runs of their own.
      {"Twins", nothing, [](Scenario& s) { s.run.twin = Switch::on; }, Same::everything},
  };
}

class RulesThatCannotBind : public ::testing::TestWithParam<Relation> {};
TEST_P(RulesThatCannotBind, ChangeNothing) {
  expect_to_hold(GetParam());
}
const auto name_of = [](const auto& test) { return test.param.name; };
INSTANTIATE_TEST_SUITE_P(Each, RulesThatCannotBind, ::testing::ValuesIn(rules_that_cannot_bind()), name_of);

class EffectsOfSizeZero : public ::testing::TestWithParam<Relation> {};
TEST_P(EffectsOfSizeZero, AreNone) {
  expect_to_hold(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Each, EffectsOfSizeZero, ::testing::ValuesIn(effects_of_size_zero()), name_of);

class WhatIsOnlyReadOff : public ::testing::TestWithParam<Relation> {};
TEST_P(WhatIsOnlyReadOff, ChangesNoEvent) {
  expect_to_hold(GetParam());
}
INSTANTIATE_TEST_SUITE_P(Each, WhatIsOnlyReadOff, ::testing::ValuesIn(what_is_only_read_off()), name_of);

}  // namespace
}  // namespace peercap::peer_support
