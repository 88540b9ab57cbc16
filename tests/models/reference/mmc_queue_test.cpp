#include "models/reference/mmc_queue.h"

#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "sim/statistics/summary.h"

namespace peercap::reference {
namespace {

struct ErlangCase {
  MmcParameters parameters;
  double probability_of_waiting;
};

/// Erlang C (A. K. Erlang, 1917): the chance to wait, and the mean wait C / (c mu - lambda).
class ErlangC : public ::testing::TestWithParam<ErlangCase> {};

// |z| <= 4 in each of six comparisons: a false alarm in 4e-4 of all seeds; the seed is fixed.
TEST_P(ErlangC, IsReached) {
  const ErlangCase& expected = GetParam();
  SequentialEngine engine;
  std::vector<double> waiting;
  std::vector<double> waits;
  for (std::uint32_t r = 0; r < 40; ++r) {
    const MmcResult result = run_mmc(expected.parameters, engine, 20260105, r, hours(200), hours(6200));
    waiting.push_back(result.probability_of_waiting());
    waits.push_back(result.mean_wait_hours());
  }
  const double mean_wait =
      expected.probability_of_waiting / (expected.parameters.servers * expected.parameters.services_per_hour -
                                         expected.parameters.arrivals_per_hour);
  const auto agrees = [](const std::vector<double>& values, double theory) {
    const Summary s = summarize(values);
    EXPECT_LT(s.mean_interval.high - s.mean_interval.low, 0.1 * theory) << "too few replications to tell";
    EXPECT_LE(std::abs(s.mean - theory), 4.0 * s.standard_deviation / std::sqrt(40.0)) << theory;
  };
  agrees(waiting, expected.probability_of_waiting);
  agrees(waits, mean_wait);
}

INSTANTIATE_TEST_SUITE_P(Stations, ErlangC,
                         ::testing::Values(ErlangCase{{4.0, 1.0, 5}, 0.5541125541125541},
                                           ErlangCase{{8.0, 1.0, 10}, 0.4091801507964435},
                                           ErlangCase{{2.0, 1.0, 3}, 0.44444444444444453}));

TEST(MmcQueue, IsAFunctionOfItsSeed) {
  SequentialEngine engine;
  const auto digest = [&](std::uint64_t seed, std::uint32_t replication) {
    return run_mmc({}, engine, seed, replication, hours(0), hours(500)).report.digest;
  };
  EXPECT_EQ(digest(1, 0), digest(1, 0));
  EXPECT_NE(digest(1, 0), digest(2, 0));
  EXPECT_NE(digest(1, 0), digest(1, 1));
}

}  // namespace
}  // namespace peercap::reference
