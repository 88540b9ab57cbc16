#include "models/reference/mmc_queue.h"

#include <cmath>
#include <cstdint>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"

namespace peercap::reference {
namespace {

/// Erlang's C formula by the recursion of the B formula: the probability that a customer waits.
double erlang_c(std::uint32_t servers, double offered_load) {
  double blocking = 1.0;
  for (std::uint32_t n = 1; n <= servers; ++n)
    blocking = offered_load * blocking / (n + offered_load * blocking);
  return blocking / (1.0 - offered_load / servers * (1.0 - blocking));
}

// Values from tables, so that formula and simulation cannot be wrong in the same way.
TEST(ErlangC, AgreesWithTabulatedValues) {
  EXPECT_NEAR(erlang_c(5, 4.0), 0.554113, 5e-7);
  EXPECT_NEAR(erlang_c(10, 8.0), 0.409180, 5e-7);
  EXPECT_NEAR(erlang_c(3, 2.0), 0.444444, 5e-7);
  EXPECT_NEAR(erlang_c(1, 0.5), 0.5, 1e-15);
}

struct Estimate {
  double mean = 0.0;
  double standard_error = 0.0;
};

struct StationEstimates {
  Estimate wait_hours;
  Estimate probability_of_waiting;
};

class Accumulator {
 public:
  void add(double value) {
    sum_ += value;
    squares_ += value * value;
    ++count_;
  }
  [[nodiscard]] Estimate estimate() const {
    const double mean = sum_ / count_;
    const double variance = (squares_ - count_ * mean * mean) / (count_ - 1);
    return {mean, std::sqrt(variance / count_)};
  }

 private:
  double sum_ = 0.0;
  double squares_ = 0.0;
  int count_ = 0;
};

constexpr std::uint32_t replications = 40;
constexpr double t_quantile = 2.023;  // 97.5 % at 39 degrees of freedom

StationEstimates simulate(const MmcParameters& parameters, SimDuration horizon) {
  SequentialEngine engine;
  Accumulator wait;
  Accumulator waiting;
  for (std::uint32_t r = 0; r < replications; ++r) {
    const MmcResult result = run_mmc(parameters, engine, 20260105, r, hours(300), horizon);
    wait.add(result.mean_wait_hours());
    waiting.add(result.probability_of_waiting());
  }
  return {wait.estimate(), waiting.estimate()};
}

/// |z| <= 4 with 39 degrees of freedom: false alarms 2.7e-4 a comparison for a fresh seed. The half-width
/// says that the comparison has power: an error of a tenth would be seen.
void expect_agreement(const Estimate& estimate, double theory) {
  EXPECT_LE(std::abs(estimate.mean - theory) / estimate.standard_error, 4.0)
      << estimate.mean << " +- " << estimate.standard_error << " against " << theory;
  EXPECT_LT(t_quantile * estimate.standard_error, 0.05 * theory);
}

void expect_erlang(const MmcParameters& parameters, SimDuration horizon) {
  const double offered_load = parameters.arrivals_per_hour / parameters.services_per_hour;
  const double waiting = erlang_c(parameters.servers, offered_load);
  const double spare_rate = parameters.servers * parameters.services_per_hour - parameters.arrivals_per_hour;
  const StationEstimates found = simulate(parameters, horizon);
  expect_agreement(found.probability_of_waiting, waiting);
  expect_agreement(found.wait_hours, waiting / spare_rate);
}

TEST(MmcQueue, FiveServersAgreeWithErlang) {
  const MmcParameters parameters{.arrivals_per_hour = 4.0, .services_per_hour = 1.0, .servers = 5};
  expect_erlang(parameters, hours(6000));
  EXPECT_NEAR(erlang_c(5, 4.0) / (5.0 - 4.0), 0.554113, 5e-7);  // hours of waiting
}

TEST(MmcQueue, TenServersAgreeWithErlang) {
  expect_erlang({.arrivals_per_hour = 8.0, .services_per_hour = 1.0, .servers = 10}, hours(4000));
}

TEST(MmcQueue, ThreeServersAgreeWithErlang) {
  expect_erlang({.arrivals_per_hour = 2.0, .services_per_hour = 1.0, .servers = 3}, hours(6000));
}

TEST(MmcQueue, OneServerAgreesWithErlang) {
  expect_erlang({.arrivals_per_hour = 1.5, .services_per_hour = 3.0, .servers = 1}, hours(6000));
}

MmcResult run_once(const MmcParameters& parameters, std::uint64_t seed, std::uint32_t replication,
                   SimDuration horizon = hours(500)) {
  SequentialEngine engine;
  return run_mmc(parameters, engine, seed, replication, hours(50), horizon);
}

TEST(MmcQueue, RepeatsItselfExactly) {
  const MmcResult first = run_once({}, 1, 2);
  const MmcResult again = run_once({}, 1, 2);
  EXPECT_EQ(first.report.digest, again.report.digest);
  EXPECT_EQ(first.total_wait_ticks, again.total_wait_ticks);
  EXPECT_NE(run_once({}, 1, 3).report.digest, first.report.digest);
  EXPECT_NE(run_once({}, 2, 2).report.digest, first.report.digest);
}

TEST(MmcQueue, CountsWhatHappens) {
  const MmcResult result = run_once({}, 1, 0, hours(10'000));
  EXPECT_EQ(result.report.skipped_timers, 0U);
  // An arrival and a departure for each customer, those of the warm-up (200 expected, sd 14) included.
  EXPECT_NEAR(static_cast<double>(result.report.events), 2.0 * static_cast<double>(result.served) + 400.0,
              150.0);
  // Poisson with mean 4 * 9950, sd 200.
  EXPECT_NEAR(static_cast<double>(result.served), 39'800.0, 1000.0);
  EXPECT_LT(result.waited, result.served);
}

// Draws belong to customers, not to the order of drawing: with one server more the same customers come, with
// the same service times, and first-come-first-served waits can only fall, replication by replication.
TEST(MmcQueue, OneServerMoreMeetsTheSameCustomers) {
  for (std::uint32_t replication = 0; replication < 30; ++replication) {
    const MmcResult five = run_once({.servers = 5}, 9, replication);
    const MmcResult six = run_once({.servers = 6}, 9, replication);
    EXPECT_LE(six.waited, five.waited);
    EXPECT_LT(six.total_wait_ticks, five.total_wait_ticks);
    // Only customers still in the queue at the end can make a difference to how many were served.
    EXPECT_GE(six.served, five.served);
    EXPECT_LE(six.served - five.served, 60U);
  }
}

TEST(MmcQueue, NobodyWaitsWhereServersAbound) {
  const MmcResult result = run_once({.servers = 1000}, 1, 0);
  EXPECT_EQ(result.waited, 0U);
  EXPECT_EQ(result.total_wait_ticks, 0);
  EXPECT_GT(result.served, 1000U);
}

}  // namespace
}  // namespace peercap::reference
