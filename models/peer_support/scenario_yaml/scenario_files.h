#pragma once

#include <optional>
#include <string>
#include <vector>

#include "sim/io/yaml/node.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

struct ScenarioFile {
  std::string path;  ///< as it is shown in messages
  std::string text;
  yaml::Node root;
};

/// The file and the files it extends, the base first. Checks what concerns the file as such: that it can be
/// read, is YAML, begins with `format: peercap-scenario/1`, and does not extend itself. Nothing where one of
/// them fails.
[[nodiscard]] std::optional<std::vector<ScenarioFile>> read_scenario_files(const std::string& path,
                                                                           Diagnostics& diagnostics);

}  // namespace peercap::peer_support
