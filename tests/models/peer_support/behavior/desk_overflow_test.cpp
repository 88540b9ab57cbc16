// Requests that wait too long: to a professional, to another site.

#include <map>
#include <set>
#include <vector>

#include <gtest/gtest.h>

#include "tests/models/peer_support/desk_bench.h"

namespace peercap::peer_support {
namespace {

using testing::busy_scenario;
using testing::DeskBench;
using testing::end_of;
using testing::FactLog;
using testing::ObservedRun;
using testing::run_observed;

constexpr DistressLevel long_lasting{0.0, 5.0};

Scenario with_professionals() {
  Scenario s = DeskBench::quiet_scenario();
  s.case_rules.overflow.to_professional = Switch::on;
  s.case_rules.overflow.professional_after = days(2);
  return s;
}

TEST(ProfessionalOverflow, RefersThoseWhoWaitTooLong) {
  DeskBench bench{with_professionals()};
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  const FactLog& log = bench.run();
  const Fact end = *DeskBench::end_of_request(log, 0);
  EXPECT_EQ(end_of(end), RequestEnd::overflow_referred);
  EXPECT_EQ(end.time, bench.at(days(2) + hours(10) + minutes(20)));  // two days after triage
  EXPECT_EQ(log.count(PeerFact::overflowed), 1U);
  EXPECT_EQ(log.count(PeerFact::referral_made), 1U);
}

TEST(ProfessionalOverflow, LeavesThoseAloneWhoHaveABooking) {
  Scenario s = with_professionals();
  s.access.lead_time = days(4);
  DeskBench bench{s};
  bench.add_supporter(9);
  bench.request(0, hours(10), Channel::self_referral, long_lasting);
  EXPECT_EQ(end_of(*DeskBench::end_of_request(bench.run(), 0)), RequestEnd::closed_unresolved);
}

TEST(ProfessionalOverflow, NeedsADestinationAndTheLoopOfReferral) {
  for (const bool has_destination : {true, false}) {
    Scenario s = with_professionals();
    if (has_destination)
      s.loops.referral = Switch::off;
    else
      s.referrals.destinations.clear();
    DeskBench bench{s};
    bench.request(0, hours(10), Channel::self_referral, long_lasting);
    EXPECT_EQ(end_of(*DeskBench::end_of_request(bench.run(), 0)), RequestEnd::open_waiting);
  }
}

/// Two sites whose few supporters have one case at a time.
Scenario two_sites() {
  Scenario s = busy_scenario(6, 12, 6);
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
  s.activation.self_referral.hazard = per_day(0.1);
  s.case_rules.max_cases = 1;
  s.case_rules.overflow.to_other_site = Switch::on;
  s.case_rules.overflow.other_site_after = hours(6);
  return s;
}

struct Outcome {
  std::size_t transferred = 0;
  std::size_t assigned_elsewhere = 0;
  std::size_t contacted_elsewhere = 0;
  std::set<RequestEnd> ends_elsewhere;
};

Outcome follow_transfers(const ObservedRun& run) {
  Outcome outcome;
  std::set<std::uint32_t> elsewhere;
  for (const Fact& f : run.log.facts()) switch (testing::kind_of(f)) {
      case PeerFact::request_transferred:
        ++outcome.transferred;
        elsewhere.insert(f.subject);
        break;
      case PeerFact::supporter_assigned:
        outcome.assigned_elsewhere += elsewhere.contains(static_cast<std::uint32_t>(f.b)) ? 1U : 0U;
        break;
      case PeerFact::first_contact:
        outcome.contacted_elsewhere += elsewhere.contains(f.subject) ? 1U : 0U;
        break;
      case PeerFact::request_ended:
        if (end_of(f) == RequestEnd::merged || elsewhere.erase(f.subject) == 0) break;
        outcome.ends_elsewhere.insert(end_of(f));
        break;
      default:
        break;
    }
  return outcome;
}

TEST(SiteOverflow, OtherSitesTakeRequestsOver) {
  Scenario s = two_sites();
  const Outcome on = follow_transfers(run_observed(s));
  EXPECT_GT(on.transferred, 50U);
  EXPECT_GT(on.contacted_elsewhere, 10U);
  EXPECT_GE(on.assigned_elsewhere, on.contacted_elsewhere);
  // Everything that ends a request can end one elsewhere, and their own unit hears of it.
  for (const RequestEnd end : {RequestEnd::withdrew, RequestEnd::recovered, RequestEnd::closed_unresolved})
    EXPECT_TRUE(on.ends_elsewhere.contains(end)) << static_cast<int>(end);
  s.case_rules.overflow.to_other_site = Switch::off;
  EXPECT_EQ(follow_transfers(run_observed(s)).transferred, 0U);
}

TEST(SiteOverflow, ComesAfterItsTimeAndOnceAtMost) {
  const ObservedRun run = run_observed(two_sites());
  std::set<std::pair<std::uint32_t, std::int64_t>> seen;
  for (const Fact& f : run.log.of(PeerFact::request_transferred)) {
    EXPECT_GE(f.time - SimTime{f.a}, hours(6));
    EXPECT_TRUE(seen.insert({f.subject, f.a}).second);
  }
}

// Whoever is with the other site's desk can ask again at home, and is told apart until that case is over.
TEST(SiteOverflow, AnotherRequestAtHomeIsMergedWhileTheCaseIsElsewhere) {
  Scenario s = two_sites();
  s.activation.outreach.report = {1.0};
  s.activation.outreach.flag = {1.0};
  std::size_t merged = 0;
  std::size_t again = 0;
  const ObservedRun run = run_observed(s);
  std::map<std::uint32_t, bool> elsewhere;  // by client: false once that case is over
  for (const Fact& f : run.log.facts()) {
    if (testing::kind_of(f) == PeerFact::request_transferred) elsewhere[f.subject] = true;
    if (testing::kind_of(f) != PeerFact::request_ended || !elsewhere.contains(f.subject)) continue;
    if (end_of(f) == RequestEnd::merged) {
      merged += elsewhere[f.subject] ? 1U : 0U;
    } else {
      again += elsewhere[f.subject] ? 0U : 1U;  // a later request of the same person
      elsewhere[f.subject] = false;
    }
  }
  EXPECT_GT(merged, 0U);
  EXPECT_GT(again, 0U);
}

// The effect of sessions at another site reaches the person.
TEST(SiteOverflow, SessionsElsewhereHelpAsMuch) {
  Scenario s = two_sites();
  s.environment.exhaustion_error_gain = 0.0;
  s.case_rules.closing_rule = ClosingRule::threshold;
  s.case_rules.effect_fast = s.case_rules.effect_slow = {1.0};
  const ObservedRun run = run_observed(s);
  std::set<std::uint32_t> elsewhere;
  std::size_t well = 0;
  for (const Fact& f : run.log.facts()) {
    if (testing::kind_of(f) == PeerFact::request_transferred) elsewhere.insert(f.subject);
    if (testing::kind_of(f) != PeerFact::request_ended || end_of(f) == RequestEnd::merged) continue;
    if (elsewhere.erase(f.subject) == 0 || end_of(f) != RequestEnd::resolved) continue;
    for (const Fact& e : run.log.of(PeerFact::episode_ended))
      if (e.subject == f.subject && e.time == f.time + minutes(15)) ++well;
  }
  EXPECT_GT(well, 5U);
}

}  // namespace
}  // namespace peercap::peer_support
