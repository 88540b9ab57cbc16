#include <chrono>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <random>
#include <stdexcept>
#include <string>
#include <thread>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "tests/sim/io/files/temporary_folder.h"
#include "tests/sim/io/hdf5/sample_content.h"

// What other processes see while a result is being written, and after its writer was killed.

namespace peercap {
namespace {

constexpr int exit_written = 0;
constexpr int exit_refused = 3;
constexpr int exit_otherwise = 4;

/// Runs `work` in a process of its own, which ends with the exit code it returns.
pid_t start_process(const std::function<int()>& work) {
  const pid_t process = ::fork();
  if (process != 0) return process;
  int code = exit_otherwise;
  try {
    code = work();
  } catch (const InputOutputError&) {
    code = exit_refused;
  } catch (...) {
    code = exit_otherwise;
  }
  ::_exit(code);
}

int wait_for_exit(pid_t process) {
  int status = 0;
  EXPECT_EQ(::waitpid(process, &status, 0), process);
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Whether `file` is complete and one of those that write_in_turns() makes.
void expect_whole(const std::filesystem::path& file) {
  const ResultContent found = read_result(file);
  const auto seed = std::get<std::int64_t>(found.provenance.at(0).value);
  EXPECT_EQ(content_digest(found), content_digest(make_numbered_content(3000, seed))) << file;
}

/// Writes without end: always the same file anew, and each time another one besides; both ways of laying it
/// out. After the first turn it writes a byte to `announcement`.
[[noreturn]] void write_in_turns(const std::filesystem::path& folder, int process_number, int announcement) {
  for (std::int64_t turn = 0;; ++turn) {
    const ResultContent content = make_numbered_content(3000, process_number * 1000 + turn);
    const std::uint64_t largest_image = turn % 2 == 0 ? std::uint64_t{1} << 28 : 0;
    write_result(folder / "same.h5", content,
                 {.existing = ExistingFile::replace, .largest_image_bytes = largest_image});
    const std::string name = "new_" + std::to_string(process_number) + "_" + std::to_string(turn) + ".h5";
    write_result(folder / name, content,
                 {.existing = ExistingFile::refuse, .largest_image_bytes = largest_image});
    if (turn == 0 && ::write(announcement, "!", 1) != 1) ::_exit(exit_otherwise);
  }
}

/// Starts write_in_turns() and returns when it has written its first files.
pid_t start_writer(const std::filesystem::path& folder, int process_number) {
  int announcement[2];
  if (::pipe(announcement) != 0) throw std::runtime_error("no pipe");
  const pid_t writer =
      start_process([&]() -> int { write_in_turns(folder, process_number, announcement[1]); });
  ::close(announcement[1]);
  char byte = 0;
  EXPECT_EQ(::read(announcement[0], &byte, 1), 1) << "the writer ended before it had written anything";
  ::close(announcement[0]);
  return writer;
}

TEST(KilledWriter, LeavesWholeFilesOnly) {
  constexpr int kills = 60;
  const TemporaryFolder folder;
  std::mt19937 chance{20260105};
  std::uniform_int_distribution<int> delay_microseconds{0, 40'000};
  int checked = 0;
  for (int i = 0; i < kills; ++i) {
    const pid_t writer = start_writer(folder.path(), i);
    ASSERT_GT(writer, 0);
    std::this_thread::sleep_for(std::chrono::microseconds{delay_microseconds(chance)});
    ASSERT_EQ(::kill(writer, SIGKILL), 0);
    EXPECT_EQ(wait_for_exit(writer), -SIGKILL) << "the writer ended by itself: it met an error";
    for (const std::string& name : folder.names()) {
      const auto file = folder / name;
      // Temporary files that the killed left behind have names of their own and disturb no later writer.
      if (file.extension() == ".partial") continue;
      expect_whole(file);
      ++checked;
      if (name != "same.h5") std::filesystem::remove(file);
    }
  }
  EXPECT_GE(checked, 2 * kills);
}

TEST(KilledWriter, LeftoversDoNotDisturbALaterRun) {
  const TemporaryFolder folder;
  write_bytes(folder / ".same.h5.1-0-00000000.partial", "half a file");
  write_result(folder / "same.h5", make_numbered_content(3000, 5));
  expect_whole(folder / "same.h5");
  EXPECT_EQ(read_bytes(folder / ".same.h5.1-0-00000000.partial"), "half a file");
}

/// Starts `count` processes that do `work(number)` at about the same time; their exit codes.
std::vector<int> race(int count, const std::function<int(int)>& work) {
  int gate[2];
  if (::pipe(gate) != 0) throw std::runtime_error("no pipe");
  std::vector<pid_t> processes;
  for (int number = 0; number < count; ++number) {
    processes.push_back(start_process([&] {
      ::close(gate[1]);
      char byte;
      while (::read(gate[0], &byte, 1) > 0) {  // ends when the parent closes the gate's other end
      }
      return work(number);
    }));
  }
  ::close(gate[0]);
  ::close(gate[1]);
  std::vector<int> codes;
  for (const pid_t process : processes) codes.push_back(wait_for_exit(process));
  return codes;
}

TEST(ConcurrentWriters, ExactlyOneWins) {
  for (int round = 0; round < 25; ++round) {
    const TemporaryFolder folder;
    const std::vector<int> codes = race(6, [&](int number) {
      write_result(folder / "same.h5", make_numbered_content(3000, number));
      return exit_written;
    });
    std::vector<int> winners;
    for (int number = 0; number < 6; ++number) {
      const int code = codes[static_cast<std::size_t>(number)];
      if (code == exit_written)
        winners.push_back(number);
      else
        EXPECT_EQ(code, exit_refused);
    }
    ASSERT_EQ(winners.size(), 1u);
    expect_whole(folder / "same.h5");
    EXPECT_EQ(std::get<std::int64_t>(read_result(folder / "same.h5").provenance.at(0).value), winners[0]);
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("same.h5"));
  }
}

TEST(ConcurrentWriters, AllSucceedInReplacingAndAWholeFileRemains) {
  for (int round = 0; round < 10; ++round) {
    const TemporaryFolder folder;
    const std::vector<int> codes = race(6, [&](int number) {
      write_result(folder / "same.h5", make_numbered_content(3000, number),
                   {.existing = ExistingFile::replace});
      return exit_written;
    });
    EXPECT_THAT(codes, ::testing::Each(exit_written));
    expect_whole(folder / "same.h5");
    EXPECT_THAT(folder.names(), ::testing::ElementsAre("same.h5"));
  }
}

TEST(ConcurrentWriters, AReaderSeesWholeFilesOnly) {
  const TemporaryFolder folder;
  write_result(folder / "same.h5", make_numbered_content(3000, 0));
  const pid_t writer = start_writer(folder.path(), 1);
  for (int i = 0; i < 100; ++i) expect_whole(folder / "same.h5");
  ::kill(writer, SIGKILL);
  EXPECT_EQ(wait_for_exit(writer), -SIGKILL);
}

}  // namespace
}  // namespace peercap
