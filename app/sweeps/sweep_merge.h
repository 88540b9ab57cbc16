#pragma once

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "app/sweeps/shard_files.h"
#include "app/sweeps/sweep_content.h"
#include "app/sweeps/sweep_runs.h"

namespace peercap::app {

/// The shards of one sweep, opened and found to be all of it.
struct OpenedShards {
  std::unique_ptr<ShardFiles> files;  ///< from which `segments` read
  SweepHeader header;
  std::vector<SweepSegment> segments;  ///< one for each shard, in the order of their runs
  std::vector<SweepFailure> failures;
  std::uint64_t seed = 0;
  double wall_seconds = 0.0;  ///< of the shards together
  double processor_seconds = 0.0;
};

/// Opens the files. Every reason why they do not make one sweep goes to `problems`, a line each, and nothing
/// is returned then: a file that cannot be read or is no shard, shards of other sweeps, one that is there
/// twice, missing ones.
[[nodiscard]] std::optional<OpenedShards> open_shards(const std::vector<std::filesystem::path>& files,
                                                      std::vector<std::string>& problems);

}  // namespace peercap::app
