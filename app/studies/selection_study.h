#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "app/studies/comparison_study.h"
#include "app/studies/study.h"
#include "sim/study/selection/indifference_zone.h"

namespace peercap::app {

/// Replications of each policy before the first is dropped, or before a budget is shared out.
inline constexpr std::int64_t first_selection_stage = 20;

/// Which policy is the best in the measure of the study's `select`.
struct SelectionOutcome {
  SelectionAnswer answer;
  std::vector<std::vector<double>> values;  ///< [policies][replications] that the choice rests on
  std::int64_t replications = 0;            ///< made in all; a few may have come too late to count
  double seconds = 0.0;
};

/// Chooses the best policy by the procedure KN (with a budget: by optimal computing budget allocation), every
/// policy by the same chance. The same choice for any number of threads. Throws StudyEnded: interrupted, out
/// of time, or a replication in which the measure is not defined.
[[nodiscard]] SelectionOutcome run_selection(const Study& study, const ComparisonStudyOptions& options);

/// The choice in words, 80 columns.
[[nodiscard]] std::string selection_report(const Study& study, const SelectionOutcome& outcome);

/// The same as JSON, `format: peercap-selection/1`.
[[nodiscard]] std::string selection_json(const Study& study, const SelectionOutcome& outcome);

}  // namespace peercap::app
