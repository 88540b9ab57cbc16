// Whether the program lasts, and what a shock does to it: worlds made by hand.

#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/hand_made.h"

namespace peercap::peer_support {
namespace {

using testing::HandMade;

/// The small world over `length` with changes from day `at` until day `until` of the horizon (negative: for
/// good), arriving within `over` days.
struct ChangeDays {
  int at;
  int until;
  int over = 0;
};
Scenario changing_world(SimDuration length, const std::vector<ChangeDays>& changes) {
  Scenario s = HandMade::small_world();
  s.run.horizon = length;
  const std::int32_t start = s.run.start.day_number();
  for (const ChangeDays& days_of : changes) {
    ScheduledChange change;
    change.at.date = CivilDate{start + days_of.at};
    if (days_of.until >= 0) change.until.date = CivilDate{start + days_of.until};
    change.over = days(days_of.over);
    s.schedule.push_back(change);
  }
  return s;
}

/// The small world with as many people in distress each Monday.
struct DistressWorld : HandMade {
  DistressWorld(const Scenario& s, const std::vector<std::int64_t>& weekly) : HandMade{s} {
    for (std::size_t week = 0; week < weekly.size(); ++week)
      state(weeks(static_cast<std::int64_t>(week)), PeerFact::unit_week, 0, weekly[week], 0);
  }
};

TEST(Resilience, CollapsesWhereTooFewSupportersAreLeft) {
  Scenario s = HandMade::small_world();
  s.supporters.count = 8;
  s.resilience.supporter_floor = 0.5;
  HandMade world{s};
  for (int week = 0; week < 4; ++week)
    world.state(weeks(week), PeerFact::desk_week, 0, 0, 0, week == 2 ? 3U : 4U);
  EXPECT_EQ(world[Measure::collapsed], 1.0);
  EXPECT_EQ(world[Measure::weeks_to_collapse], 2.0);
  HandMade stable{s};
  for (int week = 0; week < 4; ++week) stable.state(weeks(week), PeerFact::desk_week, 0, 0, 0, 4);
  EXPECT_EQ(stable[Measure::collapsed], 0.0);
  EXPECT_TRUE(std::isnan(stable[Measure::weeks_to_collapse]));
}

// 20 in distress before a shock of weeks 3 and 4; 60 in it, then 40, 30, 21. A second wave in weeks 9 and 10
// has no say.
TEST(Recovery, IsMeasuredFromTheEndOfTheFirstChange) {
  const std::vector<std::int64_t> distressed{20, 18, 22, 60, 60, 40, 30, 21, 20, 60, 60, 50};
  for (const auto& changes :
       {std::vector<ChangeDays>{{21, 35}}, {{21, 35}, {63, 77}}, {{63, 77}, {21, 35}}}) {
    const DistressWorld world(changing_world(weeks(12), changes), distressed);
    EXPECT_EQ(world[Measure::recovered_share], 1.0);
    EXPECT_EQ(world[Measure::weeks_to_recover], 2.0);
  }
}

// The way back takes ten days from day 28 on: it is over on day 38, a Thursday; the first whole week after it
// begins on day 42.
TEST(Recovery, WaitsForTheWayBack) {
  const DistressWorld world(changing_world(weeks(9), {{21, 28, 10}}), {20, 18, 22, 60, 20, 20, 30, 21, 20});
  EXPECT_EQ(world[Measure::weeks_to_recover], 1.0);
}

// A change for good is over when it has arrived, after week 3.
TEST(Recovery, FromAChangeForGoodBeginsWhenItHasArrived) {
  const DistressWorld world(changing_world(weeks(7), {{14, -1, 14}}), {20, 20, 20, 20, 30, 30, 22});
  EXPECT_EQ(world[Measure::weeks_to_recover], 2.0);
}

TEST(Recovery, CountsWhoDoesNotRecoverBeforeTheNextChange) {
  const std::vector<std::int64_t> distressed{20, 20, 20, 60, 40, 40, 40, 20, 20};
  const DistressWorld cut(changing_world(weeks(9), {{21, 28}, {49, 56}}), distressed);
  EXPECT_EQ(cut[Measure::recovered_share], 0.0);
  EXPECT_TRUE(std::isnan(cut[Measure::weeks_to_recover]));
  // Another change's end is a change as well.
  const DistressWorld back(changing_world(weeks(9), {{21, 28}, {-7, 49}}), distressed);
  EXPECT_EQ(back[Measure::recovered_share], 0.0);
  const DistressWorld whole(changing_world(weeks(9), {{21, 28}}), distressed);
  EXPECT_EQ(whole[Measure::weeks_to_recover], 3.0);
}

TEST(Recovery, IsNotDefinedWhereItCannotBeTold) {
  const std::vector<std::int64_t> distressed(9, 20);
  const std::vector<std::vector<ChangeDays>> cases{
      {},                   // no change
      {{-5, 28}},           // began before the horizon
      {{3, 28}},            // no whole week before it
      {{21, 63}},           // not over within the horizon
      {{21, 35}, {28, 42}}  // the next begins before it is over
  };
  for (const auto& changes : cases) {
    const DistressWorld world(changing_world(weeks(9), changes), distressed);
    EXPECT_TRUE(std::isnan(world[Measure::recovered_share])) << changes.size();
    EXPECT_TRUE(std::isnan(world[Measure::weeks_to_recover]));
    EXPECT_TRUE(std::isnan(world[Measure::service_recovered_share]));
  }
}

/// Each week `in_time` of ten requests are contacted after an hour, the others after 100 h.
struct ServiceWorld : HandMade {
  ServiceWorld(const Scenario& s, const std::vector<int>& in_time) : HandMade{s} {
    for (std::size_t week = 0; week < in_time.size(); ++week)
      for (int i = 0; i < 10; ++i)
        contact(static_cast<std::uint32_t>(i), weeks(static_cast<std::int64_t>(week)) + hours(1),
                hours(i < in_time[week] ? 1 : 100));
  }
};

// Eight of ten in time before the shock of week 4. Nine tenths of it are .72: the four weeks from week 6 on
// reach .725, those from week 5 on do not (.70).
TEST(Recovery, OfServiceIsJudgedOverFourWeeks) {
  const std::vector<int> in_time{8, 7, 9, 8, 2, 5, 7, 8, 8, 6, 7, 9, 9};
  const ServiceWorld world(changing_world(weeks(14), {{28, 35}}), in_time);
  EXPECT_EQ(world[Measure::service_recovered_share], 1.0);
  EXPECT_EQ(world[Measure::weeks_to_recover_service], 1.0);
  const ServiceWorld cut(changing_world(weeks(14), {{28, 35}, {63, 77}}), in_time);
  EXPECT_EQ(cut[Measure::service_recovered_share], 0.0);
  EXPECT_TRUE(std::isnan(cut[Measure::weeks_to_recover_service]));
}

// Three quarters: 13 of 26 in time (at the floor), 12 of 26, none to judge. The rest of a quarter counts
// nowhere.
TEST(Service, FailsInQuartersBelowTheFloor) {
  Scenario s = HandMade::small_world();
  s.run.horizon = weeks(40);
  s.resilience.contact_floor = 0.5;
  HandMade world{s};
  for (int week = 0; week < 26; ++week)
    for (std::uint32_t i = 0; i < 2; ++i)
      world.contact(i, weeks(week) + hours(1), hours(i == 0 && week != 20 ? 1 : 100));
  EXPECT_DOUBLE_EQ(world[Measure::quarters_below_floor_share], 0.5);
  EXPECT_EQ(world[Measure::service_failed], 1.0);
  EXPECT_EQ(world[Measure::weeks_to_service_failure], 26.0);
  world.contact(3, weeks(39) + hours(1), hours(100));
  EXPECT_DOUBLE_EQ(world[Measure::quarters_below_floor_share], 0.5);
}

TEST(Service, DoesNotFailWhereEveryQuarterIsAboveTheFloor) {
  Scenario s = HandMade::small_world();
  s.run.horizon = weeks(27);
  HandMade world{s};
  EXPECT_TRUE(std::isnan(world[Measure::service_failed]));
  for (int week = 0; week < 26; ++week) world.contact(0, weeks(week) + hours(1), hours(1));
  EXPECT_EQ(world[Measure::service_failed], 0.0);
  EXPECT_EQ(world[Measure::quarters_below_floor_share], 0.0);
  EXPECT_TRUE(std::isnan(world[Measure::weeks_to_service_failure]));
}

// 1, 3, 2, 6 waiting: mean 3, deviations -2, 0, -1, 3; products 0, 0, -3 over squares 14.
TEST(EarlyWarning, IsVarianceAndAutocorrelationOfWeeks) {
  HandMade world;
  const std::int64_t waiting[] = {1, 3, 2, 6};
  for (int week = 0; week < 4; ++week)
    world.state(weeks(week), PeerFact::desk_week, 0, waiting[week], 0, week < 2 ? 5U : 7U);
  EXPECT_NEAR(world[Measure::waiting_variance], 14.0 / 3.0, 1e-12);
  EXPECT_NEAR(world[Measure::waiting_autocorrelation], -3.0 / 14.0, 1e-12);
  // 5, 5, 7, 7: deviations -1, -1, 1, 1; products 1, -1, 1.
  EXPECT_NEAR(world[Measure::supporters_variance], 4.0 / 3.0, 1e-12);
  EXPECT_NEAR(world[Measure::supporters_autocorrelation], 0.25, 1e-12);
  HandMade constant;
  for (int week = 0; week < 4; ++week) constant.state(weeks(week), PeerFact::desk_week, 0, 0, 0, 5);
  EXPECT_EQ(constant[Measure::waiting_variance], 0.0);
  EXPECT_TRUE(std::isnan(constant[Measure::waiting_autocorrelation]));
}

}  // namespace
}  // namespace peercap::peer_support
