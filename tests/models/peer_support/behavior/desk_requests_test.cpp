// The smallest world for each way in which a request ends, and the coordinator's time.

#include <stdexcept>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::DeskBench;
using testing::FactLog;

constexpr DistressLevel long_lasting{0.0, 5.0};  // above the threshold for seven years
constexpr std::uint32_t client = 0;
constexpr std::uint32_t helper = 9;

Scenario quiet() {
  return DeskBench::quiet_scenario();
}

/// One request of `client` on Monday at 10:00 with one supporter in the other unit.
Fact only_end(DeskBench& bench, Channel channel, DistressLevel level = long_lasting) {
  bench.add_supporter(helper);
  bench.request(client, hours(10), channel, level);
  const auto end = DeskBench::end_of_request(bench.run(), client);
  if (!end) throw std::runtime_error{"not exactly one request has ended"};
  return *end;
}

TEST(Request, IsClosedByAgreementWhileStillDistressed) {
  DeskBench bench{quiet()};
  const Fact end = only_end(bench, Channel::self_referral);
  EXPECT_EQ(testing::end_of(end), RequestEnd::closed_unresolved);
  EXPECT_EQ(testing::channel_of(end), Channel::self_referral);
  EXPECT_EQ(end.a, bench.at(hours(10)).ticks());
  // Twenty minutes of triage, an hour of lead, up to the next quarter; half an hour of session.
  EXPECT_EQ(end.b, bench.at(hours(11) + minutes(30)).ticks());
  EXPECT_EQ(end.time, bench.at(hours(12)));
}

TEST(Request, IsResolvedOnceDistressIsBelowTheThreshold) {
  Scenario s = quiet();
  s.case_rules.effect_fast = {0.9};
  DeskBench bench{s};
  EXPECT_EQ(testing::end_of(only_end(bench, Channel::self_referral, {5.0, 0.0})), RequestEnd::resolved);
}

TEST(Request, IsMergedWhileACaseIsOpen) {
  DeskBench bench{quiet()};
  bench.request(client, hours(10), Channel::self_referral, long_lasting);
  bench.request(client, hours(11), Channel::outreach, long_lasting);
  const auto ends = bench.run().of(PeerFact::request_ended);
  ASSERT_EQ(ends.size(), 2U);
  EXPECT_EQ(testing::end_of(ends[0]), RequestEnd::merged);
  EXPECT_EQ(testing::channel_of(ends[0]), Channel::outreach);
  EXPECT_EQ(ends[0].a, bench.at(hours(11)).ticks());
  EXPECT_EQ(ends[0].b, -1);
  EXPECT_EQ(testing::end_of(ends[1]), RequestEnd::open_waiting);
}

TEST(Request, IsDeclinedWhenTheOfferIsNotAccepted) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = -20.0;
  DeskBench bench{s};
  const Fact end = only_end(bench, Channel::outreach);
  EXPECT_EQ(testing::end_of(end), RequestEnd::declined);
  EXPECT_EQ(end.time, bench.at(hours(10) + minutes(20)));
}

TEST(Request, OfSomebodyWhoAsksIsNeverDeclined) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = -20.0;
  DeskBench bench{s};
  EXPECT_EQ(testing::end_of(only_end(bench, Channel::self_referral)), RequestEnd::closed_unresolved);
}

TEST(Request, IsAcceptedLessTheLaterTheOfferComes) {
  Scenario s = quiet();
  s.activation.outreach.acceptance_logit = 20.0;
  s.activation.outreach.acceptance_loss_per_day = 10.0;
  {
    DeskBench bench{s};
    EXPECT_EQ(testing::end_of(only_end(bench, Channel::outreach)), RequestEnd::closed_unresolved);
  }
  s.program.coordinator_windows =
      *WeeklyWindows::parse("Fri 09:00-17:00");  // four days later the log odds are -20
  s.program.coordinator_hours = {8.0};
  DeskBench bench{s};
  EXPECT_EQ(testing::end_of(only_end(bench, Channel::outreach)), RequestEnd::declined);
}

TEST(Request, LapsesWhenThePersonIsWellBeforeTheOffer) {
  Scenario s = quiet();
  s.program.coordinator_windows = *WeeklyWindows::parse("Fri 09:00-17:00");
  s.program.coordinator_hours = {8.0};
  DeskBench bench{s};
  // Decays from e^{0.021272} to 1 within a day of the view's arrival half an hour after the request.
  const Fact end = only_end(bench, Channel::outreach, {1.0215, 0.0});
  EXPECT_EQ(testing::end_of(end), RequestEnd::lapsed);
  EXPECT_NEAR((end.time - bench.at(hours(10) + minutes(30))).in_days(), 40 * 0.021272, 1e-3);
}

TEST(Request, EndsWithRecoveryBeforeTheFirstContact) {
  DeskBench bench{quiet()};
  bench.request(client, hours(10), Channel::self_referral, {1.0215, 0.0});  // nobody is a supporter
  const auto end = DeskBench::end_of_request(bench.run(), client);
  ASSERT_TRUE(end);
  EXPECT_EQ(testing::end_of(*end), RequestEnd::recovered);
  EXPECT_NEAR((end->time - bench.at(hours(10) + minutes(30))).in_days(), 40 * 0.021272, 1e-3);
}

TEST(Request, AnotherHitPutsRecoveryOff) {
  DeskBench bench{quiet()};
  bench.request(client, hours(10), Channel::self_referral, {1.0215, 0.0});
  bench.tell_distress(client, hours(20), {0.0, 4.0});
  const auto end = DeskBench::end_of_request(bench.run(), client);
  ASSERT_TRUE(end);
  EXPECT_EQ(testing::end_of(*end), RequestEnd::open_waiting);
}

TEST(Request, EndsWithWithdrawalWhenPatienceIsOver) {
  Scenario s = quiet();
  s.access.withdrawal_first_week = per_day(1000.0);
  DeskBench bench{s};
  const Fact end = only_end(bench, Channel::self_referral);
  EXPECT_EQ(testing::end_of(end), RequestEnd::withdrew);
  EXPECT_EQ(end.b, -1);
  EXPECT_LT(end.time, bench.at(hours(11)));
}

TEST(Request, PatienceOfTheLaterWeeksBeginsAfterTheFirst) {
  Scenario s = quiet();
  s.access.withdrawal_later = per_day(1000.0);
  DeskBench bench{s};
  bench.request(client, hours(10), Channel::self_referral, long_lasting);
  const auto end = DeskBench::end_of_request(bench.run(), client);
  ASSERT_TRUE(end);
  EXPECT_EQ(testing::end_of(*end), RequestEnd::withdrew);
  EXPECT_GE(end->time, bench.at(days(7) + hours(10)));
  EXPECT_LT(end->time, bench.at(days(7) + hours(11)));
}

TEST(Request, IsReferredOrItsReferralDeclined) {
  for (const double acceptance : {0.0, 1.0}) {
    Scenario s = quiet();
    s.case_rules.early_referral = {1.0};
    for (ReferralDestination& d : s.referrals.destinations) d.acceptance = {acceptance};
    DeskBench bench{s};
    EXPECT_EQ(testing::end_of(only_end(bench, Channel::self_referral)),
              acceptance > 0.5 ? RequestEnd::referred : RequestEnd::referral_declined);
  }
}

TEST(Request, IsStillOpenAtTheEndOfTheRun) {
  Scenario s = quiet();
  s.program.coordinator_windows = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  s.program.coordinator_hours = {40.0};
  s.case_rules.continue_after_session = {1.0};
  s.case_rules.max_sessions = 100;
  s.run.horizon = days(12) + hours(12);  // to Saturday noon
  DeskBench bench{s};
  bench.add_supporter(helper);
  bench.request(0, days(0) + hours(10), Channel::self_referral, long_lasting);
  bench.request(1, days(12) + hours(1), Channel::self_referral, long_lasting);  // Saturday: triage on Monday
  bench.request(2, days(12) + hours(1), Channel::outreach, long_lasting);
  const testing::FactLog& log = bench.run();
  EXPECT_EQ(testing::end_of(*DeskBench::end_of_request(log, 0)), RequestEnd::open_in_case);
  EXPECT_EQ(testing::end_of(*DeskBench::end_of_request(log, 1)), RequestEnd::open_waiting);
  EXPECT_EQ(testing::end_of(*DeskBench::end_of_request(log, 2)), RequestEnd::open_unanswered);
}

// The coordinator spends 20 minutes on each, Monday to Friday from 9 to 17; requests wait over night, weekend
// and holiday.
TEST(Triage, TakesTheCoordinatorsOpenTime) {
  Scenario s = quiet();
  s.program.coordinator_windows = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  s.program.coordinator_hours = {40.0};
  s.run.holidays = {*CivilDate::parse("2026-01-12")};  // the second Monday
  s.activation.outreach.acceptance_logit = 20.0;
  DeskBench bench{s};
  bench.request(0, hours(3), Channel::outreach, long_lasting);               // Monday night
  bench.request(1, hours(3) + minutes(1), Channel::outreach, long_lasting);  // behind it
  bench.request(2, days(4) + hours(16) + minutes(50), Channel::outreach,
                long_lasting);  // Friday, ten minutes left
  const auto accepted = bench.run().of(PeerFact::request_accepted);
  ASSERT_EQ(accepted.size(), 3U);
  EXPECT_EQ(accepted[0].time, bench.at(hours(9) + minutes(20)));
  EXPECT_EQ(accepted[1].time, bench.at(hours(9) + minutes(40)));
  EXPECT_EQ(accepted[2].time, bench.at(days(8) + hours(9) + minutes(10)));
}

TEST(Triage, WaitsForTheOfficeEvenWhereItTakesNoTime) {
  Scenario s = quiet();
  s.program.coordinator_windows = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  s.program.coordinator_hours = {40.0};
  s.program.triage_time = SimDuration{};
  s.activation.outreach.acceptance_logit = 20.0;
  DeskBench bench{s};
  bench.request(0, hours(3), Channel::outreach, long_lasting);
  bench.request(1, hours(10), Channel::outreach, long_lasting);
  const auto accepted = bench.run().of(PeerFact::request_accepted);
  ASSERT_EQ(accepted.size(), 2U);
  EXPECT_EQ(accepted[0].time, bench.at(hours(9)));
  EXPECT_EQ(accepted[1].time, bench.at(hours(10)));
}

TEST(Triage, TakesLongerWithFewerHoursInTheSameWindows) {
  Scenario s = quiet();
  s.program.coordinator_windows = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  s.program.coordinator_hours = {10.0};
  s.activation.outreach.acceptance_logit = 20.0;
  DeskBench bench{s};
  bench.request(0, hours(9), Channel::outreach, long_lasting);
  const auto accepted = bench.run().of(PeerFact::request_accepted);
  ASSERT_EQ(accepted.size(), 1U);
  EXPECT_EQ(accepted[0].time, bench.at(hours(9) + minutes(80)));
}

TEST(Request, TellsTheUnitOfOpeningContactEffectAndClosing) {
  DeskBench bench{quiet()};
  only_end(bench, Channel::self_referral);
  std::vector<Happening> kinds;
  std::vector<SimTime> times;
  for (const auto& heard : bench.heard(0)) {
    kinds.push_back(heard.kind);
    times.push_back(SimTime{} + (heard.time - bench.at(SimDuration{})));
  }
  EXPECT_EQ(kinds, (std::vector{Happening::case_opened, Happening::contacted, Happening::session_effect,
                                Happening::case_closed}));
  EXPECT_EQ(times, (std::vector{SimTime{} + hours(10) + minutes(15), SimTime{} + hours(11) + minutes(45),
                                SimTime{} + hours(12) + minutes(15), SimTime{} + hours(12) + minutes(15)}));
}

// A report of the second episode comes after the person has left: no request, and no session where nobody is.
// The third episode is that of whoever came next.
TEST(Request, IsNoneOnceThePersonHasLeft) {
  DeskBench bench{quiet()};
  bench.add_supporter(helper);
  bench.tell(0, hours(9), Happening::employment_ended, {client, 2, 0});
  bench.request(client, hours(10), Channel::outreach, long_lasting, 2);
  bench.request(client, days(2), Channel::self_referral, long_lasting, 3);
  const testing::FactLog& log = bench.run();
  const auto made = log.of(PeerFact::request_made);
  ASSERT_EQ(made.size(), 1U);
  EXPECT_EQ(testing::channel_of(made[0]), Channel::self_referral);
  EXPECT_EQ(log.count(PeerFact::session_held), 1U);
}

TEST(Request, ANewEpisodeCanAskAgain) {
  DeskBench bench{quiet()};
  bench.add_supporter(helper);
  bench.request(client, hours(10), Channel::self_referral, long_lasting, 1);
  bench.request(client, days(3), Channel::self_referral, long_lasting, 2);
  const testing::FactLog& log = bench.run();
  EXPECT_EQ(log.count(PeerFact::request_ended), 2U);
  EXPECT_EQ(log.count(PeerFact::first_contact), 2U);
  for (const Fact& f : log.of(PeerFact::first_contact))
    EXPECT_EQ(f.small >> 8, 1);  // the first of its episode
}

}  // namespace
}  // namespace peercap::peer_support
