// The control of the thread sanitizer: parts of one window that write to one counter without a lock. Run by
// scripts/check.sh threads, which demands that the sanitizer reports it; a sanitizer that sees nothing here
// sees nothing anywhere.
#include <cstddef>
#include <cstdio>

#include "sim/kernel/executor.h"

int main() {
  using namespace peercap;
  const auto executor = make_executor(ExecutorKind::threads, 2);
  long counter = 0;
  for (int round = 0; round < 1000; ++round)
    executor->for_each(64, [&](std::size_t) { counter = counter + 1; });
  std::printf("counted %ld of %d\n", counter, 64 * 1000);
  return 0;
}
