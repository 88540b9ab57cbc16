#include "sim/study/selection/budget_allocation.h"

#include <algorithm>
#include <cmath>

#include "sim/statistics/special_functions.h"
#include "sim/study/inference/sample.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

std::size_t best_of(std::span<const double> means, Preference preference) {
  const auto best =
      preference == Preference::larger ? std::ranges::max_element(means) : std::ranges::min_element(means);
  return static_cast<std::size_t>(best - means.begin());
}

struct Figures {
  std::vector<double> means;
  std::vector<double> standard_deviations;
  std::vector<std::int64_t> counts;
};

Figures figures_of(const std::vector<RunningSample>& samples) {
  Figures figures;
  for (const RunningSample& sample : samples) {
    figures.means.push_back(sample.mean());
    figures.standard_deviations.push_back(std::sqrt(sample.variance()));
    figures.counts.push_back(sample.count());
  }
  return figures;
}

}  // namespace

std::vector<double> optimal_shares(std::span<const double> means, std::span<const double> standard_deviations,
                                   Preference preference) {
  require(means.size() >= 2 && means.size() == standard_deviations.size(),
          "optimal_shares: two candidates or more, a standard deviation each");
  const std::size_t best = best_of(means, preference);
  double scale = 0.0;
  for (std::size_t i = 0; i < means.size(); ++i)
    scale = std::max({scale, standard_deviations[i], std::abs(means[i] - means[best])});
  if (scale == 0.0) scale = 1.0;
  const double least = 1e-6 * scale;
  std::vector<double> shares(means.size(), 0.0);
  double squares = 0.0;
  double total = 0.0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i == best) continue;
    const double spread = std::max(standard_deviations[i], least);
    const double ratio = spread / std::max(std::abs(means[i] - means[best]), least);
    shares[i] = ratio * ratio;
    squares += shares[i] * shares[i] / (spread * spread);
    total += shares[i];
  }
  shares[best] = std::max(standard_deviations[best], least) * std::sqrt(squares);
  total += shares[best];
  for (double& share : shares) share /= total;
  return shares;
}

double correct_selection_bound(std::span<const double> means, std::span<const double> standard_deviations,
                               std::span<const std::int64_t> replications, Preference preference) {
  require(
      means.size() >= 2 && means.size() == standard_deviations.size() && means.size() == replications.size(),
      "correct_selection_bound: two candidates or more, all figures of each");
  const std::size_t best = best_of(means, preference);
  const auto variance = [&](std::size_t i) {
    return standard_deviations[i] * standard_deviations[i] / static_cast<double>(replications[i]);
  };
  double wrong = 0.0;
  for (std::size_t i = 0; i < means.size(); ++i) {
    if (i == best) continue;
    const double error = std::sqrt(variance(i) + variance(best));
    const double difference = std::abs(means[i] - means[best]);
    wrong += error > 0.0 ? normal_cumulative(-difference / error) : difference > 0.0 ? 0.0 : 0.5;
  }
  return std::max(0.0, 1.0 - wrong);
}

SelectionAnswer select_within_budget(std::size_t candidates, const RunRequests& run,
                                     const BudgetOptions& options) {
  require(candidates >= 2, "select_within_budget: at least two candidates");
  require(options.first_stage >= 5 && options.increment >= 1,
          "select_within_budget: a first stage of at least five, increments of at least one");
  require(options.budget >= options.first_stage * static_cast<std::int64_t>(candidates),
          "select_within_budget: the budget covers the first stage");
  std::vector<RunningSample> samples(candidates);
  std::vector<std::int64_t> wanted(candidates, options.first_stage);
  std::int64_t spent = 0;
  SelectionAnswer answer;
  answer.dropped_after.assign(candidates, 0);
  while (true) {
    std::vector<ReplicationRequest> requests;
    for (std::size_t i = 0; i < candidates; ++i)
      for (std::int64_t r = samples[i].count(); r < wanted[i]; ++r) requests.push_back({i, r});
    const std::vector<double> measures = run(requests);
    require(measures.size() == requests.size(), "select_within_budget: a measure for each request");
    for (std::size_t i = 0; i < requests.size(); ++i) samples[requests[i].candidate].add(measures[i]);
    spent += static_cast<std::int64_t>(requests.size());

    const Figures figures = figures_of(samples);
    const double bound = correct_selection_bound(figures.means, figures.standard_deviations, figures.counts,
                                                 options.preference);
    answer.is_decided = bound >= options.enough;
    if (answer.is_decided || spent >= options.budget) {
      answer.best = best_of(figures.means, options.preference);
      answer.means = figures.means;
      answer.replications = figures.counts;
      return answer;
    }
    // One by one to the candidate that is furthest below its share of what will then have been spent.
    const std::int64_t more = std::min(options.increment, options.budget - spent);
    const std::vector<double> shares =
        optimal_shares(figures.means, figures.standard_deviations, options.preference);
    wanted = figures.counts;
    for (std::int64_t j = 0; j < more; ++j) {
      std::size_t furthest = 0;
      double gap = -1e300;
      for (std::size_t i = 0; i < candidates; ++i) {
        const double lacking = shares[i] * static_cast<double>(spent + more) - static_cast<double>(wanted[i]);
        if (lacking > gap) {
          gap = lacking;
          furthest = i;
        }
      }
      ++wanted[furthest];
    }
  }
}

}  // namespace peercap
