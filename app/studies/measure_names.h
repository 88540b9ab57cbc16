#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "models/peer_support/observation/measures.h"

namespace peercap::app {

[[nodiscard]] std::optional<peer_support::Measure> find_measure(std::string_view name);

/// What somebody who wrote an unknown name may have meant: "did you mean `...`?", the measures that share its
/// words, or where to look.
[[nodiscard]] std::string suggest_measure(std::string_view name);

/// Whether the measure is a share, which is shown in percent.
[[nodiscard]] bool is_share(peer_support::Measure measure);

/// Whether the measure compares with a world without a program, which only a scenario with `run.twin` runs.
[[nodiscard]] bool needs_twin(peer_support::Measure measure);

/// The unit in which a figure of the measure is shown, as interval_text() takes it.
[[nodiscard]] std::string_view shown_unit(peer_support::Measure measure);

/// A value of the measure as it is written in a target: "90 %", "2 h/week", "50/year".
[[nodiscard]] std::string measure_value_text(peer_support::Measure measure, double value);

}  // namespace peercap::app
