#include "sim/queueing/staffing.h"

#include <string>

#include <gtest/gtest.h>

#include "sim/queueing/impatient_queue.h"
#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

TEST(Staffing, LimitsMatchReferenceValues) {
  expect_reference("halfinwhitt.beta0.5", halfin_whitt_waiting(0.5));
  expect_reference("halfinwhitt.beta1", halfin_whitt_waiting(1));
  expect_reference("halfinwhitt.beta2", halfin_whitt_waiting(2));
  expect_reference("garnett.beta-0.5.r2", garnett_waiting(-0.5, 2));
  expect_reference("garnett.beta0.r2", garnett_waiting(0, 2));
  expect_reference("garnett.beta0.5.r2", garnett_waiting(0.5, 2));
  expect_reference("garnett.beta1.r2", garnett_waiting(1, 2));
  EXPECT_NEAR(garnett_beta(reference("garnett.beta1.r2"), 2), 1.0, 1e-10);
  EXPECT_NEAR(garnett_beta(reference("garnett.beta-0.5.r2"), 2), -0.5, 1e-10);
}

TEST(Staffing, SquareRootAndExactNumbersMatchReferenceValues) {
  for (const std::string target : {"0.5", "0.2", "0.1", "0.05"}) {
    const double beta = halfin_whitt_beta(std::stod(target));
    expect_reference("srs.beta_for_P(wait)=" + target, beta, 1e-9);
    for (const std::string load : {"4", "28", "100"}) {
      const std::string name = "srs.alpha" + target + ".R" + load;
      expect_reference(name + ".c_srs", static_cast<double>(square_root_staffing(std::stod(load), beta)));
      const std::int64_t exact = fewest_servers_for_delay(std::stod(load), std::stod(target));
      expect_reference(name + ".c_exact", static_cast<double>(exact));
    }
  }
}

TEST(Staffing, FindsTheSmallestWithFewLooks) {
  for (const std::int64_t answer : {3, 4, 10, 700, 1'000'000}) {
    int looks = 0;
    const auto found = smallest_meeting(3, 1'000'000, [&](std::int64_t n) {
      ++looks;
      return n >= answer;
    });
    EXPECT_EQ(found, answer);
    EXPECT_LE(looks, 42);
  }
  EXPECT_FALSE(smallest_meeting(1, 50, [](std::int64_t n) { return n > 50; }));
  EXPECT_EQ(smallest_meeting(7, 7, [](std::int64_t) { return true; }), 7);
  EXPECT_THROW((void)smallest_meeting(2, 1, [](std::int64_t) { return true; }), ContractViolation);
}

TEST(Staffing, ATargetOnAbandonmentUsesTheSameSearch) {
  const auto found = smallest_meeting(1, 100, [](std::int64_t servers) {
    return ImpatientQueue{{2, 1.0 / 14, 1.0 / 7, servers}}.abandonment_probability() <= 0.06;
  });
  EXPECT_EQ(found, 30);
}

}  // namespace
}  // namespace peercap::queueing
