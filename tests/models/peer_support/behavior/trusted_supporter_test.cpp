// Those who trust a supporter ask sooner.

#include <set>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::ObservedRun;
using testing::run_observed;

/// Nothing that the program does changes what happens to people, and nobody is named by others.
Scenario asking(double factor) {
  Scenario s = testing::plain_scenario(20, 20, 20);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.organization.network = {.enabled = Switch::on,
                            .same_team = {0.1},
                            .same_unit = {0.05},
                            .same_department = {0.0},
                            .same_site = {0.0}};
  s.environment.exposure_rate = per_year(6);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.hazard = per_day(0.01);
  s.activation.self_referral.trusted_supporter = factor;
  return s;
}

std::set<std::uint32_t> who_asked(const ObservedRun& run) {
  std::set<std::uint32_t> people;
  for (const Fact& f : run.log.of(PeerFact::request_made)) people.insert(f.subject);
  return people;
}

TEST(TrustedSupporter, MovesThoseAloneWhoTrustOne) {
  const ObservedRun without = run_observed(asking(1.0));
  const ObservedRun with = run_observed(asking(0.0));
  const std::set<std::uint32_t> before = who_asked(without);
  const std::set<std::uint32_t> after = who_asked(with);
  EXPECT_LT(after.size(), before.size());
  EXPECT_GT(after.size(), before.size() / 4);  // whoever trusts no supporter asks as before
  std::size_t found = 0;
  for (const std::uint32_t person : after) found += before.contains(person) ? 1U : 0U;
  EXPECT_GT(static_cast<double>(found), 0.9 * static_cast<double>(after.size()));
  EXPECT_GT(who_asked(run_observed(asking(5.0))).size(), before.size());
}

TEST(TrustedSupporter, NeedsSomebodyInTheRole) {
  Scenario none = asking(1.0);
  none.supporters.count = 0;
  const std::set<std::uint32_t> before = who_asked(run_observed(none));
  none.activation.self_referral.trusted_supporter = 5.0;
  EXPECT_EQ(who_asked(run_observed(none)), before);
  EXPECT_GT(before.size(), 20U);
}

TEST(TrustedSupporter, IsolationLeavesTiesIdle) {
  Scenario s = asking(5.0);
  s.environment.isolation = 1.0;
  Scenario neutral = asking(1.0);
  neutral.environment.isolation = 1.0;
  EXPECT_EQ(who_asked(run_observed(s)), who_asked(run_observed(neutral)));
}

TEST(TrustedSupporter, NominatedOnesAreTrustedByMore) {
  Scenario s = asking(5.0);
  const std::size_t open = who_asked(run_observed(s)).size();
  s.supporters.selection = Selection::nominated;
  EXPECT_GT(who_asked(run_observed(s)).size(), open);
}

}  // namespace
}  // namespace peercap::peer_support
