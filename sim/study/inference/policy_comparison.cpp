#include "sim/study/inference/policy_comparison.h"

#include <algorithm>
#include <cmath>
#include <numeric>

#include "sim/study/inference/bootstrap.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

std::vector<std::size_t> complete_replications(const std::vector<std::vector<double>>& outcomes) {
  std::vector<std::size_t> complete;
  for (std::size_t replication = 0; replication < outcomes.front().size(); ++replication)
    if (std::ranges::none_of(outcomes, [&](const auto& policy) { return std::isnan(policy[replication]); }))
      complete.push_back(replication);
  return complete;
}

std::vector<std::vector<double>> resampled_ranks(const std::vector<std::vector<double>>& outcomes,
                                                 const ComparisonOptions& options) {
  const std::size_t policies = outcomes.size();
  std::vector<std::vector<double>> shares(policies, std::vector<double>(policies, 0.0));
  const std::vector<std::size_t> complete = complete_replications(outcomes);
  if (complete.empty()) return shares;
  std::vector<double> sums(policies);
  std::vector<std::size_t> order(policies);
  for (int resample = 0; resample < options.resamples; ++resample) {
    const auto positions =
        resampled_positions(complete.size(), options.seed, static_cast<std::uint32_t>(resample));
    for (std::size_t policy = 0; policy < policies; ++policy) {
      sums[policy] = 0.0;
      for (const std::size_t position : positions) sums[policy] += outcomes[policy][complete[position]];
    }
    std::iota(order.begin(), order.end(), std::size_t{0});
    std::ranges::stable_sort(order, [&](std::size_t a, std::size_t b) {
      return options.preference == Preference::larger ? sums[a] > sums[b] : sums[a] < sums[b];
    });
    for (std::size_t rank = 0; rank < policies; ++rank) shares[order[rank]][rank] += 1.0;
  }
  for (auto& row : shares)
    for (double& share : row) share /= options.resamples;
  return shares;
}

}  // namespace

std::vector<double> holm_adjusted(std::span<const double> p_values) {
  std::vector<std::size_t> order;
  for (std::size_t i = 0; i < p_values.size(); ++i)
    if (!std::isnan(p_values[i])) order.push_back(i);
  std::ranges::stable_sort(order, {}, [&](std::size_t i) { return p_values[i]; });
  std::vector<double> adjusted(p_values.begin(), p_values.end());
  double largest = 0.0;
  for (std::size_t rank = 0; rank < order.size(); ++rank) {
    largest = std::max(largest, static_cast<double>(order.size() - rank) * p_values[order[rank]]);
    adjusted[order[rank]] = std::min(1.0, largest);
  }
  return adjusted;
}

PolicyComparison compare_policies(const std::vector<std::vector<double>>& outcomes,
                                  const ComparisonOptions& options) {
  require(outcomes.size() >= 2, "compare_policies: at least two policies");
  require(options.resamples >= 1, "compare_policies: at least one resample");
  for (const auto& policy : outcomes)
    require(policy.size() == outcomes.front().size(), "compare_policies: as many replications of each");
  PolicyComparison comparison;
  const auto policies = outcomes.size();
  const double pair_count = 0.5 * static_cast<double>(policies * (policies - 1));
  const double joint_confidence = 1.0 - (1.0 - options.confidence) / pair_count;
  std::vector<double> p_values;
  for (std::size_t first = 0; first < policies; ++first) {
    for (std::size_t second = first + 1; second < policies; ++second) {
      PolicyPair pair{.first = first, .second = second, .difference = {}, .simultaneous_interval = {}};
      pair.difference = paired_difference(outcomes[first], outcomes[second], options.confidence);
      pair.simultaneous_interval = student_interval(pair.difference.count, pair.difference.mean,
                                                    pair.difference.standard_deviation, joint_confidence);
      p_values.push_back(pair.difference.p_value);
      comparison.pairs.push_back(pair);
    }
  }
  const std::vector<double> adjusted = holm_adjusted(p_values);
  for (std::size_t i = 0; i < adjusted.size(); ++i) comparison.pairs[i].adjusted_p_value = adjusted[i];
  comparison.rank_shares = resampled_ranks(outcomes, options);
  return comparison;
}

}  // namespace peercap
