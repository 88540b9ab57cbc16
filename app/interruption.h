#pragma once

#include <atomic>

#include "app/exit_code.h"

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
  /// What the signal that came makes of the program's end: 143 after SIGTERM, 130 after SIGINT.
  [[nodiscard]] ExitCode exit_code() const;
};

}  // namespace peercap::app
