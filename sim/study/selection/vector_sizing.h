#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "sim/study/selection/candidate_assessor.h"
#include "sim/study/selection/sizing.h"

namespace peercap {

/// Whether more of any component never makes a target harder to meet: then a candidate that fails rules out
/// all that are nowhere larger. Otherwise each candidate is looked at by itself.
enum class Monotonicity { every_component, none };

/// One component of a candidate: supporters, protected hours, coordinator hours, ...
struct ComponentRange {
  std::int64_t low = 0;
  std::int64_t high = 0;  ///< >= low
};

struct VectorSizingOptions {
  std::vector<ComponentRange> ranges = {};  ///< at most a million combinations
  /// Of a candidate; under `every_component` it does not fall when a component grows.
  std::function<double(std::span<const std::int64_t>)> cost = {};
  Monotonicity monotonicity = Monotonicity::every_component;
  double probability = 0.95;
  UndecidedRule undecided = UndecidedRule::not_met;
  AssessmentOptions assessment = {};
};

struct VectorSizingAnswer {
  SizingEnd end = SizingEnd::infeasible;
  std::vector<std::int64_t> candidate;  ///< the cheapest that meets the targets; nothing if there is none
  double cost = 0.0;
  std::optional<CandidateAssessment> confirmation;  ///< on fresh replications
  std::vector<CandidateAssessment> history;         ///< as looked at
  std::int64_t replications = 0;
  /// Where nothing meets the targets: the largest candidate, or without monotonicity the costliest, whose
  /// margins tell by how much they are out of reach.
  std::optional<CandidateAssessment> nearest;
};

/// The candidate of least cost that meets every target, by looking at candidates in the order of their costs
/// (equal costs in the order of their components) and leaving out those ruled out. Under `every_component`
/// the largest is looked at first, and after a failure the search climbs from it toward the largest for a
/// failing candidate that rules out more. The winner is confirmed on fresh replications; where they show a
/// miss, the search goes on. Errors are spent as in `find_smallest_size`. Throws ContractViolation for
/// options out of range or more than a million combinations.
[[nodiscard]] VectorSizingAnswer find_cheapest_size(const SimulateCandidate& simulate,
                                                    const std::vector<Target>& targets,
                                                    const VectorSizingOptions& options);

}  // namespace peercap
