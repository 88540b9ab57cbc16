#include "sim/queueing/impatient_queue.h"

#include <cmath>
#include <string>

#include <gtest/gtest.h>

#include "sim/queueing/erlang.h"
#include "sim/queueing/staffing.h"
#include "sim/statistics/special_functions.h"
#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

void expect_case(const std::string& name, const ImpatientSystem& system, double time,
                 const std::string& within) {
  const ImpatientQueue queue{system};
  expect_reference(name + ".PW", queue.waiting_probability());
  expect_reference(name + ".PAb", queue.abandonment_probability());
  expect_reference(name + ".EQ", queue.mean_queue());
  expect_reference(name + ".EW", queue.mean_wait());
  expect_reference(name + "." + within, queue.served_within(time), 1e-9);
}

TEST(ImpatientQueue, MatchesReferenceValues) {
  expect_case("erlangA.lam4.mu1.th0.5.c5", {4, 1, 0.5, 5}, 0.5, "P(served,W<=0.5)");
  expect_case("erlangA.lam10.mu1.th1.c10", {10, 1, 1, 10}, 0.5, "P(served,W<=0.5)");
  expect_case("erlangA.lam12.mu1.th0.5.c10(overload)", {12, 1, 0.5, 10}, 0.5, "P(served,W<=0.5)");
  expect_case("erlangA.slots.lam2perday.S14d.pat7d.c30", {2, 1.0 / 14, 1.0 / 7, 30}, 3, "P(served,W<=3.0)");
}

TEST(ImpatientQueue, PatienceLikeServiceGivesAPoissonNumber) {
  const ImpatientQueue queue{{10, 1, 1, 10}};
  for (const int n : {0, 3, 10, 25})
    EXPECT_NEAR(queue.number_in_system().at_least(n), poisson_tail(10, n - 1), 1e-13);
  EXPECT_NEAR(queue.mean_in_system(), 10.0, 1e-12);
}

TEST(ImpatientQueue, WaitsHangTogether) {
  for (const ImpatientSystem& system :
       {ImpatientSystem{4, 1, 0.5, 5}, ImpatientSystem{12, 1, 0.5, 10}, ImpatientSystem{50, 1, 3, 20}}) {
    const ImpatientQueue queue{system};
    EXPECT_NEAR(queue.wait_beyond(0.0), queue.waiting_probability(), 1e-12);
    EXPECT_NEAR(queue.served_within(1e3), 1.0 - queue.abandonment_probability(), 1e-9);
    // The mean is the integral of the tail.
    double mean = 0.0;
    const double step = 0.01;
    for (int i = 0; i < 2000; ++i) mean += step * queue.wait_beyond((i + 0.5) * step);
    EXPECT_NEAR(mean, queue.mean_wait(), 1e-4);
    // Flow: what is served is what servers do.
    EXPECT_NEAR(queue.utilization() * static_cast<double>(system.servers) * system.service_rate,
                system.arrival_rate * (1.0 - queue.abandonment_probability()), 1e-9 * system.arrival_rate);
  }
}

TEST(ImpatientQueue, EndlessPatienceGivesErlangC) {
  const ImpatientQueue queue{{4, 1, 1e-9, 5}};
  EXPECT_NEAR(queue.waiting_probability(), erlang_c(5, 4), 1e-7);
  EXPECT_NEAR(queue.wait_beyond(1.0), DelayQueue({4, 1, 5}).wait_beyond(1.0), 1e-7);
}

TEST(ImpatientQueue, TenThousandServersInMilliseconds) {
  const ImpatientQueue balanced{{1e4, 1, 2, 10000}};
  EXPECT_NEAR(balanced.waiting_probability(), garnett_waiting(0.0, 2.0), 0.003);
  const ImpatientQueue overload{{1.2e4, 1, 0.5, 10000}};
  EXPECT_NEAR(overload.abandonment_probability(), 1.0 - 1.0 / 1.2, 1e-4);  // the fluid limit
  EXPECT_NEAR(overload.served_within(1e3), 1.0 - overload.abandonment_probability(), 1e-9);
  // A hundred servers under a hundredfold load: no state near them is ever left without underflow.
  const ImpatientQueue crushed{{1e4, 1, 0.5, 100}};
  EXPECT_NEAR(crushed.abandonment_probability(), 0.99, 1e-9);
  EXPECT_NEAR(crushed.served_within(1e3), 0.01, 1e-9);
}

TEST(ImpatientQueue, RefusesWhatIsNoSystem) {
  EXPECT_THROW(ImpatientQueue({0, 1, 1, 1}), ContractViolation);
  EXPECT_THROW(ImpatientQueue({1, 1, 0, 1}), ContractViolation);
  EXPECT_THROW(ImpatientQueue({1, 1, 1, 0}), ContractViolation);
}

}  // namespace
}  // namespace peercap::queueing
