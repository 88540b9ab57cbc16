#include "sim/kernel/executor.h"

#include <atomic>
#include <cstddef>
#include <numeric>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap {
namespace {

class ExecutorTest : public ::testing::TestWithParam<std::tuple<ExecutorKind, std::size_t>> {};

TEST_P(ExecutorTest, CallsEachPartOnceAndReturnsWhenAllHave) {
  const auto [kind, threads] = GetParam();
  const auto executor = make_executor(kind, threads);
  for (const std::size_t count : {std::size_t{0}, std::size_t{1}, std::size_t{2}, std::size_t{1000}}) {
    std::vector<int> calls(count);
    executor->for_each(count, [&](std::size_t i) { ++calls[i]; });
    EXPECT_EQ(calls, std::vector<int>(count, 1));
  }
}

// What one round wrote is seen by the next, whoever takes the parts.
TEST_P(ExecutorTest, RoundsSeeWhatTheOnesBeforeWrote) {
  const auto [kind, threads] = GetParam();
  const auto executor = make_executor(kind, threads);
  constexpr std::size_t count = 64;
  std::vector<std::uint64_t> now(count, 1);
  std::vector<std::uint64_t> next(count);
  for (int round = 0; round < 500; ++round) {
    executor->for_each(count, [&](std::size_t i) { next[i] = now[i] + now[(i + 7) % count]; });
    now.swap(next);
    for (std::uint64_t& value : now) value %= 1'000'003;
  }
  std::vector<std::uint64_t> expected(count, 1);
  for (int round = 0; round < 500; ++round) {
    std::vector<std::uint64_t> following(count);
    for (std::size_t i = 0; i < count; ++i)
      following[i] = (expected[i] + expected[(i + 7) % count]) % 1'000'003;
    expected.swap(following);
  }
  EXPECT_EQ(now, expected);
}

INSTANTIATE_TEST_SUITE_P(Kinds, ExecutorTest,
                         ::testing::Combine(::testing::Values(ExecutorKind::serial, ExecutorKind::threads,
                                                              ExecutorKind::tbb),
                                            ::testing::Values(1U, 2U, 7U)),
                         [](const auto& test) {
                           return std::string{to_string(std::get<0>(test.param))} + "_" +
                                  std::to_string(std::get<1>(test.param));
                         });

TEST(Executor, NeedsAThread) {
  EXPECT_THROW((void)make_executor(ExecutorKind::threads, 0), ContractViolation);
}

}  // namespace
}  // namespace peercap
