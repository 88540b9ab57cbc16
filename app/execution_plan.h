#pragma once

#include <cstddef>
#include <memory>
#include <string>

#include "sim/kernel/engine.h"

namespace peercap::app {

/// What the user asks for; nothing of it changes a result.
enum class EngineChoice { automatic, sequential, windows };

struct ExecutionRequest {
  EngineChoice engine = EngineChoice::automatic;
  std::size_t threads = 0;        ///< in all; 0: as many as there are processors
  std::size_t partitions = 0;     ///< asks for windows, unless one queue is asked for; 0: what is recommended
  bool check_invariants = false;  ///< of every run; where it is not asked for, the rules decide
};

/// How many replications run side by side, and how each of them runs.
struct ExecutionPlan {
  std::size_t side_by_side = 1;
  bool windows = false;
  std::size_t threads_each = 1;
  std::size_t partitions = 0;

  [[nodiscard]] std::unique_ptr<Engine> make_engine() const;
  /// For the report: "4 side by side, each with one queue".
  [[nodiscard]] std::string text() const;
};

/// Replications first: they need no barriers. Threads that are left over go into windows where an
/// organization is large enough to fill them; and one thread runs in windows too where that is faster than
/// one queue.
[[nodiscard]] ExecutionPlan plan_execution(const ExecutionRequest& request, std::size_t replications,
                                           std::size_t clinicians);

}  // namespace peercap::app
