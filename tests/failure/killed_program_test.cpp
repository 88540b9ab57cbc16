#include "tests/failure/killed_program.h"

#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>

// Every command that writes, killed at random moments. A file under its final name is whole at all times,
// what was saved stays saved, and gone on with it gives the same in the end. PEERCAP_KILLS says how many
// random kills there are.

namespace peercap::testing {
namespace {

using std::chrono::microseconds;
using ::testing::AnyOf;
namespace fs = std::filesystem;

int random_kills() {
  const char* asked = std::getenv("PEERCAP_KILLS");
  return asked == nullptr ? 25 : std::max(1, std::atoi(asked));
}

class KilledAtRandom : public KilledProgram {};

TEST_F(KilledAtRandom, ItLeavesWholeFilesAndLosesNothingThatWasSaved) {
  const std::vector<WritingCommand> all = writing_commands();
  std::vector<std::string> expected;
  std::vector<microseconds> whole;
  for (const WritingCommand& command : all) {
    expected.push_back(undisturbed_digest(command));
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(run(command, {}, quick_disk()).code, 0);
    whole.push_back(std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin));
    empty_disk();
  }
  std::mt19937 chance{20260427};
  int kills = 0;
  for (std::size_t turn = 0; kills < random_kills(); ++turn) {
    const std::size_t which = turn % all.size();
    const WritingCommand& command = all[which];
    SCOPED_TRACE(command.name + ", kill " + std::to_string(kills));
    empty_disk();
    bool is_done = false;
    for (std::uint32_t sitting = 0; !is_done && sitting <= chance() % 3; ++sitting) {
      const int saved_before = saved_blocks(command);
      const bool is_begun = fs::exists(partial_of(command) / "manifest") || saved_before > 0;
      Words more;
      if (is_begun)
        more.emplace_back("--resume");
      else if (fs::exists(partial_of(command)))
        more.emplace_back("--discard-partial");
      const pid_t process = start(command, more, quick_disk());
      std::this_thread::sleep_for(microseconds{static_cast<std::int64_t>(chance()) % whole[which].count()});
      const int saved = saved_blocks(command);
      ::kill(process, SIGKILL);
      const Ending ending = end(process);
      ASSERT_THAT(ending.code, AnyOf(0, -SIGKILL)) << ending.messages;
      if (ending.code == 0) is_done = true;
      if (ending.code != 0) ++kills;
      expect_no_bad_file(command, expected[which]);
      if (fs::exists(result_of(command)))
        is_done = true;
      else
        EXPECT_GE(saved_blocks(command), saved);
    }
    if (!fs::exists(result_of(command))) {
      const Ending ending = go_on(command, quick_disk());
      ASSERT_EQ(ending.code, 0) << ending.messages;
    }
    ASSERT_EQ(digest_of(command), expected[which]);
  }
  RecordProperty("kills", kills);
}

}  // namespace
}  // namespace peercap::testing
