#include <cstdio>
#include <exception>

#include "sim/io/hdf5/result_file.h"
#include "tests/sim/io/hdf5/sample_content.h"

/// Writes the sample content to the file named on the command line, for readers that are not peercap.
int main(int argument_count, char** arguments) {
  if (argument_count != 2) {
    std::fputs("usage: write_sample_result FILE\n", stderr);
    return 2;
  }
  try {
    peercap::write_result(arguments[1], peercap::make_sample_content(),
                          {.existing = peercap::ExistingFile::replace});
  } catch (const std::exception& error) {
    std::fprintf(stderr, "%s\n", error.what());
    return 1;
  }
  return 0;
}
