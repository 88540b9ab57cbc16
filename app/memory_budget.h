#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "app/execution_plan.h"
#include "models/peer_support/behavior/rules.h"

namespace peercap::app {

/// Bytes of a size as people write it: "4 GB", "512MB", "1.5 GiB"; units of 1,000 or 1,024. Nothing where it
/// is no size.
[[nodiscard]] std::optional<std::uint64_t> parse_size(std::string_view text);

/// "3.2 GB", with two significant digits below 10.
[[nodiscard]] std::string size_text(double bytes);

/// Bytes that a new program can take on this machine: what the system says is available, at most what its
/// control group leaves. Nothing where the system does not say.
[[nodiscard]] std::optional<std::uint64_t> available_memory();

/// What a run may take, and by whose word.
struct MemoryBudget {
  std::optional<std::uint64_t> asked = {};      ///< by --memory
  std::optional<std::uint64_t> available = {};  ///< on the machine
};

/// Nothing where the run fits; else what it needs, what there is, and what would fit.
[[nodiscard]] std::optional<std::string> memory_refusal(const peer_support::Rules& rules,
                                                        const ExecutionPlan& plan,
                                                        const MemoryBudget& budget);

}  // namespace peercap::app
