#include "tests/sim/io/files/small_disk.h"

#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/failure/writing_commands.h"

// The program on disks of any size from far too small to enough: it ends well, or says that there is no
// space, leaves no part of a result, and goes on once there is room.

namespace peercap::testing {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

constexpr int enough_kilobytes = 64 * 1024;

class OnASmallDisk : public WritingWorld {
 protected:
  void fill_in_steps(const WritingCommand& command, int first_kilobytes, int last_kilobytes) {
    const std::string expected = undisturbed_digest(command);
    int refused = 0;
    int interrupted = 0;
    int done = 0;
    for (double size = first_kilobytes; size < last_kilobytes; size *= 1.25) {
      const SmallDisk disk{disk_, static_cast<int>(size)};
      if (disk.failure() != 0) GTEST_SKIP() << "no small disk can be mounted here: " << disk.reason();
      const Ending ending = run(command, {});
      SCOPED_TRACE(std::to_string(static_cast<int>(size)) + " kB\n" + ending.messages);
      if (ending.code == 0) {
        // Checkpoints that found no room cost nobody a result.
        ++done;
        EXPECT_EQ(digest_of(command), expected);
        EXPECT_FALSE(fs::exists(partial_of(command)));
        continue;
      }
      ASSERT_EQ(ending.code, 6);
      EXPECT_THAT(ending.messages, ::testing::AnyOf(HasSubstr("No space left on device"), HasSubstr("free")));
      EXPECT_THAT(ending.messages, Not(HasSubstr("internal error")));
      EXPECT_FALSE(fs::exists(result_of(command)));
      ++(fs::exists(partial_of(command)) ? interrupted : refused);
      ASSERT_TRUE(disk.resize(enough_kilobytes));
      bring_to_its_end(command, {}, ending);
      if (HasFatalFailure()) return;
      EXPECT_EQ(digest_of(command), expected);
    }
    // Whether a checkpoint was there when the disk was full is a matter of how fast the machine is.
    EXPECT_GE(refused + interrupted, 3);
    EXPECT_GE(done, 3);
    RecordProperty("interrupted", interrupted);
  }
};

TEST_F(OnASmallDisk, ARunIsDoneOrToldThatThereIsNoSpace) {
  fill_in_steps(
      {"run", {"run", "tiny.yaml", "-q", "-r", "400", "--threads", "1", "--checkpoint-every", "5 ms"}}, 64,
      8 * 1024);
}

TEST_F(OnASmallDisk, ASweepIsDoneOrToldThatThereIsNoSpace) {
  fill_in_steps({"sweep",
                 {"sweep", "sweep.yaml", "-q", "-r", "500", "--threads", "1", "--checkpoint-every", "1 ms",
                  "--set", "run.horizon=1 week", "--set", "run.burn_in=0 s"}},
                64, 8 * 1024);
}

}  // namespace
}  // namespace peercap::testing
