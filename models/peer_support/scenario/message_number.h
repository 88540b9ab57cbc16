#pragma once

#include <string>

namespace peercap::peer_support {

/// A number for a message: two digits after the point for small ones, none for large ones.
[[nodiscard]] std::string text_of(double value);

}  // namespace peercap::peer_support
