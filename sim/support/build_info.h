#pragma once

#include <string_view>

namespace peercap {

/// Which build of peercap this is, for provenance and `--version`.
struct BuildInfo {
  std::string_view version;     ///< "0.1.0"
  std::string_view git_hash;    ///< 40 hexadecimal digits, "+dirty" appended when tracked files differ from
                                ///< that commit; "unknown" when not built from a git checkout
  std::string_view build_type;  ///< CMake's: "Release", "Debug", ...
  std::string_view compiler;    ///< "GNU 12.2.0"
};

[[nodiscard]] const BuildInfo& build_info();

}  // namespace peercap
