#include "sim/study/sensitivity/morris.h"

#include <cmath>
#include <numeric>
#include <utility>

#include "sim/random/random_source.h"
#include "sim/study/inference/bootstrap.h"
#include "sim/study/inference/sample.h"
#include "sim/study/study_draw.h"
#include "sim/support/contract.h"

namespace peercap {

std::optional<std::string> morris_problem(const MorrisPlan& plan) {
  constexpr std::uint64_t fewest = 10;
  if (plan.factors == 0) return "there is no factor to screen";
  if (plan.levels < 2 || plan.levels % 2 != 0)
    return "the grid has " + std::to_string(plan.levels) + " levels: choose an even number, such as 4";
  if (plan.trajectories < fewest)
    return std::to_string(plan.trajectories) + " trajectories say next to nothing: choose at least " +
           std::to_string(fewest) + ", which takes " + std::to_string(fewest * (plan.factors + 1)) +
           " points";
  if (plan.trajectories > 0xffffffffU) return "there are more than 2^32 trajectories";
  return std::nullopt;
}

MorrisDesign::MorrisDesign(const MorrisPlan& plan) : plan_{plan} {
  require(!morris_problem(plan), "MorrisDesign: a plan without problems");
}

MorrisDesign::Walk MorrisDesign::walk(std::uint64_t trajectory) const {
  const RandomSource random{plan_.seed, static_cast<std::uint32_t>(trajectory)};
  const double spacing = 1.0 / (plan_.levels - 1);
  const auto half = static_cast<std::uint64_t>(plan_.levels / 2);
  Walk walk;
  walk.order.resize(plan_.factors);
  std::iota(walk.order.begin(), walk.order.end(), std::size_t{0});
  for (std::size_t i = plan_.factors; i > 1; --i) {
    const Draw draw = random.draw(EntityKey{}, StudyDraw::trajectory_order, i);
    std::swap(walk.order[i - 1], walk.order[below(draw.bits(), i)]);
  }
  for (std::size_t i = 0; i < plan_.factors; ++i) {
    const Draw draw = random.draw(EntityKey{}, StudyDraw::trajectory_start, i);
    const auto low = static_cast<double>(below(draw.bits(), half));
    const bool is_upward = (draw.second_bits() >> 63) != 0;
    const auto step = static_cast<double>(half);
    walk.start.push_back((is_upward ? low : low + step) * spacing);
    walk.moves.push_back((is_upward ? step : -step) * spacing);
  }
  return walk;
}

void MorrisDesign::compute(std::uint64_t index, std::span<double> coordinates) const {
  const std::uint64_t points = plan_.factors + 1;
  const Walk path = walk(index / points);
  for (std::size_t i = 0; i < coordinates.size(); ++i) coordinates[i] = path.start[i];
  for (std::size_t moved = 0; moved < index % points; ++moved)
    coordinates[path.order[moved]] += path.moves[path.order[moved]];
}

std::vector<MorrisEffect> morris_effects(const MorrisDesign& design, std::span<const double> outcomes,
                                         double confidence, int resamples) {
  require(outcomes.size() == design.size(), "morris_effects: an outcome for each point");
  const std::size_t factors = design.dimensions();
  std::vector<std::vector<double>> effects(factors);  // [factors][trajectories]
  for (std::uint64_t trajectory = 0; trajectory < design.plan().trajectories; ++trajectory) {
    const MorrisDesign::Walk path = design.walk(trajectory);
    for (std::size_t step = 0; step < factors; ++step) {
      const std::size_t before = trajectory * (factors + 1) + step;
      const std::size_t factor = path.order[step];
      const double effect = (outcomes[before + 1] - outcomes[before]) / path.moves[factor];
      if (!std::isnan(effect)) effects[factor].push_back(effect);
    }
  }
  std::vector<MorrisEffect> result;
  for (const std::vector<double>& values : effects) {
    std::vector<double> magnitudes;
    for (const double value : values) magnitudes.push_back(std::abs(value));
    const RunningSample sample = sample_of(values);
    MorrisEffect effect;
    effect.effects = sample.count();
    effect.mean = sample.mean();
    effect.mean_magnitude = sample_of(magnitudes).mean();
    effect.standard_deviation = std::sqrt(sample.variance());
    effect.magnitude_interval = bootstrap_interval(
        magnitudes, [](std::span<const double> chosen) { return sample_of(chosen).mean(); },
        {BootstrapMethod::percentile, resamples, confidence, design.plan().seed});
    result.push_back(effect);
  }
  return result;
}

}  // namespace peercap
