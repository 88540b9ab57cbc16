#pragma once

namespace peercap::app {

/// For a person or for a program; what a program reads keeps its form between versions.
enum class OutputForm { text, json };

}  // namespace peercap::app
