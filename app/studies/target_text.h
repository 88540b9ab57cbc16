#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/peer_support/observation/measures.h"
#include "sim/io/yaml/number_text.h"
#include "sim/study/selection/target.h"

namespace peercap::app {

/// A target of a study: what is asked of one measure.
struct StudyTarget {
  peer_support::Measure measure = peer_support::Measure::contact_within_limit_share;
  Target target;     ///< its `measure` counts among the measures of the study
  std::string text;  ///< in the canonical form
};

/// Reads one of
///
///     contact_within_limit_share >= 90 %        the mean over replications
///     mean(contact_within_limit_share) >= 90 %  the same
///     p95(overload_hours_per_week) <= 2 h/week  a quantile over replications
///     P(waiting_p95 <= 5) >= 0.9                a probability
///
/// and sets `target`, or returns the problem and leaves it alone. A value has the unit of its measure; shares
/// are percentages or lie in [0, 1].
[[nodiscard]] std::optional<yaml::ValueProblem> parse_target(std::string_view text, StudyTarget& target);

/// Reads a value of the measure in its unit: "90 %", "2 h/week", "50 per year", "5".
[[nodiscard]] std::optional<yaml::ValueProblem> parse_measure_value(std::string_view text,
                                                                    peer_support::Measure measure,
                                                                    double& value);

/// A target in the canonical form.
[[nodiscard]] std::string target_text(peer_support::Measure measure, const Target& target);

}  // namespace peercap::app
