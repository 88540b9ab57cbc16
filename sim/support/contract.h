#pragma once

#include <stdexcept>
#include <string>

namespace peercap {

/// A programmer's mistake (never a user's): a broken precondition inside peercap.
class ContractViolation : public std::logic_error {
 public:
  using std::logic_error::logic_error;
};

/// Throws ContractViolation unless `condition` holds. Checks that cost next to nothing stay on in every
/// build.
inline void require(bool condition, const char* what) {
  if (!condition) [[unlikely]]
    throw ContractViolation{what};
}

}  // namespace peercap
