#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <vector>

namespace peercap::queueing {

/// A distribution over the numbers 0, 1, 2, ... in a system.
class NumberDistribution {
 public:
  explicit NumberDistribution(std::vector<double> probabilities) : probabilities_{std::move(probabilities)} {}

  [[nodiscard]] std::span<const double> probabilities() const { return probabilities_; }
  /// 0 beyond what is kept.
  [[nodiscard]] double probability(std::int64_t number) const;
  [[nodiscard]] double at_least(std::int64_t number) const;
  [[nodiscard]] double mean() const { return mean_excess(0); }
  /// The mean of what exceeds `number`: with it set to the number of servers, the mean queue.
  [[nodiscard]] double mean_excess(std::int64_t number) const;

 private:
  std::vector<double> probabilities_;  ///< [number]
};

/// The rate of a transition out of state `number`, in events per unit of time, not negative.
using StateRate = std::function<double(std::int64_t number)>;

/// The stationary distribution of a birth-and-death process: balance p(n) birth(n) = p(n+1) death(n+1), taken
/// from 0 upward with rescaling, so that 1e4 servers neither overflow nor cancel. It ends where birth(n) is
/// 0, or where what is left is below 1e-20 of the whole; the ratio birth(n) / death(n + 1) must not rise
/// again after that. Throws ContractViolation where 1e7 states do not suffice: the process is not stable.
[[nodiscard]] NumberDistribution stationary_birth_death(const StateRate& birth, const StateRate& death);

}  // namespace peercap::queueing
