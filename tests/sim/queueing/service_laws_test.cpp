#include <limits>
#include <string>

#include <gtest/gtest.h>

#include "sim/queueing/phase_service.h"
#include "sim/queueing/shot_noise.h"
#include "sim/queueing/single_server.h"
#include "sim/support/contract.h"
#include "tests/sim/queueing/reference.h"

namespace peercap::queueing {
namespace {

TEST(SingleServer, MatchesReferenceValues) {
  expect_reference("mg1.lam0.8.ES1.scv0.Wq", pollaczek_khinchine_wait(0.8, 1, 0));
  expect_reference("mg1.lam0.8.ES1.scv0.5.Wq", pollaczek_khinchine_wait(0.8, 1, 0.5));
  expect_reference("mg1.lam0.8.ES1.scv1.Wq", pollaczek_khinchine_wait(0.8, 1, 1));
  expect_reference("mg1.lam0.8.ES1.scv4.Wq", pollaczek_khinchine_wait(0.8, 1, 4));
  expect_reference("mm1ps.lam0.8.mu1.ET", processor_sharing_time(0.8, 1));
  expect_reference("mm1ps.lam0.8.mu1.ET|x=2", processor_sharing_time_of(2, 0.8, 1));
  constexpr double infinite = std::numeric_limits<double>::infinity();
  EXPECT_EQ(pollaczek_khinchine_wait(1, 1, 0), infinite);
  EXPECT_EQ(processor_sharing_time(2, 1), infinite);
}

TEST(ServiceLaws, ManyServersMatchReferenceValues) {
  for (const int servers : {1, 2, 5}) {
    const double rate = 0.8 * servers;
    const std::string c = ".c" + std::to_string(servers) + ".rho0.8";
    expect_reference("mdc" + c + ".Wq", deterministic_service_wait(rate, 1, servers), 1e-10);
    expect_reference("mdc" + c + ".Lq", rate * deterministic_service_wait(rate, 1, servers), 1e-10);
    expect_reference("me2c" + c + ".Wq", erlang2_service_wait(rate, 1, servers), 1e-9);
    expect_reference("mh2c.scv4.balanced" + c + ".Wq", hyperexponential_service_wait(rate, 1, 4, servers),
                     1e-6);
    expect_reference("mgc.leelongton.D" + c + ".Wq", lee_longton_wait(rate, 1, 0, servers));
    expect_reference("mgc.leelongton.E2" + c + ".Wq", lee_longton_wait(rate, 1, 0.5, servers));
    expect_reference("mgc.leelongton.H2" + c + ".Wq", lee_longton_wait(rate, 1, 4, servers));
  }
  EXPECT_EQ(deterministic_service_wait(5, 1, 5), std::numeric_limits<double>::infinity());
  EXPECT_THROW((void)erlang2_service_wait(5, 1, 5), ContractViolation);
}

void expect_shot_noise(const std::string& name, const ShotNoise& noise) {
  expect_reference(name + ".mean", shot_noise_mean(noise), 1e-5);  // the name rounds the rates
  expect_reference(name + ".var", shot_noise_variance(noise), 1e-5);
  expect_reference(name + ".P(D>1.0)", shot_noise_beyond(noise, 1.0), 1e-5);
}

TEST(ShotNoise, MatchesReferenceValues) {
  expect_shot_noise("shot.lam2.k1.m1.0", {2, 1, 1});
  expect_shot_noise("shot.lam0.00184384.k0.0440529.m1.0", {0.00184384, 0.0440529, 1});
  expect_shot_noise("shot.lam0.00427671.k0.0440529.m1.0", {0.00427671, 0.0440529, 1});
  expect_reference("shot.lam2.k1.m1.0.P(D>4.0)", shot_noise_beyond({2, 1, 1}, 4.0));
}

TEST(ShotNoise, HelpSoughtMatchesReferenceValues) {
  const DecayingHazard often{.hazard = 0.05, .decay_rate = 1 / 22.7};
  const DecayingHazard seldom{.hazard = 0.01, .decay_rate = 1 / 22.7};
  expect_reference("seek.h0.05.D1.0.ever", sought_ever(often, 1));
  expect_reference("seek.h0.05.D1.0.by3.0d", sought_within(often, 1, 3));
  expect_reference("seek.h0.01.D2.0.ever", sought_ever(seldom, 2));
  expect_reference("seek.h0.01.D2.0.by3.0d", sought_within(seldom, 2, 3));
  expect_reference("seek.h0.05.D0~Exp1.ever", sought_ever_exponential(often, 1));
}

}  // namespace
}  // namespace peercap::queueing
