// How need becomes a request: who knows and trusts the program, who asks, who is noticed by whom.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::count_margin;
using testing::SentRequest;
using testing::share_margin;
using testing::single_shot_scenario;
using testing::UnitBench;

constexpr double decay_days = 2.27;  // of single_shot_scenario

/// Share of episodes that are asked in at hazard `rate` a day and unit of distress: 1 - 1 / (1 + h m / k),
/// averaged over jumps 1 + Exp(1).
double asked_share(double rate) {
  return rate * decay_days / (1.0 + rate * decay_days);
}

/// Episodes that began in the run and ended in it.
std::vector<Fact> whole_episodes(const UnitBench& bench) {
  auto episodes = bench.log().of(PeerFact::episode_ended);
  std::erase_if(episodes, [&](const Fact& f) { return SimTime{f.b} == bench.rules().begin; });
  return episodes;
}

/// Share of whole episodes in which a request of the channel was made.
struct Share {
  double share = 0.0;
  double n = 0.0;
};
Share requested(const UnitBench& bench, Channel channel) {
  std::set<std::pair<std::uint32_t, std::int64_t>> named;
  for (const SentRequest& request : bench.requests(channel))
    named.emplace(request.clinician, request.message.episode);
  Share result;
  for (const Fact& f : whole_episodes(bench)) {
    ++result.n;
    result.share += named.contains({f.subject, f.a}) ? 1.0 : 0.0;
  }
  result.share /= result.n;
  return result;
}

void expect_share(const UnitBench& bench, Channel channel, double expected) {
  const Share found = requested(bench, channel);
  ASSERT_GT(found.n, 1000.0);
  EXPECT_NEAR(found.share, expected, share_margin(expected, found.n));
}

/// People ask for themselves at 0.5 a day, and nothing else happens.
Scenario asking_scenario() {
  Scenario s = single_shot_scenario();
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.hazard = per_day(0.5);
  return s;
}

void run_and_expect(const Scenario& s, Channel channel, double expected) {
  UnitBench bench{s};
  bench.run();
  expect_share(bench, channel, expected);
}

TEST(Asking, GoesByHazardAloneWhereEverybodyKnowsAndTrustsTheProgram) {
  run_and_expect(asking_scenario(), Channel::self_referral, asked_share(0.5));
}

TEST(Asking, IsScaledByTrust) {
  Scenario s = asking_scenario();
  s.activation.trust.initial = 0.3;
  run_and_expect(s, Channel::self_referral, asked_share(0.5 * 0.3));
}

TEST(Asking, IsHeldBackByStigma) {
  Scenario s = asking_scenario();
  s.activation.self_referral.stigma_mean = 1.2;
  run_and_expect(s, Channel::self_referral, asked_share(0.5 * std::exp(-1.2)));
}

TEST(Asking, IsHeldBackByWorkload) {
  Scenario s = asking_scenario();
  s.activation.self_referral.workload_barrier = 0.4;
  s.organization.unit_workload_sd = 0.0;
  s.organization.sites[0].departments[0].workload = 2.0;
  s.upstream.inefficiency = 0.5;
  run_and_expect(s, Channel::self_referral, asked_share(0.5 * std::exp(-0.4 * 2.5)));
}

TEST(Asking, IsLeftToThoseWhoKnowTheProgram) {
  Scenario s = asking_scenario();
  s.activation.awareness.initial = 0.4;
  UnitBench bench{s};
  bench.run();
  expect_share(bench, Channel::self_referral, 0.4 * asked_share(0.5));
  for (const SentRequest& request : bench.requests(Channel::self_referral))
    EXPECT_LT(bench.organization().traits[request.clinician].aware_above, 0.4F);
}

TEST(Asking, TellsTheDeskHowFarTheUnitTrustsIt) {
  Scenario s = asking_scenario();
  s.activation.trust.initial = 0.7071;
  UnitBench bench{s};
  bench.run();
  const auto requests = bench.requests(Channel::self_referral);
  ASSERT_FALSE(requests.empty());
  for (const SentRequest& request : requests) EXPECT_NEAR(request.message.trust, 0.7071, 0.5 / 65535);
  for (const auto& climate : bench.heard(Happening::climate))
    EXPECT_EQ(std::bit_cast<double>(climate.event.a), 0.7071);
}

Scenario embedded_scenario() {
  Scenario s = single_shot_scenario();
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.enabled = Switch::off;
  s.activation.embedded = {.enabled = Switch::on, .hazard = per_day(0.25)};
  return s;
}

void embed(UnitBench& bench, SimDuration at, std::uint64_t supporters) {
  for (std::uint32_t unit = 0; unit < bench.organization().units.size(); ++unit)
    bench.tell(unit, at, Happening::embedded_support, {0, supporters, 0});
}

TEST(EmbeddedSupporters, NoticeAtARateEach) {
  for (const std::uint64_t supporters : {0U, 1U, 2U}) {
    UnitBench bench{embedded_scenario()};
    if (supporters > 0) embed(bench, minutes(15), supporters);
    bench.run();
    expect_share(bench, Channel::embedded, asked_share(0.25 * static_cast<double>(supporters)));
    EXPECT_EQ(bench.heard(Happening::request).size(), bench.requests(Channel::embedded).size());
  }
}

TEST(EmbeddedSupporters, DoNothingWhereSwitchedOff) {
  Scenario s = embedded_scenario();
  s.activation.embedded.enabled = Switch::off;
  UnitBench bench{s};
  embed(bench, minutes(15), 2);
  bench.run();
  EXPECT_TRUE(bench.heard(Happening::request).empty());
}

TEST(EmbeddedSupporters, CompeteWithThePersonsOwnAsking) {
  Scenario s = embedded_scenario();
  s.activation.self_referral.enabled = Switch::on;
  s.activation.self_referral.hazard = per_day(0.2);
  UnitBench bench{s};
  embed(bench, minutes(15), 2);
  bench.run();
  expect_share(bench, Channel::embedded, asked_share(0.7) * 5 / 7);
  expect_share(bench, Channel::self_referral, asked_share(0.7) * 2 / 7);
}

// The rate of a week is set at its begin or that of the episode: whoever was noticed by then was noticed by a
// supporter, also when the supporter has left since.
TEST(EmbeddedSupporters, AreNotTakenForThePersonWhenTheyLeave) {
  Scenario s = embedded_scenario();
  s.activation.self_referral.enabled = Switch::on;
  s.activation.awareness.initial = 0.0;  // nobody asks on their own
  UnitBench bench{s};
  embed(bench, minutes(15), 2);
  embed(bench, days(31), 0);
  bench.run();
  EXPECT_GT(bench.requests(Channel::embedded).size(), 50U);
  EXPECT_TRUE(bench.requests(Channel::self_referral).empty());
  for (const SentRequest& request : bench.requests(Channel::embedded))
    EXPECT_LT(request.sent, bench.rules().begin + days(35));
}

/// Nobody asks; managers or colleagues notice at once.
Scenario noticing_scenario() {
  Scenario s = embedded_scenario();
  s.activation.embedded.enabled = Switch::off;
  s.activation.manager.delay = SimDuration{};
  s.activation.peer.delay = SimDuration{};
  return s;
}

TEST(Managers, NameAsManyAsTheyNotice) {
  Scenario s = noticing_scenario();
  s.activation.manager.enabled = Switch::on;
  s.activation.manager.notice = {0.3};
  run_and_expect(s, Channel::manager, 0.3);
}

/// Everybody trusts the two next to them, around the unit.
std::vector<ClinicianPair> rings(const Organization& o) {
  std::vector<ClinicianPair> ties;
  for (const Unit& unit : o.units)
    for (std::uint32_t i = 0; i < unit.size; ++i)
      ties.emplace_back(unit.first_clinician + i, unit.first_clinician + (i + 1) % unit.size);
  return ties;
}

TEST(Colleagues, NoticeEachForThemselvesIfTheyKnowTheProgram) {
  Scenario s = noticing_scenario();
  s.activation.peer.enabled = Switch::on;
  s.activation.peer.notice = {0.4};
  s.activation.awareness.initial = 0.5;
  for (const double isolation : {0.0, 0.5}) {
    s.environment.isolation = isolation;
    const double one = 0.4 * 0.5 * (1 - isolation);
    UnitBench tied{s};
    tied.set_network(rings(tied.organization()));
    tied.run();
    expect_share(tied, Channel::peer, 1 - (1 - one) * (1 - one));
    run_and_expect(s, Channel::peer, one);  // without a network the unit stands for one colleague
  }
}

TEST(Colleagues, NobodyTrustedIsNobodyWhoNotices) {
  Scenario s = noticing_scenario();
  s.activation.peer.enabled = Switch::on;
  s.activation.peer.notice = {1.0};
  UnitBench bench{s};
  bench.set_network({});
  bench.run();
  EXPECT_TRUE(bench.heard(Happening::request).empty());
}

/// Few, but long episodes.
Scenario long_episodes_scenario() {
  Scenario s = noticing_scenario();
  s.environment.exposure_rate = per_year(0.2);
  s.distress.jump_mean = 50.0;
  s.distress.fast_decay = days(40);
  s.activation.manager = {.enabled = Switch::on, .notice = {1.0}, .delay = days(2)};
  s.activation.peer = {.enabled = Switch::on, .notice = {1.0}, .delay = days(1)};
  return s;
}

// Of episodes that last twenty days and more, so that the delay is hardly ever cut off. Kolmogorov-Smirnov at
// alpha 1e-3.
TEST(Noticing, TakesExponentialTimes) {
  UnitBench bench{long_episodes_scenario()};
  bench.run();
  std::map<std::pair<std::uint32_t, std::int64_t>, SimTime> begins;
  for (const Fact& f : whole_episodes(bench))
    if (f.time - SimTime{f.b} > days(20)) begins[{f.subject, f.a}] = SimTime{f.b};
  for (const auto& [channel, mean] : {std::pair{Channel::manager, 2.0}, std::pair{Channel::peer, 1.0}}) {
    std::vector<double> delays;
    for (const SentRequest& request : bench.requests(channel))
      if (const auto found = begins.find({request.clinician, request.message.episode}); found != begins.end())
        delays.push_back((request.sent - found->second).in_days());
    EXPECT_EQ(delays.size(), begins.size());
    ASSERT_GT(delays.size(), 300U);
    std::ranges::sort(delays);
    const auto n = static_cast<double>(delays.size());
    double distance = 0.0;
    for (std::size_t i = 0; i < delays.size(); ++i)
      distance =
          std::max(distance, std::abs(1 - std::exp(-delays[i] / mean) - (static_cast<double>(i) + 0.5) / n));
    EXPECT_LT(distance, 1.95 / std::sqrt(n));
  }
}

TEST(Noticing, ComesToNothingOnceTheEpisodeIsOver) {
  Scenario s = noticing_scenario();
  s.activation.manager = {.enabled = Switch::on, .notice = {1.0}, .delay = days(5)};
  UnitBench bench{s};
  bench.run();
  std::map<std::pair<std::uint32_t, std::int64_t>, std::pair<SimTime, SimTime>> episodes;
  for (const Fact& f : bench.log().of(PeerFact::episode_ended))
    episodes[{f.subject, f.a}] = {SimTime{f.b}, f.time};
  std::size_t judged = 0;
  for (const SentRequest& request : bench.requests(Channel::manager)) {
    const auto found = episodes.find({request.clinician, request.message.episode});
    if (found == episodes.end()) continue;  // open at the end
    EXPECT_GE(request.sent, found->second.first);
    EXPECT_LE(request.sent, found->second.second);
    ++judged;
  }
  EXPECT_GT(judged, 100U);
  EXPECT_LT(judged, episodes.size() / 2);
}

TEST(Noticing, ComesToNothingWhileACaseIsOpen) {
  const auto later_requests = [](bool cases) {
    UnitBench bench{long_episodes_scenario()};
    if (cases) bench.open_cases();
    bench.run();
    std::map<std::pair<std::uint32_t, std::uint32_t>, SimTime> first;
    std::size_t later = 0;
    for (const auto& heard : bench.heard(Happening::request)) {
      const RequestMessage message = RequestMessage::unpack(heard.event);
      const auto [known, is_first] =
          first.try_emplace({heard.unit << 16 | message.position, message.episode}, heard.sent);
      // The unit knows of the case half an hour after the first request.
      if (!is_first && heard.sent > known->second + minutes(30)) ++later;
    }
    return later;
  };
  EXPECT_GT(later_requests(false), 200U);
  EXPECT_EQ(later_requests(true), 0U);
}

// In sixteenths, of the hardest hit since the episode began.
TEST(Requests, TellTheDeskHowHardTheHitWas) {
  Scenario s = long_episodes_scenario();
  s.environment.exposure_rate = per_year(12.0);
  s.distress.jump_mean = 3.0;
  UnitBench bench{s};
  std::map<std::uint32_t, std::vector<Fact>> hits;  // by clinician
  std::map<std::pair<std::uint32_t, std::int64_t>, SimTime> begins;
  for (const Fact& f : bench.run().facts()) {
    if (testing::kind_of(f) == PeerFact::exposure) hits[f.subject].push_back(f);
    if (testing::kind_of(f) == PeerFact::episode_began && f.time > bench.rules().begin)
      begins[{f.subject, f.a}] = f.time;
  }
  std::size_t hit_again = 0;
  std::size_t judged = 0;
  for (const SentRequest& request : bench.requests(Channel::manager)) {
    const auto begin = begins.find({request.clinician, request.message.episode});
    if (begin == begins.end()) continue;
    std::vector<double> jumps;
    for (const Fact& hit : hits[request.clinician])
      if (hit.time >= begin->second && hit.time <= request.sent)
        jumps.push_back(static_cast<double>(hit.b) / 1e9);
    ASSERT_FALSE(jumps.empty());
    EXPECT_NEAR(request.message.severity, *std::ranges::max_element(jumps), 0.5 / 16 + 1e-6);
    ++judged;
    if (jumps.size() > 1) ++hit_again;
  }
  EXPECT_GT(judged, 100U);
  EXPECT_GT(hit_again, 20U);
}

}  // namespace
}  // namespace peercap::peer_support
