#pragma once

#include <array>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/study/calibration/prior.h"
#include "sim/support/parameter.h"

namespace peercap::app {

enum class FitKind { posterior, point };
[[nodiscard]] constexpr auto level_names(FitKind) {
  return std::array<std::string_view, 2>{"posterior", "point"};
}

/// A parameter that is fitted, and what is thought of it beforehand. Numbers are those of gradual_value.h.
struct CalibratedParameter {
  std::string path;
  peer_support::FactorKind kind = peer_support::FactorKind::number;
  Prior prior;
};

/// A figure that the model is to give.
struct ObservedMeasure {
  peer_support::Measure measure = peer_support::Measure::contact_within_limit_share;
  double value = 0.0;
  double within = 1.0;  ///< a difference as large as this counts as a distance of 1
};

/// The key `calibrate` of a study.
struct CalibrationSpec {
  FitKind fit = FitKind::posterior;
  int population = 200;
  int generations = 10;
  int simulations = 20'000;
  int replications = 0;  ///< 0: as the kind of fit has it
  double tolerance = 1.0;
  std::vector<CalibratedParameter> parameters;
  std::vector<ObservedMeasure> observed;
};

template <class Visitor>
void describe(Visitor& v, CalibrationSpec& p) {
  v.field(
      "fit", p.fit,
      {.meaning = "a sample of all parameters that fit, or the one that fits best", .grade = Grade::setting});
  v.field("population", p.population,
          {.meaning = "accepted parameters of a generation",
           .range = between(50, 5000),
           .grade = Grade::setting});
  v.field("generations", p.generations,
          {.meaning = "generations at most, each with a smaller tolerance",
           .range = between(1, 100),
           .grade = Grade::setting});
  v.field("simulations", p.simulations,
          {.meaning = "parameters that are tried at most",
           .range = between(10, 10'000'000),
           .grade = Grade::setting});
  v.field("replications", p.replications,
          {.meaning = "replications of each, whose mean is compared with what was observed",
           .range = between(1, 1000),
           .grade = Grade::setting});
  v.field(
      "tolerance", p.tolerance,
      {.meaning = "distance at which the calibration is done: the root of the sum of squares of differences, "
                  "each as a multiple of its `within`",
       .range = {.low = 0, .high = 1e6, .low_excluded = true},
       .grade = Grade::setting});
}

}  // namespace peercap::app
