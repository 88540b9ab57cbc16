#include "sim/queueing/birth_death.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include <gtest/gtest.h>

#include "sim/queueing/markov_chain.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"

namespace peercap::queueing {
namespace {

TEST(BirthDeath, AnEndlessServerSystemIsPoisson) {
  const NumberDistribution number = stationary_birth_death(
      [](std::int64_t) { return 1e4; }, [](std::int64_t n) { return static_cast<double>(n); });
  EXPECT_NEAR(number.mean(), 1e4, 1e-7);
  EXPECT_NEAR(number.at_least(10200), poisson_tail(1e4, 10199), 1e-12);
  EXPECT_NEAR(number.mean_excess(10000), 1e4 * number.probability(10000), 1e-8);
  EXPECT_EQ(number.probability(-1), 0.0);
}

TEST(BirthDeath, AQueueWithoutEndIsRefused) {
  EXPECT_THROW(
      (void)stationary_birth_death([](std::int64_t) { return 2.0; }, [](std::int64_t) { return 1.0; }),
      ContractViolation);
}

TEST(MarkovChain, ReproducesABirthAndDeathProcess) {
  MarkovChain chain{61};
  for (std::size_t n = 0; n < 60; ++n) {
    chain.add_rate(n, n + 1, 4.0);
    chain.add_rate(n + 1, n, static_cast<double>(std::min<std::size_t>(n + 1, 5)));
  }
  const NumberDistribution expected = stationary_birth_death(
      [](std::int64_t n) { return n < 60 ? 4.0 : 0.0; },
      [](std::int64_t n) { return static_cast<double>(std::min<std::int64_t>(n, 5)); });
  const std::vector<double> shares = chain.stationary();
  for (std::size_t n = 0; n <= 60; ++n)
    EXPECT_NEAR(shares[n] / expected.probability(static_cast<std::int64_t>(n)), 1.0, 1e-12);
}

TEST(MarkovChain, ACycleThatIsNotReversible) {
  // Three states in a ring with rates 1, 2, 4: time in each in proportion to 1 / rate.
  MarkovChain chain{3};
  chain.add_rate(0, 1, 1);
  chain.add_rate(1, 2, 2);
  chain.add_rate(2, 0, 4);
  const std::vector<double> shares = chain.stationary();
  EXPECT_NEAR(shares[0], 4.0 / 7, 1e-15);
  EXPECT_NEAR(shares[1], 2.0 / 7, 1e-15);
  EXPECT_NEAR(shares[2], 1.0 / 7, 1e-15);
}

TEST(MarkovChain, RefusesWhatIsNoChain) {
  MarkovChain chain{2};
  EXPECT_THROW(chain.add_rate(0, 0, 1), ContractViolation);
  EXPECT_THROW(chain.add_rate(0, 2, 1), ContractViolation);
  EXPECT_THROW(chain.add_rate(0, 1, -1), ContractViolation);
  EXPECT_THROW((void)chain.stationary(), ContractViolation);
}

}  // namespace
}  // namespace peercap::queueing
