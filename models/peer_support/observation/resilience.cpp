// Whether the program lasts, and what a shock does to it.

#include <algorithm>

#include "models/peer_support/observation/outcomes.h"

namespace peercap::peer_support {
namespace {

/// Share of the quarters with judged requests in which the contacts within the limit stay below the floor.
double share_of_failed_quarters(const std::vector<WeekRow>& weeks, double floor) {
  constexpr std::size_t weeks_per_quarter = 13;
  std::int64_t quarters = 0;
  std::int64_t failed = 0;
  for (std::size_t begin = 0; begin + weeks_per_quarter <= weeks.size(); begin += weeks_per_quarter) {
    std::int64_t judged = 0;
    std::int64_t in_time = 0;
    for (std::size_t i = begin; i < begin + weeks_per_quarter; ++i) {
      judged += weeks[i].judged;
      in_time += weeks[i].judged_within_limit;
    }
    if (judged == 0) continue;
    ++quarters;
    failed += ratio(in_time, judged) < floor ? 1 : 0;
  }
  return ratio(failed, quarters);
}

}  // namespace

void evaluate_resilience(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  const Scenario& s = rules.scenario;
  if (record.weeks.empty()) return;
  const double floor = s.resilience.supporter_floor * static_cast<double>(s.supporters.count);
  sheet[Measure::quarters_below_floor_share] =
      share_of_failed_quarters(record.weeks, s.resilience.contact_floor);
  sheet[Measure::collapsed] = 0.0;
  for (std::size_t i = 0; i < record.weeks.size(); ++i)
    if (s.program.enabled == Switch::on && static_cast<double>(record.weeks[i].active_supporters) < floor) {
      sheet[Measure::collapsed] = 1.0;
      sheet[Measure::weeks_to_collapse] = static_cast<double>(i);
      break;
    }
  // The first phase after the start is the shock; it is over when the last phase begins.
  const Rules* last = &rules;
  while (last->next_phase != nullptr) last = last->next_phase;
  if (last == &rules || rules.phase_end <= rules.start) return;
  const auto week_at = [&](SimTime t) {
    return static_cast<std::size_t>(std::max((t - rules.start) / weeks(1), std::int64_t{0}));
  };
  const std::size_t shock = std::min(week_at(rules.phase_end), record.weeks.size());
  if (shock == 0) return;
  double before = 0.0;
  for (std::size_t i = 0; i < shock; ++i) before += static_cast<double>(record.weeks[i].distressed);
  before /= static_cast<double>(shock);
  const std::size_t over = week_at(last->phase_begin);
  for (std::size_t i = over; i < record.weeks.size(); ++i)
    if (static_cast<double>(record.weeks[i].distressed) <= 1.1 * before) {
      sheet[Measure::weeks_to_recover] = static_cast<double>(i - over);
      return;
    }
}

}  // namespace peercap::peer_support
