// What becomes of those who wait, what their unit learns of it, and the loops through waiting.

#include <algorithm>
#include <cmath>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/organization/draw_purpose.h"
#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};
constexpr DistressLevel well_in_a_day{1.0215, 0.0};  // falls to 1 within a day

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

struct Told {
  RequestEnd end;
  std::vector<TrustSignal> signals;
};

/// One request of client 0 on Monday at 10:00, with one supporter or none; its first session is at 11:30.
Told run_one(const Scenario& s, bool with_supporter = true, DistressLevel level = long_lasting,
             Channel channel = Channel::self_referral) {
  DeskBench bench{s};
  if (with_supporter) bench.add_supporter(9);
  bench.request(0, hours(10), channel, level);
  const auto end = DeskBench::end_of_request(bench.run(), 0);
  return {end ? end_of(*end) : RequestEnd::merged, bench.trust_signals(0)};
}

TEST(TrustSignal, IsKeptByAContactWithinTheLimit) {
  Scenario s = quiet();
  s.access.contact_limit = minutes(90);
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::kept});
  s.access.contact_limit = minutes(89);
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::broken});
}

TEST(TrustSignal, IsBrokenForThoseWhoGaveUp) {
  Scenario s = quiet();
  s.access.withdrawal_first_week = per_day(1000.0);
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::broken});
}

TEST(TrustSignal, OfAWellPersonDependsOnHowLongTheyWaited) {
  Scenario s = quiet();
  EXPECT_EQ(run_one(s, false, well_in_a_day).signals, std::vector{TrustSignal::none});
  s.access.contact_limit = hours(12);
  EXPECT_EQ(run_one(s, false, well_in_a_day).signals, std::vector{TrustSignal::broken});
}

TEST(TrustSignal, IsNoneForAnOfferThatWasDeclined) {
  Scenario s = quiet();
  s.access.contact_limit = SimDuration{};
  s.activation.outreach.acceptance_logit = -20.0;
  EXPECT_EQ(run_one(s, true, long_lasting, Channel::outreach).signals, std::vector{TrustSignal::none});
}

TEST(TrustSignal, IsNoneForThoseWhoLeft) {
  Scenario s = quiet();
  s.access.contact_limit = SimDuration{};
  DeskBench bench{s};
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  bench.tell(0, days(2), Happening::employment_ended, {0, 0, 0});
  EXPECT_EQ(end_of(*DeskBench::end_of_request(bench.run(), 0)), RequestEnd::left);
  EXPECT_EQ(bench.trust_signals(0), std::vector{TrustSignal::none});
}

// Only what was said can become known: without a contact there is no breach.
TEST(TrustSignal, IsABreachWhereWhatWasSaidBecomesKnown) {
  Scenario s = quiet();
  s.activation.trust.breach = {1.0};
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::breached});
  EXPECT_EQ(run_one(s, false, well_in_a_day).signals, std::vector{TrustSignal::none});
  s.loops.delay = s.loops.visibility = Switch::off;
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::breached});
  s.access.withdrawal_first_week = per_day(1000.0);
  s.loops.delay = Switch::on;
  EXPECT_EQ(run_one(s).signals, std::vector{TrustSignal::broken});
}

// Eighty cases of one client: as many breaches as their own draws say.
TEST(TrustSignal, IsABreachWithItsProbability) {
  Scenario s = quiet();
  s.run.horizon = weeks(30);
  s.activation.trust.breach = {0.3};
  DeskBench bench{s};
  bench.add_supporter(9);
  constexpr std::uint32_t cases = 80;
  std::vector<TrustSignal> expected;
  for (std::uint32_t i = 0; i < cases; ++i) {
    bench.request(0, days(static_cast<int>(2 * i)) + hours(10), Channel::self_referral, long_lasting, i + 1);
    const double uniform =
        bench.random().draw(bench.organization().person_keys[0], DrawPurpose::breach, (i + 1) * 16).uniform();
    expected.push_back(uniform < 0.3 ? TrustSignal::breached : TrustSignal::kept);
  }
  bench.run();
  EXPECT_EQ(bench.trust_signals(0), expected);
  const auto breaches = std::ranges::count(expected, TrustSignal::breached);
  EXPECT_NEAR(static_cast<double>(breaches), 0.3 * cases, 4 * std::sqrt(0.3 * 0.7 * cases));
}

TEST(Loops, WithoutDelayNobodyGivesUpOrLosesTrust) {
  Scenario s = quiet();
  s.access.withdrawal_first_week = per_day(1000.0);
  s.access.contact_limit = SimDuration{};
  s.loops.delay = Switch::off;
  const Told told = run_one(s);
  EXPECT_EQ(told.end, RequestEnd::closed_unresolved);
  EXPECT_EQ(told.signals, std::vector{TrustSignal::none});
}

TEST(Loops, WithoutRecoveryTheWellWaitOn) {
  Scenario s = quiet();
  EXPECT_EQ(run_one(s, false, well_in_a_day).end, RequestEnd::recovered);
  s.loops.recovery = Switch::off;
  EXPECT_EQ(run_one(s, false, well_in_a_day).end, RequestEnd::open_waiting);
}

TEST(Loops, WithoutReferralNobodyIsReferred) {
  Scenario s = quiet();
  s.case_rules.early_referral = {1.0};
  s.case_rules.unresolved_referral = {1.0};
  s.case_rules.severe_referral = Switch::on;
  s.case_rules.max_sessions = 1;
  for (ReferralDestination& d : s.referrals.destinations) d.acceptance = {1.0};
  EXPECT_EQ(run_one(s).end, RequestEnd::referred);
  s.loops.referral = Switch::off;
  EXPECT_EQ(run_one(s).end, RequestEnd::closed_unresolved);
}

/// The only supporter leaves on Tuesday, after the first session of three.
FactLog run_left_alone(Scenario s, DistressLevel level, std::vector<TrustSignal>* signals = nullptr) {
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 3;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, level);
  bench.tell(1, days(1), Happening::employment_ended, {4, 0, 0});
  FactLog log;
  log.absorb(bench.run());
  if (signals != nullptr) *signals = bench.trust_signals(0);
  EXPECT_EQ(log.count(PeerFact::session_held), 1U);
  EXPECT_EQ(log.count(PeerFact::handover), 1U);
  return log;
}

TEST(Handover, AfterTheFirstContactPatienceBeginsAnew) {
  Scenario s = quiet();
  s.access.withdrawal_first_week = per_day(0.2);
  s.access.withdrawal_later = per_day(1000.0);
  const FactLog log = run_left_alone(s, long_lasting);
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::closed_unresolved);
  EXPECT_GE(end.b, 0);
  const SimTime left = log.of(PeerFact::supporter_left).at(0).time;
  EXPECT_GT(end.time, left);
  EXPECT_LT(end.time, left + days(8));  // a week from then on, not from the request
}

// The first contact came within two hours in both; who is lost afterwards has not been kept a promise.
TEST(Handover, WhoGivesUpAfterATimelyContactLosesTrustAndWhoRecoversDoesNot) {
  Scenario s = quiet();
  std::vector<TrustSignal> signals;
  run_left_alone(s, {1.5, 0.0}, &signals);
  EXPECT_EQ(signals, std::vector{TrustSignal::kept});
  s.access.withdrawal_first_week = per_day(1.0);
  s.access.contact_limit = days(365);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(run_left_alone(s, long_lasting, &signals), 0)),
            RequestEnd::closed_unresolved);
  EXPECT_EQ(signals, std::vector{TrustSignal::broken});
}

TEST(Handover, AfterTheFirstContactRecoveryEndsTheCaseAsResolved) {
  const FactLog log = run_left_alone(quiet(), {1.5, 0.0});
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::resolved);
  EXPECT_NEAR((end.time - SimTime{end.a}).in_days(), 40 * 0.405465, 0.1);
}

TEST(Handover, WithoutLoopsTheCaseIsOpenForEver) {
  Scenario s = quiet();
  s.access.withdrawal_first_week = per_day(0.2);
  s.loops.delay = s.loops.recovery = Switch::off;
  EXPECT_EQ(end_of(*DeskBench::end_of_request(run_left_alone(s, {1.5, 0.0}), 0)), RequestEnd::open_in_case);
}

// A report of an earlier episode does not make the desk forget what it did in the present one.
TEST(Episodes, ALateReportDoesNotResetThePresentOne) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = 20.0;
  s.case_rules.session_law = ServiceLaw::exponential;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting, 2);
  bench.request(0, days(3), Channel::outreach, long_lasting, 1);
  bench.request(0, days(6), Channel::self_referral, long_lasting, 2);
  bench.request(0, days(9), Channel::self_referral, long_lasting, 3);
  std::vector<int> first_of_episode;
  const FactLog& log = bench.run();
  for (const Fact& f : log.of(PeerFact::first_contact)) first_of_episode.push_back(f.small >> 8);
  EXPECT_EQ(first_of_episode, (std::vector{1, 0, 0, 1}));
  // Requests of one episode are numbered on: each has draws of its own.
  std::set<std::int64_t> lengths;
  for (const Fact& f : log.of(PeerFact::session_received)) lengths.insert(f.time.ticks() - f.a);
  EXPECT_EQ(lengths.size(), 4U);
}

// The report of episode 2 comes while the case of episode 1 waits; the contact counts for episode 1.
TEST(Episodes, AContactBelongsToTheEpisodeOfItsCase) {
  Scenario s = quiet();
  s.access.lead_time = days(1);
  s.activation.outreach.acceptance_logit = 20.0;
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting, 1);
  bench.request(0, hours(20), Channel::outreach, long_lasting, 2);  // merged
  bench.request(0, days(4), Channel::self_referral, long_lasting, 2);
  const FactLog& log = bench.run();
  std::vector<int> first_of_episode;
  for (const Fact& f : log.of(PeerFact::first_contact)) first_of_episode.push_back(f.small >> 8);
  EXPECT_EQ(first_of_episode, (std::vector{1, 1}));
  std::vector<std::uint64_t> told;
  for (const auto& heard : bench.heard(0))
    if (heard.kind == Happening::contacted) told.push_back(heard.a);
  EXPECT_EQ(told, (std::vector<std::uint64_t>{1, 2}));
}

}  // namespace
}  // namespace peercap::peer_support
