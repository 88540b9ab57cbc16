// What a turn on call costs a supporter.

#include <set>

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
