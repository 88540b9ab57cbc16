#include "sim/queueing/phase_service.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <vector>

#include "sim/queueing/markov_chain.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

/// States (number in system, number of those in service that are in the first phase or of the first kind).
class PhaseStates {
 public:
  PhaseStates(std::int64_t servers, std::int64_t most) : servers_{servers}, most_{most} {}

  [[nodiscard]] std::size_t operator()(std::int64_t number, std::int64_t first) const {
    const std::int64_t small = std::min(number, servers_);
    return static_cast<std::size_t>(small * (small + 1) / 2 + (number - small) * (servers_ + 1) + first);
  }
  [[nodiscard]] std::size_t size() const { return (*this)(most_, servers_) + 1; }
  [[nodiscard]] std::int64_t busy(std::int64_t number) const { return std::min(number, servers_); }
  [[nodiscard]] std::int64_t most() const { return most_; }

  [[nodiscard]] double mean_waiting(const std::vector<double>& shares) const {
    double sum = 0.0;
    for (std::int64_t number = servers_ + 1; number <= most_; ++number)
      for (std::int64_t first = 0; first <= servers_; ++first)
        sum += static_cast<double>(number - servers_) * shares[(*this)(number, first)];
    return sum;
  }

 private:
  std::int64_t servers_;
  std::int64_t most_;
};

void check(double arrival_rate, double mean_service, std::int64_t servers, std::int64_t most_waiting) {
  require(arrival_rate > 0.0 && mean_service > 0.0 && servers >= 1 && most_waiting >= 1,
          "phase service: rates are positive, there is a server");
  require(arrival_rate * mean_service < static_cast<double>(servers),
          "phase service: the queue is not stable");
}

}  // namespace

double erlang2_service_wait(double arrival_rate, double mean_service, std::int64_t servers,
                            std::int64_t most_waiting) {
  check(arrival_rate, mean_service, servers, most_waiting);
  const PhaseStates state{servers, servers + most_waiting};
  const double phase_rate = 2.0 / mean_service;
  MarkovChain chain{state.size()};
  for (std::int64_t n = 0; n <= state.most(); ++n) {
    const std::int64_t busy = state.busy(n);
    for (std::int64_t first = 0; first <= busy; ++first) {
      const std::size_t from = state(n, first);
      if (n < state.most()) chain.add_rate(from, state(n + 1, n < servers ? first + 1 : first), arrival_rate);
      if (first > 0) chain.add_rate(from, state(n, first - 1), static_cast<double>(first) * phase_rate);
      if (first < busy)
        chain.add_rate(from, state(n - 1, n > servers ? first + 1 : first),
                       static_cast<double>(busy - first) * phase_rate);
    }
  }
  return state.mean_waiting(chain.stationary()) / arrival_rate;
}

double hyperexponential_service_wait(double arrival_rate, double mean_service, double squared_variation,
                                     std::int64_t servers, std::int64_t most_waiting) {
  check(arrival_rate, mean_service, servers, most_waiting);
  require(squared_variation > 1.0, "hyperexponential_service_wait: the squared variation exceeds 1");
  const double share = 0.5 * (1.0 + std::sqrt((squared_variation - 1.0) / (squared_variation + 1.0)));
  const double first_rate = 2.0 * share / mean_service;
  const double second_rate = 2.0 * (1.0 - share) / mean_service;
  const PhaseStates state{servers, servers + most_waiting};
  MarkovChain chain{state.size()};
  for (std::int64_t n = 0; n <= state.most(); ++n) {
    const std::int64_t busy = state.busy(n);
    for (std::int64_t first = 0; first <= busy; ++first) {
      const std::size_t from = state(n, first);
      if (n < servers) {
        chain.add_rate(from, state(n + 1, first + 1), arrival_rate * share);
        chain.add_rate(from, state(n + 1, first), arrival_rate * (1.0 - share));
      } else if (n < state.most()) {
        chain.add_rate(from, state(n + 1, first), arrival_rate);
      }
      // Whoever waited takes the server that became free, and is of either kind.
      const auto complete = [&](std::int64_t remaining, double rate) {
        if (rate <= 0.0) return;
        if (n <= servers) {
          chain.add_rate(from, state(n - 1, remaining), rate);
        } else {
          chain.add_rate(from, state(n - 1, remaining + 1), rate * share);
          chain.add_rate(from, state(n - 1, remaining), rate * (1.0 - share));
        }
      };
      complete(first - 1, static_cast<double>(first) * first_rate);
      complete(first, static_cast<double>(busy - first) * second_rate);
    }
  }
  return state.mean_waiting(chain.stationary()) / arrival_rate;
}

}  // namespace peercap::queueing
