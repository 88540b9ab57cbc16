#include "models/peer_support/behavior/weekly_board.h"

#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

TEST(WeeklyBoard, IsReadOneWeekAfterItWasWritten) {
  WeeklyBoard board{2, 1, 2};
  board.exhaustion_to_show(7)[1] = ShownExhaustion{0.5};
  board.show_unit(7, 0, 0.25F, 0.125F);
  board.show_supporter(7, 1, true);
  EXPECT_EQ(board.exhaustion(8)[1].steps(), 1024);
  EXPECT_EQ(board.awareness(8)[0], 0.25F);
  EXPECT_EQ(board.users(8)[0], 0.125F);
  EXPECT_EQ(board.serving(8)[0], 0);
  EXPECT_EQ(board.serving(8)[1], 1);
  EXPECT_EQ(board.serving(9)[1], 0);
  EXPECT_EQ(board.exhaustion(7)[1].steps(), 0);
  EXPECT_EQ(board.awareness(9)[0], 0.0F);
}

TEST(ShownExhaustion, IsRoundedToTheNearestStepAndBounded) {
  EXPECT_EQ(ShownExhaustion{}.steps(), 0);
  for (const double level : {-3.7, -0.0001, 0.0, 0.3, 2.5}) {
    EXPECT_NEAR(ShownExhaustion{level}.steps() * ShownExhaustion::step, level, ShownExhaustion::step / 2);
    EXPECT_EQ(ShownExhaustion{-level}.steps(), -ShownExhaustion{level}.steps());
  }
  EXPECT_EQ(ShownExhaustion{40.0}.steps(), 32767);
  EXPECT_EQ(ShownExhaustion{-40.0}.steps(), -32767);
}

// Readers of a week are still at it when others have written that week and, a little ahead of them, the next.
TEST(WeeklyBoard, HoldsStillForAWholeWeek) {
  WeeklyBoard board{1, 1, 0};
  const auto shown = [](std::uint64_t week) { return ShownExhaustion{static_cast<double>(week) / 50.0}; };
  for (std::uint64_t week = 100; week < 120; ++week) {
    const auto value = static_cast<float>(week);
    board.exhaustion_to_show(week)[0] = shown(week);
    board.show_unit(week, 0, value, value);
    if (week == 100) continue;
    // Week `week` - 1 is not over for somebody who is behind.
    if (week > 101) {
      EXPECT_EQ(board.awareness(week - 1)[0], value - 2.0F);
      EXPECT_EQ(board.users(week - 1)[0], value - 2.0F);
      EXPECT_EQ(board.exhaustion(week - 1)[0].steps(), shown(week - 2).steps());
    }
    EXPECT_EQ(board.exhaustion(week)[0].steps(), shown(week - 1).steps());
  }
}

}  // namespace
}  // namespace peercap::peer_support
