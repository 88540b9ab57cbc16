#pragma once

#include <span>
#include <string>
#include <string_view>

namespace peercap::app {

/// A scenario file that the program carries with it, so that it is there wherever the program is installed: a
/// program of the literature, or an example.
struct Preset {
  std::string_view name;  ///< of the file, without its ending
  std::string_view text;  ///< YAML with comments
};

/// Those of configs/presets, and of configs/scenarios what stands alone, each in the order of names.
[[nodiscard]] std::span<const Preset> program_presets();
[[nodiscard]] std::span<const Preset> example_presets();

/// Null where there is none of the name.
[[nodiscard]] const Preset* find_preset(std::string_view name);

/// The name most like it, or nothing where none is.
[[nodiscard]] std::string_view similar_preset(std::string_view name);

/// What the file says of itself under `description:`.
[[nodiscard]] std::string_view description_of(const Preset& preset);

/// The text as a file of its own, anywhere: without the line that tells an editor of this tree where its
/// schema is.
[[nodiscard]] std::string standalone_text(const Preset& preset);

}  // namespace peercap::app
