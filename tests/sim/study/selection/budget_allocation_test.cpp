#include "sim/study/selection/budget_allocation.h"

#include <cmath>
#include <numeric>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

TEST(BudgetAllocation, SharesFollowTheRatiosOfTheTheorem) {
  const std::vector<double> means{1.0, 2.0, 4.0, 5.0};
  const std::vector<double> deviations{1.0, 2.0, 1.5, 3.0};
  const std::vector<double> shares = optimal_shares(means, deviations, Preference::larger);
  EXPECT_NEAR(std::accumulate(shares.begin(), shares.end(), 0.0), 1.0, 1e-15);
  // (1 / 4)^2 : (2 / 3)^2 : (1.5 / 1)^2
  EXPECT_NEAR(shares[1] / shares[0], (4.0 / 9) * 16, 1e-12);
  EXPECT_NEAR(shares[2] / shares[0], 2.25 * 16, 1e-12);
  double squares = 0.0;
  for (const std::size_t i : {0U, 1U, 2U}) squares += shares[i] * shares[i] / (deviations[i] * deviations[i]);
  EXPECT_NEAR(shares[3], 3.0 * std::sqrt(squares), 1e-12);
}

TEST(BudgetAllocation, DegenerateFiguresStillGiveShares) {
  for (const std::vector<double>& means : {std::vector{1.0, 1.0, 1.0}, std::vector{0.0, 0.0, 0.0}})
    for (const double share : optimal_shares(means, std::vector{0.0, 0.0, 0.0}, Preference::smaller)) {
      EXPECT_GT(share, 0.0);
      EXPECT_LT(share, 1.0);
    }
}

TEST(BudgetAllocation, BoundIsThatOfTheNormalLaw) {
  const std::vector<double> means{0.0, 1.0};
  const std::vector<std::int64_t> counts{8, 8};
  EXPECT_NEAR(correct_selection_bound(means, std::vector{2.0, 2.0}, counts, Preference::larger), 0.8413447461,
              1e-9);
}

std::vector<double> spread_world(std::uint64_t study, std::span<const ReplicationRequest> requests) {
  std::vector<double> measures;
  for (const auto& [candidate, replication] : requests)
    measures.push_back(0.4 * static_cast<double>(candidate) + 2.0 * noise(study, replication, candidate));
  return measures;
}

TEST(BudgetAllocation, ChoosesMoreOftenRightThanEqualShares) {
  int optimal = 0;
  int equal = 0;
  const int studies = 600;
  for (std::uint64_t study = 0; study < studies; ++study) {
    const auto run = [&](std::span<const ReplicationRequest> requests) {
      return spread_world(study, requests);
    };
    const SelectionAnswer answer =
        select_within_budget(8, run, {.first_stage = 10, .budget = 400, .increment = 40});
    EXPECT_EQ(std::accumulate(answer.replications.begin(), answer.replications.end(), std::int64_t{0}), 400);
    optimal += answer.best == 7 ? 1 : 0;
    const SelectionAnswer plain = select_within_budget(8, run, {.first_stage = 50, .budget = 400});
    equal += plain.best == 7 ? 1 : 0;
  }
  RecordProperty("right_optimal", optimal);
  RecordProperty("right_equal", equal);
  EXPECT_GT(optimal, equal + 25);
}

TEST(BudgetAllocation, EndsWhereItIsSureEnough) {
  const auto run = [](std::span<const ReplicationRequest> requests) {
    std::vector<double> measures;
    for (const auto& [candidate, replication] : requests)
      measures.push_back(5.0 * static_cast<double>(candidate) + noise(1, replication, candidate));
    return measures;
  };
  const SelectionAnswer answer =
      select_within_budget(4, run, {.first_stage = 10, .budget = 4000, .enough = 0.99});
  EXPECT_TRUE(answer.is_decided);
  EXPECT_EQ(std::accumulate(answer.replications.begin(), answer.replications.end(), std::int64_t{0}), 40);
  EXPECT_THROW((void)select_within_budget(4, run, {.first_stage = 10, .budget = 30}), ContractViolation);
}

}  // namespace
}  // namespace peercap
