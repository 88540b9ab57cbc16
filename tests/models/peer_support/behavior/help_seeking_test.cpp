// Episodes and asking for help in the simulator, against closed forms.

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::FactLog;
using testing::ObservedRun;
using testing::plain_scenario;
using testing::run_observed;
using testing::single_shot_scenario;

/// Ended episodes that began in the run and not with it.
std::vector<Fact> ended_episodes(const ObservedRun& run) {
  auto episodes = run.log.of(PeerFact::episode_ended);
  std::erase_if(episodes, [&](const Fact& f) { return SimTime{f.b} == run.rules->begin; });
  return episodes;
}

// Distress at the onset is 1 + Exp(m), so that the time T to recovery at the threshold has P(T > t) =
// exp(-(e^{kt} - 1)/m). Kolmogorov-Smirnov at alpha 1e-3.
TEST(Episodes, LastAsLongAsExponentialJumpsSay) {
  Scenario s = single_shot_scenario();
  s.program.enabled = Switch::off;
  const ObservedRun run = run_observed(s);
  std::vector<double> lengths;
  for (const Fact& f : ended_episodes(run)) lengths.push_back((f.time - SimTime{f.b}).in_days());
  std::ranges::sort(lengths);
  const auto n = static_cast<double>(lengths.size());
  ASSERT_GT(n, 1200.0);
  double distance = 0.0;
  for (std::size_t i = 0; i < lengths.size(); ++i) {
    const double expected = 1.0 - std::exp(-(std::exp(lengths[i] / 2.27) - 1.0));
    distance = std::max({distance, std::abs(expected - static_cast<double>(i) / n),
                         std::abs(expected - static_cast<double>(i + 1) / n)});
  }
  EXPECT_LT(distance, 1.95 / std::sqrt(n));
}

// Averaged over D0 = 1 + Exp(1), P(ever) = 1 - 1 / (1 + h m / k) = .531616 at h/k = .05 * 22.7. Four standard
// errors.
TEST(HelpSeeking, ComesAsOftenAsItsHazardSays) {
  Scenario s = single_shot_scenario();
  s.activation.self_referral.hazard = per_day(0.5);
  s.activation.outreach.enabled = Switch::off;
  // Of each person the first: nobody asks anew while an earlier request is open, and nobody is there to end
  // it.
  auto episodes = ended_episodes(run_observed(s));
  std::set<std::uint32_t> seen;
  std::erase_if(episodes, [&](const Fact& f) { return !seen.insert(f.subject).second; });
  const auto asked = std::ranges::count_if(episodes, [](const Fact& f) { return (f.small & 1U) != 0; });
  const auto n = static_cast<double>(episodes.size());
  ASSERT_GT(n, 1200.0);
  EXPECT_NEAR(static_cast<double>(asked) / n, 0.531616, 4 * std::sqrt(0.2490 / n));
}

TEST(HelpSeeking, StopsWithTheSeekWindow) {
  Scenario s = single_shot_scenario();
  s.environment.exposure_rate = per_year(4.0);
  s.distress.fast_decay = days(40);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.hazard = per_day(0.05);
  s.activation.self_referral.seek_window = days(5);
  const ObservedRun run = run_observed(s);
  std::vector<SimTime> last_exposure(run.organization.clinician_count(), SimTime{});
  std::size_t judged = 0;
  for (const Fact& f : run.log.facts()) {
    if (testing::kind_of(f) == PeerFact::exposure) last_exposure[f.subject] = f.time;
    if (testing::kind_of(f) != PeerFact::request_made) continue;
    if (last_exposure[f.subject] == SimTime{}) continue;  // of before the run
    ++judged;
    // The message takes a quarter of an hour, within which another exposure can come.
    EXPECT_LE(f.time - last_exposure[f.subject], days(5) + minutes(15));
  }
  EXPECT_GT(judged, 200U);
}

TEST(HelpSeeking, NobodyAsksTwiceInAnEpisode) {
  Scenario s = testing::busy_scenario(8, 10, 0);
  testing::simplify_people(s);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.hazard = per_day(1.0);
  const ObservedRun run = run_observed(s);
  std::vector<int> asked(run.organization.clinician_count());
  int requests = 0;
  for (const Fact& f : run.log.facts()) {
    if (testing::kind_of(f) == PeerFact::episode_began) asked[f.subject] = 0;
    if (testing::kind_of(f) == PeerFact::request_made) {
      EXPECT_EQ(++asked[f.subject], 1);
      ++requests;
    }
  }
  EXPECT_GT(requests, 50);
}

TEST(HelpSeeking, SwitchedOffThereAreNoSelfReferrals) {
  Scenario s = testing::busy_scenario(8, 10, 2);
  testing::simplify_people(s);
  s.activation.self_referral.enabled = Switch::off;
  const ObservedRun run = run_observed(s);
  EXPECT_EQ(run.outcome.record.counts.requests[0], 0);
  EXPECT_GT(run.outcome.record.counts.requests[1], 0);
  s.activation.outreach.enabled = Switch::off;
  EXPECT_EQ(run_observed(s).log.count(PeerFact::request_made), 0U);
}

// Trust of .5 to the third power is a quarter of trust: half the people ask at a quarter of the rate. Where
// trust does not matter they ask at twice the rate.
TEST(HelpSeeking, ProfessionsDifferInWhatTrustMeans) {
  Scenario s = testing::busy_scenario(80, 25, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.activation.outreach.enabled = Switch::off;
  s.activation.trust.initial = 0.5;
  s.activation.self_referral.hazard = per_day(0.0006);
  s.activation.self_referral.workload_barrier = 0.0;
  const auto asked_of = [&](double needed) {
    for (Profession& profession : s.organization.professions)
      profession.trust_needed = profession.name == "nurse" ? needed : 1.0;
    const ObservedRun run = run_observed(s);
    std::array<double, 2> asked{};
    for (const Fact& f : run.log.of(PeerFact::request_made))
      asked[run.organization.professions[f.subject] == 0 ? 0 : 1] += 1.0;
    return asked;
  };
  const auto usual = asked_of(1.0);
  const auto wary = asked_of(3.0);
  const auto careless = asked_of(0.0);
  ASSERT_GT(usual[0], 100.0);
  EXPECT_EQ(usual[1], wary[1]);
  EXPECT_EQ(usual[1], careless[1]);
  EXPECT_NEAR(wary[0] / usual[0], 0.25, 4 * std::sqrt(0.25 / usual[0]));
  EXPECT_GT(careless[0], 1.5 * usual[0]);
}

TEST(HelpSeeking, ProfessionsDifferInWhatWorkloadMeans) {
  Scenario s = testing::busy_scenario(80, 25, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.activation.outreach.enabled = Switch::off;
  s.organization.unit_workload_sd = 0.0;
  s.organization.sites[0].departments[0].workload = 1.0;
  s.activation.self_referral.hazard = per_day(0.0006);
  s.activation.self_referral.workload_barrier = 0.5;
  const auto asked_by_nurses = [&](double barrier) {
    for (Profession& profession : s.organization.professions)
      if (profession.name == "nurse") profession.time_barrier = barrier;
    const ObservedRun run = run_observed(s);
    double asked = 0.0;
    for (const Fact& f : run.log.of(PeerFact::request_made))
      asked += run.organization.professions[f.subject] == 0 ? 1.0 : 0.0;
    return asked;
  };
  const double usual = asked_by_nurses(1.0);
  const double more = asked_by_nurses(4.0);
  ASSERT_GT(usual, 100.0);
  EXPECT_NEAR(more / usual, std::exp(-1.5), 4 * std::sqrt(std::exp(-1.5) / usual));
}

// Two hazards of one size compete, so that half of those who turn to anybody turn elsewhere. Four standard
// errors.
TEST(HelpSeeking, WhoTurnsElsewhereIsCounted) {
  Scenario s = testing::busy_scenario(20, 25, 0);
  testing::simplify_people(s);
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.hazard = per_day(0.05);
  s.activation.self_referral.workload_barrier = 0.0;
  s.activation.elsewhere = {.hazard = per_day(0.05), .effect_fast = {0.0}};
  const ObservedRun run = run_observed(s);
  const auto elsewhere = static_cast<double>(run.log.count(PeerFact::turned_elsewhere));
  const auto asked = static_cast<double>(run.log.count(PeerFact::request_made));
  ASSERT_GT(elsewhere + asked, 400.0);
  EXPECT_NEAR(elsewhere / (elsewhere + asked), 0.5, 4 * 0.5 / std::sqrt(elsewhere + asked));
  const double years = 26.0 * 7.0 / 365.0;
  EXPECT_DOUBLE_EQ(testing::measure(run.outcome, Measure::turned_elsewhere_per_year), elsewhere / years);
}

// At the start distress follows the law it keeps: the share of people in an episode at the first Monday of a
// large workforce against that of later ones (independent people, four standard errors of the difference of
// two shares).
TEST(Episodes, StartAtTheStationaryLaw) {
  Scenario s = plain_scenario(400, 25, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.program.enabled = Switch::off;
  s.run.horizon = weeks(105);
  const ObservedRun run = run_observed(s);
  double first = 0.0;
  double last = 0.0;
  for (const Fact& f : run.log.of(PeerFact::unit_week)) {
    if (f.time == run.rules->begin) first += static_cast<double>(f.a) / 10000.0;
    if (f.time == run.rules->begin + weeks(104)) last += static_cast<double>(f.a) / 10000.0;
  }
  EXPECT_GT(first, 0.05);
  EXPECT_NEAR(first, last,
              4 * std::sqrt(2 * first * (1 - first) / 10000.0) + 0.003);  // and what six decay times cut off
}

}  // namespace
}  // namespace peercap::peer_support
