// Supporters who visit a unit meet people in distress.

#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::count_margin;
using testing::kind_of;
using testing::SentRequest;
using testing::UnitBench;

constexpr std::uint32_t units = 40;
constexpr int horizon_weeks = 26;

/// Rounds alone, among people with long episodes.
Scenario rounding_scenario(double notice) {
  Scenario s = testing::single_shot_scenario();
  s.run.horizon = weeks(horizon_weeks);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.enabled = Switch::off;
  s.organization.sites[0].departments[0].units = units;
  s.distress.fast_decay = duration_from_days(60);
  s.activation.rounding.policy = RoundingPolicy::all;
  s.activation.rounding.notice = {notice};
  return s;
}

/// Each unit is visited every third week, when the desk's message of the Monday arrives.
SimDuration visit_of(int week) {
  return weeks(week) + minutes(15);
}
bool is_visited(std::uint32_t unit, int week) {
  return week % 3 == static_cast<int>(unit % 3);
}
void send_rounds(UnitBench& bench) {
  const auto first = static_cast<std::uint64_t>((bench.rules().begin - SimTime{}) / weeks(1));
  for (int week = 0; week < horizon_weeks; ++week)
    for (std::uint32_t unit = 0; unit < units; ++unit)
      if (is_visited(unit, week))
        bench.tell(unit, visit_of(week), Happening::round, {0, first + static_cast<std::uint64_t>(week), 0});
}

/// People in an episode whom rounds met.
double people_met(const UnitBench& bench) {
  double met = 0.0;
  const auto count = [&](std::uint32_t clinician, SimTime from, SimTime to) {
    const std::uint32_t unit = clinician / 25;
    for (int week = 0; week < horizon_weeks; ++week) {
      const SimTime visit = bench.rules().begin + visit_of(week);
      if (is_visited(unit, week) && from <= visit && visit < to) met += 1.0;
    }
  };
  for (const Fact& f : bench.log().facts())
    if (kind_of(f) == PeerFact::episode_ended || kind_of(f) == PeerFact::episode_open)
      count(f.subject, SimTime{f.b}, f.time);
  return met;
}

TEST(Rounds, MeetWhoIsInAnEpisodeInTheUnitsTheyVisit) {
  UnitBench everybody{rounding_scenario(1.0)};
  send_rounds(everybody);
  everybody.run();
  const auto requests = everybody.requests(Channel::rounding);
  EXPECT_GT(requests.size(), 300U);
  EXPECT_EQ(static_cast<double>(requests.size()), people_met(everybody));
  EXPECT_EQ(requests.size(), everybody.heard(Happening::request).size());
  UnitBench some{rounding_scenario(0.2)};
  send_rounds(some);
  some.run();
  const double expected = 0.2 * people_met(some);
  EXPECT_NEAR(static_cast<double>(some.requests(Channel::rounding).size()), expected, count_margin(expected));
}

TEST(Rounds, LeaveThoseWithACase) {
  UnitBench with_cases{rounding_scenario(1.0)};
  with_cases.open_cases();
  send_rounds(with_cases);
  with_cases.run();
  std::set<std::uint32_t> named;
  for (const SentRequest& request : with_cases.requests(Channel::rounding))
    EXPECT_TRUE(named.insert(request.clinician).second) << "named again, with the case still open";
  EXPECT_GT(named.size(), 150U);
}

// Whatever the policy: without a supporter who comes, nobody is met.
TEST(Rounds, AreNotMadeByTheUnitItself) {
  UnitBench bench{rounding_scenario(1.0)};
  bench.run();
  EXPECT_TRUE(bench.heard(Happening::request).empty());
}

}  // namespace
}  // namespace peercap::peer_support
