#include "tests/models/peer_support/model/random_worlds.h"

#include <algorithm>
#include <cstddef>
#include <cstdlib>
#include <memory>
#include <string>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support::testing {

Scenario random_scenario(Chooser& choose) {
  const int units = choose.between(1, 30);
  const int unit_size = choose.between(1, 25);
  Scenario s = busy_scenario(units, unit_size, choose.between(0, std::min(30, units * unit_size)));
  s.run.seed = static_cast<std::uint64_t>(choose.between(1, 1'000'000));
  s.run.horizon = weeks(choose.between(4, 30));
  s.run.burn_in = weeks(choose.between(0, 4));
  const Department ward = s.organization.sites[0].departments[0];
  for (int extra = choose.between(0, 2); extra > 0; --extra) {
    s.organization.sites.push_back({.name = "site_" + std::to_string(extra), .departments = {ward}});
    s.organization.sites.back().departments[0].units = choose.between(1, 6);
  }
  for (auto& site : s.organization.sites)
    site.departments[0].shift_pattern = static_cast<ShiftPattern>(choose.between(0, 3));
  for (const auto loop :
       {&Loops::error, &Loops::overload, &Loops::visibility, &Loops::contagion, &Loops::delay,
        &Loops::recovery, &Loops::care, &Loops::recruitment, &Loops::referral})
    s.loops.*loop = choose.either();
  s.case_rules.overflow.to_other_site = choose.either();
  s.case_rules.overflow.other_site_after = hours(choose.between(1, 72));
  s.activation.group_debrief.policy = choose.coin() ? GroupDebriefPolicy::automatic : GroupDebriefPolicy::off;
  s.organization.network.enabled = choose.either();
  s.turnover.enabled = choose.either();
  s.surveys.interval_weeks = choose.between(0, 6);
  s.supporters.recruitment.interval_weeks = choose.between(1, 10);
  s.delays.unit_to_desk = minutes(choose.between(1, 60));
  s.delays.desk_to_unit = minutes(choose.between(1, 60));
  s.delays.desk_to_referral = minutes(choose.between(1, 600));
  s.delays.desk_to_desk = minutes(choose.between(1, 120));
  return s;
}

ConservativeOptions random_engine(Chooser& choose, ExecutorKind executor) {
  ConservativeOptions options;
  options.executor = executor;
  options.threads = static_cast<std::size_t>(choose.between(1, 16));
  options.partitions = static_cast<std::size_t>(choose.between(1, 120));
  options.scattered = choose.coin();
  if (choose.coin()) options.longest_window = minutes(choose.between(1, 10'000));
  return options;
}

namespace {

void add_causes(Scenario& s, Chooser& choose) {
  for (int number = choose.between(0, 3); number > 0; --number)
    s.environment.causes.push_back({.name = "cause_" + std::to_string(number),
                                    .rate = per_year(choose.between(0, 6)),
                                    .professions = {{{"nurse", 0.5 * choose.between(0, 4)}}},
                                    .severity = 0.5 * choose.between(1, 4),
                                    .team_exposure = {0.25 * choose.between(0, 2)},
                                    .named = {0.25 * choose.between(0, 2)},
                                    .seeking = 0.5 * choose.between(0, 4),
                                    .manager = choose.between(0, 1) * 1.0});
  if (choose.coin())
    s.shocks.incidents = {{.name = "incident",
                           .at = {s.run.start},
                           .over = hours(choose.between(0, 200)),
                           .site = {},
                           .reached = {0.25 * choose.between(1, 4)}}};
  if (s.organization.sites.size() > 1 && choose.coin())
    s.shocks.closures = {{.name = s.organization.sites.back().name, .at = {CivilDate::parse("2026-01-20")}}};
  if (choose.coin()) s.activation.elsewhere = {.hazard = per_day(0.02), .effect_fast = {0.2}};
}

}  // namespace

void enrich(Scenario& s, Chooser& choose) {
  s.run.twin = choose.between(0, 3) == 0 ? Switch::on : Switch::off;
  auto& destinations = s.referrals.destinations;
  for (auto& destination : destinations) destination.places = choose.between(1, 3);
  if (destinations.size() > 1 && choose.coin())
    destinations[0].onward.weights = {{destinations[1].name, 0.4}, {destinations[0].name, 0.3}};
  s.activation.peer.notice = {0.1 * choose.between(1, 5)};
  s.activation.embedded.enabled = choose.either();
  s.activation.embedded.hazard = per_day(0.02);
  s.activation.direct_requests = per_day(0.1 * choose.between(0, 2));
  if (choose.coin())
    s.today = {.given = Switch::on,
               .open_cases = choose.between(0, 5),
               .waiting = choose.between(0, 5),
               .overload_debt = 1.0};
  if (choose.coin()) {
    ScenarioPhase later{.begin = Rules{s}.begin + days(choose.between(1, 100)), .scenario = s};
    later.scenario.environment.exposure_rate = per_year(6.0 * choose.between(0, 4));
    later.scenario.loops.contagion = choose.either();
    later.scenario.exhaustion.concern_cutoff -= choose.between(0, 20);
    later.scenario.surveys = s.surveys;
    s.phases = std::make_shared<const std::vector<ScenarioPhase>>(1, later);
  }
}

namespace {

/// One of the levels of a categorical parameter.
template <class Level>
void pick(Level& level, Chooser& choose) {
  level = static_cast<Level>(choose.between(0, static_cast<int>(level_names(level).size()) - 1));
}

void vary_access(Scenario& s, Chooser& choose) {
  constexpr const char* hours_of_meetings[] = {"always", "daily 07:00-21:00", "Mon-Fri 09:00-17:00",
                                               "daily 22:00-06:00"};
  s.access.meeting_hours = *WeeklyWindows::parse(hours_of_meetings[choose.between(0, 3)]);
  s.access.lead_time = minutes(choose.between(0, 600));
  s.access.release_from_shift = {0.25 * choose.between(0, 4)};
  s.program.coordinator_hours = {5.0 * choose.between(1, 8)};
  for (MatchRule* rule : {&s.matching.same_profession, &s.matching.same_career_stage,
                          &s.matching.different_unit, &s.matching.outside_authority})
    pick(*rule, choose);
  pick(s.matching.priority, choose);
  s.matching.relax_after = hours(choose.between(0, 96));
}

void vary_cases(Scenario& s, Chooser& choose) {
  CaseRules& rules = s.case_rules;
  rules.max_cases = choose.between(1, 4);
  rules.max_sessions = choose.between(1, 5);
  rules.session_gap = days(choose.between(0, 10));
  pick(rules.session_law, choose);
  if (rules.session_law == ServiceLaw::hyperexponential) rules.session_length_cv = 1.5;
  pick(rules.closing_rule, choose);
  pick(rules.severe_referral, choose);
  rules.effect_fast = {0.1 * choose.between(0, 5)};
  rules.effect_slow = {0.1 * choose.between(0, 2)};
  rules.follow_up = {.enabled = choose.either(), .after = days(choose.between(1, 30))};
  rules.overflow.to_professional = choose.either();
  rules.overflow.professional_after = hours(choose.between(1, 200));
  if (choose.coin()) rules.adaptation = {.speed_up = {0.3}, .slow_down = 0.5, .debt = 1.0};
}

void vary_life_of_supporters(Scenario& s, Chooser& choose) {
  Supporters& spec = s.supporters;
  spec.protected_time = {0.5 * choose.between(0, 8)};
  pick(spec.unprotected_work, choose);
  pick(spec.own_access, choose);
  spec.training = {.duration = days(choose.between(1, 30)), .refresher_interval_weeks = choose.between(0, 8)};
  spec.debrief_groups.interval_weeks = choose.between(0, 4);
  spec.debrief_groups.after_each_case = choose.either();
  spec.check_ins.interval_weeks = choose.between(0, 4);
  spec.check_ins.exhaustion_cut = 10.0 * choose.between(2, 5);
  pick(spec.check_ins.action, choose);
  spec.leave = {.rate = per_year(choose.between(0, 3)), .length = days(choose.between(3, 30))};
  spec.terms.weeks = choose.between(0, 1) * choose.between(2, 20);
  spec.early_career.supplement = choose.either();
}

}  // namespace

void vary_policies(Scenario& s, Chooser& choose) {
  vary_access(s, choose);
  vary_cases(s, choose);
  vary_life_of_supporters(s, choose);
  Activation& activation = s.activation;
  pick(activation.rounding.policy, choose);
  activation.rounding.interval_weeks = choose.between(1, 4);
  pick(activation.group_debrief.policy, choose);
  activation.group_debrief.least_affected = choose.between(1, 4);
  if (choose.between(0, 3) == 0) activation.self_referral.enabled = Switch::off;
  if (choose.between(0, 3) == 0) activation.outreach.enabled = Switch::off;
  activation.manager = {.enabled = choose.either(), .notice = {0.1 * choose.between(1, 3)}};
  activation.trust.breach = {0.1 * choose.between(0, 2)};
  s.environment.isolation = 0.25 * choose.between(0, 2);
  s.upstream = {.inefficiency = 0.5 * choose.between(0, 2),
                .workload_relief = 0.5 * choose.between(0, 2),
                .event_reduction = {0.1 * choose.between(0, 2)}};
  for (const auto loop : {&Loops::meaning, &Loops::powerlessness, &Loops::relief, &Loops::upstream})
    s.loops.*loop = choose.either();
}

void vary_further(Scenario& s, Chooser& choose) {
  for (MatchRule* rule : {&s.matching.same_department, &s.matching.same_gender})
    if (choose.between(0, 3) == 0) pick(*rule, choose);
  pick(s.matching.dispatch, choose);
  if (choose.coin())
    s.access.on_call = {.supporters = choose.between(1, 4),
                        .shift = hours(choose.between(8, 200)),
                        .backup = choose.either(),
                        .hours = minutes(30 * choose.between(0, 4))};
  if (choose.between(0, 3) == 0) {
    s.access.in_person = Switch::off;
    s.access.remote = choose.either();
  }
  add_causes(s, choose);
  // Last, so that what was drawn before is what it was.
  pick(s.supporters.selection, choose);
  if (s.organization.network.enabled == Switch::off && s.supporters.selection == Selection::nominated)
    s.supporters.selection = Selection::every_unit;
  s.activation.self_referral.trusted_supporter = 0.5 * choose.between(1, 6);
  pick(s.supporters.protected_time_form, choose);
  if (s.organization.sites.size() > 1 && s.shocks.closures.empty() && choose.coin())
    s.shocks.mergers = {{.name = s.organization.sites[1].name,
                         .at = {CivilDate::parse("2026-01-18")},
                         .with = s.organization.sites[0].name}};
}

int number_asked(const char* variable, int otherwise) {
  const char* asked = std::getenv(variable);
  return asked != nullptr ? std::atoi(asked) : otherwise;
}

}  // namespace peercap::peer_support::testing
