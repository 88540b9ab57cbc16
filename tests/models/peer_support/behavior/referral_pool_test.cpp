#include "models/peer_support/behavior/referral_pool.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include <gtest/gtest.h>

#include "models/peer_support/organization/draw_purpose.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/random/distributions.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support {
namespace {

using testing::FactLog;
using testing::plain_scenario;

enum class FeederEvent : std::uint16_t { next = 1000 };

/// Sends one client after the other: at given times, or with exponential gaps of mean `mean_gap`.
class Feeder final : public peercap::testing::Unsaved<LogicalProcess> {
 public:
  explicit Feeder(std::vector<SimDuration> arrivals) : arrivals_{std::move(arrivals)} {}
  explicit Feeder(SimDuration mean_gap) : mean_gap_{mean_gap} {}

  void start(Context& context) override {
    begin_ = context.now();
    schedule_next(context);
  }
  void handle(const Event& event, Context& context) override {
    if (event.kind_as<FeederEvent>() != FeederEvent::next) {  // a client is reported lost
      ++lost_;
      return;
    }
    context.send(0, hours(1), Happening::referral, ReferralMessage{0, sent_}.pack());
    ++sent_;
    schedule_next(context);
  }
  void finish(Context&) override {}
  [[nodiscard]] std::string name() const override { return "feeder"; }

 private:
  void schedule_next(Context& context) {
    if (mean_gap_ == SimDuration{}) {
      if (sent_ < arrivals_.size())
        context.schedule(begin_ + (arrivals_[sent_] - hours(1)), FeederEvent::next);
      return;
    }
    const double uniform = context.random().draw(EntityKey{77}, DrawPurpose::acceptance, sent_).uniform();
    context.schedule(context.now() + duration_from_days(mean_gap_.in_days() * standard_exponential(uniform)),
                     FeederEvent::next);
  }

  std::vector<SimDuration> arrivals_;
  SimDuration mean_gap_;
  SimTime begin_;
  std::uint64_t sent_ = 0;
  std::uint64_t lost_ = 0;
};

Scenario pool_scenario(const ReferralDestination& destination) {
  Scenario s = plain_scenario(1, 1, 0);
  s.referrals.destinations = {destination};
  return s;
}

FactLog run_pool(const Scenario& s, std::unique_ptr<Feeder> feeder, SimDuration span,
                 std::uint64_t seed = 1) {
  const Rules rules{s};
  const RandomSource random{seed, 0};
  const Organization organization = build_organization(s, random);
  Topology topology;
  const ProcessId source = topology.add(std::move(feeder));
  std::vector<ProcessId> pools;
  for (std::uint32_t d = 0; d < s.referrals.destinations.size(); ++d)
    pools.push_back(topology.add(std::make_unique<ReferralPool>(rules, organization, d)));
  topology.connect(source, pools[0], hours(1));
  for (std::uint32_t d = 0; d < pools.size(); ++d)
    for (const std::uint32_t next : ReferralPool::next_destinations(s.referrals, d))
      topology.connect(pools[d], pools[next], s.delays.desk_to_referral);
  for (const ProcessId pool : pools) topology.connect(pool, source, s.delays.desk_to_referral);
  FactLog log;
  SequentialEngine engine;
  engine.run(topology, random, {rules.begin, rules.begin + span, nullptr}, &log);
  return log;
}

ReferralDestination office_of(int places) {
  return {.name = "office",
          .places = places,
          .service_time = days(10),
          .service_law = ServiceLaw::fixed,
          .patience = days(36000),
          .opening_hours = WeeklyWindows::always()};
}

std::vector<SimDuration> begins(const FactLog& log, const Scenario& s) {
  std::vector<SimDuration> times;
  for (const Fact& f : log.of(PeerFact::treatment_began)) times.push_back(f.time - Rules{s}.begin);
  return times;
}

TEST(ReferralPool, TreatsAtMostAsManyAsItHasPlacesInOrderOfArrival) {
  const Scenario s = pool_scenario(office_of(2));
  const auto log = run_pool(
      s, std::make_unique<Feeder>(std::vector{days(1), days(2), days(3), days(4), days(5)}), days(100));
  EXPECT_EQ(begins(log, s), (std::vector{days(1), days(2), days(11), days(12), days(21)}));
  const auto facts = log.of(PeerFact::treatment_began);
  EXPECT_EQ(facts[2].a, days(8).ticks());  // arrived on day 3
  EXPECT_EQ(facts[4].a, days(16).ticks());
}

TEST(ReferralPool, OpensWithItsOffice) {
  ReferralDestination office = office_of(5);
  office.opening_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  Scenario s = pool_scenario(office);
  s.run.holidays = {*CivilDate::parse("2026-01-12")};  // the second Monday
  const auto log = run_pool(
      s, std::make_unique<Feeder>(std::vector{hours(12), hours(20), days(5) + hours(3), days(5) + hours(4)}),
      days(60));
  EXPECT_EQ(begins(log, s),
            (std::vector{hours(12), days(1) + hours(9), days(8) + hours(9), days(8) + hours(9)}));
}

TEST(ReferralPool, WhoeverHasWaitedTooLongIsGone) {
  ReferralDestination office = office_of(1);
  office.service_time = days(50);
  office.patience = days(5);
  const Scenario s = pool_scenario(office);
  const auto log =
      run_pool(s, std::make_unique<Feeder>(std::vector{days(1), days(2), days(3), days(4)}), days(40));
  ASSERT_EQ(log.count(PeerFact::treatment_began), 1U);
  const auto gone = log.of(PeerFact::referral_given_up);
  ASSERT_EQ(gone.size(), 3U);  // at this seed all three within their 35 days
  const RandomSource random{1, 0};
  const EntityKey key = build_organization(s, random).person_keys[0];
  std::vector<std::int64_t> expected;
  for (std::uint64_t client = 1; client < 4; ++client)
    expected.push_back(
        duration_from_days(
            5.0 * standard_exponential(random.draw(key, DrawPurpose::treatment, client).second_uniform()))
            .ticks());
  std::vector<std::int64_t> waits;
  for (const Fact& f : gone) waits.push_back(f.a);
  std::ranges::sort(expected);
  std::ranges::sort(waits);
  EXPECT_EQ(waits, expected);
}

TEST(ReferralPool, WithoutPlacesEverybodyWaits) {
  const Scenario s = pool_scenario(office_of(0));
  const auto log = run_pool(s, std::make_unique<Feeder>(std::vector{days(1), days(2)}), days(30));
  EXPECT_EQ(log.count(PeerFact::treatment_began), 0U);
  const auto end = log.of(PeerFact::referral_waiting);
  ASSERT_EQ(end.size(), 1U);
  EXPECT_EQ(end[0].a, 2);
  EXPECT_EQ(end[0].b, 0);
}

TEST(ReferralPool, EveryClientIsBegunGivenUpOrStillThere) {
  ReferralDestination office = office_of(3);
  office.patience = days(8);
  office.service_law = ServiceLaw::lognormal;
  const Scenario s = pool_scenario(office);
  const auto log = run_pool(s, std::make_unique<Feeder>(days(2)), days(2000));
  const auto end = log.of(PeerFact::referral_waiting).front();
  const auto begun = static_cast<std::int64_t>(log.count(PeerFact::treatment_began));
  const auto lost = static_cast<std::int64_t>(log.count(PeerFact::referral_given_up));
  // What the feeder sent, from the same draws: its clock does not depend on the pool.
  const RandomSource random{1, 0};
  std::int64_t sent = 0;
  for (double t = 0; t < 2000.0 - 1.0 / 24; ++sent)
    t += 2.0 *
         standard_exponential(
             random.draw(EntityKey{77}, DrawPurpose::acceptance, static_cast<std::uint64_t>(sent)).uniform());
  EXPECT_EQ(begun + lost + end.a, sent - 1);
  EXPECT_GT(lost, 50);
  EXPECT_LE(end.b, 3);
}

ReferralDestination office_leading_to(const char* name, std::vector<std::pair<std::string, double>> onward) {
  ReferralDestination office = office_of(1000);
  office.name = name;
  office.onward.weights = std::move(onward);
  return office;
}

TEST(ReferralPool, ClientsGoOnwardWhenTheirTreatmentEnds) {
  Scenario s = pool_scenario(office_leading_to("office", {{"clinic", 1.0}}));
  s.referrals.destinations.push_back(office_leading_to("clinic", {}));
  const auto log = run_pool(s, std::make_unique<Feeder>(std::vector{days(1), days(2)}), days(100));
  const SimDuration way = s.delays.desk_to_referral;
  EXPECT_EQ(begins(log, s), (std::vector{days(1), days(2), days(11) + way, days(12) + way}));
  const auto onward = log.of(PeerFact::referral_onward);
  ASSERT_EQ(onward.size(), 2U);
  EXPECT_EQ(onward[0].time - Rules{s}.begin, days(11));
  EXPECT_EQ(onward[0].subject, 0U);  // left
  EXPECT_EQ(onward[0].a, 1);         // entered
  EXPECT_EQ(log.of(PeerFact::treatment_began)[2].subject, 1U);
}

// Four standard errors of 3,000 clients; false alarm about 1 in 16,000 for each.
TEST(ReferralPool, OnwardStepsHaveTheirProbabilities) {
  Scenario s = pool_scenario(office_leading_to("office", {{"office", 0.2}, {"clinic", 0.3}}));
  s.referrals.destinations.push_back(office_leading_to("clinic", {}));
  std::vector<SimDuration> arrivals;
  for (int i = 1; i <= 3000; ++i) arrivals.push_back(hours(2 * i));
  const auto log = run_pool(s, std::make_unique<Feeder>(arrivals), days(500));
  std::array<double, 2> entered{};
  for (const Fact& f : log.of(PeerFact::referral_onward)) {
    EXPECT_EQ(f.subject, 0U);
    ++entered[static_cast<std::size_t>(f.a)];
  }
  double treated = 0;  // in the office
  for (const Fact& f : log.of(PeerFact::treatment_began)) treated += f.subject == 0 ? 1 : 0;
  EXPECT_EQ(treated, 3000 + entered[0]);
  EXPECT_NEAR(entered[0] / treated, 0.2, 4 * std::sqrt(0.2 * 0.8 / treated));
  EXPECT_NEAR(entered[1] / treated, 0.3, 4 * std::sqrt(0.3 * 0.7 / treated));
}

TEST(ReferralPool, NobodyGoesOnwardMoreThanSevenTimes) {
  const Scenario s = pool_scenario(office_leading_to("office", {{"office", 1.0}}));
  const auto log = run_pool(s, std::make_unique<Feeder>(std::vector{days(1)}), days(400));
  EXPECT_EQ(log.count(PeerFact::referral_onward), 7U);
  EXPECT_EQ(log.count(PeerFact::treatment_began), 8U);
  EXPECT_EQ(log.of(PeerFact::referral_waiting).front().b, 0);
}

TEST(ReferralPool, EachTreatmentOnTheWayHasALengthOfItsOwn) {
  ReferralDestination office = office_leading_to("office", {{"office", 1.0}});
  office.service_law = ServiceLaw::exponential;
  const Scenario s = pool_scenario(office);
  const auto log = run_pool(s, std::make_unique<Feeder>(std::vector{days(1)}), days(1000));
  const auto times = begins(log, s);
  ASSERT_EQ(times.size(), 8U);
  std::set<std::int64_t> lengths;
  for (std::size_t i = 1; i < times.size(); ++i) lengths.insert((times[i] - times[i - 1]).ticks());
  EXPECT_EQ(lengths.size(), 7U);
}

// With a step that is never taken, the draws and times of everything else stay as they are.
TEST(ReferralPool, AStepThatIsNeverTakenChangesNothing) {
  ReferralDestination office = office_of(2);
  office.service_law = ServiceLaw::exponential;
  office.patience = days(20);
  Scenario s = pool_scenario(office);
  const auto without = run_pool(s, std::make_unique<Feeder>(days(3)), days(1000));
  s.referrals.destinations[0].onward.weights = {{"office", 0.0}};
  const auto with = run_pool(s, std::make_unique<Feeder>(days(3)), days(1000));
  ASSERT_EQ(with.facts().size(), without.facts().size());
  EXPECT_GT(with.facts().size(), 200U);
  for (std::size_t i = 0; i < with.facts().size(); ++i) {
    EXPECT_EQ(with.facts()[i].time, without.facts()[i].time);
    EXPECT_EQ(with.facts()[i].kind, without.facts()[i].kind);
    EXPECT_EQ(with.facts()[i].a, without.facts()[i].a);
  }
}

class TreatmentLaw : public ::testing::TestWithParam<ServiceLaw> {};

// One place and a queue that is never empty: the gaps between begins are treatment lengths. Four standard
// errors of the mean; of the coefficient of variation 15 %.
TEST_P(TreatmentLaw, HasTheStatedMeanAndSpread) {
  ReferralDestination office = office_of(1);
  office.service_law = GetParam();
  const Scenario s = pool_scenario(office);
  const auto log = run_pool(s, std::make_unique<Feeder>(days(5)), days(30000));
  const auto times = begins(log, s);
  std::vector<double> gaps;
  for (std::size_t i = 21; i < times.size(); ++i) gaps.push_back((times[i] - times[i - 1]).in_days());
  const auto n = static_cast<double>(gaps.size());
  ASSERT_GT(n, 2000.0);
  double mean = 0, square = 0;
  for (const double gap : gaps) {
    mean += gap / n;
    square += gap * gap / n;
  }
  const std::map<ServiceLaw, double> spreads{{ServiceLaw::fixed, 0.0},
                                             {ServiceLaw::exponential, 1.0},
                                             {ServiceLaw::lognormal, 1.0},
                                             {ServiceLaw::two_phases, std::sqrt(0.5)},
                                             {ServiceLaw::hyperexponential, 2.0}};
  const double spread = spreads.at(GetParam());
  EXPECT_NEAR(mean, 10.0, 4 * 10.0 * spread / std::sqrt(n) + 1e-9);
  EXPECT_NEAR(std::sqrt(std::max(0.0, square - mean * mean)) / mean, spread, 0.15 * spread + 1e-6);
}

INSTANTIATE_TEST_SUITE_P(AllLaws, TreatmentLaw,
                         ::testing::Values(ServiceLaw::fixed, ServiceLaw::exponential, ServiceLaw::lognormal,
                                           ServiceLaw::two_phases, ServiceLaw::hyperexponential));

// Erlang A with lambda 4, mu 1, theta 1/2 a day and 5 servers: 7.79687 % abandon (Mandelbaum & Zeltyn). Sixty
// independent runs; four standard errors, which have to be below 0.6 percentage points.
TEST(ReferralPool, LosesWhatErlangALoses) {
  ReferralDestination office = office_of(5);
  office.service_time = days(1);
  office.service_law = ServiceLaw::exponential;
  office.patience = days(2);
  const Scenario s = pool_scenario(office);
  double sum = 0, square = 0;
  constexpr int runs = 60;
  for (std::uint64_t seed = 1; seed <= runs; ++seed) {
    const auto log = run_pool(s, std::make_unique<Feeder>(hours(6)), days(1000), seed);
    const auto lost = static_cast<double>(log.count(PeerFact::referral_given_up));
    const double share = lost / (lost + static_cast<double>(log.count(PeerFact::treatment_began)));
    sum += share;
    square += share * share;
  }
  const double mean = sum / runs;
  const double error = std::sqrt((square / runs - mean * mean) / (runs - 1));
  EXPECT_LT(4 * error, 0.006);
  EXPECT_NEAR(mean, 0.0779687, 4 * error);
}

}  // namespace
}  // namespace peercap::peer_support
