#include "sim/study/calibration/sequential_monte_carlo.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <optional>
#include <utility>

#include "sim/random/exact_math.h"
#include "sim/random/normal_quantile.h"
#include "sim/random/random_source.h"
#include "sim/study/study_draw.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr double infinity = std::numeric_limits<double>::infinity();

double median_of(std::vector<double> values) {
  std::ranges::sort(values);
  return sorted_quantile(values, 0.5);
}

/// A generation in working coordinates.
struct Generation {
  std::vector<std::vector<double>> working;  ///< [population][parameters]
  std::vector<double> weights;
  std::vector<double> distances;
};

class Sampler {
 public:
  Sampler(const std::vector<Prior>& priors, std::span<const double> observed,
          const SimulateSummaries& simulate, const CalibrationOptions& options)
      : priors_{priors},
        observed_{observed.begin(), observed.end()},
        simulate_{simulate},
        options_{options},
        scales_{options.scales} {}

  [[nodiscard]] Posterior run() {
    Posterior posterior;
    Generation generation = first_generation(posterior);
    posterior.end = CalibrationEnd::generations;
    for (int number = 1; number < options_.most_generations; ++number) {
      if (posterior.steps.back().tolerance <= options_.tolerance) break;
      if (posterior.steps.back().acceptance < options_.least_acceptance) {
        posterior.end = CalibrationEnd::acceptance;
        break;
      }
      std::optional<Generation> next = next_generation(generation, number, posterior);
      if (!next) {
        posterior.end = CalibrationEnd::simulations;
        break;
      }
      generation = std::move(*next);
    }
    if (posterior.steps.back().tolerance <= options_.tolerance)
      posterior.end = CalibrationEnd::tolerance_reached;
    posterior.weights = std::move(generation.weights);
    posterior.distances = std::move(generation.distances);
    posterior.scales = scales_;
    for (const auto& working : generation.working) posterior.parameters.push_back(values_of(working));
    return posterior;
  }

 private:
  [[nodiscard]] std::vector<double> values_of(const std::vector<double>& working) const {
    std::vector<double> values;
    for (std::size_t i = 0; i < working.size(); ++i) values.push_back(priors_[i].from_working(working[i]));
    return values;
  }

  [[nodiscard]] double prior_density(const std::vector<double>& working) const {
    double density = 1.0;
    for (std::size_t i = 0; i < working.size(); ++i) density *= priors_[i].working_density(working[i]);
    return density;
  }

  [[nodiscard]] double distance_of(const std::vector<double>& summaries) const {
    require(summaries.size() == observed_.size(), "calibrate: a simulated summary for each observed one");
    double squares = 0.0;
    for (std::size_t i = 0; i < observed_.size(); ++i) {
      if (scales_[i] == 0.0) continue;
      const double difference = (summaries[i] - observed_[i]) / scales_[i];
      squares += difference * difference;
    }
    return std::isnan(squares) ? infinity : std::sqrt(squares);
  }

  [[nodiscard]] std::vector<std::vector<double>> simulate(std::span<const Proposal> proposals) {
    std::vector<std::vector<double>> summaries = simulate_(proposals);
    require(summaries.size() == proposals.size(), "calibrate: summaries of each proposal");
    simulations_ += proposals.size();
    return summaries;
  }

  /// Draws from the prior, all kept whose summaries are numbers.
  [[nodiscard]] Generation first_generation(Posterior& posterior) {
    const RandomSource random{options_.seed, 0};
    std::vector<std::vector<double>> kept;
    Generation generation;
    std::uint64_t attempt = 0;
    while (generation.working.size() < options_.population) {
      require(attempt < options_.most_simulations,
              "calibrate: the first generation exhausts the simulations");
      std::vector<Proposal> proposals;
      std::vector<std::vector<double>> working;
      for (std::size_t missing = options_.population - generation.working.size(); missing > 0; --missing) {
        std::vector<double> drawn;
        for (std::size_t i = 0; i < priors_.size(); ++i)
          drawn.push_back(
              priors_[i].working_quantile(random.draw(EntityKey{i}, StudyDraw::proposal, attempt).uniform()));
        proposals.push_back({values_of(drawn), next_number_++});
        working.push_back(std::move(drawn));
        ++attempt;
      }
      std::vector<std::vector<double>> summaries = simulate(proposals);
      for (std::size_t i = 0; i < proposals.size(); ++i) {
        if (std::ranges::any_of(summaries[i], [](double x) { return std::isnan(x); })) continue;
        generation.working.push_back(std::move(working[i]));
        kept.push_back(std::move(summaries[i]));
      }
    }
    if (scales_.empty()) scales_ = deviations_of(kept);
    for (const auto& summaries : kept) generation.distances.push_back(distance_of(summaries));
    generation.weights.assign(generation.working.size(),
                              1.0 / static_cast<double>(generation.working.size()));
    note_step(posterior, generation, *std::ranges::max_element(generation.distances), simulations_);
    return generation;
  }

  [[nodiscard]] std::vector<double> deviations_of(const std::vector<std::vector<double>>& summaries) const {
    std::vector<double> deviations;
    for (std::size_t i = 0; i < observed_.size(); ++i) {
      std::vector<double> column;
      for (const auto& row : summaries) column.push_back(row.at(i));
      const double middle = median_of(column);
      for (double& value : column) value = std::abs(value - middle);
      deviations.push_back(median_of(column));
    }
    return deviations;
  }

  void note_step(Posterior& posterior, const Generation& generation, double tolerance,
                 std::uint64_t simulations) const {
    double squares = 0.0;
    for (const double weight : generation.weights) squares += weight * weight;
    posterior.steps.push_back(
        {.tolerance = tolerance,
         .acceptance = static_cast<double>(generation.working.size()) / static_cast<double>(simulations),
         .simulations = simulations,
         .effective_size = 1.0 / squares});
  }

  /// [parameters] the standard deviation of the moves: the root of twice the weighted variance.
  [[nodiscard]] std::vector<double> move_sizes(const Generation& generation) const {
    std::vector<double> sizes;
    for (std::size_t i = 0; i < priors_.size(); ++i) {
      double mean = 0.0;
      for (std::size_t j = 0; j < generation.working.size(); ++j)
        mean += generation.weights[j] * generation.working[j][i];
      double variance = 0.0;
      for (std::size_t j = 0; j < generation.working.size(); ++j) {
        const double deviation = generation.working[j][i] - mean;
        variance += generation.weights[j] * deviation * deviation;
      }
      sizes.push_back(std::sqrt(2.0 * variance));
    }
    return sizes;
  }

  /// Nothing where the simulations run out before the generation is complete.
  [[nodiscard]] std::optional<Generation> next_generation(const Generation& before, int number,
                                                          Posterior& posterior) {
    const RandomSource random{options_.seed, static_cast<std::uint32_t>(number)};
    std::vector<double> sorted = before.distances;
    std::ranges::sort(sorted);
    const double tolerance = std::max(sorted_quantile(sorted, options_.quantile), options_.tolerance);
    const std::vector<double> sizes = move_sizes(before);
    std::vector<double> cumulative(before.weights.size());
    std::partial_sum(before.weights.begin(), before.weights.end(), cumulative.begin());
    Generation generation;
    std::uint64_t attempt = 0;
    std::uint64_t simulated = 0;  // up to the last that was needed
    while (true) {
      std::vector<Proposal> proposals;
      std::vector<std::vector<double>> working;
      while (proposals.size() < options_.population) {
        std::vector<double> moved = propose(before, cumulative, sizes, random, attempt++);
        if (prior_density(moved) <= 0.0) continue;
        proposals.push_back({values_of(moved), next_number_++});
        working.push_back(std::move(moved));
      }
      if (simulations_ + proposals.size() > options_.most_simulations) return std::nullopt;
      const std::vector<std::vector<double>> summaries = simulate(proposals);
      for (std::size_t i = 0; i < proposals.size(); ++i) {
        ++simulated;
        const double distance = distance_of(summaries[i]);
        if (!(distance <= tolerance)) continue;
        generation.distances.push_back(distance);
        generation.working.push_back(std::move(working[i]));
        if (generation.working.size() < options_.population) continue;
        weigh(generation, before, sizes);
        note_step(posterior, generation, tolerance, simulated);
        return generation;
      }
    }
  }

  [[nodiscard]] std::vector<double> propose(const Generation& before, const std::vector<double>& cumulative,
                                            const std::vector<double>& sizes, const RandomSource& random,
                                            std::uint64_t attempt) const {
    const double place = random.draw(EntityKey{}, StudyDraw::ancestor, attempt).uniform() * cumulative.back();
    const auto found = std::ranges::upper_bound(cumulative, place) - cumulative.begin();
    const auto ancestor = std::min(static_cast<std::size_t>(found), cumulative.size() - 1);
    std::vector<double> moved = before.working[ancestor];
    for (std::size_t i = 0; i < moved.size(); ++i)
      moved[i] +=
          sizes[i] * normal_quantile(random.draw(EntityKey{i}, StudyDraw::proposal, attempt).uniform());
    return moved;
  }

  void weigh(Generation& generation, const Generation& before, const std::vector<double>& sizes) const {
    double total = 0.0;
    for (const auto& working : generation.working) {
      double proposal = 0.0;
      for (std::size_t j = 0; j < before.working.size(); ++j) {
        double squares = 0.0;
        for (std::size_t i = 0; i < working.size(); ++i) {
          if (sizes[i] == 0.0) continue;
          const double z = (working[i] - before.working[j][i]) / sizes[i];
          squares += z * z;
        }
        proposal += before.weights[j] * exact::exp(-0.5 * squares);
      }
      generation.weights.push_back(prior_density(working) / proposal);
      total += generation.weights.back();
    }
    for (double& weight : generation.weights) weight /= total;
  }

  const std::vector<Prior>& priors_;
  std::vector<double> observed_;
  const SimulateSummaries& simulate_;
  const CalibrationOptions& options_;
  std::vector<double> scales_;
  std::uint64_t next_number_ = 0;
  std::uint64_t simulations_ = 0;
};

}  // namespace

double Posterior::mean(std::size_t parameter) const {
  double sum = 0.0;
  for (std::size_t j = 0; j < parameters.size(); ++j) sum += weights[j] * parameters[j].at(parameter);
  return sum;
}

double Posterior::standard_deviation(std::size_t parameter) const {
  const double center = mean(parameter);
  double sum = 0.0;
  for (std::size_t j = 0; j < parameters.size(); ++j) {
    const double deviation = parameters[j].at(parameter) - center;
    sum += weights[j] * deviation * deviation;
  }
  return std::sqrt(sum);
}

double Posterior::quantile(std::size_t parameter, double p) const {
  require(p >= 0.0 && p <= 1.0 && !parameters.empty(), "Posterior: p lies in [0, 1]");
  std::vector<std::size_t> order(parameters.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::ranges::stable_sort(order, {}, [&](std::size_t j) { return parameters[j].at(parameter); });
  double share = 0.0;
  for (const std::size_t j : order) {
    share += weights[j];
    if (share >= p) return parameters[j][parameter];
  }
  return parameters[order.back()][parameter];
}

Interval Posterior::interval(std::size_t parameter, double confidence) const {
  require(confidence > 0.0 && confidence < 1.0, "confidence lies in (0, 1)");
  return {quantile(parameter, 0.5 * (1.0 - confidence)), quantile(parameter, 0.5 * (1.0 + confidence))};
}

Posterior calibrate(const std::vector<Prior>& priors, std::span<const double> observed,
                    const SimulateSummaries& simulate, const CalibrationOptions& options) {
  require(!priors.empty() && !observed.empty(), "calibrate: parameters and observed summaries");
  for (const Prior& prior : priors) prior.check();
  require(options.population >= 50, "calibrate: a population of at least 50");
  require(options.quantile > 0.0 && options.quantile < 1.0, "calibrate: the quantile lies in (0, 1)");
  require(options.most_generations >= 1 && options.most_simulations >= options.population,
          "calibrate: at least one generation, simulations for it");
  require(options.tolerance >= 0.0, "calibrate: the tolerance is not negative");
  require(options.scales.empty() || options.scales.size() == observed.size(),
          "calibrate: a scale for each summary");
  return Sampler{priors, observed, simulate, options}.run();
}

}  // namespace peercap
