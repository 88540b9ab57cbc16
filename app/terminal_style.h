#pragma once

#include "sim/io/yaml/diagnostic_renderer.h"

namespace peercap::app {

enum class Stream { output, error };

/// Color only where a person reads it: on a terminal that can show it, and not where NO_COLOR is set.
[[nodiscard]] yaml::Color choose_color(Stream stream);

}  // namespace peercap::app
