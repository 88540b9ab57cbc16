#include "models/peer_support/network/nominations.h"

#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

TEST(Nominations, EverybodyNamesOneOfThoseTheyTrust) {
  const Scenario s = testing::plain_scenario(2, 5, 0);
  const Organization o = testing::organization_of(s);
  // A star: 0 is trusted by 1, 2 and 3; 4 and 5 trust each other; the others trust nobody.
  const TrustNetwork network{o.clinician_count(), {{0, 1}, {0, 2}, {3, 0}, {4, 5}}};
  const std::vector<std::uint32_t> named = count_nominations(network, o, RandomSource{1, 0});
  EXPECT_EQ(named[0], 3U);
  EXPECT_EQ(named[1] + named[2] + named[3], 1U);  // by 0
  EXPECT_EQ(named[4], 1U);
  EXPECT_EQ(named[5], 1U);
  EXPECT_EQ(std::accumulate(named.begin(), named.end(), 0U), 6U);
}

TEST(Nominations, ThoseWithMoreTiesAreNamedMore) {
  Scenario s = testing::plain_scenario(40, 25, 0);
  const Organization o = testing::organization_of(s);
  const TrustNetwork network = build_trust_network(s, o, RandomSource{1, 0});
  const std::vector<std::uint32_t> named = count_nominations(network, o, RandomSource{1, 0});
  double ties_of_named = 0.0;
  double ties_of_all = 0.0;
  double names = 0.0;
  for (std::uint32_t i = 0; i < named.size(); ++i) {
    const auto ties = static_cast<double>(network.neighbors(i).size());
    ties_of_named += named[i] * ties;
    ties_of_all += ties;
    names += named[i];
  }
  EXPECT_GT(ties_of_named / names, 1.05 * ties_of_all / static_cast<double>(named.size()));
}

}  // namespace
}  // namespace peercap::peer_support
