// The control of the thread sanitizer: parts of one window that write to one counter without a lock. Run by
// scripts/check.sh threads, which demands that the sanitizer reports it; a sanitizer that sees nothing here
// sees nothing anywhere.
#include <atomic>
#include <cstddef>
#include <cstdio>
#include <thread>

#include "sim/kernel/executor.h"

int main() {
  using namespace peercap;
  const auto executor = make_executor(ExecutorKind::threads, 2);
  long counter = 0;
  constexpr int rounds = 1000;
  for (int round = 0; round < rounds; ++round) {
    // Each of the two parts waits for the other, so that no thread does both; relaxed, so that the waiting
    // itself puts nothing in order.
    std::atomic<int> here{0};
    executor->for_each(2, [&](std::size_t) {
      here.fetch_add(1, std::memory_order_relaxed);
      while (here.load(std::memory_order_relaxed) < 2) std::this_thread::yield();
      counter = counter + 1;
    });
  }
  std::printf("counted %ld of %d\n", counter, 2 * rounds);
  return 0;
}
