// Rules of offers, priority, severe cases and adaptive service.

#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::end_of;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

class Offer : public ::testing::TestWithParam<Channel> {};

TEST_P(Offer, IsAcceptedByTrust) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = 0.0;
  s.activation.outreach.acceptance_trust_gain = 20.0;
  for (const double trust : {0.0, 1.0}) {
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(0, hours(10), GetParam(), long_lasting, 1, Cause::clinical_event, trust);
    EXPECT_EQ(end_of(*DeskBench::end_of_request(bench.run(), 0)),
              trust > 0.5 ? RequestEnd::closed_unresolved : RequestEnd::declined);
  }
}

INSTANTIATE_TEST_SUITE_P(Channels, Offer,
                         ::testing::Values(Channel::outreach, Channel::manager, Channel::peer,
                                           Channel::embedded, Channel::rounding, Channel::follow_up));

TEST(Offers, AreAcceptedByProfession) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = 0.0;
  for (const double shift : {-20.0, 20.0}) {
    s.organization.professions[1].acceptance_shift = shift;
    s.organization.professions[2].acceptance_shift = -shift;
    for (const std::uint8_t profession : {std::uint8_t{1}, std::uint8_t{2}}) {
      DeskBench bench{s};
      bench.organization().professions[0] = profession;
      bench.add_supporter(9);
      bench.request(0, hours(10), Channel::outreach, long_lasting);
      EXPECT_EQ(end_of(*DeskBench::end_of_request(bench.run(), 0)),
                (shift > 0.0) == (profession == 1) ? RequestEnd::closed_unresolved : RequestEnd::declined);
    }
  }
}

/// Clients in the order in which the one supporter was given them. While the first case runs three others
/// come to wait, hit with severity 2, 4, 3 by events at 6, 7, 5 o'clock. Their distress is in another order:
/// what the desk sees of it must not decide.
std::vector<std::int64_t> order_of_service(Priority priority) {
  Scenario s = quiet();
  s.case_rules.max_cases = 1;
  s.matching.priority = priority;
  DeskBench bench{s};
  bench.add_supporter(9);
  const double severity[] = {1.5, 2.0, 4.0, 3.0};
  const double distress[] = {1.5, 3.0, 2.0, 4.0};
  const int event_hour[] = {4, 6, 7, 5};
  for (std::uint16_t client = 0; client < 4; ++client) {
    const SimDuration at = hours(10) + minutes(client);
    const RequestMessage message{client,
                                 1,
                                 Channel::self_referral,
                                 Cause::clinical_event,
                                 bench.at(hours(event_hour[client])),
                                 0.5,
                                 severity[client]};
    bench.tell(0, at, Happening::request, message.pack());
    bench.tell_distress(client, at + minutes(5), {0.0, distress[client]});
  }
  std::vector<std::int64_t> order;
  for (const Fact& f : bench.run().of(PeerFact::supporter_assigned)) order.push_back(f.b);
  return order;
}

TEST(Priority, ServesByArrivalSeverityOrEvent) {
  EXPECT_EQ(order_of_service(Priority::arrival), (std::vector<std::int64_t>{0, 1, 2, 3}));
  EXPECT_EQ(order_of_service(Priority::severity), (std::vector<std::int64_t>{0, 2, 3, 1}));
  EXPECT_EQ(order_of_service(Priority::oldest_event), (std::vector<std::int64_t>{0, 3, 1, 2}));
}

// A load of one case is worth a third of the weight, whatever the cap: here it outweighs a wish worth .3, not
// one worth .4.
TEST(LoadWeight, IsForThreeCasesWhateverTheCap) {
  for (const int cap : {3, 30})
    for (const double wish : {0.30, 0.40}) {
      Scenario s = quiet();
      s.case_rules.max_cases = cap;
      s.case_rules.session_length = hours(2);
      s.matching = {.same_profession = MatchRule::none,
                    .different_unit = MatchRule::none,
                    .outside_authority = MatchRule::none,
                    .profession_weight = wish,
                    .career_stage_weight = 0.0,
                    .different_unit_weight = 0.0,
                    .wait_weight = 0.0,
                    .load_weight = 1.0,
                    .strain_weight = 0.0};
      DeskBench bench{s};
      for (std::uint8_t& profession : bench.organization().professions) profession = 0;
      bench.organization().professions[9] = 1;
      bench.add_supporter(8);
      bench.add_supporter(9);
      bench.request(0, hours(10), Channel::self_referral, long_lasting);
      bench.request(1, hours(10) + minutes(1), Channel::self_referral, long_lasting);
      const auto assigned = bench.run().of(PeerFact::supporter_assigned);
      ASSERT_EQ(assigned.size(), 2U);
      EXPECT_EQ(assigned[1].subject == assigned[0].subject, wish > 1.0 / 3.0) << cap;
    }
}

TEST(SevereReferral, ComesRightAfterTheFirstSession) {
  Scenario s = quiet();
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 3;
  s.case_rules.severe_distress = 3.0;
  for (ReferralDestination& d : s.referrals.destinations) d.acceptance = {1.0};
  // As distressed as anybody: only what was told of the hit counts.
  const auto run = [&s](double severity) {
    DeskBench bench{s};
    bench.add_supporter(9);
    bench.request(0, hours(10), Channel::self_referral, long_lasting, 1, Cause::clinical_event, 0.5,
                  severity);
    FactLog log;
    log.absorb(bench.run());
    return log;
  };
  EXPECT_EQ(run(5.0).count(PeerFact::session_held), 3U);
  s.case_rules.severe_referral = Switch::on;
  EXPECT_EQ(run(2.9).count(PeerFact::session_held), 3U);
  const FactLog severe = run(3.1);
  EXPECT_EQ(severe.count(PeerFact::session_held), 1U);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(severe, 0)), RequestEnd::referred);
}

/// Lengths in minutes of the sessions of four clients who ask one after the other, the first alone.
std::vector<double> session_minutes(const Adaptation& adaptation) {
  Scenario s = quiet();
  s.case_rules.max_cases = 1;
  s.case_rules.adaptation = adaptation;
  s.supporters.protected_time = {0.0};
  DeskBench bench{s};
  bench.add_supporter(9);
  for (std::uint32_t client = 0; client < 4; ++client)
    bench.request(client, hours(10) + minutes(client), Channel::self_referral, long_lasting);
  std::vector<double> lengths;
  for (const Fact& f : bench.run().of(PeerFact::session_received))
    lengths.push_back((f.time - SimTime{f.a}).in_hours() * 60);
  return lengths;
}

TEST(Adaptation, ShortensSessionsWhileOthersWait) {
  EXPECT_EQ(session_minutes({}), (std::vector{30.0, 30.0, 30.0, 30.0}));
  EXPECT_EQ(session_minutes({.speed_up = {0.5}}), (std::vector{30.0, 15.0, 15.0, 30.0}));
}

TEST(Adaptation, LengthensSessionsOfTheOverloaded) {
  // Each session and its notes add an hour of debt, or more once they are longer.
  EXPECT_EQ(session_minutes({.slow_down = 1.0, .debt = 0.5}), (std::vector{30.0, 60.0, 60.0, 60.0}));
  EXPECT_EQ(session_minutes({.slow_down = 1.0, .debt = 1.5}), (std::vector{30.0, 30.0, 60.0, 60.0}));
}

}  // namespace
}  // namespace peercap::peer_support
