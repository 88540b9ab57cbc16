#include "sim/queueing/infinite_server.h"

#include <cmath>

#include <gtest/gtest.h>

#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

const SinusoidalRate weekly{.mean = 2, .amplitude = 0.6, .period = 7};

TEST(InfiniteServer, MatchesReferenceValues) {
  expect_reference("mginf.lam2.ES14.P(N>34)", infinite_server_tail(28, 34));
  expect_reference("mginf.lam2.ES14.P(N>40)", infinite_server_tail(28, 40));
  expect_reference("mginf.lam0.8.ES1.5.P(N=0)", 1.0 - infinite_server_tail(1.2, 0));
  const BatchNumber single = batch_infinite_server(2, 1, 0, 14);
  expect_reference("mginf.lam2.ES14.mean=var", single.mean);
  expect_reference("mginf.lam2.ES14.mean=var", single.variance);
  // Batches of 1, 3 and 6 with shares .5, .3, .2: E[X] = 2.6, E[X (X - 1)] = 7.8.
  const BatchNumber batch = batch_infinite_server(0.3, 2.6, 7.8, 14);
  expect_reference("batch.MX/M/inf.mean", batch.mean);
  expect_reference("batch.MX/M/inf.var", batch.variance);
}

TEST(InfiniteServer, SwingingRatesMatchReferenceValues) {
  expect_reference("mtginf.exp.ES3d.weekly.A0.6.t0.0", load_exponential(weekly, 3, 0));
  expect_reference("mtginf.exp.ES3d.weekly.A0.6.t1.75", load_exponential(weekly, 3, 1.75));
  expect_reference("mtginf.exp.ES3d.weekly.A0.6.t3.5", load_exponential(weekly, 3, 3.5));
  expect_reference("mtginf.det.ES3d.weekly.A0.6.t0.0", load_deterministic(weekly, 3, 0));
  expect_reference("mtginf.det.ES3d.weekly.A0.6.t1.75", load_deterministic(weekly, 3, 1.75));
  expect_reference("mtginf.det.ES3d.weekly.A0.6.t3.5", load_deterministic(weekly, 3, 3.5));
  const LoadResponse response = exponential_response(7, 3);
  expect_reference("mtginf.exp.ES3d.weekly.lag_days", response.lag);
  expect_reference("mtginf.exp.ES3d.weekly.amp_ratio", response.gain);
}

TEST(InfiniteServer, SurgeMatchesReferenceValues) {
  const SurgeRate surge{.base = 2, .surge = 6, .duration = 28};
  EXPECT_EQ(load_surge(surge, 14, -5), 28.0);
  expect_reference("surge.mtminf.l2to6.T28.ES14.t7", load_surge(surge, 14, 7));
  expect_reference("surge.mtminf.l2to6.T28.ES14.t28", load_surge(surge, 14, 28));
  expect_reference("surge.mtminf.l2to6.T28.ES14.t56", load_surge(surge, 14, 56));
}

TEST(InfiniteServer, AnyRateAndServiceByQuadrature) {
  const auto rate = [](double t) {
    return weekly.mean *
           (1.0 + weekly.amplitude * std::sin(2.0 * 3.14159265358979323846 * t / weekly.period));
  };
  const auto survival = [](double age) { return std::exp(-age / 3.0); };
  for (const double time : {0.0, 1.75, 3.5})
    EXPECT_NEAR(offered_load(rate, survival, 120.0, time), load_exponential(weekly, 3, time), 1e-6);
}

}  // namespace
}  // namespace peercap::queueing
