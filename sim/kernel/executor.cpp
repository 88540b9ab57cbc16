#include "sim/kernel/executor.h"

#include <algorithm>

#include <oneapi/tbb/info.h>
#include <oneapi/tbb/parallel_for.h>
#include <oneapi/tbb/task_arena.h>

#include "sim/kernel/thread_executor.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

class SerialExecutor final : public Executor {
 public:
  void for_each(std::size_t count, const std::function<void(std::size_t)>& part) override {
    for (std::size_t i = 0; i < count; ++i) part(i);
  }
  [[nodiscard]] std::size_t thread_count() const override { return 1; }
};

class TbbExecutor final : public Executor {
 public:
  explicit TbbExecutor(std::size_t threads)
      : threads_{threads}, arena_{static_cast<int>(std::min<std::size_t>(threads, hardware()))} {}

  void for_each(std::size_t count, const std::function<void(std::size_t)>& part) override {
    // Isolated: a thread that waits for this window must not begin another replication meanwhile.
    arena_.execute([&] {
      tbb::this_task_arena::isolate(
          [&] { tbb::parallel_for(std::size_t{0}, count, part, tbb::simple_partitioner{}); });
    });
  }
  [[nodiscard]] std::size_t thread_count() const override { return threads_; }

 private:
  /// oneTBB warns of more than it has.
  static std::size_t hardware() { return static_cast<std::size_t>(tbb::info::default_concurrency()); }

  std::size_t threads_;
  tbb::task_arena arena_;
};

}  // namespace

std::string_view to_string(ExecutorKind kind) {
  switch (kind) {
    case ExecutorKind::serial:
      return "serial";
    case ExecutorKind::threads:
      return "threads";
    case ExecutorKind::tbb:
      break;
  }
  return "tbb";
}

std::unique_ptr<Executor> make_executor(ExecutorKind kind, std::size_t threads) {
  require(threads >= 1, "an executor needs a thread");
  if (threads == 1 || kind == ExecutorKind::serial) return std::make_unique<SerialExecutor>();
  if (kind == ExecutorKind::threads) return std::make_unique<ThreadExecutor>(threads);
  return std::make_unique<TbbExecutor>(threads);
}

}  // namespace peercap
