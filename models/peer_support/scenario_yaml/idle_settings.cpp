#include "models/peer_support/scenario_yaml/idle_settings.h"

#include <algorithm>
#include <map>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/set_value.h"

namespace peercap::peer_support {
namespace {

bool is_at_or_below(std::string_view path, std::string_view parent) {
  return path.starts_with(parent) &&
         (path.size() == parent.size() || path[parent.size()] == '.' || path[parent.size()] == '[');
}

/// Of a group whose parameter `enabled` switches all others.
IdleRule disabled(const std::string& group, bool (*is_off)(const Scenario&)) {
  const std::string switched_by = group + ".enabled";
  return {{group}, {switched_by}, is_off, switched_by, fmt::format("`{}` is off", switched_by)};
}

std::vector<IdleRule> make_rules() {
  return {
      {{"access", "matching", "case_rules", "referrals", "activation.manager", "activation.peer",
        "activation.embedded", "activation.rounding", "supporters.own_access", "shocks.mergers",
        "program.coordinator_hours", "program.coordinator_windows", "program.triage_time"},
       {},
       [](const Scenario& s) { return s.program.enabled == Switch::off; },
       "program.enabled",
       "`program.enabled` is off: there is no program"},
      {{"activation.self_referral.hazard", "activation.self_referral.stigma_mean",
        "activation.self_referral.stigma_sd", "activation.self_referral.stigma_relief",
        "activation.self_referral.workload_barrier", "activation.self_referral.trusted_supporter"},
       {},
       [](const Scenario& s) { return s.activation.self_referral.enabled == Switch::off; },
       "activation.self_referral.enabled",
       "`activation.self_referral.enabled` is off"},
      {{"activation.self_referral.trusted_supporter"},
       {},
       [](const Scenario& s) { return s.organization.network.enabled == Switch::off; },
       "organization.network.enabled",
       "`organization.network.enabled` is off: nobody trusts anybody"},
      {{"activation.elsewhere.effect_fast"},
       {},
       [](const Scenario& s) { return s.activation.elsewhere.hazard.per_day == 0.0; },
       "activation.elsewhere.hazard",
       "`activation.elsewhere.hazard` is 0"},
      {{"activation.outreach.flag", "activation.outreach.report_delay", "activation.outreach.scope"},
       {},
       [](const Scenario& s) { return s.activation.outreach.enabled == Switch::off; },
       "activation.outreach.enabled",
       "`activation.outreach.enabled` is off"},
      disabled("activation.manager",
               [](const Scenario& s) { return s.activation.manager.enabled == Switch::off; }),
      disabled("activation.peer", [](const Scenario& s) { return s.activation.peer.enabled == Switch::off; }),
      disabled("activation.embedded",
               [](const Scenario& s) { return s.activation.embedded.enabled == Switch::off; }),
      {{"activation.rounding"},
       {"activation.rounding.policy"},
       [](const Scenario& s) { return s.activation.rounding.policy == RoundingPolicy::none; },
       "activation.rounding.policy",
       "`activation.rounding.policy` is none"},
      {{"activation.group_debrief"},
       {"activation.group_debrief.policy"},
       [](const Scenario& s) { return s.activation.group_debrief.policy == GroupDebriefPolicy::off; },
       "activation.group_debrief.policy",
       "`activation.group_debrief.policy` is off"},
      {{"activation.group_debrief.requested"},
       {},
       [](const Scenario& s) { return s.activation.group_debrief.policy == GroupDebriefPolicy::automatic; },
       "activation.group_debrief.policy",
       "with `activation.group_debrief.policy: automatic` nobody has to ask"},
      {{"activation.trust.breach_loss"},
       {},
       [](const Scenario& s) { return s.activation.trust.breach.value == 0.0; },
       "activation.trust.breach",
       "`activation.trust.breach` is 0"},
      {{"access.on_call"},
       {"access.on_call.supporters"},
       [](const Scenario& s) { return s.access.on_call.supporters == 0; },
       "access.on_call.supporters",
       "`access.on_call.supporters` is 0: nobody takes turns"},
      {{"access.remote", "access.remote_effect"},
       {},
       [](const Scenario& s) { return s.access.in_person == Switch::on; },
       "access.in_person",
       "`access.in_person` is on: people meet in person"},
      {{"access.withdrawal_first_week", "access.withdrawal_later"},
       {},
       [](const Scenario& s) { return s.loops.delay == Switch::off; },
       "loops.delay",
       "`loops.delay` is off"},
      {{"matching.profession_weight", "matching.career_stage_weight", "matching.different_unit_weight",
        "matching.wait_weight", "matching.load_weight", "matching.strain_weight", "matching.score_step"},
       {},
       [](const Scenario& s) { return s.matching.dispatch != Dispatch::best_match; },
       "matching.dispatch",
       "`matching.dispatch` is not best_match, and weights count for that alone"},
      {{"case_rules.follow_up.after", "case_rules.follow_up.time"},
       {},
       [](const Scenario& s) { return s.case_rules.follow_up.enabled == Switch::off; },
       "case_rules.follow_up.enabled",
       "`case_rules.follow_up.enabled` is off"},
      {{"case_rules.overflow.other_site_after"},
       {},
       [](const Scenario& s) { return s.case_rules.overflow.to_other_site == Switch::off; },
       "case_rules.overflow.to_other_site",
       "`case_rules.overflow.to_other_site` is off"},
      {{"case_rules.overflow.professional_after"},
       {},
       [](const Scenario& s) { return s.case_rules.overflow.to_professional == Switch::off; },
       "case_rules.overflow.to_professional",
       "`case_rules.overflow.to_professional` is off"},
      {{"case_rules.severe_distress"},
       {},
       [](const Scenario& s) { return s.case_rules.severe_referral == Switch::off; },
       "case_rules.severe_referral",
       "`case_rules.severe_referral` is off"},
      {{"case_rules.session_length_cv"},
       {},
       [](const Scenario& s) {
         return s.case_rules.session_law != ServiceLaw::lognormal &&
                s.case_rules.session_law != ServiceLaw::hyperexponential;
       },
       "case_rules.session_law",
       "`case_rules.session_law` has a spread of its own"},
      {{"case_rules.continue_after_session"},
       {},
       [](const Scenario& s) { return s.case_rules.closing_rule == ClosingRule::threshold; },
       "case_rules.closing_rule",
       "`case_rules.closing_rule` is threshold: distress decides"},
      {{"turnover"},
       {"turnover.enabled", "turnover.vacancy_workload"},
       [](const Scenario& s) { return s.turnover.enabled == Switch::off; },
       "turnover.enabled",
       "`turnover.enabled` is off"},
      {{"turnover.vacancy_workload"},
       {},
       [](const Scenario& s) { return s.turnover.enabled == Switch::off && s.upstream.added_staff == 0.0; },
       "turnover.enabled",
       "`turnover.enabled` is off, and nobody is added (`upstream.added_staff`)"},
      {{"supporters.recruitment"},
       {"supporters.recruitment.enabled"},
       [](const Scenario& s) { return s.supporters.recruitment.enabled == Switch::off; },
       "supporters.recruitment.enabled",
       "`supporters.recruitment.enabled` is off"},
      {{"supporters.protected_windows"},
       {},
       [](const Scenario& s) { return s.supporters.protected_time_form == ProtectedTimeForm::budget; },
       "supporters.protected_time_form",
       "`supporters.protected_time_form` is budget"},
      {{"supporters.training.refresher_hours"},
       {},
       [](const Scenario& s) { return s.supporters.training.refresher_interval_weeks == 0; },
       "supporters.training.refresher_interval_weeks",
       "`supporters.training.refresher_interval_weeks` is 0: there are none"},
      {{"supporters.debrief_groups"},
       {"supporters.debrief_groups.interval_weeks", "supporters.debrief_groups.after_each_case"},
       [](const Scenario& s) {
         return s.supporters.debrief_groups.interval_weeks == 0 &&
                s.supporters.debrief_groups.after_each_case == Switch::off;
       },
       "supporters.debrief_groups.interval_weeks",
       "`supporters.debrief_groups.interval_weeks` is 0, and `after_each_case` is off"},
      {{"supporters.check_ins"},
       {"supporters.check_ins.interval_weeks", "supporters.check_ins.exhaustion_cut",
        "supporters.check_ins.trauma_cut"},  // a measure goes by the cuts in any case
       [](const Scenario& s) { return s.supporters.check_ins.interval_weeks == 0; },
       "supporters.check_ins.interval_weeks",
       "`supporters.check_ins.interval_weeks` is 0: there are none"},
      {{"supporters.leave.length"},
       {},
       [](const Scenario& s) { return s.supporters.leave.rate.per_day == 0.0; },
       "supporters.leave.rate",
       "`supporters.leave.rate` is 0"},
      {{"supporters.terms.renewal"},
       {},
       [](const Scenario& s) { return s.supporters.terms.weeks == 0; },
       "supporters.terms.weeks",
       "`supporters.terms.weeks` is 0: terms do not end"},
      {{"supporters.early_career"},
       {"supporters.early_career.supplement"},
       [](const Scenario& s) { return s.supporters.early_career.supplement == Switch::off; },
       "supporters.early_career.supplement",
       "`supporters.early_career.supplement` is off"},
      disabled("organization.network",
               [](const Scenario& s) { return s.organization.network.enabled == Switch::off; }),
      {{"today"},
       {"today.given"},
       [](const Scenario& s) { return s.today.given == Switch::off; },
       "today.given",
       "`today.given` is off: the run begins as the model would have it"},
      {{"environment.exhaustion_error_gain"},
       {},
       [](const Scenario& s) { return s.loops.error == Switch::off; },
       "loops.error",
       "`loops.error` is off"},
      {{"exhaustion.unit_gain"},
       {},
       [](const Scenario& s) { return s.loops.contagion == Switch::off; },
       "loops.contagion",
       "`loops.contagion` is off"},
      {{"surveys"},
       {"surveys.interval_weeks"},
       [](const Scenario& s) { return s.surveys.interval_weeks == 0; },
       "surveys.interval_weeks",
       "`surveys.interval_weeks` is 0: there are none"},
  };
}

bool is_off_throughout(const IdleRule& rule, const Scenario& scenario) {
  if (!rule.is_off(scenario)) return false;
  return scenario.phases == nullptr || std::ranges::all_of(*scenario.phases, [&](const ScenarioPhase& phase) {
           return rule.is_off(phase.scenario);
         });
}

}  // namespace

bool IdleRule::covers(std::string_view path) const {
  const auto holds = [&](std::string_view parent) { return is_at_or_below(path, parent); };
  return std::ranges::any_of(idle, holds) && std::ranges::none_of(except, holds);
}

std::span<const IdleRule> idle_rules() {
  static const std::vector<IdleRule> rules = make_rules();
  return rules;
}

std::vector<ScenarioProblem> find_idle_settings(const Scenario& scenario, const Origins& origins) {
  static const std::map<std::string, std::string> defaults = all_values(Scenario{});
  std::vector<ScenarioProblem> notes;
  std::map<std::string, std::string> values;
  for (const IdleRule& rule : idle_rules()) {
    if (!is_off_throughout(rule, scenario)) continue;
    for (const auto& [path, origin] : origins) {
      if (origin.kind == Origin::Kind::default_value || !rule.covers(path)) continue;
      if (values.empty()) values = all_values(scenario);
      const auto usual = defaults.find(path);
      if (usual != defaults.end() && usual->second == values[path]) continue;
      if (std::ranges::find(notes, path, &ScenarioProblem::path) != notes.end()) continue;
      notes.push_back({path, Severity::note, fmt::format("`{}` changes nothing here: {}", path, rule.why),
                       fmt::format("leave it out, or see `{}`", rule.switched_by)});
    }
  }
  return notes;
}

}  // namespace peercap::peer_support
