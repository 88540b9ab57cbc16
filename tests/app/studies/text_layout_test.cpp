#include "app/studies/text_layout.h"

#include <limits>

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

TEST(IntervalStrips, ShareOneScale) {
  IntervalStrip strip;
  strip.include(0.0, 1.0, 2.0);
  strip.include(17.0, 18.0, 19.0);
  EXPECT_EQ(strip.draw(0.0, 1.0, 2.0), "-o-                 ");
  EXPECT_EQ(strip.draw(17.0, 18.0, 19.0), "                 -o-");
}

TEST(IntervalStrips, MarkATarget) {
  IntervalStrip strip;
  strip.include(0.0, 10.0, 19.0);
  strip.mark(5.0);
  EXPECT_EQ(strip.draw(8.0, 10.0, 12.0), "     |  --o--       ");
  strip.mark(10.0);  // under the mean it is not seen
  EXPECT_EQ(strip.draw(8.0, 10.0, 12.0), "        --o--       ");
}

TEST(IntervalStrips, AreBlankWhereNothingIsDefined) {
  constexpr double none = std::numeric_limits<double>::quiet_NaN();
  IntervalStrip strip;
  EXPECT_EQ(strip.draw(none, none, none), std::string(IntervalStrip::width, ' '));
  strip.include(none, 3.0, none);
  EXPECT_EQ(strip.draw(none, 3.0, none).find('o'), IntervalStrip::width / 2);
}

TEST(Differences, OfSharesArePoints) {
  EXPECT_EQ(difference_text(peer_support::Measure::unmet_episodes_share, -0.021, {-0.024, -0.018}),
            "-2.1 (-2.4 to -1.8) points");
}

}  // namespace
}  // namespace peercap::app
