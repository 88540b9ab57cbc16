#include "app/execution_plan.h"

#include <algorithm>

#include <fmt/format.h>

#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::app {
namespace {

/// Clinicians from which windows are faster than one queue on one thread, by the caches, and from which each
/// further thread has enough to do between two barriers (docs/decisions/0007-windows-and-a-ladder.md).
constexpr std::size_t enough_for_windows = 100'000;
constexpr std::size_t enough_for_a_thread = 50'000;

}  // namespace

ExecutionPlan plan_execution(const ExecutionRequest& request, std::size_t replications,
                             std::size_t clinicians) {
  ExecutionPlan plan;
  plan.partitions = request.partitions;
  plan.side_by_side = std::max<std::size_t>(1, std::min(request.threads, replications));
  const std::size_t left = std::max<std::size_t>(1, request.threads / plan.side_by_side);
  switch (request.engine) {
    case EngineChoice::sequential:
      break;
    case EngineChoice::windows:
      plan.windows = true;
      plan.threads_each = left;
      break;
    case EngineChoice::automatic:
      plan.threads_each = std::max<std::size_t>(1, std::min(left, clinicians / enough_for_a_thread));
      plan.windows = plan.threads_each > 1 || clinicians >= enough_for_windows || request.partitions > 0;
      break;
  }
  return plan;
}

std::unique_ptr<Engine> ExecutionPlan::make_engine() const {
  if (!windows) return std::make_unique<SequentialEngine>();
  return std::make_unique<ConservativeEngine>(
      ConservativeOptions{.executor = ExecutorKind::tbb, .threads = threads_each, .partitions = partitions});
}

std::string ExecutionPlan::text() const {
  const std::string each =
      windows ? fmt::format("in windows on {} thread{}", threads_each, threads_each == 1 ? "" : "s")
              : "with one queue";
  return side_by_side == 1 ? fmt::format("one at a time, {}", each)
                           : fmt::format("{} side by side, each {}", side_by_side, each);
}

}  // namespace peercap::app
