#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "sim/random/distributions.h"
#include "sim/study/inference/bootstrap.h"
#include "sim/study/inference/intervals.h"
#include "sim/study/inference/paired.h"
#include "sim/study/inference/replication_rule.h"
#include "tests/sim/study/study_world.h"

// Studies of systems whose truth is known: an interval that says 95 % has to cover in 93.5 to 96.5 % of 4,000
// studies. The standard error of such a share is 0.34 %, so that a right interval fails with a probability of
// about 1e-5; seeds are fixed.
namespace peercap {
namespace {

constexpr int studies = 4000;

/// The number of clients an infinite-server program with an offered load of 28 finds at a time: Poisson(28).
double clients(int study, int replication) {
  const RandomSource random{77, static_cast<std::uint32_t>(study)};
  const double uniform =
      random.draw(EntityKey{1}, WorldDraw::service, static_cast<std::uint64_t>(replication)).uniform();
  return poisson_by_inversion(28.0, uniform);
}

void expect_coverage(const char* what, int covered, double low = 0.935, double high = 0.965,
                     int of = studies) {
  const double share = static_cast<double>(covered) / of;
  EXPECT_GE(share, low) << what;
  EXPECT_LE(share, high) << what;
  ::testing::Test::RecordProperty(what, std::to_string(share));
}

bool covers(const Interval& interval, double truth) {
  return interval.low <= truth && truth <= interval.high;
}

TEST(Coverage, OfTheMeanOfAQueue) {
  int covered = 0;
  std::vector<double> values(20);
  for (int study = 0; study < studies; ++study) {
    for (int r = 0; r < 20; ++r) values[static_cast<std::size_t>(r)] = clients(study, r);
    if (covers(mean_interval(values), 28.0)) ++covered;
  }
  expect_coverage("mean", covered);
}

TEST(Coverage, OfTheMeanAfterStoppingByPrecision) {
  int covered = 0;
  for (int study = 0; study < studies; ++study) {
    ReplicationRule rule{{{.half_width = 0.05}}};
    while (!rule.is_precise()) rule.add(std::vector{clients(study, static_cast<int>(rule.replications()))});
    if (covers(rule.interval(0), 28.0)) ++covered;
  }
  expect_coverage("mean after stopping", covered);
}

TEST(Coverage, OfTheDifferenceOfTwoPolicies) {
  int covered = 0;
  std::vector<double> first(15);
  std::vector<double> second(15);
  for (int study = 0; study < studies; ++study) {
    for (std::size_t r = 0; r < 15; ++r) {
      const double shared = 4.0 * noise(31, study, 0, r);
      first[r] = shared + noise(31, study, 1, r);
      second[r] = shared + 2.0 * noise(31, study, 2, r) - 0.7;
    }
    if (covers(paired_difference(first, second).interval, 0.7)) ++covered;
  }
  expect_coverage("difference", covered);
}

TEST(Coverage, OfBootstrapIntervals) {
  constexpr int bootstrap_studies = 2000;
  int plain = 0;
  int accelerated = 0;
  const auto mean = [](std::span<const double> values) {
    return std::accumulate(values.begin(), values.end(), 0.0) / static_cast<double>(values.size());
  };
  std::vector<double> values(60);
  for (int study = 0; study < bootstrap_studies; ++study) {
    for (int r = 0; r < 60; ++r) values[static_cast<std::size_t>(r)] = clients(study, r);
    const auto seed = static_cast<std::uint64_t>(study);
    if (covers(bootstrap_interval(values, mean, {BootstrapMethod::percentile, 200, 0.95, seed}), 28.0))
      ++plain;
    if (covers(bootstrap_interval(values, mean, {BootstrapMethod::accelerated, 200, 0.95, seed}), 28.0))
      ++accelerated;
  }
  // A bootstrap of 60 values has no degrees of freedom to correct for: about 94 %.
  expect_coverage("percentile bootstrap", plain, 0.92, 0.96, bootstrap_studies);
  expect_coverage("accelerated bootstrap", accelerated, 0.92, 0.96, bootstrap_studies);
}

TEST(Coverage, ExactIntervalsCoverAtLeastWhatTheySay) {
  int proportion = 0;
  int quantile = 0;
  const double quantile_truth = standard_exponential(0.1);  // exponential: P(X <= x) = 0.9
  std::vector<double> values(80);
  for (int study = 0; study < studies; ++study) {
    const RandomSource random{55, static_cast<std::uint32_t>(study)};
    std::int64_t successes = 0;
    for (std::size_t r = 0; r < 80; ++r) {
      const Draw draw = random.draw(EntityKey{2}, WorldDraw::service, r);
      values[r] = standard_exponential(draw.uniform());
      successes += draw.second_uniform() < 0.12 ? 1 : 0;
    }
    if (covers(exact_proportion_interval(successes, 80), 0.12)) ++proportion;
    if (covers(quantile_interval(values, 0.9), quantile_truth)) ++quantile;
  }
  expect_coverage("Clopper-Pearson", proportion, 0.945, 1.0);
  expect_coverage("order statistics", quantile, 0.945, 1.0);
}

}  // namespace
}  // namespace peercap
