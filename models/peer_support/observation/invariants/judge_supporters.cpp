// Supporters: roles that follow each other, case load, and hours.

#include <algorithm>
#include <array>
#include <tuple>
#include <utility>

#include "models/peer_support/observation/invariants/judgment.h"
#include "models/peer_support/observation/invariants/role_history.h"

namespace peercap::peer_support {
namespace {

/// Whether the program lets somebody go from one role to another.
bool may_follow(SupporterRole before, SupporterRole after) {
  switch (before) {
    case SupporterRole::candidate:
      return after == SupporterRole::training || after == SupporterRole::left;
    case SupporterRole::training:
      return after == SupporterRole::active || after == SupporterRole::left;
    case SupporterRole::active:
      return after != SupporterRole::candidate && after != SupporterRole::training &&
             after != SupporterRole::active;
    case SupporterRole::resting:
    case SupporterRole::on_leave:
      return after == SupporterRole::active || after == SupporterRole::left;
    case SupporterRole::left:
      return false;
  }
  return false;
}

/// The time that a piece of the program's work takes under these rules.
SimDuration length_of(ProgramWork work, const Scenario& s) {
  switch (work) {
    case ProgramWork::training:
      return s.supporters.training.hours;
    case ProgramWork::refresher:
      return s.supporters.training.refresher_hours;
    case ProgramWork::debrief:
      return s.supporters.debrief_groups.length;
    case ProgramWork::group_debrief:
      return s.activation.group_debrief.length + s.case_rules.administration;
    case ProgramWork::rounding:
      return s.activation.rounding.visit_time;
    case ProgramWork::follow_up:
      return s.case_rules.follow_up.time;
    case ProgramWork::mentoring:
      return s.supporters.early_career.monthly_time;
    case ProgramWork::on_call:
      return s.access.on_call.hours;
  }
  return {};
}

/// Follows the facts of one supporter after the other.
class SupporterReader {
 public:
  SupporterReader(const CheckedRun& run, ViolationList& broken) : run_{run}, broken_{broken} {}

  void read(const Fact& fact) {
    if (!has_begun_ || fact.subject != supporter_) {
      has_begun_ = true;
      supporter_ = fact.subject;
      role_ = SupporterRole::candidate;
      served_ = has_left_ = false;
    }
    time_ = fact.time;
    switch (static_cast<PeerFact>(fact.kind)) {
      case PeerFact::supporter_role:
        change_role(static_cast<SupporterRole>(fact.a), static_cast<SupporterRole>(fact.small));
        return;
      case PeerFact::supporter_left:
        expect(role_ == SupporterRole::left && served_ && !has_left_, "leaves a role that they do not have");
        has_left_ = true;
        return;
      case PeerFact::program_time:
        spend(fact);
        return;
      case PeerFact::turn_on_call:
        expect(role_ == SupporterRole::active, "is on call without being active");
        return;
      case PeerFact::supporter_exhaustion:
        expect(role_ == SupporterRole::active, "is counted at the end without being active");
        return;
      default:
        return;
    }
  }

 private:
  void expect(bool holds, const char* otherwise) {
    if (!holds) [[unlikely]]
      broken_.add(time_, Party::supporter, supporter_, otherwise);
  }

  void change_role(SupporterRole before, SupporterRole after) {
    const bool from_the_begin = before == after;
    if (from_the_begin) {
      expect(time_ == run_.rules.begin && role_ == SupporterRole::candidate &&
                 after == SupporterRole::active && run_.organization.supporters[supporter_].initial,
             "has a role from the begin that they do not have");
    } else {
      expect(before == role_, "changes from a role that they do not have");
      expect(may_follow(before, after), "changes to a role that cannot follow");
    }
    served_ = served_ || (after != SupporterRole::left && after != SupporterRole::candidate);
    role_ = after;
  }

  void spend(const Fact& fact) {
    const auto work = static_cast<ProgramWork>(fact.small);
    expect(role_ == (work == ProgramWork::training ? SupporterRole::training : SupporterRole::active),
           "works for the program without the role for it");
    const SimDuration spent{fact.a + fact.b};
    // A group debrief was fixed some time before, when its length could have been another.
    const bool was_planned = work == ProgramWork::group_debrief;
    expect(run_.in_some_phase(was_planned ? run_.rules.begin : fact.time, fact.time,
                              [&](const Rules& rules) { return length_of(work, rules.scenario) == spent; }),
           "spends another time on the program than its work takes");
  }

  const CheckedRun& run_;
  ViolationList& broken_;
  bool has_begun_ = false;
  std::uint32_t supporter_ = 0;
  SupporterRole role_ = SupporterRole::candidate;
  bool served_ = false;
  bool has_left_ = false;
  SimTime time_;
};

/// A supporter's number of cases goes up or down.
struct LoadChange {
  std::uint32_t supporter;
  SimTime time;
  int change;
};

void judge_case_load(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                     ViolationList& broken) {
  std::vector<LoadChange> changes;
  std::vector<std::int64_t> at_end(run.organization.supporters.size(), 0);
  for (const CaseStory& story : stories)
    for (const Assignment& part : story.assignments) {
      changes.push_back({part.supporter, part.from, 1});
      changes.push_back({part.supporter, part.until, -1});
      if (story.is_open_at_end() && part.until == story.ended) ++at_end[part.supporter];
    }
  // Of changes at one time those downwards come first: what is exceeded is so for some time.
  std::ranges::sort(changes, {}, [](const LoadChange& c) {
    return std::tuple{c.supporter, c.time, c.change};
  });
  int load = 0;
  for (std::size_t i = 0; i < changes.size(); ++i) {
    if (i == 0 || changes[i].supporter != changes[i - 1].supporter) load = 0;
    load += changes[i].change;
    // A schedule can lower the cap below what supporters have: only more cases are held against it.
    if (changes[i].change > 0 && changes[i].time < run.rules.end &&
        load > run.scenario_at(changes[i].time).case_rules.max_cases)
      broken.add(changes[i].time, Party::supporter, changes[i].supporter,
                 "has more cases than the rules allow");
  }
  for (const Fact& fact : trail.supporters)
    if (static_cast<PeerFact>(fact.kind) == PeerFact::supporter_exhaustion && fact.b != at_end[fact.subject])
      broken.add(fact.time, Party::supporter, fact.subject,
                 "is counted with other cases at the end than they have");
}

/// Work of a supporter, of which a part was covered by protected time.
struct CoveredWork {
  std::uint32_t supporter;
  SimTime time;
  std::int64_t protected_ticks;
};

/// Protected time is granted at weekly ticks to who is active or in training, and cannot be used twice.
void judge_protected_time(const CheckedRun& run, const FactTrail& trail, const RoleHistory& roles,
                          ViolationList& broken) {
  std::vector<CoveredWork> works;
  for (const HeldSession& session : trail.sessions)
    works.push_back({session.supporter, session.end, session.protected_ticks});
  for (const Fact& fact : trail.supporters)
    if (static_cast<PeerFact>(fact.kind) == PeerFact::program_time)
      works.push_back({fact.subject, fact.time, fact.a});
  std::ranges::sort(works, {}, [](const CoveredWork& w) {
    return std::tuple{w.supporter, w.time, w.protected_ticks};
  });
  std::int64_t granted = 0;
  std::int64_t used = 0;
  SimTime tick;
  for (std::size_t i = 0; i < works.size(); ++i) {
    const CoveredWork& work = works[i];
    if (i == 0 || work.supporter != works[i - 1].supporter) {
      granted = used = 0;
      tick = run.rules.begin;
    }
    for (; tick <= work.time; tick = tick + weeks(1))
      if (roles.was(work.supporter, tick, SupporterRole::active) ||
          roles.was(work.supporter, tick, SupporterRole::training))
        granted +=
            duration_from_hours(run.scenario_at(tick).supporters.protected_time.hours_per_week).ticks() + 1;
    used += work.protected_ticks - 1;  // each part was rounded to a whole tick, as was each grant
    if (used > granted) {
      broken.add(work.time, Party::supporter, work.supporter, "uses more protected time than was granted");
      used = granted;
    }
  }
}

}  // namespace

void judge_supporters(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                      ViolationList& broken) {
  SupporterReader reader{run, broken};
  for (const Fact& fact : trail.supporters) reader.read(fact);
  judge_case_load(run, trail, stories, broken);
  judge_protected_time(run, trail, RoleHistory{run, trail}, broken);
}

}  // namespace peercap::peer_support
