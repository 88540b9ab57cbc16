#pragma once

#include <string_view>

namespace peercap::peer_support {

/// Why this parameter keeps its value throughout a run, as the end of "cannot change during a run: ...";
/// empty where it can be scheduled. `path` may name items of lists or leave them out; a group answers for
/// what is in it.
[[nodiscard]] std::string_view why_fixed(std::string_view path);

}  // namespace peercap::peer_support
