#include <cerrno>
#include <chrono>
#include <random>
#include <thread>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include "sim/io/checkpoint/checkpoint_file.h"
#include "tests/sim/io/checkpoint/sample_checkpoint.h"
#include "tests/sim/io/files/failing_calls.h"
#include "tests/sim/io/files/temporary_folder.h"

namespace peercap {
namespace {

using ::testing::HasSubstr;

// The generations 1 and 2 stand, 3 is written and its k-th call fails, for every k.
TEST(CheckpointFailure, OfAnyCallLeavesAWholeGeneration) {
  for (const int error : {EIO, ENOSPC}) {
    bool was_reached = true;
    int failures = 0;
    for (int k = 0; was_reached; ++k) {
      const TemporaryFolder folder;
      const auto file = folder / "state";
      for (std::uint32_t seed : {1u, 2u}) write_checkpoint(file, sample_header, SampleState{seed}.blocks());
      FailingCalls calls{k, error, 100};
      bool failed = false;
      try {
        write_checkpoint(file, sample_header, SampleState{3}.blocks(), calls);
      } catch (const InputOutputError& failure) {
        failed = true;
        ++failures;
        EXPECT_THAT(failure.what(), HasSubstr(error == EIO ? "Input/output error" : "No space left"));
      }
      SCOPED_TRACE(calls.failed_call());
      was_reached = !calls.failed_call().empty();
      const CheckpointContent content = read_checkpoint(file, sample_header);
      EXPECT_EQ(content.note, "");
      const bool is_new = SampleState{3}.is_in(content);
      EXPECT_TRUE(is_new || SampleState{2}.is_in(content));
      // Told of a failure, one may still find the new state, if its folder alone is not known to be on the
      // disk.
      const bool folder_failed =
          calls.failed_call() == "open_folder" || calls.failed_call() == "synchronize_folder";
      EXPECT_EQ(is_new, !failed || folder_failed);
      if (!failed) {
        EXPECT_THAT(calls.failed_call(), ::testing::AnyOf("", "close_folder"));
      }
      for (const std::string& name : folder.names())
        EXPECT_THAT(name, ::testing::AnyOf("state", "state.previous")) << "left behind";
    }
    EXPECT_GE(failures, 20);
  }
}

TEST(CheckpointFailure, OfReadingIsTold) {
  const TemporaryFolder folder;
  write_checkpoint(folder / "state", sample_header, SampleState{1}.blocks());
  for (int k = 0; k < 4; ++k) {
    FailingCalls calls{k, EIO};
    try {
      (void)read_checkpoint(folder / "state", sample_header, calls);
      FAIL() << "call " << k << " failed unnoticed";
    } catch (const CheckpointRefused& refused) {
      EXPECT_EQ(refused.problem(), CheckpointProblem::unreadable);
    }
  }
}

// A writer is killed at random moments; what it leaves is whole and never older than what it announced.
TEST(CheckpointFailure, AKilledWriterLeavesAWholeGeneration) {
  constexpr int kills = 60;
  std::mt19937 chance{20260219};
  std::uniform_int_distribution<int> delay_microseconds{0, 30'000};
  for (int i = 0; i < kills; ++i) {
    const TemporaryFolder folder;
    const auto file = folder / "state";
    int announcement[2];
    ASSERT_EQ(::pipe(announcement), 0);
    const pid_t writer = ::fork();
    if (writer == 0) {
      for (std::uint32_t seed = 0;; ++seed) {
        write_checkpoint(file, sample_header, SampleState{seed, 100'000}.blocks());
        if (::write(announcement[1], &seed, sizeof seed) != sizeof seed) ::_exit(4);
      }
    }
    ::close(announcement[1]);
    std::uint32_t announced = 0;
    ASSERT_EQ(::read(announcement[0], &announced, sizeof announced), static_cast<ssize_t>(sizeof announced));
    std::this_thread::sleep_for(std::chrono::microseconds{delay_microseconds(chance)});
    ASSERT_EQ(::kill(writer, SIGKILL), 0);
    int status = 0;
    ASSERT_EQ(::waitpid(writer, &status, 0), writer);
    EXPECT_TRUE(WIFSIGNALED(status));
    std::uint32_t later = 0;
    while (::read(announcement[0], &later, sizeof later) == static_cast<ssize_t>(sizeof later))
      announced = later;
    ::close(announcement[0]);
    const CheckpointContent content = read_checkpoint(file, sample_header);
    EXPECT_TRUE((SampleState{announced, 100'000}.is_in(content) ||
                 SampleState{announced + 1, 100'000}.is_in(content)))
        << "after " << announced;
  }
}

}  // namespace
}  // namespace peercap
