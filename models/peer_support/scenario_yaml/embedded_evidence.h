#pragma once

#include <string_view>

namespace peercap::peer_support {

/// The text of configs/evidence.yaml as it was when the program was built.
[[nodiscard]] std::string_view embedded_evidence_text();

}  // namespace peercap::peer_support
