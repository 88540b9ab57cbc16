#include <algorithm>
#include <cstdio>
#include <exception>
#include <string>
#include <vector>

#include "tests/regression/fingerprint.h"

// print_fingerprints TABLE: the table anew, its digests as they are now, with a row for every shipped
// scenario and variant that had none. What scripts/fingerprints.sh compares with the table.

int main(int argc, char** argv) {
  using peercap::testing::Fingerprint;
  if (argc != 2) {
    std::fputs("usage: print_fingerprints TABLE\n", stderr);
    return 2;
  }
  try {
    std::vector<Fingerprint> all = peercap::testing::read_fingerprints(argv[1]);
    const std::vector<std::string> shipped = peercap::testing::shipped_scenarios();
    // A scenario that is no longer shipped has no fingerprint.
    std::erase_if(all, [&](const Fingerprint& f) {
      return f.command == "run" && std::ranges::find(shipped, f.file) == shipped.end();
    });
    for (const std::string& file : shipped)
      if (std::ranges::none_of(all, [&](const Fingerprint& f) { return f.file == file; }))
        all.push_back({"run", file, "20260105", "20 weeks", "8 weeks", "1", ""});
    std::puts(peercap::testing::fingerprint_columns);
    for (Fingerprint& fingerprint : all) {
      fingerprint.digest = peercap::testing::compute_digest(fingerprint);
      std::puts(to_line(fingerprint).c_str());
    }
  } catch (const std::exception& error) {
    std::fprintf(stderr, "print_fingerprints: %s\n", error.what());
    return 1;
  }
  return 0;
}
