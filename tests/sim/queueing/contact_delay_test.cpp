#include "sim/queueing/contact_delay.h"

#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

void expect_rota(const std::string& name, const std::vector<double>& closed_hours) {
  const OpeningWait wait{closed_hours, 168.0};
  expect_reference("rota." + name + ".mean_h", wait.mean());
  expect_reference("rota." + name + ".P(P0)", wait.none());
  expect_reference("rota." + name + ".P(gt24)", wait.beyond(24));
  expect_reference("rota." + name + ".P(gt72)", wait.beyond(72));
}

TEST(OpeningWait, MatchesReferenceValues) {
  expect_rota("MonFri9-17", {16, 16, 16, 16, 64});
  expect_rota("daily8-20", std::vector<double>(7, 12));
  expect_rota("MonFri9-17+oncall_Sat_Sun9-17", std::vector<double>(7, 16));
  expect_rota("MonFri9-17+holidayMon", {16, 16, 16, 88});
  EXPECT_EQ(OpeningWait({}, 168.0).mean(), 0.0);
  EXPECT_THROW(OpeningWait(std::vector{100.0, 100.0}, 168.0), ContractViolation);
  EXPECT_THROW(OpeningWait(std::vector{-1.0}, 168.0), ContractViolation);
}

TEST(RecoveryBeforeContact, MatchesReferenceValue) {
  expect_reference("wait_vs_recover.D0=1+Exp1.k1/22.7.w1/3.P(recover first)",
                   recovery_before_contact(1 / 22.7, 1.0 / 3), 1e-9);
  // Nobody comes: everybody recovers first.
  EXPECT_NEAR(recovery_before_contact(1.0, 1e-12), 1.0, 1e-9);
}

}  // namespace
}  // namespace peercap::queueing
