// What the program and turnover cost, and what the program averts.

#include <algorithm>

#include "models/peer_support/observation/outcomes.h"

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_hour = 3.6e9;

/// Hours of the coordinator of one site over the horizon, as scheduled.
double coordinator_hours(const Rules& rules) {
  double hours = 0.0;
  for (const Rules* phase = &rules; phase != nullptr; phase = phase->next_phase) {
    const SimTime from = std::max(phase->phase_begin, rules.start);
    const SimTime to = std::min(phase->phase_end, rules.end);
    if (from < to)
      hours +=
          phase->scenario.program.coordinator_hours.hours_per_week * (to - from).in_days() / days_per_week;
  }
  return hours;
}

}  // namespace

void evaluate_costs(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                    const Organization& organization, const Frame& frame) {
  const Scenario& s = rules.scenario;
  const Costs& costs = s.costs;
  const RunCounts& c = record.counts;
  const auto replacement_cost = [&](double nurse, double physician, double other) {
    double sum = 0.0;
    for (std::size_t i = 0; i < organization.profession_names.size(); ++i) {
      const std::string& name = organization.profession_names[i];
      const double each = name == "nurse" ? nurse : name == "physician" ? physician : other;
      sum += each * static_cast<double>(record.leavers_by_profession[i]);
    }
    return sum;
  };
  sheet[Measure::turnover_cost_per_year] =
      replacement_cost(costs.turnover_nurse, costs.turnover_physician, costs.turnover_other) / frame.years;
  sheet[Measure::turnover_cost_low_per_year] =
      replacement_cost(costs.turnover_nurse_low, costs.turnover_physician_low, costs.turnover_other) /
      frame.years;
  sheet[Measure::turnover_cost_high_per_year] =
      replacement_cost(costs.turnover_nurse_high, costs.turnover_physician_high, costs.turnover_other) /
      frame.years;
  if (s.program.enabled == Switch::off) return;
  const auto hours_of = [](std::int64_t ticks) { return static_cast<double>(ticks) / ticks_per_hour; };
  const auto training = c.program_ticks[static_cast<std::size_t>(ProgramWork::training)] +
                        c.program_ticks[static_cast<std::size_t>(ProgramWork::refresher)];
  const double supporters =
      hours_of(c.protected_ticks + c.overload_ticks + total(c.program_ticks) - training);
  std::int64_t treatments = 0;
  for (const DestinationRow& row : record.destinations) treatments += row.begun;
  const double coordination = coordinator_hours(rules) * static_cast<double>(organization.site_names.size());
  const double program =
      (supporters * costs.supporter_hour + hours_of(training) * costs.training_hour +
       coordination * costs.coordinator_hour + static_cast<double>(treatments) * costs.referral) /
      frame.years;
  sheet[Measure::program_cost_per_year] = program;
  sheet[Measure::training_cost_per_year] = hours_of(training) * costs.training_hour / frame.years;
  sheet[Measure::cost_per_contact] =
      ratio(program, static_cast<double>(total(c.first_contacts)) / frame.years);
  std::int64_t resolved = 0;
  for (const auto& by_end : c.ended) resolved += by_end[static_cast<std::size_t>(RequestEnd::resolved)];
  sheet[Measure::cost_per_resolved] = ratio(program, static_cast<double>(resolved) / frame.years);
}

void compare_with_twin(std::array<double, measure_count>& measures,
                       const std::array<double, measure_count>& twin,
                       const std::array<double, measure_count>& without_effect, double clinicians) {
  const auto here = [&](Measure m) -> double& { return measures[static_cast<std::size_t>(m)]; };
  const auto averted = [&](Measure m) { return twin[static_cast<std::size_t>(m)] - here(m); };
  constexpr auto days = static_cast<std::size_t>(Measure::distressed_days_per_clinician_year);
  here(Measure::distressed_days_averted_without_effect) = twin[days] - without_effect[days];
  here(Measure::distressed_days_averted) = averted(Measure::distressed_days_per_clinician_year);
  here(Measure::exhausted_share_averted) = averted(Measure::clinicians_exhaustion_concerning_share);
  here(Measure::leavers_averted_per_year) = averted(Measure::clinicians_left_per_year);
  const double cost = here(Measure::program_cost_per_year);
  here(Measure::net_benefit_per_year) = averted(Measure::turnover_cost_per_year) - cost;
  here(Measure::net_benefit_low_per_year) = averted(Measure::turnover_cost_low_per_year) - cost;
  here(Measure::net_benefit_high_per_year) = averted(Measure::turnover_cost_high_per_year) - cost;
  // A price of days that are not averted would mean nothing.
  here(Measure::cost_per_distressed_day_averted) =
      ratio(cost, here(Measure::distressed_days_averted) * clinicians);
}

}  // namespace peercap::peer_support
