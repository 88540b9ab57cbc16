#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/verification/observable.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

inline constexpr std::string_view verification_format = "peercap-verification/1";

/// One figure of theory and what it is compared with.
struct KnownQuantity {
  std::string name;
  std::string what;     ///< in words
  std::string formula;  ///< how the value follows, with its source where it is not that of the file
  double value = 0.0;
  std::string measured_text;
  Observable measured;
};

/// One scenario whose quantities are known.
struct KnownSystem {
  std::string name;
  std::vector<std::string> overrides;  ///< "path=value"
  std::int64_t replications = 40;
  std::vector<KnownQuantity> quantities;
};

/// A family of systems with known answers: one file of `configs/verification`.
struct VerificationFile {
  std::string file;
  std::string name;
  std::string about;
  std::string source;    ///< of the formulas
  std::string scenario;  ///< that the systems change; relative to the file when read, then a path
  std::vector<KnownSystem> systems;
};

/// Reads a family. Every problem goes to `diagnostics`; nothing is returned where there is one.
[[nodiscard]] std::optional<VerificationFile> read_verification(const std::string& path,
                                                                Diagnostics& diagnostics);

/// The families of a folder, by name: its files that end with .yaml.
[[nodiscard]] std::vector<std::string> verification_files(const std::string& folder,
                                                          Diagnostics& diagnostics);

}  // namespace peercap::app
