#include "sim/queueing/caseload.h"

#include <algorithm>
#include <cstddef>
#include <vector>

#include "sim/queueing/markov_chain.h"
#include "sim/support/contract.h"

namespace peercap::queueing {

CaseloadFigures finite_caseload(std::int64_t cases, double need_ratio) {
  require(cases >= 1 && need_ratio > 0.0, "finite_caseload: at least one case, a positive rate");
  const NumberDistribution needy =
      stationary_birth_death([&](std::int64_t n) { return static_cast<double>(cases - n) * need_ratio; },
                             [](std::int64_t) { return 1.0; });
  const double utilization = 1.0 - needy.probability(0);
  return {
      .utilization = utilization, .mean_needy = needy.mean(), .response_time = needy.mean() / utilization};
}

SpeedUpFigures speed_up_queue(double arrival_rate, double service_rate, std::int64_t servers,
                              double speed_up) {
  require(arrival_rate > 0.0 && service_rate > 0.0 && servers >= 1 && speed_up > -1.0,
          "speed_up_queue: rates are positive, there is a server");
  require(arrival_rate < static_cast<double>(servers) * service_rate * (1.0 + speed_up),
          "speed_up_queue: the queue grows without limit");
  const NumberDistribution number =
      stationary_birth_death([&](std::int64_t) { return arrival_rate; },
                             [&](std::int64_t n) {
                               const double rate = static_cast<double>(std::min(n, servers)) * service_rate;
                               return n > servers ? rate * (1.0 + speed_up) : rate;
                             });
  return {.waiting_probability = number.at_least(servers),
          .mean_wait = number.mean_excess(servers) / arrival_rate};
}

OverworkFigures overwork_queue(const OverworkSystem& system) {
  const ImpatientSystem& queue = system.queue;
  require(system.onset > 0.0 && system.recovery > 0.0, "overwork_queue: rates are positive");
  require(system.slowdown >= 0.0 && system.slowdown < 1.0, "overwork_queue: the slowdown lies in [0, 1)");
  require(system.most_in_system > queue.servers && system.threshold >= 0, "overwork_queue: states suffice");
  const auto state = [](std::int64_t number, bool tired) {
    return static_cast<std::size_t>(2 * number + (tired ? 1 : 0));
  };
  MarkovChain chain{state(system.most_in_system, true) + 1};
  for (std::int64_t n = 0; n <= system.most_in_system; ++n) {
    for (const bool tired : {false, true}) {
      const std::int64_t busy = std::min(n, queue.servers);
      const double speed = tired ? 1.0 - system.slowdown : 1.0;
      if (n < system.most_in_system) chain.add_rate(state(n, tired), state(n + 1, tired), queue.arrival_rate);
      if (n > 0)
        chain.add_rate(state(n, tired), state(n - 1, tired),
                       static_cast<double>(busy) * queue.service_rate * speed +
                           static_cast<double>(n - busy) * queue.abandonment_rate);
      if (!tired && n >= system.threshold) chain.add_rate(state(n, false), state(n, true), system.onset);
      if (tired && n < system.threshold) chain.add_rate(state(n, true), state(n, false), system.recovery);
    }
  }
  const std::vector<double> shares = chain.stationary();
  OverworkFigures figures;
  for (std::int64_t n = 0; n <= system.most_in_system; ++n) {
    const double share = shares[state(n, false)] + shares[state(n, true)];
    figures.fatigued += shares[state(n, true)];
    if (n >= queue.servers) figures.waiting_probability += share;
    figures.abandonment_probability += static_cast<double>(std::max<std::int64_t>(n - queue.servers, 0)) *
                                       share * queue.abandonment_rate / queue.arrival_rate;
  }
  return figures;
}

SkillLosses n_model_losses(double first_arrival_rate, double second_arrival_rate, double service_rate,
                           std::int64_t first_servers, std::int64_t second_servers) {
  require(first_servers >= 0 && second_servers >= 0, "n_model_losses: servers are not negative");
  const auto state = [&](std::int64_t first, std::int64_t second) {
    return static_cast<std::size_t>(first * (second_servers + 1) + second);
  };
  MarkovChain chain{state(first_servers, second_servers) + 1};
  for (std::int64_t i = 0; i <= first_servers; ++i) {
    for (std::int64_t j = 0; j <= second_servers; ++j) {
      if (i < first_servers) chain.add_rate(state(i, j), state(i + 1, j), first_arrival_rate);
      const double to_second = second_arrival_rate + (i == first_servers ? first_arrival_rate : 0.0);
      if (j < second_servers) chain.add_rate(state(i, j), state(i, j + 1), to_second);
      if (i > 0) chain.add_rate(state(i, j), state(i - 1, j), static_cast<double>(i) * service_rate);
      if (j > 0) chain.add_rate(state(i, j), state(i, j - 1), static_cast<double>(j) * service_rate);
    }
  }
  const std::vector<double> shares = chain.stationary();
  SkillLosses losses{.first = shares[state(first_servers, second_servers)]};
  for (std::int64_t i = 0; i <= first_servers; ++i) losses.second += shares[state(i, second_servers)];
  return losses;
}

}  // namespace peercap::queueing
