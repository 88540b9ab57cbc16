#include "models/peer_support/behavior/check_default.h"

namespace peercap::peer_support {

// Weak: another definition in the program takes its place.
[[gnu::weak]] bool checks_by_default() {
  return false;
}

}  // namespace peercap::peer_support
