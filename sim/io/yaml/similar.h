#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peercap::yaml {

/// Insertions, deletions, replacements and swaps of neighbors that turn one word into the other.
[[nodiscard]] std::size_t edit_distance(std::string_view a, std::string_view b);

/// The candidate nearest to `word` if it is near enough to be a slip of the pen (at most a third of its
/// letters).
[[nodiscard]] std::optional<std::string> find_similar(std::string_view word,
                                                      const std::vector<std::string>& candidates);

}  // namespace peercap::yaml
