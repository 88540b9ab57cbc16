#include <cerrno>
#include <cstring>
#include <filesystem>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/failure/writing_commands.h"

// Every command that writes, with each of its calls to the disk failing in turn: a clear error and its exit
// code, the former file intact, nothing silently wrong, and a way to go on.

namespace peercap::testing {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

enum class Former { absent, present };

struct Case {
  WritingCommand command;
  Former former;
};

std::string name_of(const Case& way) {
  return way.command.name + (way.former == Former::present ? "_replacing" : "");
}

void PrintTo(const Case& way, std::ostream* out) {
  *out << name_of(way);
}

class FailingDisk : public WritingWorld, public ::testing::WithParamInterface<Case> {
 public:
  static std::vector<Case> cases() {
    std::vector<Case> all;
    for (const WritingCommand& command : writing_commands())
      for (const Former former : {Former::absent, Former::present}) all.push_back({command, former});
    return all;
  }

 protected:
  static constexpr const char* former_bytes = "what stood there before";

  /// Disturbs each call in turn until there is none of that number.
  void disturb_each(const std::string& effect, int error) {
    const WritingCommand& command = GetParam().command;
    const Words more = GetParam().former == Former::present ? Words{"--force"} : Words{};
    const std::string expected = undisturbed_digest(command);
    int refused = 0;
    for (long call = 0;; ++call) {
      ASSERT_LT(call, 2000) << "it does not come to an end";
      empty_disk();
      if (GetParam().former == Former::present) write_bytes(result_of(command), former_bytes);
      const Ending ending = run(command, more, disturbed_disk(disk_, folder_ / "calls", call, effect, error));
      const bool was_reached = static_cast<long>(ending.calls.size()) > call;
      SCOPED_TRACE(ending.disturbed_call() + "\n" + ending.messages);
      if (ending.code == 0) {
        // What could not be done is not needed for the result: a checkpoint, a spare name.
        ASSERT_EQ(digest_of(command), expected);
        if (!was_reached) break;
        continue;
      }
      ++refused;
      ASSERT_EQ(ending.code, 6);
      EXPECT_THAT(ending.messages, HasSubstr(std::strerror(error)));
      EXPECT_THAT(ending.messages, HasSubstr(disk_.string()));
      EXPECT_THAT(ending.messages, Not(HasSubstr("internal error")));
      if (GetParam().former == Former::present)
        EXPECT_TRUE(read_bytes(result_of(command)) == former_bytes);
      else
        EXPECT_FALSE(fs::exists(result_of(command)));
      for (const auto& entry : fs::recursive_directory_iterator(disk_)) {
        const bool is_half_written = entry.path().filename().string().starts_with('.');
        EXPECT_TRUE(!is_half_written || effect == "error") << entry.path();
      }
      bring_to_its_end(command, more, ending);
      if (HasFatalFailure()) return;
      ASSERT_EQ(digest_of(command), expected);
      EXPECT_FALSE(fs::exists(partial_of(command)));
    }
    EXPECT_GT(refused, 4);
  }
};

TEST_P(FailingDisk, ACallThatFailsOnceIsToldOrHarmsNothing) {
  disturb_each("error", EIO);
}
TEST_P(FailingDisk, ADiskThatStaysFullIsToldOrHarmsNothing) {
  disturb_each("full", ENOSPC);
}

INSTANTIATE_TEST_SUITE_P(Commands, FailingDisk, ::testing::ValuesIn(FailingDisk::cases()),
                         [](const auto& way) { return name_of(way.param); });

}  // namespace
}  // namespace peercap::testing
