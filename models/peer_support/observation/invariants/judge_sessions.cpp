// Sessions: of a case and its supporter, when both can meet, and nobody in two at once.

#include <algorithm>
#include <string>
#include <tuple>
#include <utility>

#include "models/peer_support/observation/invariants/availability.h"
#include "models/peer_support/observation/invariants/judgment.h"
#include "models/peer_support/observation/invariants/role_history.h"

namespace peercap::peer_support {
namespace {

/// Somebody's time in a session or a group debrief.
struct Engagement {
  std::uint32_t clinician;
  SimTime begin;
  SimTime end;
};

/// When people left their positions, and how long these were vacant.
class Departures {
 public:
  explicit Departures(const FactTrail& trail) {
    for (const Fact& fact : trail.people) {
      const auto kind = static_cast<PeerFact>(fact.kind);
      if (kind == PeerFact::clinician_left) vacant_.push_back({fact.subject, fact.time, SimTime::never()});
      if (kind == PeerFact::clinician_hired && !vacant_.empty() && vacant_.back().clinician == fact.subject)
        vacant_.back().until = fact.time;
    }
  }

  /// Whether somebody left the position in [from, to].
  [[nodiscard]] bool are_within(std::uint32_t clinician, SimTime from, SimTime to) const {
    const auto first = std::ranges::lower_bound(vacant_, std::pair{clinician, from}, {}, &Vacancy::key);
    return first != vacant_.end() && first->clinician == clinician && first->from <= to;
  }
  /// Whether nobody held the position in all of [from, to].
  [[nodiscard]] bool leave_vacant(std::uint32_t clinician, SimTime from, SimTime to) const {
    const auto after = std::ranges::upper_bound(vacant_, std::pair{clinician, from}, {}, &Vacancy::key);
    if (after == vacant_.begin()) return false;
    const Vacancy& last = *std::prev(after);
    return last.clinician == clinician && to < last.until;
  }

 private:
  struct Vacancy {
    std::uint32_t clinician;
    SimTime from;
    SimTime until;

    [[nodiscard]] std::pair<std::uint32_t, SimTime> key() const { return {clinician, from}; }
  };

  std::vector<Vacancy> vacant_;  ///< by clinician and time
};

class SessionJudge {
 public:
  SessionJudge(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
               ViolationList& broken)
      : run_{run},
        trail_{trail},
        stories_{stories},
        broken_{broken},
        roles_{run, trail},
        departures_{trail} {}

  void judge() {
    judge_cases();
    for (const HeldSession& session : trail_.sessions) {
      judge_time(session);
      engagements_.push_back({session.client, session.begin, session.end});
      engagements_.push_back({run_.clinician_of(session.supporter), session.begin, session.end});
    }
    judge_group_debriefs();
    judge_overlaps();
  }

 private:
  void blame(const HeldSession& session, std::string what) {
    broken_.add(session.end, Party::supporter, session.supporter, std::move(what));
  }

  /// The case that the session belongs to, and how many its supporter has given in it so far.
  void judge_cases() {
    std::vector<const HeldSession*> by_client;
    for (const HeldSession& session : trail_.sessions) by_client.push_back(&session);
    std::ranges::sort(by_client, {}, [](const HeldSession* s) {
      return std::tuple{s->client, s->begin, s->end, s->supporter};
    });
    const CaseStory* before = nullptr;
    int held = 0;
    for (const HeldSession* session : by_client) {
      const CaseStory* story = story_of(*session);
      if (story == nullptr) {
        blame(*session, "gives a session that belongs to no case of theirs");
        continue;
      }
      if (story != before) {
        before = story;
        held = 0;
        judge_first(*session, *story);
      }
      // What was inherited with sessions behind it counts from the second one.
      const bool goes_on = story->channel == Channel::inherited && story->contact != SimTime::never() &&
                           story->contact < story->opened;
      const int most = most_sessions(*story);
      ++held;
      const bool in_turn = session->number == held || (goes_on && session->number == held + 1);
      if (!in_turn) blame(*session, "gives sessions that are numbered out of turn");
      if (session->number > most) blame(*session, "gives more sessions than the rules allow");
    }
  }

  [[nodiscard]] const CaseStory* story_of(const HeldSession& session) const {
    const auto of_client = std::ranges::equal_range(stories_, session.client, {}, &CaseStory::client);
    for (const CaseStory& story : of_client)
      for (const Assignment& part : story.assignments)
        if (part.supporter == session.supporter && part.from <= session.begin && session.end <= part.until)
          return &story;
    return nullptr;
  }

  [[nodiscard]] int most_sessions(const CaseStory& story) const {
    int most = 0;
    (void)run_.in_some_phase(story.opened, story.ended, [&most](const Rules& rules) {
      most = std::max(most, rules.scenario.case_rules.max_sessions);
      return false;
    });
    return most;
  }

  void judge_first(const HeldSession& session, const CaseStory& story) {
    const bool goes_on = story.contact < story.opened;  // inherited
    if (!goes_on && story.contact != session.begin)
      blame(session, "gives a first session at another time than the first contact");
  }

  /// When it took place, and what it took.
  void judge_time(const HeldSession& session) {
    const Scenario& s = run_.scenario_at(session.end);
    if (session.protected_ticks + session.ticks_beyond !=
        (session.end - session.begin + s.case_rules.administration).ticks())
      blame(session, "spends another time on a session than it takes");
    if (!roles_.was(session.supporter, session.begin, SupporterRole::active))
      blame(session, "begins a session without being active");
    judge_availability(session.supporter, run_.clinician_of(session.supporter), "the supporter",
                       session.begin, session.end);
    judge_availability(session.supporter, session.client, "the client", session.begin, session.end);
    // The office hears of somebody who leaves; what has begun by then is finished.
    const Delays& delays = s.delays;
    const SimDuration news = delays.unit_to_desk + delays.desk_to_desk + microseconds(1);
    const CaseStory* story = story_of(session);
    if (story == nullptr) return;
    if (departures_.are_within(session.client, story->opened, session.begin - news))
      blame(session, "gives a session to somebody who has left");
    // Requests that come whatever anybody's distress are those of positions: the office knows no vacancies.
    const bool is_of_a_person = story->channel != Channel::direct && story->channel != Channel::inherited;
    if (is_of_a_person && departures_.leave_vacant(session.client, session.begin - news, session.begin))
      blame(session, "gives a session where nobody is");
  }

  void judge_availability(std::uint32_t supporter, std::uint32_t clinician, const char* who, SimTime begin,
                          SimTime end) {
    const MeetingPart part =
        run_.clinician_of(supporter) == clinician ? MeetingPart::gives : MeetingPart::receives;
    const char* obstacle = nullptr;
    // It was booked by the rules of some time before.
    const SimTime booked = std::max(run_.rules.begin, begin - longest_booking());
    const bool could_meet = run_.in_some_phase(booked, begin, [&](const Rules& rules) {
      obstacle = obstacle_to_meeting(run_, rules, clinician, part, begin, end);
      return obstacle == nullptr;
    });
    if (!could_meet)
      broken_.add(end, Party::supporter, supporter, std::string{"meets somebody "} + obstacle + " of " + who);
  }

  /// How long before its begin a meeting can have been fixed.
  [[nodiscard]] SimDuration longest_booking() const {
    SimDuration longest;
    for (const Rules* phase = &run_.rules; phase != nullptr; phase = phase->next_phase) {
      const Scenario& s = phase->scenario;
      longest = std::max(longest, s.access.booking_horizon + s.access.lead_time + s.case_rules.session_gap +
                                      s.activation.group_debrief.delay);
    }
    return longest;
  }

  void judge_group_debriefs() {
    for (const Fact& fact : trail_.supporters) {
      if (static_cast<PeerFact>(fact.kind) != PeerFact::program_time ||
          static_cast<ProgramWork>(fact.small) != ProgramWork::group_debrief)
        continue;
      const SimDuration length =
          SimDuration{fact.a + fact.b} - run_.scenario_at(fact.time).case_rules.administration;
      const SimTime begin = fact.time - length;
      const std::uint32_t clinician = run_.clinician_of(fact.subject);
      judge_availability(fact.subject, clinician, "the facilitator", begin, fact.time);
      engagements_.push_back({clinician, begin, fact.time});
    }
  }

  void judge_overlaps() {
    std::ranges::sort(engagements_, {}, [](const Engagement& e) {
      return std::tuple{e.clinician, e.begin, e.end};
    });
    for (std::size_t i = 1; i < engagements_.size(); ++i) {
      const Engagement& before = engagements_[i - 1];
      const Engagement& present = engagements_[i];
      if (before.clinician != present.clinician || before.end <= present.begin) continue;
      // A long session is finished by whoever left meanwhile; the next in their position is somebody else.
      if (departures_.are_within(present.clinician, before.begin, present.begin)) continue;
      broken_.add(present.begin, Party::clinician, present.clinician, "is in two sessions at once");
    }
  }

  const CheckedRun& run_;
  const FactTrail& trail_;
  const std::vector<CaseStory>& stories_;
  ViolationList& broken_;
  RoleHistory roles_;
  Departures departures_;
  std::vector<Engagement> engagements_;
};

}  // namespace

void judge_sessions(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                    ViolationList& broken) {
  SessionJudge{run, trail, stories, broken}.judge();
}

}  // namespace peercap::peer_support
