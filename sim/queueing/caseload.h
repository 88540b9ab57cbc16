#pragma once

#include <cstdint>

#include "sim/queueing/impatient_queue.h"

namespace peercap::queueing {

/// One supporter with a fixed number of cases, each of which needs a session, is content for a while, and
/// needs the next: the machine-repair model M/M/1//K. Source: L. Kleinrock, Queueing Systems, volume 1 (Wiley
/// 1975), section 3.8.
struct CaseloadFigures {
  double utilization = 0.0;    ///< share of time in sessions
  double mean_needy = 0.0;     ///< cases waiting or in a session
  double response_time = 0.0;  ///< from needing to the session's end, in mean sessions
};
/// `need_ratio` is the rate at which a content case needs a session over the rate of sessions, > 0;
/// cases >= 1.
[[nodiscard]] CaseloadFigures finite_caseload(std::int64_t cases, double need_ratio);

/// M/M/c whose servers work faster by `speed_up` (0.1: by a tenth) while anybody waits. Stable where the
/// faster rate suffices; throws ContractViolation otherwise.
struct SpeedUpFigures {
  double waiting_probability = 0.0;
  double mean_wait = 0.0;
};
[[nodiscard]] SpeedUpFigures speed_up_queue(double arrival_rate, double service_rate, std::int64_t servers,
                                            double speed_up);

/// Erlang A whose servers tire: fatigue sets in at rate `onset` while at least `threshold` are in the system,
/// goes at rate `recovery` while fewer are, and lowers the service rate by the share `slowdown`. States
/// beyond `most_in_system` are cut off.
struct OverworkSystem {
  ImpatientSystem queue;
  double onset = 0.0;
  double recovery = 0.0;
  double slowdown = 0.0;
  std::int64_t threshold = 0;
  std::int64_t most_in_system = 100;
};
struct OverworkFigures {
  double fatigued = 0.0;  ///< share of time
  double waiting_probability = 0.0;
  double abandonment_probability = 0.0;
};
[[nodiscard]] OverworkFigures overwork_queue(const OverworkSystem& system);

/// Two classes of arrivals and two pools without a queue: the first class goes to the first pool and, where
/// that is full, to the second; the second class only to the second pool (the N model with loss). Shares of
/// each class that are lost.
struct SkillLosses {
  double first = 0.0;
  double second = 0.0;
};
[[nodiscard]] SkillLosses n_model_losses(double first_arrival_rate, double second_arrival_rate,
                                         double service_rate, std::int64_t first_servers,
                                         std::int64_t second_servers);

}  // namespace peercap::queueing
