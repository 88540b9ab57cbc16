#include "models/peer_support/behavior/weekly_board.h"

#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

TEST(WeeklyBoard, IsReadOneWeekAfterItWasWritten) {
  WeeklyBoard board{2, 1};
  board.show_exhaustion(7, 1, 0.5F);
  board.show_unit(7, 0, 0.25F, 0.125F);
  EXPECT_EQ(board.exhaustion(8)[1], 0.5F);
  EXPECT_EQ(board.awareness(8)[0], 0.25F);
  EXPECT_EQ(board.users(8)[0], 0.125F);
  EXPECT_EQ(board.exhaustion(7)[1], 0.0F);
  EXPECT_EQ(board.awareness(9)[0], 0.0F);
}

// Readers of a week are still at it when others have written that week and, a little ahead of them, the next.
TEST(WeeklyBoard, HoldsStillForAWholeWeek) {
  WeeklyBoard board{1, 1};
  for (std::uint64_t week = 100; week < 120; ++week) {
    const auto value = static_cast<float>(week);
    board.show_exhaustion(week, 0, value);
    board.show_unit(week, 0, value, value);
    if (week == 100) continue;
    // Week `week` - 1 is not over for somebody who is behind.
    if (week > 101) {
      EXPECT_EQ(board.awareness(week - 1)[0], value - 2.0F);
      EXPECT_EQ(board.users(week - 1)[0], value - 2.0F);
      EXPECT_EQ(board.exhaustion(week - 1)[0], value - 2.0F);
    }
    EXPECT_EQ(board.exhaustion(week)[0], value - 1.0F);
  }
}

}  // namespace
}  // namespace peercap::peer_support
