#include "sim/kernel/thread_executor.h"

#include "sim/support/contract.h"

namespace peercap {
namespace {

/// Looks that a thread takes before it sleeps: a few microseconds, about what a barrier costs anyway.
constexpr int looks_before_sleep = 2000;

template <class Value>
void wait_while(const std::atomic<Value>& value, Value old) {
  for (int look = 0; look < looks_before_sleep; ++look)
    if (value.load(std::memory_order_acquire) != old) return;
  value.wait(old, std::memory_order_acquire);
}

}  // namespace

ThreadExecutor::ThreadExecutor(std::size_t threads) {
  require(threads >= 1, "an executor needs a thread");
  for (std::size_t i = 1; i < threads; ++i) workers_.emplace_back([this] { work(); });
}

ThreadExecutor::~ThreadExecutor() {
  ending_ = true;
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  for (std::thread& worker : workers_) worker.join();
}

void ThreadExecutor::for_each(std::size_t count, const std::function<void(std::size_t)>& part) {
  part_ = &part;
  count_ = count;
  next_.store(0, std::memory_order_relaxed);
  busy_.store(workers_.size(), std::memory_order_relaxed);
  round_.fetch_add(1, std::memory_order_release);
  round_.notify_all();
  take_parts();
  for (std::size_t busy = busy_.load(std::memory_order_acquire); busy != 0;
       busy = busy_.load(std::memory_order_acquire))
    wait_while(busy_, busy);
}

void ThreadExecutor::work() {
  std::uint32_t seen = 0;
  while (true) {
    wait_while(round_, seen);
    seen = round_.load(std::memory_order_acquire);
    if (ending_) return;
    take_parts();
    if (busy_.fetch_sub(1, std::memory_order_acq_rel) == 1) busy_.notify_one();
  }
}

void ThreadExecutor::take_parts() {
  while (true) {
    const std::size_t i = next_.fetch_add(1, std::memory_order_relaxed);
    if (i >= count_) return;
    (*part_)(i);
  }
}

}  // namespace peercap
