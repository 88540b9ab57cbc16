#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peercap::app {

/// A time limit as sbatch takes it: MINUTES, M:S, H:M:S, D-H, D-H:M or D-H:M:S. Nothing where it is none, or
/// zero.
[[nodiscard]] std::optional<std::chrono::seconds> parse_time_limit(std::string_view text);
/// "1-02:30:00", or "02:30:00".
[[nodiscard]] std::string time_limit_text(std::chrono::seconds limit);

/// Memory as sbatch takes it, 512M, 4G or 2048 (megabytes), in MiB, rounded up. Nothing where it is none, or
/// zero.
[[nodiscard]] std::optional<std::uint64_t> parse_memory(std::string_view text);

/// One word of a line that begins with #SBATCH, as sbatch reads it.
[[nodiscard]] std::string directive_word(std::string_view text);

/// Whether the text has a line end or another control character, which no line of a script can hold.
[[nodiscard]] bool has_control_character(std::string_view text);

}  // namespace peercap::app
