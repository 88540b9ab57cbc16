#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <iterator>

#include "tests/fuzz/targets.h"

// What libFuzzer calls. PEERCAP_FUZZ_TARGET is the name of the target.

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* bytes, std::size_t count) {
  using peercap::fuzz::Target;
  static const Target* const target =
      std::find_if(std::begin(peercap::fuzz::targets), std::end(peercap::fuzz::targets),
                   [](const Target& one) { return one.name == PEERCAP_FUZZ_TARGET; });
  target->run({bytes, count});
  return 0;
}
