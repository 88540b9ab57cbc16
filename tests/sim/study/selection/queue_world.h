#pragma once

#include <algorithm>
#include <cstdint>
#include <span>

#include "sim/queueing/impatient_queue.h"
#include "sim/study/selection/target.h"
#include "tests/sim/study/study_world.h"

namespace peercap {

/// A queue with impatient clients, simulated for a number of arrivals from its stationary state, so that the
/// means of all replications are those of the closed form. A patience rate of 0 is Erlang C.
struct QueueWorld {
  double arrival_rate = 0.0;
  double service_rate = 0.0;
  double abandonment_rate = 0.0;
  int arrivals = 400;
  std::uint64_t seed = 1;

  [[nodiscard]] double departure_rate(std::int64_t number, std::int64_t servers) const {
    const std::int64_t busy = std::min(number, servers);
    return static_cast<double>(busy) * service_rate + static_cast<double>(number - busy) * abandonment_rate;
  }

  /// Measures: the share of arrivals that find all servers busy, and the mean queue they find.
  [[nodiscard]] std::vector<double> replication(std::int64_t servers, std::int64_t number,
                                                const queueing::NumberDistribution& start) const {
    const RandomSource random{seed, static_cast<std::uint32_t>(number)};
    double uniform = random.draw(EntityKey{1}, WorldDraw::shared, 0).uniform();
    std::int64_t present = 0;
    while (uniform > start.probability(present) && start.probability(present) > 0.0) {
      uniform -= start.probability(present);
      ++present;
    }
    int waiting = 0;
    std::int64_t queue = 0;
    std::uint64_t event = 0;
    for (int arrival = 0; arrival < arrivals;) {
      const Draw draw = random.draw(EntityKey{2}, WorldDraw::service, event++);
      for (const double u : {draw.uniform(), draw.second_uniform()}) {
        const double departures = departure_rate(present, servers);
        if (u * (arrival_rate + departures) < arrival_rate) {
          if (arrival++ == arrivals) break;
          waiting += present >= servers ? 1 : 0;
          queue += std::max<std::int64_t>(present - servers, 0);
          ++present;
        } else {
          --present;
        }
      }
    }
    return {static_cast<double>(waiting) / arrivals, static_cast<double>(queue) / arrivals};
  }

  [[nodiscard]] Outcomes simulate(std::span<const std::int64_t> candidate, std::int64_t first,
                                  std::int64_t count) const {
    const std::int64_t servers = candidate[0];
    const queueing::NumberDistribution start =
        queueing::stationary_birth_death([&](std::int64_t) { return arrival_rate; },
                                         [&](std::int64_t n) { return departure_rate(n, servers); });
    Outcomes outcomes;
    for (std::int64_t r = first; r < first + count; ++r) outcomes.push_back(replication(servers, r, start));
    return outcomes;
  }
};

}  // namespace peercap
