#include "sim/study/selection/indifference_zone.h"

#include <cmath>
#include <numeric>
#include <string>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/study/study_world.h"

namespace peercap {
namespace {

/// The slippage configuration, the hardest for a given indifference: one candidate is better by just that
/// much, all others are equal. Candidate 3 is the best.
struct Slippage {
  std::size_t candidates = 10;
  double advantage = 0.5;
  double shared_weight = 0.0;  ///< of common random numbers
  std::uint64_t study = 0;

  std::vector<double> operator()(std::span<const ReplicationRequest> requests) const {
    std::vector<double> measures;
    for (const auto& [candidate, replication] : requests) {
      double measure = candidate == 3 ? advantage : 0.0;
      measure += std::sqrt(1.0 - shared_weight) * noise(study, replication, candidate);
      if (shared_weight > 0.0)
        measure += std::sqrt(shared_weight) * noise(study, replication, 0, 0, WorldDraw::shared);
      measures.push_back(measure);
    }
    return measures;
  }
};

struct Record {
  int right = 0;
  double replications = 0.0;
};

Record play(int studies, Slippage world, const IndifferenceZoneOptions& options) {
  Record record;
  for (int study = 0; study < studies; ++study) {
    world.study = static_cast<std::uint64_t>(study);
    const SelectionAnswer answer = select_best(world.candidates, world, options);
    EXPECT_TRUE(answer.is_decided);
    record.right += answer.best == 3 ? 1 : 0;
    record.replications += static_cast<double>(std::accumulate(answer.replications.begin(),
                                                               answer.replications.end(), std::int64_t{0})) /
                           studies;
  }
  return record;
}

TEST(IndifferenceZone, KeepsItsProbabilityInTheSlippageConfiguration) {
  // 2,000 studies: at a true probability of 0.95 the share is below 0.935 with a chance of 1e-3.
  const Record record = play(2000, {}, {.probability = 0.95, .indifference = 0.5, .first_stage = 20});
  RecordProperty("right_of_2000", record.right);
  RecordProperty("mean_replications", std::to_string(record.replications));
  EXPECT_GE(record.right, 1870);
}

TEST(IndifferenceZone, CommonRandomNumbersMakeItFaster) {
  const IndifferenceZoneOptions options{.probability = 0.95, .indifference = 0.5, .first_stage = 10};
  const Record apart = play(300, {}, options);
  const Record common = play(300, {.shared_weight = 0.8}, options);
  EXPECT_GE(common.right, 276);  // 0.95 less 2.5 standard errors
  EXPECT_LT(common.replications, 0.5 * apart.replications);
  RecordProperty("replications_apart", std::to_string(apart.replications));
  RecordProperty("replications_common", std::to_string(common.replications));
}

TEST(IndifferenceZone, DropsWhatIsFarBehindAtOnce) {
  const SelectionAnswer answer =
      select_best(3,
                  [](std::span<const ReplicationRequest> requests) {
                    std::vector<double> measures;
                    for (const auto& request : requests)
                      measures.push_back(10.0 * static_cast<double>(request.candidate) +
                                         noise(3, request.replication, request.candidate));
                    return measures;
                  },
                  {.indifference = 0.5, .first_stage = 10, .preference = Preference::smaller});
  EXPECT_EQ(answer.best, 0U);
  EXPECT_EQ(answer.replications, (std::vector<std::int64_t>{10, 10, 10}));
  EXPECT_EQ(answer.dropped_after, (std::vector<std::int64_t>{0, 10, 10}));
  EXPECT_NEAR(answer.means[2], 20.0, 2.0);
}

TEST(IndifferenceZone, SaysSoWhenItsRoundsRunOut) {
  const SelectionAnswer answer = select_best(4, Slippage{.candidates = 4, .advantage = 0.0},
                                             {.indifference = 0.01, .first_stage = 10, .most_rounds = 50});
  EXPECT_FALSE(answer.is_decided);
  EXPECT_EQ(*std::ranges::max_element(answer.replications), 50);
}

TEST(IndifferenceZone, RefusesOptionsOutOfRange) {
  EXPECT_THROW((void)select_best(1, Slippage{}, {}), ContractViolation);
  EXPECT_THROW((void)select_best(4, Slippage{}, {.probability = 0.2}), ContractViolation);
  EXPECT_THROW((void)select_best(4, Slippage{}, {.indifference = 0.0}), ContractViolation);
  EXPECT_THROW((void)select_best(4, Slippage{}, {.first_stage = 1}), ContractViolation);
}

}  // namespace
}  // namespace peercap
