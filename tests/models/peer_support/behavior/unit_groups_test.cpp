// Group debriefs: who is offered one, who comes, and what it does.

#include <bit>
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
using testing::kind_of;
using testing::plain_scenario;
using testing::share_margin;
using testing::UnitBench;
using testing::UnitMessage;

/// Clinical events alone, most of which hit several people.
Scenario group_scenario() {
  Scenario s = plain_scenario(10, 20, 0);
  testing::simplify_people(s);
  testing::cut_feedback(s);
  s.loops.relief = Switch::on;
  s.run.horizon = weeks(26);
  s.environment.exposure_rate = per_year(12.0);
  s.environment.personal_share = {0.0};
  s.environment.team_exposure = {0.6};
  s.activation.outreach.enabled = Switch::off;
  s.activation.self_referral.enabled = Switch::off;
  s.activation.group_debrief = {.policy = GroupDebriefPolicy::automatic,
                                .least_affected = 4,
                                .attendance = {1.0},
                                .facilitators = 3,
                                .effect_fast = {0.5}};
  return s;
}

using EventName = std::pair<std::uint32_t, std::uint64_t>;  // unit and candidate

std::map<EventName, std::uint64_t> wanted(const UnitBench& bench) {
  std::map<EventName, std::uint64_t> found;
  for (const UnitMessage& m : bench.heard(Happening::group_debrief_wanted))
    EXPECT_TRUE(found.emplace(EventName{m.unit, m.event.a}, m.event.b).second);
  return found;
}

/// People hit by each event that hit at least `least`.
std::map<EventName, std::uint64_t> hit_together(const UnitBench& bench, std::int64_t least) {
  std::map<EventName, std::uint64_t> found;
  for (const Fact& f : bench.log().of(PeerFact::clinical_event))
    if (f.b >= least) found[{f.subject, static_cast<std::uint64_t>(f.a)}] = static_cast<std::uint64_t>(f.b);
  return found;
}

TEST(GroupDebriefs, AreOfferedFromTheLeastNumberAffectedOn) {
  UnitBench bench{group_scenario()};
  bench.run();
  const auto expected = hit_together(bench, 4);
  EXPECT_GT(expected.size(), 100U);
  EXPECT_LT(expected.size(), bench.log().count(PeerFact::clinical_event));
  EXPECT_EQ(wanted(bench), expected);
}

TEST(GroupDebriefs, AreHeldOnRequestAsOftenAsUnitsAsk) {
  Scenario s = group_scenario();
  s.activation.group_debrief.policy = GroupDebriefPolicy::on_request;
  s.activation.group_debrief.requested = {0.3};
  UnitBench bench{s};
  bench.run();
  const auto n = static_cast<double>(hit_together(bench, 4).size());
  EXPECT_NEAR(static_cast<double>(wanted(bench).size()) / n, 0.3, share_margin(0.3, n));
}

TEST(GroupDebriefs, AreNotOfferedWhereSwitchedOff) {
  Scenario s = group_scenario();
  s.activation.group_debrief.policy = GroupDebriefPolicy::off;
  UnitBench off{s};
  off.run();
  EXPECT_TRUE(wanted(off).empty());
  s = group_scenario();
  s.program.enabled = Switch::off;
  UnitBench without{s};
  without.run();
  EXPECT_TRUE(wanted(without).empty());
}

/// The world of `s`, in which every group debrief that is wanted is held `delay` later, with a quality.
void script_debriefs(UnitBench& bench, const Scenario& s, SimDuration delay, double quality) {
  UnitBench first{s};
  first.run();
  for (const UnitMessage& m : first.heard(Happening::group_debrief_wanted))
    bench.tell(m.unit, (m.sent - first.rules().begin) + delay, Happening::group_debrief_held,
               {0, m.event.a, std::bit_cast<std::uint64_t>(quality)});
}

TEST(GroupDebriefs, AreAttendedByAShareOfThoseHit) {
  Scenario s = group_scenario();
  s.activation.group_debrief.attendance = {0.35};
  UnitBench bench{s};
  script_debriefs(bench, s, days(2), 1.0);
  bench.run();
  const auto groups = wanted(bench);
  double invited = 0.0;
  double came = 0.0;
  const auto held = bench.log().of(PeerFact::group_debrief);
  for (const Fact& f : held) {
    invited += static_cast<double>(groups.at({f.subject, static_cast<std::uint64_t>(f.a)}));
    came += static_cast<double>(f.b);
    EXPECT_EQ(f.small, 3);
  }
  EXPECT_GT(held.size(), 100U);
  EXPECT_NEAR(came / invited, 0.35, share_margin(0.35, invited));
}

TEST(GroupDebriefs, OfEventsThatNobodyWantedOneForDoNothing) {
  UnitBench bench{group_scenario()};
  bench.tell(0, days(20), Happening::group_debrief_held, {0, 12345, std::bit_cast<std::uint64_t>(1.0)});
  bench.run();
  EXPECT_EQ(bench.log().count(PeerFact::group_debrief), 0U);
}

/// What the desk sees of one person with an open case.
struct View {
  SimTime sent;
  DistressLevel level;
};

/// Views at group debriefs, each with what theory says the level was just before.
std::vector<std::pair<DistressLevel, DistressLevel>> before_and_after(const Scenario& s, double quality) {
  UnitBench bench{s};
  script_debriefs(bench, s, days(2) + minutes(7), quality);
  for (std::uint32_t unit = 0; unit < 10; ++unit)
    for (std::uint16_t position = 0; position < 20; ++position)
      bench.tell(unit, minutes(15), Happening::case_opened, {position, 0, 0});
  bench.run();
  std::set<std::pair<std::int64_t, std::uint32_t>> debriefs;
  for (const Fact& f : bench.log().of(PeerFact::group_debrief)) debriefs.emplace(f.time.ticks(), f.subject);
  EXPECT_GT(debriefs.size(), 100U);
  const DistressLaw& law = bench.rules().distress_law;
  std::map<std::uint32_t, View> last;
  std::vector<std::pair<DistressLevel, DistressLevel>> pairs;
  for (const UnitMessage& m : bench.heard(Happening::distress_view)) {
    const ViewMessage view = ViewMessage::unpack(m.event);
    const std::uint32_t person = m.unit * 20 + view.position;
    if (const auto known = last.find(person);
        known != last.end() && debriefs.contains({m.sent.ticks(), m.unit}))
      pairs.emplace_back(law.after(known->second.level, (m.sent - known->second.sent).in_days()), view.level);
    last[person] = {m.sent, view.level};
  }
  EXPECT_GT(pairs.size(), 300U);
  return pairs;
}

TEST(GroupDebriefs, TakeAPartOffFastDistressAndNoneOffSlow) {
  Scenario s = group_scenario();
  s.distress.slow_share = {0.9};
  double slow = 0.0;
  for (const auto& [before, after] : before_and_after(s, 0.8)) {
    EXPECT_NEAR(after.fast, before.fast * (1 - 0.5 * 0.8), 1e-5 * (1 + before.fast));
    EXPECT_NEAR(after.slow, before.slow, 1e-5 * (1 + before.slow));
    slow += after.slow;
  }
  EXPECT_GT(slow, 10.0);
}

TEST(GroupDebriefs, DoNotHelpWithTheLoopOfReliefCut) {
  Scenario s = group_scenario();
  s.loops.relief = Switch::off;
  for (const auto& [before, after] : before_and_after(s, 0.8))
    EXPECT_NEAR(after.fast, before.fast, 1e-5 * (1 + before.fast));
}

// Ten days after the event some of those hit have left; those who took their places were not hit.
TEST(GroupDebriefs, AreForThosePeopleWhoWereHit) {
  Scenario s = group_scenario();
  s.turnover = {.enabled = Switch::on, .burnout_ratio = 1.0, .vacancy = days(1), .vacancy_workload = 0.0};
  for (Profession& profession : s.organization.professions) profession.turnover = per_year(15.0);
  UnitBench bench{s};
  script_debriefs(bench, s, days(10), 1.0);
  bench.run();
  std::map<EventName, std::set<std::uint32_t>> groups;
  std::set<std::uint32_t> hit;
  std::size_t gone = 0;
  for (const Fact& f : bench.log().facts()) {
    switch (kind_of(f)) {
      case PeerFact::exposure:
        hit.insert(f.subject);
        break;
      case PeerFact::clinical_event:
        groups[{f.subject, static_cast<std::uint64_t>(f.a)}] = hit;
        hit.clear();
        break;
      case PeerFact::clinician_left:
        for (auto& [name, people] : groups) gone += people.erase(f.subject);
        break;
      case PeerFact::group_debrief:
        EXPECT_EQ(f.b,
                  static_cast<std::int64_t>(groups.at({f.subject, static_cast<std::uint64_t>(f.a)}).size()));
        break;
      default:
        break;
    }
  }
  EXPECT_GT(gone, 50U);
  EXPECT_GT(bench.log().count(PeerFact::group_debrief), 100U);
}

}  // namespace
}  // namespace peercap::peer_support
