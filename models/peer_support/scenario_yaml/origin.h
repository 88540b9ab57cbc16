#pragma once

#include <map>
#include <string>
#include <string_view>

#include "sim/support/diagnostics.h"
#include "sim/support/parameter.h"

namespace peercap::peer_support {

/// Where a value came from.
struct Origin {
  enum class Kind { default_value, file, command_line };

  Kind kind = Kind::default_value;
  SourceLocation where;  ///< in a file; for the command line, `file` holds the override as it was given
  Grade grade = Grade::setting;  ///< of the default
  std::string evidence;          ///< of the default; empty where there is none
  std::string cited;             ///< what the user gave as `source:` beside the value
  std::string note;              ///< what the user gave as `note:`
};

/// "community.yaml:12", "default, measured (hu2012.exposure)", "command line".
[[nodiscard]] std::string to_string(const Origin& origin);

/// Origins by the full path of the parameter.
using Origins = std::map<std::string, Origin>;

}  // namespace peercap::peer_support
