// Numbers of ties against their probabilities. Tolerances are four standard errors of independent pairs
// (false alarm about 1 in 16,000 for each figure); seeds are fixed.
#include "models/peer_support/network/tie_sampler.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

using testing::organization_of;
using testing::plain_scenario;

enum Level : std::size_t { team, unit, department, site, organization, level_count };

Level level_of(const Organization& o, std::uint32_t a, std::uint32_t b) {
  const Unit& first = o.units[o.unit_of[a]];
  const Unit& second = o.units[o.unit_of[b]];
  if (&first == &second) return o.teams[a] == o.teams[b] ? team : unit;
  if (first.department == second.department) return department;
  return first.site == second.site ? site : organization;
}

/// Pairs of people and ties at one level, by whether the professions are the same.
struct Tally {
  std::array<double, 2> pairs{};
  std::array<double, 2> ties{};
};

std::array<Tally, level_count> tally(const Organization& o, const std::vector<ClinicianPair>& ties) {
  std::array<Tally, level_count> counts;
  const auto same = [&](std::uint32_t a, std::uint32_t b) {
    return o.professions[a] == o.professions[b] ? 1U : 0U;
  };
  for (std::uint32_t a = 0; a < o.clinician_count(); ++a)
    for (std::uint32_t b = a + 1; b < o.clinician_count(); ++b) ++counts[level_of(o, a, b)].pairs[same(a, b)];
  for (const auto& [a, b] : ties) ++counts[level_of(o, a, b)].ties[same(a, b)];
  return counts;
}

void expect_share(double hits, double tries, double probability, const char* what) {
  const double error = std::sqrt(probability * (1 - probability) / tries);
  EXPECT_NEAR(hits / tries, probability, 4 * error) << what << ": " << hits << " of " << tries;
}

/// 3,000 people at two sites, with units smaller and larger than a block.
Scenario several_levels() {
  Scenario s = plain_scenario(30, 25, 0);
  const auto add = [](Site& site, const char* name, int units, int unit_size) {
    Department d;
    d.name = name;
    d.units = units;
    d.unit_size = unit_size;
    site.departments.push_back(d);
  };
  add(s.organization.sites[0], "icu", 50, 15);
  s.organization.sites.push_back({.name = "north", .departments = {}});
  add(s.organization.sites[1], "ward", 20, 40);
  add(s.organization.sites[1], "clinic", 7, 100);
  return s;
}

class TieProbabilities : public ::testing::TestWithParam<std::array<double, 3>> {};

TEST_P(TieProbabilities, AreThoseOfTheScenario) {
  Scenario s = several_levels();
  TrustNetworkSpec& spec = s.organization.network;
  spec.same_department = {GetParam()[0]};
  spec.same_site = {GetParam()[1]};
  spec.same_organization = {GetParam()[2]};
  spec.homophily = 3.0;
  const Organization o = organization_of(s);
  const auto counts = tally(o, sample_ties(spec, o, RandomSource{s.run.seed, 0}));
  const std::array<double, level_count> probabilities{0.35, 0.12, GetParam()[0], GetParam()[1],
                                                      GetParam()[2]};
  const std::array<const char*, level_count> names{"team", "unit", "department", "site", "organization"};
  for (std::size_t level = 0; level < level_count; ++level) {
    const auto& [pairs, ties] = counts[level];
    expect_share(ties[1], pairs[1], probabilities[level], names[level]);
    expect_share(ties[0], pairs[0], probabilities[level] / 3.0, names[level]);
  }
}

// The defaults, the largest that are scattered, the smallest that are tried pair by pair, and nothing.
INSTANTIATE_TEST_SUITE_P(Levels, TieProbabilities,
                         ::testing::Values(std::array{0.006, 0.0004, 0.0001}, std::array{0.0499, 0.04, 0.03},
                                           std::array{0.3, 0.2, 0.05}, std::array{0.0, 0.001, 0.0},
                                           std::array{0.01, 0.0, 0.0}));

TEST(TieSampler, ZeroNeverAndOneAlwaysHappens) {
  Scenario s = plain_scenario(4, 20, 0);
  TrustNetworkSpec& spec = s.organization.network;
  spec = {.same_team = {1.0}, .same_unit = {0.0}, .same_department = {1.0}, .homophily = 1.0};
  const Organization o = organization_of(s);
  const auto counts = tally(o, sample_ties(spec, o, RandomSource{s.run.seed, 0}));
  for (const std::size_t same : {0U, 1U}) {
    EXPECT_EQ(counts[team].ties[same], counts[team].pairs[same]);
    EXPECT_EQ(counts[unit].ties[same], 0.0);
    EXPECT_EQ(counts[department].ties[same], counts[department].pairs[same]);
  }
}

TEST(TieSampler, ProbabilitiesTooSmallForATieAreNoProblem) {
  Scenario s = plain_scenario(40, 20, 0);
  TrustNetworkSpec& spec = s.organization.network;
  spec = {.same_team = {0.0}, .same_unit = {0.0}, .same_department = {1e-19}, .same_site = {0.0}};
  const Organization o = organization_of(s);
  EXPECT_TRUE(sample_ties(spec, o, RandomSource{s.run.seed, 0}).empty());
}

TEST(TieSampler, AddsNoTieTwice) {
  Scenario s = plain_scenario(6, 40, 0);
  s.organization.network.same_department = {0.049};
  const Organization o = organization_of(s);
  std::set<ClinicianPair> seen;
  for (const auto& [a, b] : sample_ties(s.organization.network, o, RandomSource{s.run.seed, 0}))
    EXPECT_TRUE(seen.insert(std::minmax(a, b)).second) << a << ", " << b;
  EXPECT_GT(seen.size(), 500U);
}

/// Numbers of closed triangles and of ties over many units of one team; ties within units alone.
struct Triangles {
  double triangles = 0.0;
  double ties = 0.0;
};

Triangles count_triangles(const Organization& o, const std::vector<ClinicianPair>& ties) {
  std::vector<std::set<std::uint32_t>> later(o.clinician_count());
  for (const auto& [a, b] : ties) later[std::min(a, b)].insert(std::max(a, b));
  Triangles result{0.0, static_cast<double>(ties.size())};
  for (const auto& neighbors : later)
    for (const std::uint32_t b : neighbors)
      for (const std::uint32_t c : neighbors)
        if (c > b && later[b].contains(c)) ++result.triangles;
  return result;
}

// The keys of three pairs are made of three words: pairs must be independent in spite of that. In 400 units
// of 12 people each triple of pairs closes with p^3; the variance holds pairs of triangles that share a tie:
// n3 (p^3 - p^6) + 12 n4 (p^5 - p^6), with n3 triples and n4 sets of four.
TEST(TieSampler, TiesOfThreePeopleAreIndependent) {
  Scenario s = plain_scenario(400, 12, 0);
  s.organization.sites[0].departments[0].shift_pattern = ShiftPattern::office;
  constexpr double p = 0.4;
  TrustNetworkSpec& spec = s.organization.network;
  spec = {.same_team = {p}, .same_department = {0.0}, .same_site = {0.0}, .homophily = 1.0};
  const Organization o = organization_of(s);
  const auto [triangles, ties] = count_triangles(o, sample_ties(spec, o, RandomSource{s.run.seed, 0}));
  expect_share(ties, 400 * 66.0, p, "ties");
  const double n3 = 400 * 220.0;
  const double n4 = 400 * 495.0;
  const double variance =
      n3 * (std::pow(p, 3) - std::pow(p, 6)) + 12 * n4 * (std::pow(p, 5) - std::pow(p, 6));
  EXPECT_NEAR(triangles, n3 * std::pow(p, 3), 4 * std::sqrt(variance));
}

// Ties between pairs of units are binomial: mean and variance over 19,900 pairs of 16 x 16 people. The
// variance of a sample variance is about (2 + excess kurtosis) / n of its square; 4 standard errors.
TEST(TieSampler, TiesBetweenUnitsAreIndependent) {
  Scenario s = plain_scenario(200, 16, 0);
  constexpr double p = 0.01;
  TrustNetworkSpec& spec = s.organization.network;
  spec = {.same_team = {0.0}, .same_unit = {0.0}, .same_department = {p}, .homophily = 1.0};
  const Organization o = organization_of(s);
  std::vector<double> counts(200 * 200);
  for (const auto& [a, b] : sample_ties(spec, o, RandomSource{s.run.seed, 0})) {
    const auto [first, second] = std::minmax(o.unit_of[a], o.unit_of[b]);
    ++counts[first * 200 + second];
  }
  double sum = 0.0;
  double squares = 0.0;
  for (const double count : counts) {
    sum += count;
    squares += count * count;
  }
  constexpr double n = 19900;
  const double expected = 256 * p;
  const double variance = 256 * p * (1 - p);
  EXPECT_NEAR(sum / n, expected, 4 * std::sqrt(variance / n));
  EXPECT_NEAR(squares / n - sum / n * (sum / n), variance, 4 * variance * std::sqrt((2 + 1 / variance) / n));
}

// How many know how many: degrees within a site are binomial, so that their variance is that of the mean.
TEST(TieSampler, ScatteredTiesFavorNobody) {
  Scenario s = plain_scenario(125, 32, 0);
  constexpr double p = 0.002;
  TrustNetworkSpec& spec = s.organization.network;
  spec = {.same_team = {0.0}, .same_unit = {0.0}, .same_department = {p}, .homophily = 1.0};
  const Organization o = organization_of(s);
  std::vector<double> degrees(o.clinician_count());
  for (const auto& [a, b] : sample_ties(spec, o, RandomSource{s.run.seed, 0})) {
    ++degrees[a];
    ++degrees[b];
  }
  double sum = 0.0;
  double squares = 0.0;
  for (const double degree : degrees) {
    sum += degree;
    squares += degree * degree;
  }
  const auto n = static_cast<double>(degrees.size());
  const double expected = 124 * 32 * p;
  EXPECT_NEAR(sum / n, expected, 4 * std::sqrt(2 * expected / n));  // a tie counts at both ends
  EXPECT_NEAR(squares / n - sum / n * (sum / n), expected, 4 * expected * std::sqrt(2.5 / n));
}

}  // namespace
}  // namespace peercap::peer_support
