#pragma once

#include <chrono>
#include <cstdint>
#include <string>
#include <vector>

#include "sim/observe/result_content.h"

namespace peercap::app {

/// What a result file says about how it was made, beyond the scenario.
struct RunProvenance {
  std::string command_line;
  std::uint64_t seed = 0;
  int threads = 1;
  std::string status;       ///< "complete", or why it is not
  bool is_checked = false;  ///< every run was checked for broken invariants, and none was found
  int sittings = 1;         ///< processes that worked on it, one after the other
  double wall_seconds = 0.0;
  double processor_seconds = 0.0;
};

/// File attributes in the order in which they are written: program, build, libraries, time, host, seed, cost.
[[nodiscard]] std::vector<ResultAttribute> provenance_attributes(const RunProvenance& run);

/// "peercap 0.1.0 (git ..., Release, GNU 12.2.0)" and the libraries, a line each.
[[nodiscard]] std::string version_text();

/// Processor time of this process so far, in seconds.
[[nodiscard]] double processor_seconds();

}  // namespace peercap::app
