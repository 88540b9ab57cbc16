#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "app/verification/observable.h"
#include "models/peer_support/observation/patterns.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

inline constexpr std::string_view validation_format = "peercap-validation/1";

/// What was published of one figure of a program, and how the model's is read.
struct PublishedFigure {
  std::string name = {};
  std::string what = {};                   ///< in words
  std::string published = {};              ///< in words, with its n
  std::vector<std::string> evidence = {};  ///< keys of configs/evidence.yaml
  Interval accepted = {};     ///< Wilson's, 95 %, of a published count; else as the file says, and why
  std::string because = {};   ///< where `accepted` does not follow from a count
  bool is_direction = false;  ///< the 95 % interval of the mean has to lie within as well
  bool is_share = false;      ///< is told in per cent
  peer_support::FigureOrigin origin = peer_support::FigureOrigin::predicted;
  std::string explained = {};             ///< why the model is not inside; empty where it should be
  std::size_t world = 0;                  ///< where it is read
  std::optional<std::size_t> minus = {};  ///< a world of the same chance whose value is taken off
  std::string measured_text = {};
  Observable measured;
};

/// One way to run the program's scenario.
struct ProgramWorld {
  std::string name;
  std::vector<std::string> overrides;  ///< "path=value"
};

/// A published program, or several that were surveyed together: one file of `configs/validation`.
struct ValidationFile {
  std::string file;
  std::string name;
  std::string about;
  std::string scenario;  ///< relative to the file when read, then a path
  std::int64_t replications = 100;
  bool has_patterns = false;  ///< it is held against P1-P10 too
  std::vector<ProgramWorld> worlds;
  std::vector<PublishedFigure> figures;
};

/// Reads a file. Every problem goes to `diagnostics`; nothing is returned where there is one.
[[nodiscard]] std::optional<ValidationFile> read_validation(const std::string& path,
                                                            Diagnostics& diagnostics);

}  // namespace peercap::app
