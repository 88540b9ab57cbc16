#pragma once

#include <cstddef>
#include <optional>
#include <string>

#include "sim/support/diagnostics.h"

namespace peercap::yaml {

/// The largest file that is read.
inline constexpr std::size_t max_file_bytes = std::size_t{4} * 1024 * 1024;

/// The text of a file of at most `max_file_bytes`. A larger one is refused by its size, before any of it is
/// read; pipes are read up to the limit. What is missing, unreadable, a folder or too large becomes an error
/// at `blame` (the file itself where `blame` names no file), and nothing is returned.
[[nodiscard]] std::optional<std::string> read_file_text(const std::string& path, Diagnostics& diagnostics,
                                                        SourceLocation blame = {});

}  // namespace peercap::yaml
