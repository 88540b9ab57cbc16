#include "tests/models/peer_support/observation/invariants/fact_stream.h"

#include <algorithm>
#include <map>
#include <utility>

#include <gtest/gtest.h>

namespace peercap::peer_support::testing {

Scenario FactStream::quiet_world() {
  Scenario s = plain_scenario(1, 10, 12);
  s.organization.sites[0].departments[0].shift_pattern = ShiftPattern::office;
  s.organization.sites.push_back(s.organization.sites[0]);
  s.organization.sites[1].name = "north";
  simplify_people(s);
  s.run.horizon = weeks(4);
  s.run.burn_in = weeks(1);
  s.access.release_from_shift = {1.0};
  s.access.meeting_hours = *WeeklyWindows::parse("Mon-Fri 08:00-18:00");
  s.case_rules.administration = minutes(30);
  s.case_rules.max_cases = 2;
  s.case_rules.max_sessions = 2;
  s.supporters.protected_time = {3.0};
  s.referrals.destinations[0].places = 1;
  return s;
}

FactStream::FactStream(const Scenario& scenario)
    : rules{scenario},
      random{rules.scenario.run.seed, 0},
      organization{build_organization(rules.scenario, random)} {
  std::vector<bool> is_supporter(organization.clinician_count(), false);
  for (std::uint32_t id = 0; id < organization.supporters.size(); ++id) {
    const SupporterEntry& entry = organization.supporters[id];
    is_supporter[entry.clinician.index()] = true;
    if (entry.initial) (organization.unit(entry.unit).site == SiteId{0U} ? own_ : foreign_).push_back(id);
  }
  EXPECT_GE(own_.size(), 3U);
  EXPECT_GE(foreign_.size(), 1U);
  client_ = static_cast<std::uint32_t>(std::ranges::find(is_supporter, false) - is_supporter.begin());
  EXPECT_EQ(organization.unit_of[client_], 0U);
}

void FactStream::state(SimTime time, PeerFact kind, std::uint32_t subject, std::int64_t a, std::int64_t b,
                       unsigned small) {
  facts_.push_back(
      {time, static_cast<std::uint16_t>(kind), static_cast<std::uint16_t>(small), subject, a, b});
}

void FactStream::add_episode(std::uint32_t who, SimTime from, SimTime to, unsigned flags) {
  state(from, PeerFact::episode_began, who, 1);
  state(to, PeerFact::episode_ended, who, 1, from.ticks(), flags);
}

void FactStream::begin_case(std::uint32_t who, SimTime asked, std::uint32_t supporter) {
  state(asked, PeerFact::request_made, who, asked.ticks());
  state(asked, PeerFact::request_accepted, who, asked.ticks());
  state(asked + hours(1), PeerFact::supporter_assigned, supporter, asked.ticks(), who);
}

void FactStream::hold_session(std::uint32_t who, SimTime asked, std::uint32_t supporter, SimTime begin,
                              unsigned number) {
  if (number == 1) state(begin, PeerFact::first_contact, who, asked.ticks(), asked.ticks());
  const SimTime end = begin + hours(1);
  state(end, PeerFact::session_held, supporter, minutes(90).ticks(), 0, number);
  state(end, PeerFact::session_received, who, begin.ticks(), supporter);
}

void FactStream::end_case(std::uint32_t who, SimTime asked, SimTime ended, RequestEnd how,
                          std::int64_t contact) {
  state(ended, PeerFact::request_ended, who, asked.ticks(), contact, static_cast<unsigned>(how) << 8);
}

void FactStream::add_whole_case() {
  add_episode(client(), at(hours(8)), at(hours(20)), 3);
  begin_case(client(), at(hours(9)), supporter(0));
  hold_session(client(), at(hours(9)), supporter(0), at(hours(11)), 1);
  end_case(client(), at(hours(9)), at(hours(12)), RequestEnd::resolved, at(hours(11)).ticks());
}

void FactStream::add_referral() {
  const SimTime asked = at(hours(9));
  begin_case(client(), asked, supporter(0));
  hold_session(client(), asked, supporter(0), at(hours(11)), 1);
  end_case(client(), asked, at(hours(12)), RequestEnd::referred, at(hours(11)).ticks());
  state(at(hours(12)), PeerFact::referral_made, 0, 0, 0, 1);
  const SimTime arrived = at(hours(12)) + rules.scenario.delays.desk_to_referral;
  state(arrived + days(1), PeerFact::treatment_began, 0, days(1).ticks(), days(2).ticks());
}

std::vector<Fact> FactStream::frame() const {
  std::vector<Fact> facts;
  const auto tell = [&](SimTime time, PeerFact kind, std::uint32_t subject, std::int64_t a, std::int64_t b,
                        std::size_t small) {
    facts.push_back(
        {time, static_cast<std::uint16_t>(kind), static_cast<std::uint16_t>(small), subject, a, b});
  };
  constexpr auto active = static_cast<std::int64_t>(SupporterRole::active);
  for (const auto* of_site : {&own_, &foreign_})
    for (const std::uint32_t id : *of_site)
      tell(rules.begin, PeerFact::supporter_role, id, active, 0, static_cast<std::size_t>(active));
  const std::size_t supporters[] = {own_.size(), foreign_.size()};
  for (SimTime tick = rules.begin; tick < rules.end; tick = tick + weeks(1))
    for (std::uint32_t i = 0; i < 2; ++i) {
      tell(tick, PeerFact::unit_week, i, 0, 0, 0);
      tell(tick, PeerFact::unit_climate, i, 1 << 20, 1 << 19, 0);
      tell(tick, PeerFact::desk_week, i, 0, 0, supporters[i]);
    }
  std::map<std::uint32_t, std::int64_t> distressed;  // ticks, by unit
  std::int64_t waiting = 0;                          // for the first destination
  std::int64_t treated = 0;
  for (const Fact& f : facts_) {
    const PeerFact kind = kind_of(f);
    if (kind == PeerFact::episode_ended) distressed[organization.unit_of[f.subject]] += f.time.ticks() - f.b;
    waiting += kind == PeerFact::referral_made ? f.small : kind == PeerFact::treatment_began ? -1 : 0;
    if (kind == PeerFact::treatment_began && f.time + SimDuration{f.b} >= rules.end) ++treated;
  }
  for (std::uint32_t i = 0; i < 2; ++i) {
    tell(rules.end, PeerFact::unit_census, i, 0, distressed[i], 0);
    tell(rules.end, PeerFact::unit_scores, i, 100, 10'000, 10);
    tell(rules.end, PeerFact::unit_reach, i, distressed[i] > 0 ? 1 : 0, 10, 0);
    tell(rules.end, PeerFact::unit_support, i, 0, 10, 0);
  }
  for (const auto* of_site : {&own_, &foreign_})
    for (const std::uint32_t id : *of_site) tell(rules.end, PeerFact::supporter_exhaustion, id, 0, 0, 0);
  for (std::uint32_t d = 0; d < rules.scenario.referrals.destinations.size(); ++d)
    tell(rules.end, PeerFact::referral_waiting, d, d == 0 ? waiting : 0, d == 0 ? treated : 0, 0);
  return facts;
}

std::vector<Fact> FactStream::all() const {
  std::vector<Fact> facts = frame();
  facts.insert(facts.end(), facts_.begin(), facts_.end());
  std::ranges::stable_sort(facts, {}, &Fact::time);
  return facts;
}

std::string FactStream::broken_in(const std::vector<Fact>& facts) const {
  InvariantObserver observer{{rules, organization, random}};
  for (const Fact& fact : facts) observer.on_fact(fact);
  std::string text;
  const ViolationList broken = observer.judge();
  for (const Violation& violation : broken.first()) text += violation.what + "\n";
  return text;
}

std::string FactStream::broken_by(PeerFact kind, std::size_t number,
                                  const std::function<void(Fact&)>& change) const {
  std::vector<Fact> facts = all();
  for (Fact& fact : facts) {
    if (kind_of(fact) != kind || number-- > 0) continue;
    change(fact);
    return broken_in(facts);
  }
  ADD_FAILURE() << "there is no such fact";
  return {};
}

std::string FactStream::broken_without(PeerFact kind, std::size_t number) const {
  std::vector<Fact> facts = all();
  const auto found =
      std::ranges::find_if(facts, [&](const Fact& fact) { return kind_of(fact) == kind && number-- == 0; });
  EXPECT_NE(found, facts.end());
  if (found != facts.end()) facts.erase(found);
  return broken_in(facts);
}

}  // namespace peercap::peer_support::testing
