#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "app/sweeps/sweep_plan.h"
#include "app/sweeps/sweep_runs.h"
#include "sim/observe/result_content.h"
#include "sim/statistics/summary.h"

namespace peercap::app {

/// The `filetype` of what one shard of a sweep writes.
inline constexpr std::string_view shard_file_type = "peercap-shard";

/// What all shards of a sweep have in common.
struct SweepHeader {
  std::string name;      ///< of the study
  std::string source;    ///< the study file as given
  std::string scenario;  ///< every parameter of what the points begin with
  std::string plan;      ///< in words: everything else that sets this sweep apart
  std::string identity;  ///< RunIdentity::digest()
  std::uint64_t points = 0;
  std::uint64_t replications = 0;
  std::vector<ResultVariable> columns;   ///< of the design, without values
  std::vector<ResultVariable> measures;  ///< without values
};

[[nodiscard]] SweepHeader header_of(const SweepPlan& plan, const std::string& source);

/// The groups of a whole sweep's result: /study, /design, /replications, /summary, /failures. Their large
/// arrays are streams that read from `runs`, which has to outlive them.
[[nodiscard]] std::vector<ResultGroup> sweep_groups(const SweepHeader& header, const SweepRuns& runs,
                                                    const std::vector<SweepFailure>& failures);

/// The groups of a shard: /study, /shard, /design, /runs, /failures; no summary.
[[nodiscard]] std::vector<ResultGroup> shard_groups(const SweepHeader& header, Shard shard,
                                                    const SweepRuns& runs,
                                                    const std::vector<SweepFailure>& failures);

/// The summary of a measure at a point, over its replications.
[[nodiscard]] Summary point_summary(const SweepHeader& header, const SweepRuns& runs, std::size_t measure,
                                    std::uint64_t point);

}  // namespace peercap::app
