#pragma once

namespace peercap::peer_support {

/// Whether runs are checked for broken invariants where nobody says so. The program does not; every test
/// program puts a function of its own in this one's place (tests/always_check.cpp), so that no test runs
/// unchecked by oversight.
[[nodiscard]] bool checks_by_default();

}  // namespace peercap::peer_support
