// What a turn on call costs a supporter.

#include <memory>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;

/// Eight weeks; the calendar's origin, from which shifts are counted, was a Monday.
Scenario rota(int supporters, SimDuration shift, SimDuration time) {
  Scenario s = DeskBench::quiet_scenario();
  s.access.on_call.supporters = supporters;
  s.access.on_call.shift = shift;
  s.access.on_call.hours = time;
  return s;
}

TEST(OnCall, EveryShiftIsATurnOfItsSupporters) {
  DeskBench bench{rota(2, weeks(1), hours(3))};
  for (const std::uint32_t clinician : {1U, 2U, 3U, 4U}) bench.add_supporter(clinician);
  const FactLog& log = bench.run();
  const auto turns = log.of(PeerFact::turn_on_call);
  const auto spent = log.of(PeerFact::program_time);
  ASSERT_EQ(turns.size(), 16U);
  ASSERT_EQ(spent.size(), 16U);
  std::multiset<std::uint32_t> by_supporter;
  for (std::size_t i = 0; i < turns.size(); ++i) {
    by_supporter.insert(turns[i].subject);
    EXPECT_EQ(turns[i].a, weeks(1).ticks());
    EXPECT_EQ(spent[i].subject, turns[i].subject);
    EXPECT_EQ(spent[i].time, turns[i].time);
    EXPECT_EQ(spent[i].small, static_cast<unsigned>(ProgramWork::on_call));
    EXPECT_EQ(spent[i].a + spent[i].b, hours(3).ticks());
  }
  for (const std::uint32_t supporter : {0U, 1U, 2U, 3U}) EXPECT_EQ(by_supporter.count(supporter), 4U);
}

TEST(OnCall, ATurnIsTakenFromProtectedTimeAndBeyondIt) {
  Scenario s = rota(1, weeks(1), hours(3));
  s.supporters.protected_time = {1.0};
  s.supporters.protected_time_carry = weeks(1);
  DeskBench bench{s};
  bench.add_supporter(1);
  const auto spent = bench.run().of(PeerFact::program_time);
  ASSERT_EQ(spent.size(), 8U);
  EXPECT_EQ(spent.back().a, hours(1).ticks());
  EXPECT_EQ(spent.back().b, hours(2).ticks());
}

// The begin of a rota in the course of a run, and turns of another length, are turns of their own.
TEST(OnCall, ARotaThatIsScheduledBeginsWithItsDay) {
  Scenario s = rota(0, weeks(1), hours(2));
  const SimTime begin = Rules{s}.begin;
  ScenarioPhase daily{.begin = begin + days(8), .scenario = s};  // a Tuesday
  daily.scenario.access.on_call = {
      .supporters = 1, .shift = days(1), .backup = Switch::on, .hours = hours(2)};
  ScenarioPhase weekly{.begin = begin + days(15), .scenario = daily.scenario};
  weekly.scenario.access.on_call.shift = weeks(1);
  ScenarioPhase over{.begin = begin + days(28), .scenario = s};
  s.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::vector{daily, weekly, over});
  DeskBench bench{s};
  bench.add_supporter(1);
  std::vector<double> turns;
  for (const Fact& f : bench.run().of(PeerFact::turn_on_call)) turns.push_back((f.time - begin).in_days());
  // Days 8 to 14 by the day; the week's turn that begins on day 15, and those of the Mondays after it.
  EXPECT_EQ(turns, (std::vector<double>{8, 9, 10, 11, 12, 13, 14, 15, 21}));
}

TEST(OnCall, CostsNothingByDefault) {
  DeskBench bench{rota(1, days(1), SimDuration{})};
  bench.add_supporter(1);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::turn_on_call), 56U);
  EXPECT_EQ(log.count(PeerFact::program_time), 0U);
}

TEST(OnCall, NobodyIsOnCallWithoutARota) {
  DeskBench bench{rota(0, days(1), hours(3))};
  bench.add_supporter(1);
  const FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::turn_on_call), 0U);
  EXPECT_EQ(log.count(PeerFact::program_time), 0U);
}

}  // namespace
}  // namespace peercap::peer_support
