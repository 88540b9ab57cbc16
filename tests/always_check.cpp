// Every run of a test is checked for broken invariants (docs/theory/invariants.md).

#include "models/peer_support/behavior/check_default.h"

namespace peercap::peer_support {

bool checks_by_default() {
  return true;
}

}  // namespace peercap::peer_support
