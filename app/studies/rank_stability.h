#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "app/studies/comparison_study.h"
#include "app/studies/study.h"

namespace peercap::app {

/// How often each policy is the best when the parameters that the study varies are other ones.
struct RankStability {
  std::uint64_t draws = 0;        ///< points of the study's design
  std::int64_t replications = 0;  ///< of each policy at each point
  std::int64_t failures = 0;      ///< of them
  /// [measures][policies] share of the draws in which the policy has the best mean; equal ones share a draw.
  /// Draws in which a policy's measure is not defined are left out; NaN where none is left.
  std::vector<std::vector<double>> first_shares;
};

/// Replications of each policy at each point of a design.
inline constexpr std::int64_t replications_per_draw = 4;

/// Runs every policy at every point of the study's design by the same chance and ranks them there. Nothing
/// where it is interrupted.
[[nodiscard]] std::optional<RankStability> run_rank_stability(const Study& study,
                                                              const ComparisonStudyOptions& options);

/// Larger unless a target of the study says that less of the measure is wanted.
[[nodiscard]] Preference preference_for(const Study& study, peer_support::Measure measure);

}  // namespace peercap::app
