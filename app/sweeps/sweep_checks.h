#pragma once

#include <cstdint>
#include <string>

#include "app/studies/study.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// Whether the study says enough for a sweep of so many shards (1: of all runs together). What is missing
/// goes to `diagnostics`, at the study's file or at `shards_option`, the words that asked for shards.
[[nodiscard]] bool can_be_swept(const Study& study, std::int64_t shards, const std::string& shards_option,
                                Diagnostics& diagnostics);

}  // namespace peercap::app
