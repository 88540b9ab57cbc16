// Files that no editor writes.
#include "tests/app/support/hostile_files.h"

#include <filesystem>
#include <fstream>
#include <sstream>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

#include "app/commands/validate.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

using app::testing::hostile_files;
using app::testing::HostileFile;

/// The peak of this program's own memory; getrusage() would report that of the program that started it where
/// it is larger.
[[maybe_unused]] long read_peak_kilobytes() {
  std::ifstream status{"/proc/self/status"};
  for (std::string word; status >> word;) {
    long kilobytes = 0;
    if (word == "VmHWM:" && status >> kilobytes) return kilobytes;
  }
  ADD_FAILURE() << "the peak of memory cannot be read";
  return 0;
}

void reset_peak() {
  std::ofstream{"/proc/self/clear_refs"} << "5\n";
}

class HostileFileTest : public ::testing::TestWithParam<HostileFile> {};

TEST_P(HostileFileTest, IsRefusedWithAMessage) {
  const fs::path path = fs::path{::testing::TempDir()} /
                        ("peercap_" + GetParam().name + "_" + std::to_string(::getpid()) + ".yaml");
  {
    std::ofstream out{path, std::ios::binary};
    GetParam().write(out);
  }
  reset_peak();
  Diagnostics diagnostics;
  EXPECT_FALSE(peer_support::load(path.string(), {}, diagnostics).has_value());
  const auto problems = diagnostics.sorted();
  ASSERT_FALSE(problems.empty());
  EXPECT_EQ(problems.front().where.line, GetParam().line);
  EXPECT_THAT(problems.front().what, ::testing::HasSubstr(GetParam().message));
  EXPECT_LE(problems.size(), 102U) << "a hostile file must not fill the terminal";

  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(validate({.files = {path.string()}}, out, err), ExitCode::invalid_input);
  EXPECT_LT(err.str().size(), 100'000U);
  fs::remove(path);

#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__)
  EXPECT_LT(read_peak_kilobytes(), 200 * 1024);
#endif
}

INSTANTIATE_TEST_SUITE_P(Files, HostileFileTest, ::testing::ValuesIn(hostile_files()),
                         [](const auto& file) { return file.param.name; });

TEST(UnreadableFile, FolderIsRefused) {
  Diagnostics diagnostics;
  EXPECT_FALSE(peer_support::load(::testing::TempDir(), {}, diagnostics).has_value());
  ASSERT_EQ(diagnostics.error_count(), 1U);
  EXPECT_THAT(diagnostics.sorted().front().what, ::testing::HasSubstr("is a folder, not a file"));
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(validate({.files = {::testing::TempDir()}}, out, err), ExitCode::invalid_input);
}

TEST(UnreadableFile, MissingFileIsNamed) {
  Diagnostics diagnostics;
  EXPECT_FALSE(peer_support::load("no/such/file.yaml", {}, diagnostics).has_value());
  ASSERT_EQ(diagnostics.error_count(), 1U);
  EXPECT_THAT(diagnostics.sorted().front().what,
              ::testing::HasSubstr("cannot open `no/such/file.yaml`: No such file"));
}

}  // namespace
}  // namespace peercap::app
