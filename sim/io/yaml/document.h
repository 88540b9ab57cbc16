#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "sim/io/yaml/node.h"
#include "sim/support/diagnostics.h"

namespace peercap::yaml {

/// Bounds that are checked while the file is read, before anything is made of it.
inline constexpr int max_depth = 32;
inline constexpr int max_nodes = 500'000;  ///< which take half a second to be read, or refused
/// After so many problems in one file the rest is not worth reading.
inline constexpr int max_problems = 100;

/// Reads one YAML document whose top is a mapping, strictly: anchors, aliases, merge keys, tags, duplicate
/// keys, keys that are not texts, quotes left open on their line and second documents are errors. `file` is
/// the name for messages. All problems go to `diagnostics`; nothing is returned where the rest of the file
/// could not be understood. A returned tree can come with errors (duplicate keys, aliases): what they touch
/// is left out or `refused`.
[[nodiscard]] std::optional<Node> parse_document(std::string_view text, const std::string& file,
                                                 Diagnostics& diagnostics);

}  // namespace peercap::yaml
