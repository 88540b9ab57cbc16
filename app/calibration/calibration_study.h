#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "app/calibration/calibration_folder.h"
#include "app/execution_plan.h"
#include "app/progress.h"
#include "app/studies/sizing_study.h"
#include "app/studies/study.h"
#include "sim/statistics/summary.h"
#include "sim/study/calibration/point_fit.h"
#include "sim/study/calibration/sequential_monte_carlo.h"

namespace peercap::app {

/// Replications of each set of parameters in a point fit where the study says nothing: their noise is the
/// same at every set, but a fit to few of them fits their chance.
inline constexpr int default_point_replications = 32;

/// A figure under the fitted parameters, on fresh replications.
struct FittedFigure {
  double mean = 0.0;
  /// Of the posterior: between which 95 % of single replications lie, parameters uncertain. Of a point: the
  /// confidence interval of the mean.
  Interval range;
  std::int64_t count = 0;
};

struct CalibrationOutcome {
  std::optional<Posterior> posterior;  ///< one of both
  std::optional<PointFit> point;
  std::vector<FittedFigure> figures;     ///< [observed]
  std::int64_t replications = 0;         ///< made by this process
  std::int64_t replications_before = 0;  ///< found in the folder
  std::int64_t failures = 0;             ///< of sets of parameters, rejected
  std::string first_failure;
  double seconds = 0.0;
};

struct CalibrationStudyOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  const std::atomic<bool>* stop = nullptr;
  CalibrationFolder* folder = nullptr;  ///< absent where nothing is saved
  std::string identity = {};            ///< of the calibration, for the folder
};

/// Fits the study's parameters. Replications of different sets have different chance in a posterior, the same
/// in a point fit; the same result for any number of threads, and whether or not it was interrupted between.
/// Throws StudyEnded (interrupted; out of the study's time; failed, where hardly any set of parameters gives
/// all figures) and InputOutputError. What was simulated before is in the folder.
[[nodiscard]] CalibrationOutcome run_calibration(const Study& study, const CalibrationStudyOptions& options);

/// Replications of each set: what the command line or the study asks for, otherwise 1 of a posterior and
/// default_point_replications of a point.
[[nodiscard]] int calibration_replications(const Study& study);

/// What a saved simulation belongs to: program, scenario, what is fitted to what, and how.
[[nodiscard]] std::string calibration_identity(const Study& study);

/// The parameters in `values`, in the order of the study's, as set_value() takes them.
[[nodiscard]] peer_support::ParameterSettings settings_of(const Study& study,
                                                          const std::vector<double>& values);

/// Means of the posterior on the scale on which each parameter was drawn; or the point.
[[nodiscard]] std::vector<double> center_of(const Study& study, const CalibrationOutcome& outcome);

}  // namespace peercap::app
