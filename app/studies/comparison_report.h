#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "app/studies/comparison_study.h"
#include "app/studies/rank_stability.h"
#include "app/studies/study.h"

namespace peercap::app {

/// The comparison in words, 80 columns: for each measure the policies' means, every pair's difference with
/// its interval, the probability that one beats the other, and by how much common random numbers cut the
/// variance of the difference; and how often each is best when parameters are uncertain. The outcome has at
/// least two replications.
[[nodiscard]] std::string comparison_report(const Study& study, const ComparisonOutcome& outcome,
                                            const std::optional<RankStability>& stability = {});

/// The same as JSON, `format: peercap-comparison/1`.
[[nodiscard]] std::string comparison_json(const Study& study, const ComparisonOutcome& outcome,
                                          const std::optional<RankStability>& stability = {});

/// "complete", "precise", "not precise with the most replications", ...
[[nodiscard]] std::string_view end_text(ComparisonEnd end);

}  // namespace peercap::app
