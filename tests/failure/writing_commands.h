#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/app/support/program_process.h"
#include "tests/sim/io/files/temporary_folder.h"

// Every command that writes, on inputs so small that each takes a moment, for tests of what becomes of its
// files.

namespace peercap::testing {

using app::testing::Environment;
using app::testing::Words;

/// What the file that a command writes holds.
enum class Content { result, shard, text };

struct WritingCommand {
  std::string name;
  Words words;  ///< all but --out and what is said about files that exist
  std::string result = "result.h5";
  Content content = Content::result;
};

void PrintTo(const WritingCommand& command, std::ostream* out);

/// All of them.
[[nodiscard]] std::vector<WritingCommand> writing_commands();

/// How a process ended, what it said, and by which calls it changed the disk.
struct Ending {
  int code = 0;
  std::string messages;
  std::vector<std::string> calls;  ///< "NUMBER CALL PATH", and " disturbed" behind one that was

  [[nodiscard]] bool was_disturbed() const;
  [[nodiscard]] std::string disturbed_call() const;
};

/// Inputs in one folder, and another one, `disk`, into which everything is written that matters.
class WritingWorld : public ::testing::Test {
 protected:
  WritingWorld();

  /// `command` with `more` words, its result in the folder `disk`.
  [[nodiscard]] pid_t start(const WritingCommand& command, const Words& more,
                            const Environment& environment = {}) const;
  [[nodiscard]] Ending end(pid_t process) const;
  [[nodiscard]] Ending run(const WritingCommand& command, const Words& more,
                           const Environment& environment = {}) const {
    return end(start(command, more, environment));
  }

  [[nodiscard]] std::filesystem::path result_of(const WritingCommand& command) const {
    return disk_ / command.result;
  }
  [[nodiscard]] std::filesystem::path partial_of(const WritingCommand& command) const {
    return result_of(command).string() + ".partial";
  }
  /// What the file says, apart from when and how it was made; throws where it is not whole.
  [[nodiscard]] std::string digest_of(const WritingCommand& command) const;
  /// The same of what the command writes when nothing disturbs it. Empties the disk.
  [[nodiscard]] std::string undisturbed_digest(const WritingCommand& command);

  void empty_disk() const;
  /// Runs the command once more, following what the messages of each attempt say, until it ends well.
  void bring_to_its_end(const WritingCommand& command, const Words& more, const Ending& before) const;

  TemporaryFolder folder_;
  std::filesystem::path disk_ = folder_ / "disk";
};

/// The variables that preload the library which disturbs the disk.
[[nodiscard]] Environment disturbed_disk(const std::filesystem::path& disk, const std::filesystem::path& log,
                                         std::optional<long> call, const std::string& effect, int error);

}  // namespace peercap::testing
