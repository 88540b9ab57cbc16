#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <optional>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/observe/content_digest.h"
#include "tests/app/support/program_process.h"
#include "tests/sim/io/files/temporary_folder.h"

// The program itself, interrupted and killed at random moments, and resumed in other ways.
// PEERCAP_INTERRUPTIONS says how many runs of each kind are disturbed.

namespace peercap {
namespace {

using app::testing::exit_of;
using app::testing::start_program;
using app::testing::Words;
using std::chrono::microseconds;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

int interruptions() {
  const char* asked = std::getenv("PEERCAP_INTERRUPTIONS");
  return asked == nullptr ? 12 : std::max(1, std::atoi(asked));
}

class Interruption : public ::testing::Test {
 protected:
  /// Many short replications; or a few longer ones, each of several runs.
  enum class Kind { many_short, few_long };

  [[nodiscard]] Words command(Kind kind, const std::string& result) const {
    Words words{"run", "-q", "--out", folder_ / result, "--checkpoint-every", "20 ms"};
    const Words rest = kind == Kind::many_short
                           ? Words{PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml", "-r", "200"}
                           : Words{PEERCAP_SOURCE_DIR "/configs/scenarios/community_hospital.yaml",
                                   "-r",
                                   "3",
                                   "--set",
                                   "run.horizon=8 weeks",
                                   "--set",
                                   "run.burn_in=4 weeks",
                                   "--set",
                                   "run.twin=on"};
    words.insert(words.end(), rest.begin(), rest.end());
    return words;
  }

  [[nodiscard]] std::string digest(const std::string& result) const {
    return content_digest(read_result(folder_ / result));
  }

  /// Adds one of the ways to run, none of which changes a result.
  Words in_some_way(Words words) {
    const std::vector<Words> ways{{"--threads", "1"},
                                  {"--threads", "2", "--engine", "sequential"},
                                  {"--threads", "3", "--engine", "windows", "--partitions", "5"},
                                  {"--threads", "2", "--engine", "windows"},
                                  {"--threads", "1", "--engine", "windows", "--partitions", "2"}};
    const Words& way = ways[chance_() % ways.size()];
    words.insert(words.end(), way.begin(), way.end());
    return words;
  }

  [[nodiscard]] bool holds_a_run(const std::string& result) const {
    return fs::exists(folder_ / (result + ".partial") / "manifest");
  }

  /// Disturbs a run with `signal` up to `most` times, then lets it come to its end.
  void disturb(Kind kind, const std::string& result, int signal, int most) {
    for (int sitting = 0;; ++sitting) {
      Words words = in_some_way(command(kind, result));
      if (holds_a_run(result)) words.emplace_back("--resume");
      const pid_t process = start_program(words, folder_ / "messages");
      ASSERT_GT(process, 0);
      if (sitting < most) {
        std::this_thread::sleep_for(
            microseconds{static_cast<std::int64_t>(chance_()) % longest_wait_.count()});
        ::kill(process, signal);
      }
      const int exit = exit_of(process);
      const std::string messages = read_bytes(folder_ / "messages");
      if (exit == 0) break;
      ++disturbed_;
      ASSERT_LT(sitting, most) << messages;
      // -SIGTERM: it came before the program expected signals, or after the replications.
      ASSERT_THAT(exit, ::testing::AnyOf(128 + signal, -signal)) << messages;
      if (fs::exists(folder_ / result)) {
        // It came after the result was written, which is whole then.
        ASSERT_EQ(exit, -signal);
        fs::remove_all(folder_ / (result + ".partial"));
        break;
      }
      if (exit > 0 && holds_a_run(result)) {
        EXPECT_THAT(messages, HasSubstr("To go on:\n  peercap run -q --out "));
      }
    }
    EXPECT_FALSE(fs::exists(folder_ / (result + ".partial")));
  }

  void disturb_many(Kind kind, int signal) {
    Words whole = command(kind, "undisturbed.h5");
    const auto begin = std::chrono::steady_clock::now();
    ASSERT_EQ(exit_of(start_program(whole, folder_ / "messages")), 0) << read_bytes(folder_ / "messages");
    longest_wait_ = std::chrono::duration_cast<microseconds>(std::chrono::steady_clock::now() - begin);
    const std::string expected = digest("undisturbed.h5");
    for (int run = 0; run < interruptions(); ++run) {
      disturb(kind, "result.h5", signal, 1 + run % 4);
      if (HasFatalFailure()) return;
      ASSERT_EQ(digest("result.h5"), expected) << "run " << run;
      fs::remove(folder_ / "result.h5");
    }
    EXPECT_GE(disturbed_, interruptions() / 3);
  }

  TemporaryFolder folder_;
  std::mt19937 chance_{20260315};
  microseconds longest_wait_{0};
  int disturbed_ = 0;
};

TEST_F(Interruption, ByATermSignalLosesNothingOfManyReplications) {
  disturb_many(Kind::many_short, SIGTERM);
}
TEST_F(Interruption, ByATermSignalLosesNothingOfLongReplications) {
  disturb_many(Kind::few_long, SIGTERM);
}
TEST_F(Interruption, ByAKillLosesNothingOfManyReplications) {
  disturb_many(Kind::many_short, SIGKILL);
}
TEST_F(Interruption, ByAKillLosesNothingOfLongReplications) {
  disturb_many(Kind::few_long, SIGKILL);
}

// A checkpoint that is larger than a file may be: as on a full disk, the run goes on, and the one before
// stays.
TEST_F(Interruption, ARunWhoseCheckpointsFindNoRoomComesToItsEnd) {
  Words words = command(Kind::many_short, "result.h5");
  words[8] = "3000";
  constexpr rlim_t room = 6'000'000;  // more than the result takes, less than the last checkpoints
  ASSERT_EQ(exit_of(start_program(words, folder_ / "messages", room)), 0) << read_bytes(folder_ / "messages");
  const std::string messages = read_bytes(folder_ / "messages");
  const std::string once = "the run could not be saved: ";
  EXPECT_THAT(messages, HasSubstr(once));
  EXPECT_THAT(messages, HasSubstr("File too large"));
  EXPECT_EQ(messages.find(once, messages.find(once) + 1), std::string::npos) << messages;
  EXPECT_FALSE(read_result(folder_ / "result.h5").groups.empty());
  EXPECT_FALSE(fs::exists(folder_ / "result.h5.partial"));
}

TEST_F(Interruption, ASecondProcessIsNotLetInWhileTheFirstRuns) {
  Words words = command(Kind::many_short, "result.h5");
  words[8] = "100000";
  const pid_t first = start_program(words, folder_ / "first");
  while (!fs::exists(folder_ / "result.h5.partial" / "finished"))
    std::this_thread::sleep_for(std::chrono::milliseconds{2});
  EXPECT_EQ(exit_of(start_program(words, folder_ / "second")), 6);
  EXPECT_THAT(read_bytes(folder_ / "second"),
              HasSubstr("result.h5.partial is in use by process " + std::to_string(first)));
  words.emplace_back("--resume");
  EXPECT_EQ(exit_of(start_program(words, folder_ / "second")), 6);
  ::kill(first, SIGTERM);
  EXPECT_EQ(exit_of(first), 128 + SIGTERM);
}

}  // namespace
}  // namespace peercap
