#include <chrono>
#include <cstdlib>
#include <optional>
#include <random>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <signal.h>
#include <unistd.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/observe/content_digest.h"
#include "tests/app/studies/studies_test_files.h"
#include "tests/app/support/program_process.h"

// The program itself: killed at random moments, on a full disk, twice on one output.
// PEERCAP_INTERRUPTIONS says how often a sweep is disturbed.

namespace peercap::app {
namespace {

using testing::exit_of;
using ::testing::HasSubstr;
using testing::Words;
namespace fs = std::filesystem;

constexpr const char* sweep_of_sixty =
    "set: {run.horizon: 8 weeks, run.burn_in: 2 weeks}\n"
    "vary:\n"
    "  supporters.count: 2-7\n"
    "  supporters.protected_time: {range: [0.25 h/week, 2 h/week], points: 10}\n"
    "measures: [work_hours_per_week, contact_within_limit_share]\n"
    "replications: 4\n";

class SweepProcess : public testing::StudyFiles {
 protected:
  /// `peercap WORDS...`, its messages in messages.txt.
  [[nodiscard]] pid_t start(const Words& words, std::optional<rlim_t> largest_file = std::nullopt) const {
    return testing::start_program(words, folder_ / "messages.txt", largest_file);
  }

  [[nodiscard]] std::string messages() const {
    std::ifstream file{folder_ / "messages.txt"};
    return {std::istreambuf_iterator<char>{file}, {}};
  }
  [[nodiscard]] Words sweep(const std::string& study, const std::string& result,
                            const Words& more = {}) const {
    Words words{"sweep", study, "-q", "--out", (folder_ / result).string()};
    words.insert(words.end(), more.begin(), more.end());
    return words;
  }
  [[nodiscard]] std::string digest(const std::string& name) const {
    return content_digest(read_result(folder_ / name));
  }
};

TEST_F(SweepProcess, KilledAndInterruptedItIsTheSameInTheEnd) {
  const std::string study = write(sweep_of_sixty);
  const auto begin = std::chrono::steady_clock::now();
  ASSERT_EQ(exit_of(start(sweep(study, "whole.h5", {"--threads", "1"}))), 0) << messages();
  const auto whole =
      std::chrono::duration_cast<std::chrono::microseconds>(std::chrono::steady_clock::now() - begin);
  const char* asked = std::getenv("PEERCAP_INTERRUPTIONS");
  const int most = asked == nullptr ? 10 : std::atoi(asked);
  std::mt19937 random{20260105};
  int code = -1;
  int disturbed = 0;
  // Killed after the result is in its place, a sweep is done all the same, and has only not tidied up.
  const auto is_done = [&] { return code == 0 || fs::exists(folder_ / "out.h5"); };
  for (int i = 0; i < most && !is_done(); ++i) {
    const bool goes_on = fs::exists(folder_ / "out.h5.partial" / "manifest");
    Words more{"--threads", i % 2 == 0 ? "2" : "1", "--checkpoint-every", "20 ms"};
    if (goes_on)
      more.emplace_back("--resume");
    else if (fs::exists(folder_ / "out.h5.partial"))
      more.emplace_back("--discard-partial");
    const pid_t process = start(sweep(study, "out.h5", more));
    const auto wait = std::uniform_int_distribution<std::int64_t>{1000, whole.count() / 3}(random);
    std::this_thread::sleep_for(std::chrono::microseconds{wait});
    ::kill(process, i % 3 == 0 ? SIGKILL : i % 3 == 1 ? SIGINT : SIGTERM);
    code = exit_of(process);
    EXPECT_TRUE(code == 0 || code == -SIGKILL || code == -SIGINT || code == -SIGTERM || code == 130 ||
                code == 143)
        << code << messages();
    disturbed += code == 0 ? 0 : 1;
  }
  if (!is_done()) {
    const bool goes_on = fs::exists(folder_ / "out.h5.partial" / "manifest");
    code = exit_of(start(sweep(study, "out.h5", {goes_on ? "--resume" : "--discard-partial"})));
    ASSERT_EQ(code, 0) << messages();
  }
  EXPECT_GT(disturbed, 2);
  EXPECT_EQ(digest("out.h5"), digest("whole.h5"));
  if (code == 0) {
    EXPECT_FALSE(fs::exists(folder_ / "out.h5.partial"));
  }
}

TEST_F(SweepProcess, AFullDiskKeepsWhatIsCompleteAndSaysHowToGoOn) {
  const std::string study = write(sweep_of_sixty);
  ASSERT_EQ(exit_of(start(sweep(study, "whole.h5"))), 0) << messages();
  // Manifest and blocks of 20 ms fit, the result does not.
  const rlim_t limit = fs::file_size(folder_ / "whole.h5") - 1;
  ASSERT_EQ(exit_of(start(sweep(study, "out.h5", {"--checkpoint-every", "20 ms"}), limit)), 6) << messages();
  EXPECT_THAT(messages(), HasSubstr("--resume"));
  EXPECT_FALSE(fs::exists(folder_ / "out.h5"));
  ASSERT_EQ(exit_of(start(sweep(study, "out.h5", {"--resume"}))), 0) << messages();
  EXPECT_EQ(digest("out.h5"), digest("whole.h5"));
}

TEST_F(SweepProcess, TwoOnOneOutputAreRefused) {
  const std::string study = write(std::string{sweep_of_sixty} + "seed: 3\n");
  const pid_t first = start(sweep(study, "out.h5", {"-r", "200"}));
  for (int i = 0; i < 400 && !fs::exists(folder_ / "out.h5.partial" / "manifest"); ++i)
    std::this_thread::sleep_for(std::chrono::milliseconds{10});
  const int second = exit_of(start(sweep(study, "out.h5", {"-r", "200"})));
  const std::string said = messages();
  ::kill(first, SIGTERM);
  const int code = exit_of(first);
  EXPECT_EQ(second, 6);
  EXPECT_THAT(said, HasSubstr("is in use by process"));
  EXPECT_EQ(code, 143);
}

}  // namespace
}  // namespace peercap::app
