#include "app/verification/record_figure.h"

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "models/peer_support/observation/patterns.h"

namespace peercap::app {
namespace {

constexpr double undefined = std::numeric_limits<double>::quiet_NaN();
constexpr double days_per_year = 365.0;

double tenured_share(double years, const peer_support::ReplicationOutcome& outcome,
                     const peer_support::Scenario& scenario) {
  const double horizon = scenario.run.horizon.in_days();
  double active = 0.0;
  double tenured = 0.0;
  for (const peer_support::SupporterRow& row : outcome.record.supporters) {
    if (!row.active_at_end) continue;
    active += 1.0;
    const double served = horizon - SimDuration{row.joined_ticks}.in_days();
    if (row.joined && served >= years * days_per_year) tenured += 1.0;
  }
  return active > 0.0 ? tenured / active : undefined;
}

}  // namespace

std::optional<RecordFigure> find_record_figure(std::string_view name) {
  static constexpr std::array<std::pair<std::string_view, RecordFigure>, 5> names{
      {{"least_month", RecordFigure::least_month},
       {"most_month", RecordFigure::most_month},
       {"median_sessions", RecordFigure::median_sessions},
       {"most_sessions", RecordFigure::most_sessions},
       {"tenured_share", RecordFigure::tenured_share}}};
  for (const auto& [known, figure] : names)
    if (known == name) return figure;
  return std::nullopt;
}

bool takes_number(RecordFigure figure) {
  return figure == RecordFigure::tenured_share;
}

double value_of(RecordFigure figure, double number, const peer_support::ReplicationOutcome& outcome,
                const peer_support::Scenario& scenario) {
  const std::vector<std::int64_t>& months = outcome.record.month_requests;
  const auto& sessions = outcome.record.counts.sessions_by_number;
  switch (figure) {
    case RecordFigure::least_month:
      return months.empty() ? undefined : static_cast<double>(std::ranges::min(months));
    case RecordFigure::most_month:
      return months.empty() ? undefined : static_cast<double>(std::ranges::max(months));
    case RecordFigure::median_sessions:
      return peer_support::median_sessions(sessions);
    case RecordFigure::most_sessions: {
      const auto none = std::ranges::find(sessions, 0);
      return none == sessions.begin() ? undefined : static_cast<double>(none - sessions.begin());
    }
    case RecordFigure::tenured_share:
      return tenured_share(number, outcome, scenario);
  }
  return undefined;
}

}  // namespace peercap::app
