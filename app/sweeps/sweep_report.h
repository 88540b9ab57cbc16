#pragma once

#include <filesystem>
#include <string>

#include "app/sweeps/sweep_content.h"
#include "app/sweeps/sweep_runs.h"

namespace peercap::app {

/// What a finished sweep says on a terminal, 80 columns: how much there is, where the mean of each measure is
/// lowest and highest, and where everything lies. In JSON `format: peercap-sweep/1`.
struct SweepAnswer {
  std::filesystem::path file;
  std::uint64_t failed = 0;  ///< runs
  double seconds = 0.0;
};
[[nodiscard]] std::string sweep_report(const SweepHeader& header, const SweepRuns& runs,
                                       const SweepAnswer& answer);
[[nodiscard]] std::string sweep_json(const SweepHeader& header, const SweepRuns& runs,
                                     const SweepAnswer& answer);

}  // namespace peercap::app
