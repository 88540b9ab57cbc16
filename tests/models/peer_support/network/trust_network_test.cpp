#include "models/peer_support/network/trust_network.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <vector>

#include <boost/graph/strong_components.hpp>
#include <boost/property_map/property_map.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/network/trust_graph.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using testing::organization_of;
using testing::plain_scenario;

struct World {
  Organization organization;
  TrustNetwork network;
};

World world_of(const Scenario& s, std::uint32_t replication = 0) {
  Organization organization = organization_of(s, replication);
  TrustNetwork network = build_trust_network(s, organization, RandomSource{s.run.seed, replication});
  return {std::move(organization), std::move(network)};
}

Department department(const char* name, int units, int unit_size) {
  Department result;
  result.name = name;
  result.units = units;
  result.unit_size = unit_size;
  return result;
}

/// Two sites with ties at every level; north has one department with small and one with large units.
Scenario two_site_scenario() {
  Scenario s = plain_scenario(6, 20, 0);
  s.organization.sites[0].departments.push_back(department("icu", 3, 37));
  s.organization.sites.push_back(
      {.name = "north", .departments = {department("ward", 4, 15), department("icu", 2, 40)}});
  s.organization.network.same_department = {0.045};
  s.organization.network.same_site = {0.02};
  s.organization.network.same_organization = {0.01};
  return s;
}

/// The ties by the keys of the two people, the lower first.
std::set<std::pair<EntityKey, EntityKey>> ties_by_key(const World& world) {
  std::set<std::pair<EntityKey, EntityKey>> ties;
  const auto& keys = world.organization.person_keys;
  for (std::uint32_t a = 0; a < keys.size(); ++a)
    for (const std::uint32_t b : world.network.neighbors(a)) ties.insert(std::minmax(keys[a], keys[b]));
  return ties;
}

TEST(TrustNetwork, HoldsTheTiesItIsGiven) {
  const TrustNetwork network{5, {{3, 0}, {1, 0}, {0, 2}, {2, 3}}};
  EXPECT_EQ(network.clinician_count(), 5U);
  EXPECT_EQ(network.tie_count(), 4U);
  EXPECT_THAT(network.neighbors(0), ElementsAre(1, 2, 3));
  EXPECT_THAT(network.neighbors(1), ElementsAre(0));
  EXPECT_THAT(network.neighbors(2), ElementsAre(0, 3));
  EXPECT_THAT(network.neighbors(3), ElementsAre(0, 2));
  EXPECT_THAT(network.neighbors(4), IsEmpty());
}

TEST(TrustNetwork, TiesAreMutualSortedAndNeverToOneself) {
  const World world = world_of(two_site_scenario());
  std::size_t arcs = 0;
  for (std::uint32_t a = 0; a < world.organization.clinician_count(); ++a) {
    const auto neighbors = world.network.neighbors(a);
    arcs += neighbors.size();
    EXPECT_TRUE(std::ranges::is_sorted(neighbors));
    EXPECT_EQ(std::ranges::adjacent_find(neighbors), neighbors.end()) << "a tie twice";
    for (const std::uint32_t b : neighbors) {
      EXPECT_NE(a, b);
      EXPECT_TRUE(std::ranges::binary_search(world.network.neighbors(b), a));
    }
  }
  EXPECT_EQ(arcs, 2 * world.network.tie_count());
  EXPECT_GT(arcs, 0U);
}

TEST(TrustNetwork, IsTheSameAgainAndAnotherInAnotherReplication) {
  const Scenario s = two_site_scenario();
  EXPECT_EQ(ties_by_key(world_of(s, 0)), ties_by_key(world_of(s, 0)));
  Scenario fixed = s;
  fixed.organization.draw = OrganizationDraw::fixed;
  EXPECT_NE(ties_by_key(world_of(fixed, 0)), ties_by_key(world_of(fixed, 1)));
}

TEST(TrustNetwork, SwitchedOffHasPeopleAndNoTies) {
  Scenario s = two_site_scenario();
  s.organization.network.enabled = Switch::off;
  const World world = world_of(s);
  EXPECT_EQ(world.network.clinician_count(), world.organization.clinician_count());
  EXPECT_EQ(world.network.tie_count(), 0U);
}

/// Everything that changes the scenario by more people.
using Growth = void (*)(OrganizationSpec&);

class GrowingOrganization : public ::testing::TestWithParam<std::pair<const char*, Growth>> {};

// Among those who were there before, every tie is as it was: none goes, none comes.
TEST_P(GrowingOrganization, LeavesTheTiesAmongTheOthers) {
  Scenario s = two_site_scenario();
  for (const double between : {0.01, 0.3}) {  // scattered, and tried pair by pair
    s.organization.network.same_site = {between};
    Scenario grown = s;
    GetParam().second(grown.organization);
    const World before = world_of(s);
    const World after = world_of(grown);
    ASSERT_LT(before.organization.clinician_count(), after.organization.clinician_count());
    const std::set<EntityKey> people{before.organization.person_keys.begin(),
                                     before.organization.person_keys.end()};
    auto among = ties_by_key(after);
    const std::size_t all = among.size();
    std::erase_if(
        among, [&](const auto& tie) { return !people.contains(tie.first) || !people.contains(tie.second); });
    EXPECT_LT(among.size(), all) << "the new ones have ties too";
    EXPECT_EQ(among, ties_by_key(before));
  }
}

constexpr std::pair<const char*, Growth> growths[] = {
    {"OneMorePersonInEachUnit", [](OrganizationSpec& o) { ++o.sites[0].departments[0].unit_size; }},
    {"UnitsGrowByMoreThanABlock", [](OrganizationSpec& o) { o.sites[1].departments[0].unit_size = 50; }},
    {"OneMoreUnit", [](OrganizationSpec& o) { ++o.sites[0].departments[0].units; }},
    {"ADepartmentInFront",
     [](OrganizationSpec& o) {
       auto& departments = o.sites[0].departments;
       departments.insert(departments.begin(), department("theater", 2, 12));
     }},
    {"ASiteInFront",
     [](OrganizationSpec& o) {
       o.sites.insert(o.sites.begin(), Site{.name = "south", .departments = {department("ward", 2, 12)}});
     }},
    {"DepartmentsExchangedAndOneMore",
     [](OrganizationSpec& o) {
       std::swap(o.sites[0].departments[0], o.sites[0].departments[1]);
       ++o.sites[1].departments[0].units;
     }},
};
INSTANTIATE_TEST_SUITE_P(Growths, GrowingOrganization, ::testing::ValuesIn(growths),
                         [](const auto& one) { return one.param.first; });

TEST(TrustNetwork, HigherProbabilitiesKeepEveryTie) {
  Scenario s = two_site_scenario();
  const auto fewer = ties_by_key(world_of(s));
  s.organization.network.same_team = {0.5};
  s.organization.network.same_unit = {0.2};
  s.organization.network.same_site = {0.04};
  s.organization.network.homophily = 1.5;
  const auto more = ties_by_key(world_of(s));
  EXPECT_LT(fewer.size(), more.size());
  EXPECT_TRUE(std::ranges::includes(more, fewer));
}

// 5,000 people in eight departments of 25 units. Isolated people are about exp(-6.5) of them; 95 % leaves
// room.
TEST(TrustNetwork, HoldsNearlyEverybodyTogetherAtTheDefaults) {
  Scenario s = plain_scenario(25, 25, 0);
  for (const char* name : {"b", "c", "d", "e", "f", "g", "h"})
    s.organization.sites[0].departments.push_back(department(name, 25, 25));
  const World world = world_of(s);
  const TrustArcs& arcs = world.network.graph().arcs;
  std::vector<std::size_t> component(boost::num_vertices(arcs));
  const auto by_vertex = boost::make_iterator_property_map(component.begin(), get(boost::vertex_index, arcs));
  std::vector<double> sizes(boost::strong_components(arcs, by_vertex));
  for (const std::size_t c : component) ++sizes[c];
  EXPECT_GT(std::ranges::max(sizes), 0.95 * static_cast<double>(component.size()));
  const double degree =
      2.0 * static_cast<double>(world.network.tie_count()) / static_cast<double>(component.size());
  EXPECT_GT(degree, 5.0);
  EXPECT_LT(degree, 12.0);
}

TEST(UnitTies, AreTheSharesOfTheMembersTies) {
  const World world = world_of(two_site_scenario());
  const Organization& o = world.organization;
  const UnitTies ties = count_unit_ties(world.network, o);
  ASSERT_EQ(ties.first.size(), o.units.size() + 1);
  for (std::uint32_t u = 0; u < o.units.size(); ++u) {
    std::map<std::uint32_t, std::uint32_t> expected;
    for (std::uint32_t i = 0; i < o.units[u].size; ++i)
      for (const std::uint32_t b : world.network.neighbors(o.units[u].first_clinician + i)) {
        ++expected[o.unit_of[b]];
      }
    std::map<std::uint32_t, std::uint32_t> found;
    std::vector<std::uint32_t> order;
    for (const auto& [unit, count] : ties.row(u)) {
      found[unit] = count;
      order.push_back(unit);
    }
    EXPECT_TRUE(std::ranges::is_sorted(order));
    EXPECT_EQ(found, expected);
  }
}

TEST(UnitTies, OfUnitsWithoutTiesAreEmpty) {
  Scenario s = plain_scenario(3, 5, 0);
  s.organization.network.enabled = Switch::off;
  const World world = world_of(s);
  const UnitTies ties = count_unit_ties(world.network, world.organization);
  EXPECT_THAT(ties.first, ElementsAre(0, 0, 0, 0));
  EXPECT_THAT(ties.row(1), IsEmpty());
}

}  // namespace
}  // namespace peercap::peer_support
