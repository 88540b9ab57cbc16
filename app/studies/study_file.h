#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/studies/study.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// What the first key of a study file says.
inline constexpr std::string_view study_format = "peercap-study/1";

/// What the command line adds; it wins over the file.
struct StudyLoadOptions {
  std::vector<std::string> overrides = {};  ///< "path=value" of the base scenario
  std::optional<std::string> variant = {};
  std::vector<std::string> targets = {};  ///< where there are any, in place of the file's
  std::vector<std::string> search = {};   ///< "path=low-high", in place of the file's
  std::optional<int> replications = {};
  std::optional<std::uint64_t> seed = {};
};

/// Reads a study, and the scenario it names; or a scenario, as a study that says nothing of its own
/// (docs/formats/study_file.md). Every problem of study and scenario goes to `diagnostics`, at the file and
/// line where it stands. Nothing is returned where there is an error.
[[nodiscard]] std::optional<Study> load_study(const std::string& path, const StudyLoadOptions& options,
                                              Diagnostics& diagnostics);

}  // namespace peercap::app
