// Clinicians who leave the organization, and those who take their places.

#include <algorithm>
#include <cmath>
#include <map>
#include <set>
#include <tuple>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/organization/trait_law.h"
#include "tests/models/peer_support/unit_bench.h"

namespace peercap::peer_support {
namespace {

using testing::count_margin;
using testing::kind_of;
using testing::plain_scenario;
using testing::share_margin;
using testing::UnitBench;

/// 4,000 people whose exhaustion never moves, nurses and physicians with rates of their own; nobody is
/// exposed to anything.
Scenario turnover_scenario() {
  Scenario s = plain_scenario(160, 25, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.environment.exposure_rate = {};
  s.organization.network.enabled = Switch::off;
  s.exhaustion.stable_share = {1.0};
  s.exhaustion.observed_mean = 24.8;
  s.exhaustion.observed_sd = 11.5;
  s.turnover = {.enabled = Switch::on, .burnout_ratio = 1.0, .vacancy = days(1), .vacancy_workload = 0.0};
  s.organization.professions = {{.name = "nurse", .share = 0.6, .turnover = per_year(0.30)},
                                {.name = "physician", .share = 0.4, .turnover = per_year(0.15)}};
  return s;
}

double latent_exhaustion(const UnitBench& bench, Organization& o, std::uint32_t person) {
  return static_cast<double>(o.traits[person].stable_exhaustion) +
         bench.rules().scenario.exhaustion.workload_gain * o.units[o.unit_of[person]].workload;
}

/// Share of people present at the begin, chosen by `counts`, who leave within the year, and their number.
template <class Choose>
std::pair<double, double> share_leaving(UnitBench& bench, Choose counts) {
  std::set<std::uint32_t> left;
  for (const Fact& f : bench.log().of(PeerFact::clinician_left))
    if (f.a == 0) left.insert(f.subject);
  double n = 0.0;
  double gone = 0.0;
  for (std::uint32_t i = 0; i < bench.organization().clinician_count(); ++i) {
    if (!counts(i)) continue;
    ++n;
    gone += left.contains(i) ? 1.0 : 0.0;
  }
  return {gone / n, n};
}

void expect_rate(const std::pair<double, double>& share, double per_year_rate) {
  const double expected = 1.0 - std::exp(-per_year_rate * 364.0 / 365.0);
  EXPECT_NEAR(share.first, expected, share_margin(expected, share.second)) << per_year_rate;
}

TEST(Turnover, GoesByProfession) {
  UnitBench bench{turnover_scenario()};
  bench.run();
  const auto& professions = bench.organization().professions;
  expect_rate(share_leaving(bench, [&](std::uint32_t i) { return professions[i] == 0; }), 0.30);
  expect_rate(share_leaving(bench, [&](std::uint32_t i) { return professions[i] == 1; }), 0.15);
}

TEST(Turnover, IsHigherWithConcerningExhaustion) {
  Scenario s = turnover_scenario();
  s.turnover.burnout_ratio = 3.0;
  s.organization.professions = {{.name = "nurse", .turnover = per_year(0.15)}};
  UnitBench bench{s};
  bench.run();
  // A score of 27 and more, rounded, of the latent part of the scale.
  const double cut = (26.5 - 24.8) / (11.5 * std::sqrt(0.8));
  const auto concerning = [&](std::uint32_t i) {
    return latent_exhaustion(bench, bench.organization(), i) >= cut;
  };
  expect_rate(share_leaving(bench, concerning), 0.45);
  expect_rate(share_leaving(bench, [&](std::uint32_t i) { return !concerning(i); }), 0.15);
  for (const Fact& f : bench.log().of(PeerFact::clinician_left))
    if (f.a == 0) {
      EXPECT_EQ(f.small, concerning(f.subject) ? 1 : 0);
    }
}

TEST(Turnover, SparesSupportersByTheirRatio) {
  Scenario s = turnover_scenario();
  s.supporters.count = 2000;
  s.supporters.exit.employment_ratio = 0.25;
  s.supporters.recruitment.enabled = Switch::off;
  s.organization.professions = {{.name = "nurse", .turnover = per_year(0.4)}};
  UnitBench bench{s};
  bench.run();
  std::set<std::uint32_t> supporters;
  for (const SupporterEntry& entry : bench.organization().supporters)
    supporters.insert(entry.clinician.value());
  ASSERT_EQ(supporters.size(), 2000U);
  expect_rate(share_leaving(bench, [&](std::uint32_t i) { return supporters.contains(i); }), 0.1);
  expect_rate(share_leaving(bench, [&](std::uint32_t i) { return !supporters.contains(i); }), 0.4);
}

TEST(Turnover, SwitchedOffNobodyLeaves) {
  Scenario s = turnover_scenario();
  s.turnover.enabled = Switch::off;
  UnitBench bench{s};
  bench.run();
  EXPECT_EQ(bench.log().count(PeerFact::clinician_left), 0U);
}

// Beyond the day and half an hour that the office needs to hear of it. Of those who left in the first half
// year; four standard errors.
TEST(Turnover, LeavesPlacesVacantForExponentialTimes) {
  Scenario s = turnover_scenario();
  s.turnover.vacancy = days(20);
  UnitBench bench{s};
  bench.run();
  std::map<std::uint32_t, SimTime> left;
  double n = 0.0;
  double sum = 0.0;
  double square = 0.0;
  for (const Fact& f : bench.log().facts()) {
    if (kind_of(f) == PeerFact::clinician_left) left[f.subject] = f.time;
    if (kind_of(f) != PeerFact::clinician_hired) continue;
    const SimTime since = left.at(f.subject);
    if (since > bench.rules().begin + weeks(26)) continue;
    const double vacant = (f.time - since - days(1) - minutes(30)).in_days();
    EXPECT_GE(vacant, 0.0);
    ++n;
    sum += vacant;
    square += vacant * vacant;
  }
  ASSERT_GT(n, 300.0);
  EXPECT_NEAR(sum / n, 20.0, 4 * 20.0 / std::sqrt(n));
  EXPECT_NEAR(square / n, 800.0, 4 * 800.0 * std::sqrt(5.0 / n));  // E X^4 = 24 m^4
  // The last message may still be on its way at the end.
  std::size_t told = 0U;
  for (const Fact& f : bench.log().of(PeerFact::clinician_left))
    told += f.time + minutes(15) < bench.rules().end ? 1U : 0U;
  EXPECT_EQ(bench.heard(Happening::employment_ended).size(), told);
}

// Of a position's episodes: up to the last one of whoever leaves.
TEST(Turnover, TellsTheOfficeWhichEpisodesWereTheirs) {
  Scenario s = turnover_scenario();
  s.environment.exposure_rate = per_year(6.0);
  UnitBench bench{s};
  bench.run();
  std::map<std::uint32_t, std::uint64_t> episodes;  // by clinician
  std::multiset<std::uint64_t> theirs;
  for (const Fact& f : bench.log().facts()) {
    if (kind_of(f) == PeerFact::episode_began) episodes[f.subject] = static_cast<std::uint64_t>(f.a);
    // The last message may still be on its way at the end.
    if (kind_of(f) == PeerFact::clinician_left && f.time + minutes(15) < bench.rules().end)
      theirs.insert(episodes[f.subject]);
  }
  std::multiset<std::uint64_t> told;
  for (const auto& message : bench.heard(Happening::employment_ended)) told.insert(message.event.a);
  EXPECT_EQ(told, theirs);
  EXPECT_GT(*theirs.rbegin(), 1U);
}

// Everybody works as much at the begin; e moves to workload + 2 x vacant share by weekly steps. Units into
// which nobody was hired.
TEST(Turnover, LoadsThoseWhoStay) {
  Scenario s = turnover_scenario();
  s.exhaustion.workload_gain = 1.0;
  for (CareerStage& stage : s.organization.career_stages) stage.exhaustion_shift = 0.0;
  s.turnover.vacancy = days(3650);
  s.turnover.vacancy_workload = 2.0;
  UnitBench bench{s};
  bench.run();
  std::set<std::uint32_t> hired_into;
  std::map<std::uint32_t, std::vector<SimTime>> left;
  const Organization& o = bench.organization();
  for (const Fact& f : bench.log().of(PeerFact::clinician_hired)) hired_into.insert(o.unit_of[f.subject]);
  for (const Fact& f : bench.log().of(PeerFact::clinician_left)) left[o.unit_of[f.subject]].push_back(f.time);
  int judged = 0;
  for (std::uint32_t unit = 0; unit < 160; ++unit) {
    if (hired_into.contains(unit)) continue;
    ++judged;
    double expected = o.units[unit].workload;
    const auto sums = bench.exhaustion_sum(unit);
    for (std::size_t week = 0; week < sums.size(); ++week) {
      const SimTime now = bench.rules().begin + weeks(static_cast<std::int64_t>(week));
      const auto vacant =
          static_cast<double>(std::ranges::count_if(left[unit], [now](SimTime t) { return t < now; }));
      const double target = o.units[unit].workload + 2.0 * vacant / 25;
      if (week > 0) expected = target + (expected - target) * std::exp(-7.0 / 60);
      EXPECT_NEAR(sums[week] / (25 - vacant), expected, 1e-4);
    }
  }
  EXPECT_GT(judged, 50);
}

/// People come and go, and are hit often.
Scenario passing_scenario() {
  Scenario s = turnover_scenario();
  s.organization.sites[0].departments[0].units = 20;
  s.environment.exposure_rate = per_year(12.0);
  s.turnover.vacancy = days(30);
  for (Profession& profession : s.organization.professions) profession.turnover = per_year(2.0);
  return s;
}

TEST(Turnover, VacantPlacesAreNotHit) {
  UnitBench bench{passing_scenario()};
  bench.run();
  std::set<std::uint32_t> vacant;
  std::map<std::uint32_t, std::int64_t> incarnation;
  std::size_t hits = 0;
  for (const Fact& f : bench.log().facts()) {
    if (kind_of(f) == PeerFact::clinician_left) {
      EXPECT_TRUE(vacant.insert(f.subject).second);
      EXPECT_EQ(f.a, incarnation[f.subject]);
    } else if (kind_of(f) == PeerFact::clinician_hired) {
      EXPECT_EQ(vacant.erase(f.subject), 1U);
      EXPECT_EQ(f.a, ++incarnation[f.subject]);
    } else if (kind_of(f) == PeerFact::exposure || kind_of(f) == PeerFact::episode_began) {
      EXPECT_FALSE(vacant.contains(f.subject));
      ++hits;
    }
  }
  EXPECT_GT(hits, 2000U);
  EXPECT_GT(bench.log().count(PeerFact::clinician_hired), 300U);
  const auto present = static_cast<std::int64_t>(500 - vacant.size());
  std::int64_t counted = 0;
  for (const Fact& f : bench.log().of(PeerFact::unit_support)) counted += f.b;
  EXPECT_EQ(counted, present);
}

TEST(Turnover, EndsEpisodesOfThoseWhoLeave) {
  UnitBench bench{passing_scenario()};
  bench.run();
  std::set<std::uint32_t> in_episode;
  std::map<std::uint32_t, std::pair<SimTime, bool>> ended;  // when last, and whether by leaving
  std::size_t left_in_episode = 0;
  for (const Fact& f : bench.log().facts()) {
    const bool left = (f.small & static_cast<unsigned>(EpisodeFlag::left)) != 0;
    if (kind_of(f) == PeerFact::episode_began) in_episode.insert(f.subject);
    if (kind_of(f) == PeerFact::episode_ended) {
      in_episode.erase(f.subject);
      ended[f.subject] = {f.time, left};
    }
    if (kind_of(f) != PeerFact::clinician_left) continue;
    EXPECT_FALSE(in_episode.contains(f.subject));
    if (const auto found = ended.find(f.subject); found != ended.end() && found->second.second) {
      left_in_episode += found->second.first == f.time ? 1U : 0U;
      found->second.second = false;
    }
  }
  EXPECT_GT(left_in_episode, 20U);
  for (const auto& [person, end] : ended) EXPECT_FALSE(end.second) << "left, and still there";
}

// Jumps with and without differences in susceptibility: their ratio is the susceptibility of whoever holds
// the place, by the key of the incarnation. Nobody brings distress along.
TEST(Turnover, NewPeopleHaveTraitsOfTheirOwnAndNoDistress) {
  Scenario s = passing_scenario();
  s.distress.susceptibility_log_sd = 0.0;
  UnitBench alike{s};
  alike.run();
  s.distress.susceptibility_log_sd = 0.5;
  UnitBench different{s};
  different.run();
  const auto equal_jumps = alike.log().of(PeerFact::exposure);
  const auto jumps = different.log().of(PeerFact::exposure);
  ASSERT_EQ(jumps.size(), equal_jumps.size());
  const TraitLaw law{different.rules().scenario};
  const RandomSource random{s.run.seed, 0};
  const Organization& o = different.organization();
  std::map<std::uint32_t, std::uint64_t> incarnation;
  std::map<std::uint32_t, bool> fresh;  // hired, and not hit since
  std::size_t next = 0;
  std::size_t judged = 0;
  for (const Fact& f : different.log().facts()) {
    if (kind_of(f) == PeerFact::clinician_hired) {
      ++incarnation[f.subject];
      fresh[f.subject] = true;
    }
    if (kind_of(f) == PeerFact::episode_began) {
      EXPECT_FALSE(fresh[f.subject]) << "in an episode before the first hit";
    }
    if (kind_of(f) != PeerFact::exposure) continue;
    fresh[f.subject] = false;
    const Fact& twin = equal_jumps[next++];
    ASSERT_EQ(twin.subject, f.subject);
    const std::uint64_t number = incarnation[f.subject];
    const EntityKey key = o.person_keys[f.subject];
    const double expected = static_cast<double>(
        law.draw(random, number == 0 ? key : key.child(number), o.professions[f.subject], o.stages[f.subject])
            .susceptibility);
    EXPECT_NEAR(static_cast<double>(f.b) / static_cast<double>(twin.b), expected, 1e-4 * expected + 1e-6);
    judged += number > 0 ? 1 : 0;
  }
  EXPECT_GT(judged, 500U);
}

using Event4 = std::tuple<std::int64_t, std::uint32_t, std::int64_t, std::uint16_t>;

TEST(Turnover, LeavesEveryCandidateEventAsItWas) {
  Scenario s = passing_scenario();
  UnitBench with{s};
  with.run();
  s.turnover.enabled = Switch::off;
  UnitBench without{s};
  without.run();
  const auto events = [](const UnitBench& bench, PeerFact kind) {
    std::set<Event4> all;
    for (const Fact& f : bench.log().of(kind))
      all.emplace(f.time.ticks(), f.subject, f.a, kind == PeerFact::exposure ? f.small & 0xff : f.small);
    return all;
  };
  EXPECT_EQ(events(with, PeerFact::clinical_event), events(without, PeerFact::clinical_event));
  const auto fewer = events(with, PeerFact::exposure);
  const auto more = events(without, PeerFact::exposure);
  EXPECT_LT(fewer.size(), more.size());
  EXPECT_TRUE(std::ranges::includes(more, fewer));
}

}  // namespace
}  // namespace peercap::peer_support
