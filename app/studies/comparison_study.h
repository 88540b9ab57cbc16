#pragma once

#include <atomic>
#include <cstdint>
#include <functional>
#include <string>
#include <vector>

#include "app/execution_plan.h"
#include "app/progress.h"
#include "app/studies/study.h"
#include "sim/study/inference/policy_comparison.h"

namespace peercap::app {

/// Replications of each policy where the study says nothing.
inline constexpr std::int64_t default_comparison_replications = 100;

enum class ComparisonEnd { complete, precise, not_precise, out_of_time, interrupted };

/// What is compared by one measure.
struct MeasureComparison {
  peer_support::Measure measure = peer_support::Measure::contact_within_limit_share;
  bool has_preference = false;  ///< a target says which end is better
  Preference preference = Preference::larger;
  PolicyComparison comparison;
  std::size_t best = 0;  ///< the policy with the best mean; of all policies, the first one of equals
};

struct ComparisonOutcome {
  ComparisonEnd end = ComparisonEnd::complete;
  std::int64_t replications = 0;                          ///< of each policy
  std::vector<std::vector<std::vector<double>>> figures;  ///< [measures][policies][replications]
  std::vector<MeasureComparison> measures;                ///< [measures]; empty below two replications
  std::int64_t failures = 0;
  double seconds = 0.0;
};

struct ComparisonStudyOptions {
  ExecutionRequest request = {};
  ProgressStyle progress = ProgressStyle::silent;
  const std::atomic<bool>* stop = nullptr;
  std::function<void(const std::string& line)> tell = {};  ///< of failures
};

/// Runs the study's policies under common random numbers, a round of replications of all of them after the
/// other, until there are enough of them, they are precise enough, the time is spent or somebody interrupts;
/// then compares them measure by measure. What is complete is never thrown away. The study has at least two
/// policies and one measure.
[[nodiscard]] ComparisonOutcome run_comparison(const Study& study, const ComparisonStudyOptions& options);

}  // namespace peercap::app
