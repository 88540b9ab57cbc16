#include "sim/queueing/birth_death.h"

#include <algorithm>
#include <cstddef>

#include "sim/support/contract.h"

namespace peercap::queueing {

double NumberDistribution::probability(std::int64_t number) const {
  if (number < 0 || number >= static_cast<std::int64_t>(probabilities_.size())) return 0.0;
  return probabilities_[static_cast<std::size_t>(number)];
}

double NumberDistribution::at_least(std::int64_t number) const {
  double sum = 0.0;  // from the far end: small terms first
  for (auto n = static_cast<std::int64_t>(probabilities_.size()) - 1; n >= std::max<std::int64_t>(number, 0);
       --n)
    sum += probabilities_[static_cast<std::size_t>(n)];
  return sum;
}

double NumberDistribution::mean_excess(std::int64_t number) const {
  double sum = 0.0;
  for (auto n = static_cast<std::int64_t>(probabilities_.size()) - 1; n > number; --n)
    sum += static_cast<double>(n - number) * probabilities_[static_cast<std::size_t>(n)];
  return sum;
}

NumberDistribution stationary_birth_death(const StateRate& birth, const StateRate& death) {
  constexpr std::size_t most_states = 10'000'000;
  constexpr double too_large = 1e200;
  constexpr double negligible = 1e-20;
  std::vector<double> weights{1.0};
  double total = 1.0;
  std::size_t first_kept = 0;  // earlier weights have become 0
  while (true) {
    const auto n = static_cast<std::int64_t>(weights.size()) - 1;
    const double up = birth(n);
    if (up <= 0.0) break;
    const double ratio = up / death(n + 1);
    double weight = weights.back() * ratio;
    if (ratio < 1.0 && weight < negligible * (1.0 - ratio) * total) break;
    require(weights.size() < most_states, "stationary_birth_death: the process is not stable");
    if (weight > too_large) {
      for (std::size_t i = first_kept; i < weights.size(); ++i) weights[i] /= too_large;
      while (weights[first_kept] == 0.0) ++first_kept;
      total /= too_large;
      weight /= too_large;
    }
    weights.push_back(weight);
    total += weight;
  }
  double sum = 0.0;
  for (auto weight = weights.rbegin(); weight != weights.rend(); ++weight) sum += *weight;
  for (double& weight : weights) weight /= sum;
  return NumberDistribution{std::move(weights)};
}

}  // namespace peercap::queueing
