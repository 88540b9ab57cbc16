#include <cmath>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "sim/queueing/erlang.h"
#include "sim/queueing/open_network.h"
#include "sim/queueing/reentrant_service.h"
#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

TEST(OpenNetwork, MatchesReferenceValues) {
  const std::vector<NetworkStation> stations{
      {.external_arrival_rate = 2, .mean_service = 14, .servers = 36, .routes = {0, 0.08, 0.02, 0.008}},
      {.external_arrival_rate = 0.1, .mean_service = 42, .servers = 16, .routes = {0.05, 0, 0, 0}},
      {.external_arrival_rate = 0.05, .mean_service = 60, .servers = 7, .routes = {0, 0.05, 0, 0}},
      {.external_arrival_rate = 0.02, .mean_service = 20, .servers = 2, .routes = {0.02, 0, 0, 0}}};
  const NetworkLoad load = solve_open_network(stations);
  const std::vector<std::string> names{"peer", "mental_health", "coach", "ombudsman"};
  for (std::size_t i = 0; i < names.size(); ++i) {
    expect_reference("jackson." + names[i] + ".lambda", load.stations[i].arrival_rate);
    expect_reference("jackson." + names[i] + ".rho", load.stations[i].utilization);
    expect_reference("jackson." + names[i] + ".L", load.stations[i].mean_in_system);
    expect_reference("jackson." + names[i] + ".Wq", load.stations[i].mean_wait);
  }
  expect_reference("jackson.total_sojourn", load.mean_time_in_network);
}

TEST(OpenNetwork, RefusesRoutesThatAreNone) {
  EXPECT_THROW((void)solve_open_network({{1, 1, 2, {1.0}}}), ContractViolation);
  EXPECT_THROW((void)solve_open_network({{1, 1, 2, {0.0, 0.1}}}), ContractViolation);
  EXPECT_THROW((void)solve_open_network({{1, 1, 2, {-0.1}}}), ContractViolation);
}

TEST(ReentrantService, MatchesReferenceValues) {
  expect_reference("erlangR.sessions_per_case.p0.5", mean_sessions(0.5));
  expect_reference("erlangR.sessions_per_case.p0.5.cap3", mean_sessions(0.5, 3));
  // Two clients a day, sessions of an hour and a half, a week between them.
  const ReentrantService program{.service_rate = 16, .return_rate = 1.0 / 7, .return_probability = 0.5};
  const ReentrantLoad load = stationary_load(program, 2);
  expect_reference("erlangR.R1", load.needy);
  expect_reference("erlangR.R2(content)", load.content);

  // In steady state the needy station is M/M/s at the rate with returns.
  const ReentrantService slow{.service_rate = 1, .return_rate = 0.5, .return_probability = 0.5};
  const ReentrantLoad figures = stationary_load(slow, 2);
  const DelayQueue needy{{figures.needy, 1, 6}};
  expect_reference("erlangR.lam2.mu1.d0.5.p0.5.s6.needy.C", needy.waiting_probability());
  expect_reference("erlangR.lam2.mu1.d0.5.p0.5.s6.needy.Wq", needy.mean_wait());
  expect_reference("erlangR.lam2.mu1.d0.5.p0.5.s6.needy.L", needy.mean_in_system());
  expect_reference("erlangR.lam2.mu1.d0.5.p0.5.content.L", figures.content);

  // The references give the swing of the load for a unit swing of the rate; ours are relative to the means.
  const double scale = stationary_load(slow, 1).needy;
  expect_reference("erlangR.R1.gain.daily", scale * sinusoidal_response(slow, 1).gain);
  expect_reference("erlangR.R1.lag_days.daily", sinusoidal_response(slow, 1).lag);
  expect_reference("erlangR.R1.gain.weekly", scale * sinusoidal_response(slow, 7).gain);
  expect_reference("erlangR.R1.lag_days.weekly", sinusoidal_response(slow, 7).lag);
}

TEST(ReentrantService, VaryingLoadSettlesAtTheStationaryOneAndSwingsAsItsResponse) {
  const ReentrantService service{.service_rate = 1, .return_rate = 0.5, .return_probability = 0.5};
  const auto constant = [](double) { return 2.0; };
  const std::vector<ReentrantLoad> settling = varying_load(service, constant, {}, 1.0, 200);
  EXPECT_NEAR(settling.back().needy, stationary_load(service, 2).needy, 1e-9);
  EXPECT_NEAR(settling.back().content, stationary_load(service, 2).content, 1e-9);

  const double period = 7.0;
  const double pi = 3.14159265358979323846;
  const auto swinging = [&](double t) { return 2.0 * (1.0 + 0.3 * std::sin(2.0 * pi * t / period)); };
  const ReentrantResponse response = sinusoidal_response(service, period);
  const std::vector<ReentrantLoad> loads = varying_load(service, swinging, {4, 4}, 0.1, 2000);
  for (int i = 1900; i <= 2000; ++i) {
    const double time = 0.1 * i - response.lag;
    const double expected = 4.0 * (1.0 + 0.3 * response.gain * std::sin(2.0 * pi * time / period));
    EXPECT_NEAR(loads[static_cast<std::size_t>(i)].needy, expected, 1e-5);
  }
}

}  // namespace
}  // namespace peercap::queueing
