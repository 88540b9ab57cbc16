// People: episodes and positions in turn, and what units count of them at the end.

#include <algorithm>
#include <utility>

#include "models/peer_support/observation/invariants/judgment.h"

namespace peercap::peer_support {
namespace {

/// What a unit's facts about its people add up to.
struct UnitCount {
  std::int64_t vacant = 0;
  std::int64_t reached = 0;           ///< people with an episode in the horizon
  std::int64_t distressed_ticks = 0;  ///< of the horizon
  std::int64_t weekly_people = 0;     ///< in an episode, summed over weekly ticks
  bool is_told = false;               ///< what the unit counts itself was compared
};

/// Weekly ticks in (begin, end], that of the run's begin included where the episode is there from the begin.
std::int64_t ticks_within(const Rules& rules, SimTime begin, SimTime end, bool from_the_begin) {
  const SimDuration week = weeks(1);
  const auto before_or_at = [&](SimTime time) {
    const SimTime last = std::min(time, rules.end - microseconds(1));
    return (last - rules.begin) / week + 1;
  };
  return before_or_at(end) - (from_the_begin ? 0 : before_or_at(begin));
}

/// Follows the facts of one clinician after the other.
class PeopleReader {
 public:
  PeopleReader(const CheckedRun& run, const std::vector<CaseStory>& stories, ViolationList& broken)
      : run_{run}, stories_{stories}, broken_{broken}, units_(run.organization.units.size()) {}

  void read(const Fact& fact) {
    if (!has_begun_ || fact.subject != clinician_) {
      if (has_begun_) finish_person();
      begin_person(fact.subject);
    }
    fact_ = &fact;
    expect(
        !must_leave_ || (static_cast<PeerFact>(fact.kind) == PeerFact::clinician_left && fact.time == left_),
        "an episode ends by leaving, and nobody leaves");
    must_leave_ = false;
    switch (static_cast<PeerFact>(fact.kind)) {
      case PeerFact::episode_began:
        begin_episode();
        return;
      case PeerFact::episode_ended:
      case PeerFact::episode_open:
        end_episode();
        return;
      case PeerFact::clinician_left:
        expect(!is_vacant_, "somebody leaves who was not there");
        expect(fact.a == incarnation_, "somebody else leaves than is there");
        expect(!in_episode_, "somebody leaves, and their episode goes on");
        is_vacant_ = true;
        left_ = fact.time;
        return;
      case PeerFact::clinician_hired: {
        const Delays& delays = run_.rules.scenario.delays;
        expect(is_vacant_, "somebody is hired for a position that is taken");
        expect(fact.a == incarnation_ + 1, "people of a position are numbered out of turn");
        expect(!is_vacant_ || fact.time >= left_ + delays.unit_to_desk + delays.desk_to_unit,
               "somebody is hired before the office knows that the position is free");
        is_vacant_ = false;
        incarnation_ = fact.a;
        return;
      }
      default:
        return;
    }
  }

  [[nodiscard]] std::vector<UnitCount> take() {
    if (has_begun_) finish_person();
    return std::move(units_);
  }

 private:
  void expect(bool holds, const char* otherwise) {
    if (!holds) [[unlikely]]
      broken_.add(fact_->time, Party::clinician, clinician_, otherwise);
  }

  void begin_person(std::uint32_t clinician) {
    has_begun_ = true;
    clinician_ = clinician;
    unit_ = &units_[run_.organization.unit_of[clinician]];
    incarnation_ = 0;
    episode_ = 0;
    in_episode_ = is_vacant_ = must_leave_ = is_reached_ = false;
  }

  void finish_person() {
    expect(!in_episode_, "an episode never ends");
    expect(!must_leave_, "an episode ends by leaving, and nobody leaves");
    unit_->vacant += is_vacant_ ? 1 : 0;
    unit_->reached += is_reached_ ? 1 : 0;
  }

  void begin_episode() {
    expect(!in_episode_, "an episode begins within another one");
    expect(!is_vacant_, "an episode begins, and nobody is there");
    expect(fact_->a == episode_ + 1, "episodes are numbered out of turn");
    in_episode_ = true;
    episode_ = fact_->a;
    began_ = fact_->time;
    cause_ = static_cast<Cause>(fact_->small);
  }

  void end_episode() {
    expect(in_episode_, "an episode ends that has not begun");
    if (!in_episode_) return;
    const bool is_open = static_cast<PeerFact>(fact_->kind) == PeerFact::episode_open;
    const bool by_leaving = (fact_->small & static_cast<unsigned>(EpisodeFlag::left)) != 0;
    expect(fact_->a == episode_, "another episode ends than is there");
    expect(fact_->b == began_.ticks(), "an episode ends with another begin than it had");
    expect(static_cast<Cause>(fact_->small >> cause_shift) == cause_,
           "an episode ends with another cause than it had");
    expect(is_open == (fact_->time == run_.rules.end),
           "episodes are open at the end of the run, and only then");
    if ((fact_->small & static_cast<unsigned>(EpisodeFlag::contacted)) != 0)
      expect(has_contact(began_, fact_->time), "an episode is contacted without a first contact");
    in_episode_ = false;
    must_leave_ = by_leaving;
    if (by_leaving) left_ = fact_->time;
    if (fact_->time >= run_.rules.start) {
      is_reached_ = true;
      unit_->distressed_ticks += (fact_->time - std::max(began_, run_.rules.start)).ticks();
    }
    // An incident at the very moment of the run's begin comes after its tick.
    const bool from_the_begin = began_ == run_.rules.begin && cause_ != Cause::incident;
    unit_->weekly_people += ticks_within(run_.rules, began_, fact_->time, from_the_begin);
  }

  /// Whether somebody came to the person between these times.
  [[nodiscard]] bool has_contact(SimTime from, SimTime to) const {
    const auto of_client = std::ranges::equal_range(stories_, clinician_, {}, &CaseStory::client);
    return std::ranges::any_of(
        of_client, [&](const CaseStory& story) { return from <= story.contact && story.contact <= to; });
  }

  const CheckedRun& run_;
  const std::vector<CaseStory>& stories_;
  ViolationList& broken_;
  std::vector<UnitCount> units_;
  const Fact* fact_ = nullptr;
  // of the present clinician
  bool has_begun_ = false;
  std::uint32_t clinician_ = 0;
  UnitCount* unit_ = nullptr;
  std::int64_t incarnation_ = 0;
  std::int64_t episode_ = 0;
  bool in_episode_ = false;
  bool is_vacant_ = false;
  bool must_leave_ = false;  ///< an episode has just ended by it
  bool is_reached_ = false;
  SimTime began_;
  Cause cause_ = Cause::clinical_event;
  SimTime left_;
};

}  // namespace

void judge_people(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                  ViolationList& broken) {
  PeopleReader reader{run, stories, broken};
  for (const Fact& fact : trail.people) reader.read(fact);
  std::vector<UnitCount> units = reader.take();
  for (const Fact& fact : trail.units) {
    UnitCount& unit = units[fact.subject];
    const auto expect = [&](bool holds, const char* otherwise) {
      if (!holds) broken.add(fact.time, Party::unit, fact.subject, otherwise);
    };
    const std::int64_t present = run.organization.units[fact.subject].size - unit.vacant;
    switch (static_cast<PeerFact>(fact.kind)) {
      case PeerFact::unit_census:
        unit.is_told = true;
        expect(fact.b == unit.distressed_ticks, "time in distress is not that of the episodes");
        break;
      case PeerFact::unit_scores:
        expect(fact.small == static_cast<std::uint16_t>(present), "people surveyed are not those present");
        break;
      case PeerFact::unit_reach:
        expect(fact.a == unit.reached, "people reached are not those with an episode");
        break;
      case PeerFact::unit_support:
        expect(fact.b == present, "people present are not those who came and did not leave");
        expect(fact.a <= unit.distressed_ticks, "time in support is longer than time in distress");
        break;
      default:
        break;
    }
  }
  for (std::uint32_t unit = 0; unit < units.size(); ++unit) {
    const auto expect = [&](bool holds, const char* otherwise) {
      if (!holds) broken.add(run.rules.end, Party::unit, unit, otherwise);
    };
    expect(units[unit].is_told, "nothing is told at the end of the run");
    expect(trail.tallies[unit].weekly_people == units[unit].weekly_people,
           "people in an episode at weekly ticks are not those of the episodes");
    expect(trail.tallies[unit].exposures == trail.tallies[unit].people_hit,
           "people exposed are not those hit by events");
  }
}

}  // namespace peercap::peer_support
