#pragma once

#include <atomic>

namespace peercap::app {

/// While it lives, SIGINT and SIGTERM set a flag instead of ending the process; a second signal, a second
/// later or more, ends it at once. Then they do again what they did before. One at a time.
class InterruptionGuard {
 public:
  InterruptionGuard();
  ~InterruptionGuard();
  InterruptionGuard(const InterruptionGuard&) = delete;
  InterruptionGuard& operator=(const InterruptionGuard&) = delete;

  [[nodiscard]] const std::atomic<bool>& stop_flag() const;
  /// The signal that came, 0 if none.
  [[nodiscard]] int signal() const;
};

}  // namespace peercap::app
