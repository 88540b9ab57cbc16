#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/execution_plan.h"
#include "app/progress.h"
#include "app/studies/study.h"
#include "app/sweeps/sensitivity_factors.h"
#include "sim/study/sensitivity/morris.h"
#include "sim/study/sensitivity/sobol_indices.h"
#include "sim/study/sensitivity/tornado.h"

namespace peercap::app {

enum class SensitivityMethod { tornado, morris, sobol };
[[nodiscard]] std::string_view to_string(SensitivityMethod method);

struct SensitivityPlan {
  SensitivityMethod method = SensitivityMethod::tornado;
  std::uint64_t trajectories = 20;  ///< of Morris
  std::uint64_t rows = 1024;        ///< of Sobol
  std::int64_t replications = 0;    ///< of each point; 0: 30 of a tornado, else 4
  double confidence = 0.95;
  int resamples = 1000;  ///< of the bootstrap
};

/// Replications of each point, the study's and the usual ones included.
[[nodiscard]] std::int64_t replications_of(const SensitivityPlan& plan, const Study& study);

/// Why the plan would say nothing, in words for the user; nothing where it is sound.
[[nodiscard]] std::optional<std::string> sensitivity_problem(const SensitivityPlan& plan,
                                                             std::size_t factors);

/// Points that the plan runs.
[[nodiscard]] std::uint64_t point_count(const SensitivityPlan& plan, std::size_t factors);

/// The points of a plan, by their indices.
class SensitivityDesign {
 public:
  /// The plan has no problem.
  SensitivityDesign(const SensitivityPlan& plan, std::size_t factors, std::uint64_t seed);

  [[nodiscard]] std::uint64_t size() const { return size_; }
  /// Where each factor is in its range, [factors], from 0 to 1; NaN where it is as the scenario has it, which
  /// only a tornado leaves so.
  [[nodiscard]] std::vector<double> places(std::uint64_t point) const;
  /// Null of a tornado.
  [[nodiscard]] const Design* design() const { return design_.get(); }

 private:
  std::size_t factors_;
  std::uint64_t size_;
  std::unique_ptr<const Design> design_;
};

/// What is known of one measure; of the three lists that of the method is filled.
struct MeasureSensitivity {
  peer_support::Measure measure = peer_support::Measure::contact_within_limit_share;
  Summary base = {};                      ///< tornado: of the scenario as it is
  std::vector<TornadoBar> tornado = {};   ///< longest first
  std::vector<MorrisEffect> morris = {};  ///< [factors]
  SobolIndices sobol = {};
};

struct SensitivityOutcome {
  bool is_complete = false;  ///< else interrupted
  std::uint64_t points = 0;
  std::int64_t replications = 0;
  std::uint64_t failed_points = 0;  ///< with a replication that failed
  /// [measures][points] over the replications that define the measure; NaN where none does, and of failed
  /// points.
  std::vector<std::vector<double>> means;
  std::vector<MeasureSensitivity> measures;  ///< [measures]
  double seconds = 0.0;
};

struct SensitivityOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const std::string& line)> tell = {};  ///< of failures
};

/// Runs the points of the plan under common random numbers and works out how much each factor moves each
/// measure. The study has a measure, the plan no problem.
[[nodiscard]] SensitivityOutcome run_sensitivity(const Study& study,
                                                 const std::vector<SensitivityFactor>& factors,
                                                 const SensitivityPlan& plan,
                                                 const SensitivityOptions& options);

/// The factors of a measure, the most influential first: by swing, mu* or total index; those without a number
/// last.
[[nodiscard]] std::vector<std::size_t> ranking(const SensitivityPlan& plan, const MeasureSensitivity& measure,
                                               std::size_t factors);

}  // namespace peercap::app
