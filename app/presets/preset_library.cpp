#include "app/presets/preset_library.h"

#include <algorithm>
#include <cstddef>

#include "app/presets/embedded_presets.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {
namespace {

/// Calls visit(line) for each line until it returns true; lines are without their end.
template <class Visit>
void for_each_line(std::string_view text, Visit&& visit) {
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    if (visit(text.substr(0, end))) return;
    text.remove_prefix(std::min(end + 1, text.size()));
  }
}

}  // namespace

std::span<const Preset> program_presets() {
  return embedded_programs();
}

std::span<const Preset> example_presets() {
  return embedded_examples();
}

const Preset* find_preset(std::string_view name) {
  for (const auto presets : {program_presets(), example_presets()})
    for (const Preset& preset : presets)
      if (preset.name == name) return &preset;
  return nullptr;
}

std::string_view similar_preset(std::string_view name) {
  constexpr std::size_t too_far = 4;
  std::string_view best;
  std::size_t least = too_far;
  for (const auto presets : {program_presets(), example_presets()})
    for (const Preset& preset : presets) {
      // Who writes a part of a name means the name.
      const std::size_t distance = name.size() > 2 && preset.name.find(name) != std::string_view::npos
                                       ? 0
                                       : yaml::edit_distance(name, preset.name);
      if (distance >= least) continue;
      least = distance;
      best = preset.name;
    }
  return best;
}

std::string_view description_of(const Preset& preset) {
  constexpr std::string_view key = "description: ";
  std::string_view description;
  for_each_line(preset.text, [&](std::string_view line) {
    if (!line.starts_with(key)) return false;
    description = line.substr(key.size());
    return true;
  });
  return description;
}

std::string standalone_text(const Preset& preset) {
  std::string text;
  bool at_top = true;
  for_each_line(preset.text, [&](std::string_view line) {
    const bool is_of_this_tree = line.starts_with("# yaml-language-server:");
    // The empty comment line below it goes with it.
    if (!is_of_this_tree && !(at_top && line == "#")) {
      text += line;
      text += '\n';
      at_top = false;
    }
    return false;
  });
  return text;
}

}  // namespace peercap::app
