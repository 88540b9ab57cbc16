#include "models/peer_support/scenario/referral_graph.h"

#include <algorithm>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario/check.h"

namespace peercap::peer_support {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

using Onward = std::vector<std::pair<std::string, double>>;

/// A destination that everybody takes up; clients come to it with weight 1 unless said otherwise.
ReferralDestination destination(const char* name, Onward onward, double weight = 1.0) {
  ReferralDestination d;
  d.name = name;
  d.weight_event = weight;
  d.weight_personal = weight;
  d.acceptance = {1.0};
  d.onward.weights = std::move(onward);
  return d;
}

TEST(ReferralGraph, OfTheDefaultsLeadsFromEachDestinationToTheEnd) {
  const ReferralGraph graph{Referrals{}, 0.3};
  ASSERT_EQ(graph.destination_count(), 5U);
  EXPECT_EQ(boost::num_edges(graph.graph()), 5U + 1 + 5);  // to each, not taken up, and from each to the end
  EXPECT_THAT(check_routing(Referrals{}, 0.3), IsEmpty());
  // One visit with the destination's acceptance, by the weights of both kinds of events.
  const auto visits = graph.expected_visits();
  EXPECT_NEAR(visits[0], 0.48 * (0.7 * 0.40 + 0.3 * 0.50), 1e-12);
  EXPECT_NEAR(visits[1], 0.29 * 0.30, 1e-12);
  EXPECT_NEAR(visits[3], 0.8 * 0.7 * 0.10, 1e-12);
  double sum = 0.0;
  for (const double v : visits) sum += v;
  EXPECT_NEAR(sum, 0.8 - 0.32 * 0.43 - 0.51 * 0.30, 1e-12);
}

TEST(ReferralGraph, CountsVisitsAlongAChain) {
  const Referrals chain{
      {destination("a", {{"b", 0.5}}), destination("b", {{"c", 0.4}}, 0), destination("c", {}, 0)}};
  EXPECT_THAT(check_routing(chain, 0.5), IsEmpty());
  const auto visits = ReferralGraph(chain, 0.5).expected_visits();
  EXPECT_NEAR(visits[0], 1.0, 1e-12);
  EXPECT_NEAR(visits[1], 0.5, 1e-12);
  EXPECT_NEAR(visits[2], 0.2, 1e-12);
}

TEST(ReferralGraph, CountsVisitsInACycleThatIsLeft) {
  // a = 1 + b / 2, b = 4 a / 5: a = 5/3, b = 4/3.
  const Referrals cycle{{destination("a", {{"b", 0.8}}), destination("b", {{"a", 0.5}}, 0)}};
  EXPECT_THAT(check_routing(cycle, 0.5), IsEmpty());
  EXPECT_THAT(ReferralGraph(cycle, 0.5).expected_visits(),
              ElementsAre(::testing::DoubleNear(5.0 / 3, 1e-12), ::testing::DoubleNear(4.0 / 3, 1e-12)));
}

TEST(ReferralGraph, ComingAgainIsFine) {
  const Referrals again{{destination("a", {{"a", 0.75}})}};
  EXPECT_THAT(check_routing(again, 0.5), IsEmpty());
  EXPECT_NEAR(ReferralGraph(again, 0.5).expected_visits()[0], 4.0, 1e-12);
}

TEST(ReferralGraph, ComingAgainForEverIsATrap) {
  const Referrals again{{destination("a", {{"a", 1.0}})}};
  const auto problems = check_routing(again, 0.5);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].path, "referrals.destinations[a].onward");
}

TEST(ReferralGraph, ACycleWithoutExitIsATrap) {
  const Referrals trap{{destination("start", {{"a", 0.1}}), destination("a", {{"b", 1}}, 0),
                        destination("b", {{"a", 0.3}, {"a2", 0.7}}, 0),
                        destination("a2", {{"b", 0.3 + 0.7}}, 0)}};
  EXPECT_THAT(ReferralGraph(trap, 0.5).find_traps(), ElementsAre(ElementsAre(1U, 2U, 3U)));
  const auto problems = check_routing(trap, 0.5);
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].path, "referrals.destinations[a].onward");
  EXPECT_THAT(problems[0].what, HasSubstr("`a`, `b`, `a2`"));
  EXPECT_THAT(problems[0].suggestion, HasSubstr("less than 1"));
}

TEST(ReferralGraph, WhereNobodyComesIsNoTrap) {
  const Referrals apart{{destination("a", {}), destination("b", {{"b", 1.0}}, 0)}};
  EXPECT_THAT(check_routing(apart, 0.5), IsEmpty());
}

TEST(ReferralGraph, ATrapBehindAWayOutIsFound) {
  const Referrals both{
      {destination("a", {{"b", 0.5}}), destination("b", {{"c", 1}}, 0), destination("c", {{"c", 1}}, 0)}};
  EXPECT_THAT(ReferralGraph(both, 0.5).find_traps(), ElementsAre(ElementsAre(2U)));
}

TEST(ReferralGraph, ProbabilitiesAboveOneAndUnknownNamesAreSaidTogether) {
  const Referrals bad{{destination("a", {{"b", 0.6}, {"a", 0.7}}), destination("b", {{"nowhere", 0.2}})}};
  const auto problems = check_routing(bad, 0.5);
  ASSERT_EQ(problems.size(), 2U);
  EXPECT_EQ(problems[0].path, "referrals.destinations[a].onward");
  EXPECT_THAT(problems[0].what, HasSubstr("add up to 1.3, more than 1"));
  EXPECT_EQ(problems[1].path, "referrals.destinations[b].onward.nowhere");
  EXPECT_THAT(problems[1].what, HasSubstr("`nowhere` is not among the destinations"));
}

TEST(ReferralGraph, TenTenthsAreOne) {
  Onward tenths;
  std::vector<ReferralDestination> destinations;
  for (const char* name : {"a", "b", "c", "d", "e", "f", "g", "h", "i", "j"}) tenths.emplace_back(name, 0.1);
  for (const auto& [name, probability] : tenths) destinations.push_back(destination(name.c_str(), tenths));
  const auto problems = check_routing({destinations}, 0.5);  // nobody gets out, rounding or not
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_THAT(problems[0].what, HasSubstr("round for ever"));
}

TEST(ReferralGraph, IsPartOfTheCheckOfAScenario) {
  Scenario s;
  s.referrals.destinations[0].onward.weights = {{"coach", 1.0}};
  s.referrals.destinations[2].onward.weights = {{"mental_health", 1.0}};
  const auto problems = check(s);
  const auto found =
      std::ranges::find(problems, "referrals.destinations[mental_health].onward", &ScenarioProblem::path);
  ASSERT_NE(found, problems.end());
  EXPECT_EQ(found->severity, Severity::error);
}

}  // namespace
}  // namespace peercap::peer_support
