#pragma once

#include <optional>
#include <string>
#include <vector>

#include "app/studies/comparison_study.h"
#include "app/studies/rank_stability.h"
#include "app/studies/study.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// The groups of a comparison's result: /study, /policies, /replications (each measure by policy and
/// replication), /summary (mean and interval of each policy), /pairs (paired differences) and, where
/// parameters were drawn, /rank_stability.
[[nodiscard]] std::vector<ResultGroup> comparison_groups(const Study& study, const ComparisonOutcome& outcome,
                                                         const std::optional<RankStability>& stability,
                                                         const std::string& source);

}  // namespace peercap::app
