#pragma once

#include <cstddef>
#include <string>
#include <string_view>

#include "sim/io/yaml/node.h"
#include "sim/support/diagnostics.h"

namespace peercap::yaml {

/// The longest line, and the longest list or mapping in brackets, that is read. yaml-cpp holds every token of
/// either at once (its beginning might turn out to be a key); this bounds the memory.
inline constexpr std::size_t max_line_bytes = 65536;
inline constexpr std::size_t max_bracket_bytes = 65536;

/// Reports what makes a text no text: NUL and other control characters, bytes that are not UTF-8, UTF-16
/// marks, overlong lines and brackets, tabs in the indentation. False where parsing it makes no sense.
[[nodiscard]] bool check_text(std::string_view text, const std::string& file, Diagnostics& diagnostics);

/// Bytes of the UTF-8 sequence that begins `text`, or 0 where there is none (overlong forms, surrogates and
/// values beyond U+10FFFF included). `text` must not be empty.
[[nodiscard]] std::size_t utf8_length(std::string_view text);

/// The line that begins at or before `offset`, without its end.
[[nodiscard]] std::string_view line_around(std::string_view text, std::size_t offset);

/// Line and column of a byte, the column in characters.
[[nodiscard]] Place place_of(std::string_view text, std::size_t offset);

}  // namespace peercap::yaml
