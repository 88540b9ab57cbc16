#pragma once

#include <filesystem>
#include <string>

#include <gmock/gmock.h>

#include "tests/failure/writing_commands.h"

namespace peercap::testing {

class KilledProgram : public WritingWorld {
 protected:
  /// The blocks of runs, or batches of simulations, that stand under their final names.
  [[nodiscard]] int saved_blocks(const WritingCommand& command) const {
    int count = 0;
    if (!std::filesystem::exists(partial_of(command))) return 0;
    for (const auto& entry : std::filesystem::directory_iterator(partial_of(command))) {
      const std::string name = entry.path().filename().string();
      if ((name.starts_with("runs-") || name.starts_with("batch-")) && !name.ends_with(".previous")) ++count;
    }
    return count;
  }

  /// That a result which is there is the whole one.
  void expect_no_bad_file(const WritingCommand& command, const std::string& expected) const {
    if (!std::filesystem::exists(result_of(command))) return;
    EXPECT_EQ(digest_of(command), expected);
  }

  /// Goes on with what is there after a kill. A file that was cut short is one that the reader would name.
  [[nodiscard]] Ending go_on(const WritingCommand& command, const Environment& environment) const {
    const std::filesystem::path partial = partial_of(command);
    const bool is_begun = std::filesystem::exists(partial / "manifest") ||
                          std::filesystem::exists(partial / "manifest.previous") ||
                          (command.content == Content::text && saved_blocks(command) > 0);
    Words more;
    if (is_begun)
      more.emplace_back("--resume");
    else if (std::filesystem::exists(partial))
      more.emplace_back("--discard-partial");
    const Ending ending = run(command, more, environment);
    EXPECT_THAT(ending.messages, ::testing::Not(::testing::HasSubstr("damaged")));
    EXPECT_THAT(ending.messages, ::testing::Not(::testing::HasSubstr("not complete")));
    return ending;
  }

  [[nodiscard]] Environment quick_disk() const {
    return disturbed_disk(disk_, folder_ / "calls", std::nullopt, "none", 0);
  }
};

}  // namespace peercap::testing
