#pragma once

#include <cstddef>
#include <functional>
#include <memory>
#include <string_view>

namespace peercap {

/// Runs the parts of one window side by side. Which thread takes which part, and when, cannot change a
/// result.
class Executor {
 public:
  Executor() = default;
  Executor(const Executor&) = delete;
  Executor& operator=(const Executor&) = delete;
  virtual ~Executor() = default;

  /// Calls `part` with each of 0 ... `count` - 1, once, and returns when all calls have. What the calls wrote
  /// is then seen by the caller, and by the calls of the next time. `part` does not throw.
  virtual void for_each(std::size_t count, const std::function<void(std::size_t)>& part) = 0;
  [[nodiscard]] virtual std::size_t thread_count() const = 0;
};

enum class ExecutorKind {
  serial,   ///< the calling thread alone
  threads,  ///< the standard library's threads, which a thread sanitizer can see
  tbb,      ///< oneTBB, which shares its workers with whatever else the program runs in parallel
};
[[nodiscard]] std::string_view to_string(ExecutorKind kind);

/// One with `threads` threads, the calling one among them (at least 1; else ContractViolation).
[[nodiscard]] std::unique_ptr<Executor> make_executor(ExecutorKind kind, std::size_t threads);

}  // namespace peercap
