#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario/scenario.h"
#include "sim/queueing/impatient_queue.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Offered loads of a program in the long run, in closed form.
struct StaffingEstimate {
  double clinicians = 0;
  std::int64_t supporters = 0;   ///< of the scenario
  double episodes_per_year = 0;  ///< of all clinicians
  double requests_per_year = 0;  ///< cases that ask for a supporter
  double sessions_per_case = 0;  ///< an upper bound where the closing rule looks at distress
  double hours_per_session = 0;  ///< administration included
  double session_hours_per_week = 0;
  double protected_hours_each = 0;  ///< of one supporter, a week
  double days_per_case = 0;         ///< from assignment to the end of the last session, nobody waiting
  double open_cases = 0;            ///< offered load of case places, in Erlang: Little's law
  double in_session = 0;            ///< supporters in sessions at any time, the needy load of Erlang-R
  double between_sessions = 0;      ///< clients between two sessions, its content load
  double coordinator_load = 0;      ///< share of the coordinator's hours that requests take; of all sites
};

/// Waits of a program by its number of supporters: a queue for places in supporters' case loads (Erlang A, or
/// C where nobody gives up), behind an office with opening hours. Assumes Poisson requests at a constant
/// rate, exponential times in care and patience, one pool of supporters all of whom can be given any client,
/// and no shifts or calendars of single people: times to contact are optimistic, the more so the scarcer
/// common free time is. Sources: docs/theory/studies.md.
class StaffingLaw {
 public:
  explicit StaffingLaw(const Scenario& scenario, DemandMemory* memory = nullptr);

  [[nodiscard]] const StaffingEstimate& estimate() const { return estimate_; }

  /// The probability that every place is taken. Without a program, requests or supporters there is no queue:
  /// 0 for no requests, 1 for no supporters; likewise below.
  [[nodiscard]] double waiting_probability(std::int64_t supporters) const;
  /// The same by Erlang C, as if nobody gave up; 1 where the load exceeds the places.
  [[nodiscard]] double waiting_probability_without_loss(std::int64_t supporters) const;
  /// The share of requests given up while waiting for a place.
  [[nodiscard]] double abandonment(std::int64_t supporters) const;
  /// The share of requests contacted within this time.
  [[nodiscard]] double contact_share(std::int64_t supporters, SimDuration within) const;
  /// The same with ever so many supporters: what opening hours, triage and lead time leave.
  [[nodiscard]] double contact_ceiling(SimDuration within) const;
  /// Square-root staffing of places for this probability of waiting, in supporters, at least 1.
  [[nodiscard]] std::int64_t square_root_supporters(double waiting_probability) const;

 private:
  [[nodiscard]] std::int64_t places(std::int64_t supporters) const { return supporters * cases_each_; }
  [[nodiscard]] queueing::ImpatientSystem impatient_system(std::int64_t supporters) const;
  void collect_demand(const Scenario& scenario, DemandMemory* memory);
  void collect_office_delays(const Scenario& scenario);

  StaffingEstimate estimate_;
  std::int64_t cases_each_;
  double requests_per_day_ = 0;
  double withdrawals_per_day_ = 0;
  std::vector<SimDuration> office_delays_;  ///< of requests evenly over the week
};

}  // namespace peercap::peer_support
