#pragma once

#include <cstddef>
#include <string_view>

namespace peercap::yaml {

/// Whether the quote (" or ') at `offset` is closed on its line. yaml-cpp lets an open quote run on and
/// swallow the keys that follow.
[[nodiscard]] bool closes_on_line(std::string_view text, std::size_t offset);

/// The first quote from `offset` on that opens a value and is not closed on its line; npos where there is
/// none.
[[nodiscard]] std::size_t find_open_quote(std::string_view text, std::size_t offset);

/// The first bracket ([ or {) that opens a value and is not closed within `limit` bytes; npos where there is
/// none. Texts in blocks and plain texts are not told apart: a lone bracket in one counts too.
[[nodiscard]] std::size_t find_overlong_bracket(std::string_view text, std::size_t limit);

}  // namespace peercap::yaml
