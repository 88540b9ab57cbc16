#pragma once

#include <span>

#include "app/presets/preset_library.h"

namespace peercap::app {

/// The files as they were when the program was configured (embedded_presets.cpp.in).
[[nodiscard]] std::span<const Preset> embedded_programs();
[[nodiscard]] std::span<const Preset> embedded_examples();

}  // namespace peercap::app
