#include "app/studies/closed_form.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/queueing/staffing.h"

namespace peercap::app {

using peer_support::Measure;
using peer_support::Scenario;
using peer_support::StaffingEstimate;
using peer_support::StaffingLaw;

namespace {

constexpr std::int64_t most_supporters = 1'000'000;
constexpr double usual_waiting_probability = 0.05;

/// The same with ever so many supporters.
std::optional<double> limit_of(const StaffingLaw& law, const Scenario& scenario, Measure measure) {
  switch (measure) {
    case Measure::contact_within_target_share:
      return law.contact_ceiling(scenario.access.contact_target);
    case Measure::contact_within_limit_share:
      return law.contact_ceiling(scenario.access.contact_limit);
    default:
      return closed_form_value(law, scenario, measure, most_supporters);
  }
}

bool keeps(const Target& target, double value) {
  return target.bound == TargetBound::at_least ? value >= target.value : value <= target.value;
}

}  // namespace

std::optional<double> closed_form_value(const StaffingLaw& law, const Scenario& scenario, Measure measure,
                                        std::int64_t supporters) {
  const StaffingEstimate& e = law.estimate();
  switch (measure) {
    case Measure::contact_within_target_share:
      return law.contact_share(supporters, scenario.access.contact_target);
    case Measure::contact_within_limit_share:
      return law.contact_share(supporters, scenario.access.contact_limit);
    case Measure::withdrawn_share:
      return law.abandonment(supporters);
    case Measure::episodes_per_year:
      return e.episodes_per_year;
    case Measure::asked_per_year:
      return e.requests_per_year;
    case Measure::sessions_per_year:
      return e.requests_per_year * e.sessions_per_case;
    case Measure::session_hours_per_week:
      return e.session_hours_per_week;
    case Measure::cases_per_supporter_year:
      return supporters > 0 ? std::optional{e.requests_per_year / static_cast<double>(supporters)}
                            : std::nullopt;
    case Measure::caseload_mean:
      return supporters > 0 ? std::optional{e.open_cases / static_cast<double>(supporters)} : std::nullopt;
    default:
      return std::nullopt;
  }
}

ClosedFormAnswer closed_form_answer(const StaffingLaw& law, const Scenario& scenario,
                                    const StudyTarget& target) {
  const auto limit = limit_of(law, scenario, target.measure);
  if (!limit) return {{}, "no closed form knows this measure"};
  const std::string_view of_mean =
      target.target.statistic == TargetStatistic::mean ? "" : " (closed forms know means only)";
  const bool is_contact = target.measure == Measure::contact_within_target_share ||
                          target.measure == Measure::contact_within_limit_share;
  if (!keeps(target.target, *limit))
    return {{},
            fmt::format(
                "out of reach with ever so many supporters{}{}",
                is_contact ? fmt::format(": opening hours and triage leave {:.3g} %", 100.0 * *limit) : "",
                of_mean)};
  const auto meets = [&](std::int64_t supporters) {
    const auto value = closed_form_value(law, scenario, target.measure, supporters);
    return value && keeps(target.target, *value);
  };
  const auto fewest = queueing::smallest_meeting(1, most_supporters, meets);
  if (!fewest) return {{}, fmt::format("more than a million supporters{}", of_mean)};
  return {fewest, std::string{of_mean}};
}

std::optional<std::int64_t> supporters_for_hours(const StaffingEstimate& estimate) {
  if (estimate.protected_hours_each <= 0.0) return std::nullopt;
  const double needed = std::ceil(estimate.session_hours_per_week / estimate.protected_hours_each);
  if (needed > static_cast<double>(most_supporters)) return std::nullopt;
  return std::max<std::int64_t>(1, static_cast<std::int64_t>(needed));
}

std::int64_t closed_form_start(const StaffingLaw& law, const Scenario& scenario,
                               std::span<const StudyTarget> targets) {
  std::int64_t start = law.square_root_supporters(usual_waiting_probability);
  // Where supporters work beyond their protected time it bounds nothing.
  if (scenario.supporters.unprotected_work == peer_support::UnprotectedWork::refused)
    if (const auto hours = supporters_for_hours(law.estimate())) start = std::max(start, *hours);
  for (const StudyTarget& target : targets)
    if (const auto answer = closed_form_answer(law, scenario, target); answer.supporters)
      start = std::max(start, *answer.supporters);
  return start;
}

std::vector<std::string> closed_form_assumptions() {
  return {
      "Requests are Poisson at a constant rate, taken from the stationary law of distress without feedback.",
      "A case takes a place in a supporter's case load until its last session; times in care and patience "
      "are "
      "exponential (Erlang A; Erlang C if nobody gives up).",
      "All supporters are one pool, present all year, and can be given any client; shifts, matching rules, "
      "absences and turnover are left out.",
      "A first meeting waits for the office, for a place and for meeting hours, not for a free hour that "
      "both "
      "sides have: times to contact are optimistic.",
      "Hours are of sessions alone; training and debriefs come on top."};
}

}  // namespace peercap::app
