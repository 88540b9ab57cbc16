#include "sim/queueing/caseload.h"

#include <string>

#include <gtest/gtest.h>

#include "sim/queueing/erlang.h"
#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

void expect_caseload(const std::string& name, std::int64_t cases, double need_ratio) {
  const CaseloadFigures figures = finite_caseload(cases, need_ratio);
  expect_reference(name + ".util", figures.utilization);
  expect_reference(name + ".needy", figures.mean_needy);
  expect_reference(name + ".resp_in_service_units", figures.response_time);
}

TEST(Caseload, MatchesReferenceValues) {
  expect_caseload("caseload.finite.K4.a0.25", 4, 0.25);
  expect_caseload("caseload.finite.K8.a0.1", 8, 0.1);
  expect_caseload("caseload.finite.K3.a1.0", 3, 1.0);
  EXPECT_THROW((void)finite_caseload(0, 1.0), ContractViolation);
}

void expect_speed_up(const std::string& name, double speed_up) {
  const SpeedUpFigures figures = speed_up_queue(4, 1, 5, speed_up);
  expect_reference(name + ".PW", figures.waiting_probability);
  expect_reference(name + ".Wq", figures.mean_wait);
}

TEST(SpeedUp, MatchesReferenceValues) {
  expect_speed_up("speedup.lam4.c5.s0", 0.0);
  expect_speed_up("speedup.lam4.c5.s0.1", 0.1);
  expect_speed_up("speedup.lam4.c5.s0.25", 0.25);
  EXPECT_THROW((void)speed_up_queue(6, 1, 5, 0.1), ContractViolation);
}

void expect_overwork(const std::string& name, double slowdown) {
  const OverworkFigures figures = overwork_queue({.queue = {4, 1, 0.5, 5},
                                                  .onset = 1.0,
                                                  .recovery = 0.2,
                                                  .slowdown = slowdown,
                                                  .threshold = 5,
                                                  .most_in_system = 120});
  expect_reference(name + ".P(fatigued)", figures.fatigued);
  expect_reference(name + ".PW", figures.waiting_probability);
  expect_reference(name + ".PAb", figures.abandonment_probability);
}

TEST(Overwork, MatchesReferenceValues) {
  expect_overwork("overwork.lam4.c5.th0.5.d0", 0.0);
  expect_overwork("overwork.lam4.c5.th0.5.d0.2", 0.2);
  expect_overwork("overwork.lam4.c5.th0.5.d0.4", 0.4);
}

TEST(SkillLosses, MatchReferenceValues) {
  const SkillLosses losses = n_model_losses(1.5, 1.5, 1, 2, 2);
  expect_reference("nmodel.loss.l1.5.l1.5.c2.c2.block_class1", losses.first);
  expect_reference("nmodel.loss.l1.5.l1.5.c2.c2.block_class2", losses.second);
  expect_reference("nmodel.dedicated.block", erlang_b(2, 1.5));
  expect_reference("nmodel.fully_pooled.block", erlang_b(4, 3));
}

}  // namespace
}  // namespace peercap::queueing
