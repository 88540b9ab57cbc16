#include <chrono>
#include <csignal>
#include <thread>

#include <gtest/gtest.h>

#include "app/interruption.h"

namespace peercap::app {
namespace {

// As a batch system and its script send them.
TEST(InterruptionGuard, SignalsThatComeTogetherAreOne) {
  InterruptionGuard guard;
  EXPECT_FALSE(guard.stop_flag());
  std::raise(SIGTERM);
  std::raise(SIGTERM);
  std::raise(SIGINT);
  EXPECT_TRUE(guard.stop_flag());
  EXPECT_EQ(guard.signal(), SIGTERM);
}

TEST(InterruptionGuardDeathTest, ALaterSignalEndsTheProcessAtOnce) {
  EXPECT_EXIT(
      {
        InterruptionGuard guard;
        std::raise(SIGINT);
        std::this_thread::sleep_for(std::chrono::milliseconds{1100});
        std::raise(SIGTERM);
      },
      ::testing::ExitedWithCode(128 + SIGTERM), "");
}

TEST(InterruptionGuard, EachGuardBeginsAnew) {
  for (int i = 0; i < 2; ++i) {
    InterruptionGuard guard;
    EXPECT_FALSE(guard.stop_flag());
    EXPECT_EQ(guard.signal(), 0);
    std::raise(SIGINT);
    EXPECT_TRUE(guard.stop_flag());
  }
}

}  // namespace
}  // namespace peercap::app
