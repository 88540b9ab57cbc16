#include "models/peer_support/organization/organization.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <numeric>
#include <set>
#include <tuple>

#include <gtest/gtest.h>

#include "models/peer_support/scenario/staffing.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::organization_of;
using testing::plain_scenario;

/// All that is drawn about a person, by their key.
using Traits = std::tuple<std::uint8_t, std::uint8_t, std::uint8_t, float, float>;
std::map<EntityKey, Traits> traits_by_key(const Organization& o) {
  std::map<EntityKey, Traits> traits;
  for (std::size_t i = 0; i < o.clinician_count(); ++i)
    traits[o.person_keys[i]] = {o.professions[i], o.stages[i], o.teams[i], o.traits[i].susceptibility,
                                o.traits[i].stable_exhaustion};
  return traits;
}

std::map<EntityKey, double> workload_by_key(const Organization& o) {
  std::map<EntityKey, double> workloads;
  for (const Unit& unit : o.units) workloads[unit.key] = unit.workload;
  return workloads;
}

std::set<EntityKey> supporter_keys(const Organization& o) {
  std::set<EntityKey> keys;
  for (const SupporterEntry& s : o.supporters)
    if (s.initial) keys.insert(o.person_keys[s.clinician.index()]);
  return keys;
}

/// Pearson's statistic of counts against weights.
double chi_square(const std::vector<double>& counts, const std::vector<double>& weights) {
  const double n = std::accumulate(counts.begin(), counts.end(), 0.0);
  const double total = std::accumulate(weights.begin(), weights.end(), 0.0);
  double sum = 0.0;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const double expected = n * weights[i] / total;
    sum += (counts[i] - expected) * (counts[i] - expected) / expected;
  }
  return sum;
}

Department department(const char* name, int units, int unit_size) {
  Department result;
  result.name = name;
  result.units = units;
  result.unit_size = unit_size;
  return result;
}

Scenario two_site_scenario() {
  Scenario s = plain_scenario(3, 7, 0);
  Department office = department("office", 2, 4);
  office.shift_pattern = ShiftPattern::office;
  s.organization.sites[0].departments.push_back(office);
  s.organization.sites.push_back({.name = "north", .departments = {office}});
  return s;
}

TEST(Organization, CountsAndOrderFollowTheScenario) {
  const Scenario s = two_site_scenario();
  const Organization o = organization_of(s);
  EXPECT_EQ(o.clinician_count(), 3U * 7 + 2 * 4 + 2 * 4);
  EXPECT_EQ(count_clinicians(s), o.clinician_count());
  EXPECT_EQ(o.site_names, (std::vector<std::string>{"main", "north"}));
  EXPECT_EQ(o.first_unit_of_site, (std::vector<std::uint32_t>{0, 5, 7}));
  ASSERT_EQ(o.units.size(), 7U);
  std::uint32_t next = 0;
  for (std::size_t u = 0; u < o.units.size(); ++u) {
    EXPECT_EQ(o.units[u].first_clinician, next);
    for (std::uint32_t i = 0; i < o.units[u].size; ++i) EXPECT_EQ(o.unit_of[next + i], u);
    next += o.units[u].size;
  }
  EXPECT_EQ(next, o.clinician_count());
  EXPECT_EQ(o.unit_name(UnitId{1U}), "main/ward/2");
  EXPECT_EQ(o.unit_name(UnitId{6U}), "north/office/2");
}

TEST(Organization, EveryKeyIsItsOwn) {
  const Organization o = organization_of(two_site_scenario());
  EXPECT_EQ(traits_by_key(o).size(), o.clinician_count());
  EXPECT_EQ(workload_by_key(o).size(), o.units.size());
}

TEST(Organization, TeamsDifferInSizeByOneAtMost) {
  for (const auto& [pattern, teams] : {std::pair{ShiftPattern::office, 1U},
                                       {ShiftPattern::day_evening, 3U},
                                       {ShiftPattern::round_the_clock_8h, 4U},
                                       {ShiftPattern::round_the_clock_12h, 4U}}) {
    Scenario s = plain_scenario(1, 10, 0);
    s.organization.sites[0].departments[0].shift_pattern = pattern;
    const Organization o = organization_of(s);
    std::map<std::uint8_t, unsigned> sizes;
    for (const std::uint8_t team : o.teams) ++sizes[team];
    ASSERT_EQ(sizes.size(), teams);
    EXPECT_EQ(sizes.rbegin()->first, teams - 1);
    for (const auto& [team, size] : sizes) EXPECT_TRUE(size == 10 / teams || size == 10 / teams + 1) << +team;
  }
}

// False alarms: 1 in 1,000 for each of the two statistics.
TEST(Organization, ProfessionsAndCareerStagesFollowTheirShares) {
  const Scenario s = plain_scenario(200, 25, 0);
  const Organization o = organization_of(s);
  std::vector<double> professions(4), stages(3), profession_weights, stage_weights;
  for (const std::uint8_t p : o.professions) ++professions[p];
  for (const std::uint8_t c : o.stages) ++stages[c];
  for (const Profession& p : s.organization.professions) profession_weights.push_back(p.share);
  for (const CareerStage& c : s.organization.career_stages) stage_weights.push_back(c.share);
  EXPECT_LT(chi_square(professions, profession_weights), 16.27);  // 3 degrees of freedom
  EXPECT_LT(chi_square(stages, stage_weights), 13.82);            // 2
}

TEST(Organization, ADepartmentsOwnMixReplacesTheShares) {
  Scenario s = plain_scenario(40, 25, 0);
  s.organization.sites[0].departments[0].professions.weights = {{"physician", 3.0}, {"nurse", 1.0}};
  const Organization o = organization_of(s);
  std::vector<double> counts(4);
  for (const std::uint8_t p : o.professions) ++counts[p];
  EXPECT_EQ(counts[2] + counts[3], 0.0);
  EXPECT_LT(chi_square({counts[0], counts[1]}, {1.0, 3.0}), 10.83);  // alpha 1e-3, 1 degree of freedom
}

// Tolerances: four standard errors at n = 5,000 people and 200 units.
TEST(Organization, TraitsHaveTheStatedMeansAndSpreads) {
  Scenario s = plain_scenario(200, 25, 0);
  s.turnover.enabled = Switch::off;
  const Organization o = organization_of(s);
  const auto n = static_cast<double>(o.clinician_count());
  double susceptibility = 0.0;
  double mean = 0.0;
  double square = 0.0;
  for (std::size_t i = 0; i < o.clinician_count(); ++i) {
    susceptibility += static_cast<double>(o.traits[i].susceptibility) / n;
    mean += static_cast<double>(o.traits[i].stable_exhaustion) / n;
    square += static_cast<double>(o.traits[i].stable_exhaustion) *
              static_cast<double>(o.traits[i].stable_exhaustion) / n;
  }
  EXPECT_NEAR(susceptibility, 1.0, 4 * 0.31 / std::sqrt(n));
  EXPECT_NEAR(mean, 0.0, 4 * 0.75 / std::sqrt(n));
  // Of the stable share 0.6 the units' workload takes 0.2 squared.
  EXPECT_NEAR(square - mean * mean, 0.56, 4 * 0.56 * std::sqrt(2.0 / n));
  double workload_square = 0.0;
  for (const Unit& unit : o.units) workload_square += unit.workload * unit.workload / 200.0;
  EXPECT_NEAR(workload_square, 1.0, 4 * std::sqrt(2.0 / 200.0));
}

// Whoever leaves sooner is found less often: the mean of the stable part falls by its covariance with the
// share of people still there, over the mean of that share.
TEST(Organization, LastinglyExhaustedPeopleAreFoundLessOften) {
  Scenario s = plain_scenario(200, 25, 0);
  s.organization.unit_workload_sd = 0.0;
  for (CareerStage& stage : s.organization.career_stages) stage.exhaustion_shift = 0.0;
  const Organization o = organization_of(s);
  const auto n = static_cast<double>(o.clinician_count());
  double mean = 0.0;
  for (const auto& traits : o.traits) mean += static_cast<double>(traits.stable_exhaustion) / n;
  const TurnoverLaw law{s};
  const double sd = std::sqrt(s.exhaustion.stable_share.value);
  double present = 0.0;
  double expected = 0.0;
  for (double z = -8.0; z <= 8.0; z += 0.01) {
    const double weight = std::exp(-0.5 * z * z) * law.presence(0, sd * z);
    present += weight;
    expected += weight * sd * z;
  }
  expected /= present;
  EXPECT_LT(expected, -0.1);
  EXPECT_NEAR(mean, expected, 4 * sd / std::sqrt(n));
}

TEST(Organization, EarlyCareerIsShiftedAgainstTheOthers) {
  const Scenario s = plain_scenario(200, 25, 0);
  const Organization o = organization_of(s);
  double sum[2] = {0, 0};
  double count[2] = {0, 0};
  for (std::size_t i = 0; i < o.clinician_count(); ++i) {
    const int early = o.stages[i] == 0 ? 1 : 0;
    sum[early] += static_cast<double>(o.traits[i].stable_exhaustion);
    ++count[early];
  }
  EXPECT_NEAR(sum[1] / count[1] - sum[0] / count[0], 0.3, 4 * 0.75 * std::sqrt(1 / count[0] + 1 / count[1]));
}

// Stigma 0.4 of the first profession and 0.4 + 0.5 of the second, spread 0.3; the threshold of awareness is
// uniform. Four standard errors.
TEST(Organization, PeopleDifferInStigmaAndInWhenTheyHearOfTheProgram) {
  Scenario s = plain_scenario(200, 25, 0);
  s.organization.professions = {{.name = "nurse"}, {.name = "physician", .stigma_shift = 0.5}};
  s.activation.self_referral.stigma_mean = 0.4;
  s.activation.self_referral.stigma_sd = 0.3;
  const Organization o = organization_of(s);
  double n[2] = {0, 0}, sum[2] = {0, 0}, square[2] = {0, 0};
  double threshold = 0.0;
  for (std::size_t i = 0; i < o.clinician_count(); ++i) {
    const double stigma = -std::log(static_cast<double>(o.traits[i].openness));
    ++n[o.professions[i]];
    sum[o.professions[i]] += stigma;
    square[o.professions[i]] += stigma * stigma;
    threshold += static_cast<double>(o.traits[i].aware_above) / 5000.0;
  }
  for (const int p : {0, 1}) {
    const double mean = sum[p] / n[p];
    EXPECT_NEAR(mean, 0.4 + 0.5 * p, 4 * 0.3 / std::sqrt(n[p]));
    EXPECT_NEAR(std::sqrt(square[p] / n[p] - mean * mean), 0.3, 4 * 0.3 / std::sqrt(2 * n[p]));
  }
  EXPECT_NEAR(threshold, 0.5, 4 * std::sqrt(1.0 / 12 / 5000));
}

/// Everybody in `smaller` is in `larger` with the same traits.
void expect_contained(const Organization& smaller, const Organization& larger) {
  const auto before = traits_by_key(smaller);
  const auto after = traits_by_key(larger);
  EXPECT_LT(before.size(), after.size());
  for (const auto& [key, traits] : before) {
    const auto found = after.find(key);
    ASSERT_NE(found, after.end());
    EXPECT_EQ(found->second, traits);
  }
  const auto units_after = workload_by_key(larger);
  for (const auto& [key, workload] : workload_by_key(smaller)) {
    ASSERT_TRUE(units_after.contains(key));
    EXPECT_EQ(units_after.at(key), workload);
  }
}

TEST(Organization, OneMoreUnitLeavesEverybodyElseAsTheyWere) {
  Scenario s = two_site_scenario();
  const Organization before = organization_of(s);
  s.organization.sites[0].departments[0].units = 4;
  expect_contained(before, organization_of(s));
}

TEST(Organization, OneMorePersonInEachUnitLeavesEverybodyElseAsTheyWere) {
  Scenario s = two_site_scenario();
  const Organization before = organization_of(s);
  s.organization.sites[0].departments[0].unit_size = 8;
  expect_contained(before, organization_of(s));
}

TEST(Organization, ADepartmentOrSiteInFrontLeavesEverybodyElseAsTheyWere) {
  Scenario s = two_site_scenario();
  const Organization before = organization_of(s);
  auto& sites = s.organization.sites;
  sites[0].departments.insert(sites[0].departments.begin(), department("icu", 2, 6));
  expect_contained(before, organization_of(s));
  sites.insert(sites.begin(), Site{.name = "south", .departments = {department("ward", 1, 5)}});
  expect_contained(before, organization_of(s));
}

TEST(Organization, MoreSupportersContainTheFewer) {
  Scenario s = plain_scenario(20, 25, 0);
  std::set<EntityKey> before;
  for (int n = 1; n <= 40; ++n) {
    s.supporters.count = n;
    const Organization o = organization_of(s);
    const auto keys = supporter_keys(o);
    ASSERT_EQ(keys.size(), static_cast<std::size_t>(n));
    EXPECT_TRUE(std::includes(keys.begin(), keys.end(), before.begin(), before.end())) << n;
    EXPECT_TRUE(std::ranges::is_sorted(o.supporters, {}, &SupporterEntry::clinician));
    for (const SupporterEntry& e : o.supporters) EXPECT_EQ(e.unit.value(), o.unit_of[e.clinician.index()]);
    before = keys;
  }
}

// Whoever would be the next supporter is the first of the reserve.
TEST(Organization, TheReserveIsNextInTheSameOrder) {
  Scenario s = plain_scenario(20, 25, 10);
  s.run.horizon = weeks(30);
  s.supporters.recruitment = {.interval_weeks = 10, .invited = 7};
  const auto by_rank = [](const Organization& o) {
    std::map<std::uint32_t, std::pair<EntityKey, bool>> people;
    for (const SupporterEntry& e : o.supporters)
      people[e.rank] = {o.person_keys[e.clinician.index()], e.initial};
    return people;
  };
  const Organization few = organization_of(s);
  EXPECT_TRUE(std::ranges::is_sorted(few.supporters, {}, &SupporterEntry::clinician));
  const auto ranks = by_rank(few);
  ASSERT_EQ(ranks.size(), 24U);  // and cohorts of 7 after 10 and 20 weeks
  EXPECT_EQ(ranks.rbegin()->first, 23U);
  s.supporters.count = 15;
  const auto more = by_rank(organization_of(s));
  for (const auto& [rank, person] : ranks) {
    EXPECT_EQ(person.first, more.at(rank).first);
    EXPECT_EQ(person.second, rank < 10);
    EXPECT_EQ(more.at(rank).second, rank < 15);
  }
  s.supporters.recruitment.enabled = Switch::off;
  EXPECT_EQ(organization_of(s).supporters.size(), 15U);
}

TEST(Organization, AStageWithWeightZeroGivesNoSupporters) {
  Scenario s = plain_scenario(8, 25, 1000);
  s.organization.career_stages[0].supporter_weight = 0.0;
  const Organization o = organization_of(s);
  const auto ready = std::ranges::count_if(o.stages, [](std::uint8_t stage) { return stage != 0; });
  EXPECT_EQ(o.supporters.size(), static_cast<std::size_t>(ready));  // all who can be, and no more
  for (const SupporterEntry& e : o.supporters) EXPECT_NE(o.stages[e.clinician.index()], 0);
}

// Among few supporters of many the odds of a stage go with its weight: early 0.35 * 0.5 against 0.65 of the
// others. False alarm 1 in 1,000 (3.29 standard errors).
TEST(Organization, AStageWithHalfTheWeightGivesHalfAsManySupporters) {
  const Organization o = organization_of(plain_scenario(1000, 25, 1000));
  const auto early = std::ranges::count_if(
      o.supporters, [&](const SupporterEntry& e) { return e.initial && o.stages[e.clinician.index()] == 0; });
  const double expected = 0.175 / 0.825;
  EXPECT_NEAR(static_cast<double>(early) / 1000.0, expected,
              3.29 * std::sqrt(expected * (1 - expected) / 1000.0));
}

TEST(Organization, AnotherReplicationDrawsOtherPeople) {
  const Scenario s = plain_scenario(4, 10, 3);
  const Organization first = organization_of(s, 0);
  EXPECT_EQ(traits_by_key(first), traits_by_key(organization_of(s, 0)));
  EXPECT_NE(traits_by_key(first), traits_by_key(organization_of(s, 1)));
}

// With every passing part of exhaustion taken away, a unit's first reading is the sum of its people's stable
// parts.
TEST(Organization, AFixedDrawKeepsItsPeopleInEveryReplication) {
  Scenario s = plain_scenario(3, 10, 0);
  s.run.horizon = weeks(2);
  s.exhaustion.stable_share = {1.0};
  s.organization.unit_workload_sd = 0.0;
  const auto first_reading = [&s](std::uint32_t replication) {
    return testing::run_observed(s, replication).log.of(PeerFact::unit_week).front().b;
  };
  s.organization.draw = OrganizationDraw::fixed;
  EXPECT_EQ(first_reading(0), first_reading(1));
  s.organization.draw = OrganizationDraw::per_replication;
  EXPECT_NE(first_reading(0), first_reading(1));
}

}  // namespace
}  // namespace peercap::peer_support
