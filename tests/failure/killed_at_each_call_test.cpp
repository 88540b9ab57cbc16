#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

#include "tests/failure/killed_program.h"

// Every command that writes, killed at each of its calls to the disk in turn.

namespace peercap::testing {
namespace {

namespace fs = std::filesystem;

class KilledAtEachCall : public KilledProgram, public ::testing::WithParamInterface<WritingCommand> {};

TEST_P(KilledAtEachCall, ItLeavesWholeFilesAndGoesOn) {
  const WritingCommand& command = GetParam();
  const std::string expected = undisturbed_digest(command);
  for (long call = 0;; ++call) {
    ASSERT_LT(call, 2000) << "it does not come to an end";
    empty_disk();
    const Ending killed = run(command, {}, disturbed_disk(disk_, folder_ / "calls", call, "kill", 0));
    SCOPED_TRACE(killed.disturbed_call() + "\n" + killed.messages);
    if (killed.code == 0) {
      ASSERT_EQ(digest_of(command), expected);
      ASSERT_LE(static_cast<long>(killed.calls.size()), call);
      break;
    }
    ASSERT_EQ(killed.code, -SIGKILL);
    expect_no_bad_file(command, expected);
    if (fs::exists(result_of(command))) continue;  // after that, nothing but tidying up
    const Ending ending = go_on(command, quick_disk());
    ASSERT_EQ(ending.code, 0) << ending.messages;
    ASSERT_EQ(digest_of(command), expected);
    for (const auto& entry : fs::directory_iterator(disk_))
      EXPECT_TRUE(entry.path() == result_of(command) || entry.path().filename().string().starts_with('.'))
          << entry.path();
  }
}

INSTANTIATE_TEST_SUITE_P(Commands, KilledAtEachCall, ::testing::ValuesIn(writing_commands()),
                         [](const auto& command) { return command.param.name; });

}  // namespace
}  // namespace peercap::testing
