// Who is given a case, of the supporters whom the rules allow.

#include <algorithm>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;

Scenario with_dispatch(Dispatch dispatch) {
  Scenario s = DeskBench::quiet_scenario();
  s.matching.dispatch = dispatch;
  return s;
}

/// Supporter 8 was given a hard case on Monday, which goes on; 9 an easy one after it, which is closed. Who
/// is given the case of Tuesday?
std::uint32_t given_on_tuesday(Dispatch dispatch) {
  Scenario s = with_dispatch(dispatch);
  s.case_rules.closing_rule = ClosingRule::threshold;
  s.case_rules.close_threshold = 1.5;
  s.case_rules.max_sessions = 10;
  // Load and strain alone decide the best match.
  s.matching.profession_weight = 0.0;
  s.matching.career_stage_weight = 0.0;
  s.matching.different_unit_weight = 0.0;
  DeskBench bench{s};
  bench.add_supporter(8);
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, {0.0, 3.0});
  bench.request(1, hours(14), Channel::self_referral, {0.0, 1.2});
  bench.request(2, days(1) + hours(10), Channel::self_referral, {0.0, 1.2});
  const auto assigned = bench.run().of(PeerFact::supporter_assigned);
  EXPECT_EQ(assigned.size(), 3U);
  EXPECT_NE(assigned.at(0).subject, assigned.at(1).subject);
  return assigned.at(2).subject == assigned.at(0).subject ? 8 : 9;
}

TEST(Dispatch, FollowsItsRule) {
  EXPECT_EQ(given_on_tuesday(Dispatch::in_turn), 8U);         // whose case was given earlier
  EXPECT_EQ(given_on_tuesday(Dispatch::longest_idle), 9U);    // who has no case
  EXPECT_EQ(given_on_tuesday(Dispatch::least_loaded), 9U);    // who has fewer cases
  EXPECT_EQ(given_on_tuesday(Dispatch::least_strained), 9U);  // whose client was less distressed
  EXPECT_EQ(given_on_tuesday(Dispatch::best_match), 9U);      // load and strain lower a score
}

/// Who was given each of 14 cases, two of each of seven people who ask one after the other.
std::vector<std::uint32_t> by_chance(std::initializer_list<std::uint32_t> supporters) {
  DeskBench bench{with_dispatch(Dispatch::random)};
  for (const std::uint32_t supporter : supporters) bench.add_supporter(supporter);
  for (std::uint32_t i = 0; i < 14; ++i)
    bench.request(i % 7, hours(10 + 2 * static_cast<int>(i)), Channel::self_referral, {0.0, 3.0}, 1 + i / 7);
  std::vector<std::uint32_t> given;
  for (const Fact& f : bench.run().of(PeerFact::supporter_assigned))
    given.push_back(bench.organization().supporters.at(f.subject).clinician.value());
  return given;
}

TEST(Dispatch, ByChanceTakesAnybody) {
  const auto given = by_chance({8, 9});
  ASSERT_EQ(given.size(), 14U);
  EXPECT_GT(std::ranges::count(given, 8U), 0);
  EXPECT_GT(std::ranges::count(given, 9U), 0);
}

TEST(Dispatch, ByChanceOneMoreSupporterTakesCasesAndMovesNone) {
  const auto two = by_chance({8, 9});
  const auto three = by_chance({7, 8, 9});
  ASSERT_EQ(three.size(), two.size());
  EXPECT_GT(std::ranges::count(three, 7U), 0);
  for (std::size_t i = 0; i < three.size(); ++i)
    if (three[i] != 7U) {
      EXPECT_EQ(three[i], two[i]) << i;
    }
}

}  // namespace
}  // namespace peercap::peer_support
