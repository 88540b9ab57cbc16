// Who is given whom: hard rules, wished-for rules until time runs out, then the best score.

#include <algorithm>
#include <cmath>
#include <limits>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

/// Whether a rule still excludes a pair that does not meet it.
bool excludes(MatchRule rule, bool met, bool relaxed) {
  return !met && (rule == MatchRule::required || (rule == MatchRule::preferred && !relaxed));
}

SimTime time_or_never(const std::optional<SimTime>& time) {
  return time.value_or(SimTime{std::numeric_limits<std::int64_t>::min()});
}

/// Open cases that take the whole load weight off a score, whatever the cap.
constexpr double reference_load = 3.0;

}  // namespace

const std::string& DeskProcess::department_name(ClinicianId person) const {
  return organization_.department_of(organization_.units[organization_.unit_of[person.index()]]).name;
}

bool DeskProcess::is_woman(ClinicianId person, const RandomSource& random) const {
  const Profession& profession =
      rules_->scenario.organization.professions[organization_.professions[person.index()]];
  return random.draw(organization_.person_keys[person.index()], DrawPurpose::gender, 0).uniform() <
         profession.women.value;
}

bool DeskProcess::people_can_meet() const {
  const Access& access = rules_->scenario.access;
  return access.in_person == Switch::on || access.remote == Switch::on;
}

std::vector<bool> DeskProcess::find_on_call(SimTime now) const {
  const OnCall& spec = rules_->scenario.access.on_call;
  std::vector<bool> on_call(supporters_.size(), spec.supporters == 0);
  const std::size_t active = supporters_.active_count();
  if (spec.supporters == 0 || active == 0) return on_call;
  // Shifts are counted from the calendar's origin: the turn does not depend on when the run began.
  const auto size = static_cast<std::size_t>(spec.supporters);
  const std::size_t first = static_cast<std::size_t>((now - SimTime{}) / spec.shift) * size % active;
  std::size_t place = 0;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    if (!supporters_[i].is_active()) continue;
    on_call[i] = (place + active - first) % active < size;
    ++place;
  }
  return on_call;
}

void DeskProcess::schedule_on_call(Context& context) {
  bool any = rules_->scenario.access.on_call.supporters > 0;
  for (const Rules* phase = rules_; phase->next_phase != nullptr; phase = phase->next_phase) {
    const OnCall& before = phase->scenario.access.on_call;
    const OnCall& after = phase->next_phase->scenario.access.on_call;
    any = any || after.supporters > 0;
    // A rota that begins, or takes turns of another length, begins with a turn of its own.
    const bool begins_anew = after.supporters > 0 && (before.supporters == 0 || before.shift != after.shift);
    if (begins_anew && phase->next_phase->phase_begin < rules_->end)
      context.schedule(phase->next_phase->phase_begin, Happening::on_call_changes, {1, 0, 0});
  }
  if (any) change_on_call(context);
}

void DeskProcess::change_on_call(Context& context) {
  const SimDuration shift = rules_->scenario.access.on_call.shift;
  next_on_call_change_ = SimTime{} + ((context.now() - SimTime{}) / shift + 1) * shift;
  context.schedule(next_on_call_change_, Happening::on_call_changes);
  if (rules_->scenario.access.on_call.supporters == 0) return;
  const std::vector<bool> on_call = find_on_call(context.now());
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    if (!on_call[i]) continue;
    context.state(PeerFact::turn_on_call, supporters_[i].id, shift.ticks());
    spend_program_time(i, ProgramWork::on_call, rules_->scenario.access.on_call.hours, context);
  }
  match_waiting(context);
}

bool DeskProcess::may_be_matched(const Case& the_case, const SupporterState& supporter,
                                 const RandomSource& random) const {
  if (!supporters_.has_capacity(supporter) || supporter.clinician == the_case.client) return false;
  // Whoever is in support gives none meanwhile.
  if (is_in_support(supporter.clinician)) return false;
  const Matching& rules = rules_->scenario.matching;
  const std::size_t giver = supporter.clinician.index();
  const std::size_t client = the_case.client.index();
  return !excludes(rules.same_profession,
                   organization_.professions[giver] == organization_.professions[client], the_case.relaxed) &&
         !excludes(rules.same_career_stage, organization_.stages[giver] == organization_.stages[client],
                   the_case.relaxed) &&
         !excludes(rules.different_unit, organization_.unit_of[giver] != organization_.unit_of[client],
                   the_case.relaxed) &&
         (rules.same_department == MatchRule::none ||
          !excludes(rules.same_department,
                    department_name(supporter.clinician) == department_name(the_case.client),
                    the_case.relaxed)) &&
         (rules.same_gender == MatchRule::none ||
          !excludes(rules.same_gender,
                    is_woman(supporter.clinician, random) == is_woman(the_case.client, random),
                    the_case.relaxed)) &&
         (rules.outside_authority == MatchRule::none ||
          !excludes(rules.outside_authority,
                    !in_line_of_authority(organization_, supporter.clinician, the_case.client),
                    the_case.relaxed));
}

double DeskProcess::match_score(const Case& the_case, const SupporterState& supporter,
                                SimDuration wait) const {
  const Matching& rules = rules_->scenario.matching;
  const std::size_t giver = supporter.clinician.index();
  const std::size_t client = the_case.client.index();
  double score = 0.0;
  if (organization_.professions[giver] == organization_.professions[client]) score += rules.profession_weight;
  if (organization_.stages[giver] == organization_.stages[client]) score += rules.career_stage_weight;
  if (organization_.unit_of[giver] != organization_.unit_of[client]) score += rules.different_unit_weight;
  score -= rules.wait_weight * wait.in_days();
  score -= rules.load_weight * supporter.open_cases / reference_load;
  score -= rules.strain_weight * supporters_.strain_z(supporter);
  return score;
}

MatchRank DeskProcess::match_rank(const Case& the_case, const SupporterState& supporter, SimDuration wait,
                                  const RandomSource& random) const {
  const Matching& rules = rules_->scenario.matching;
  const SimTime last_given = time_or_never(supporter.last_given);
  switch (rules.dispatch) {
    case Dispatch::best_match:
      break;
    case Dispatch::in_turn:
      return {0.0, last_given};
    case Dispatch::longest_idle:
      return {supporter.open_cases > 0 ? -1.0 : 0.0, time_or_never(supporter.last_session)};
    case Dispatch::least_loaded:
      return {-static_cast<double>(supporter.open_cases), last_given};
    case Dispatch::least_strained:
      return {-supporters_.strain_z(supporter), last_given};
    case Dispatch::random: {
      // The address names both people and the request: one more supporter leaves the others' draws.
      const EntityKey pair =
          supporter_key(supporter).child(organization_.person_keys[the_case.client.index()].value());
      return {random.draw(pair, DrawPurpose::dispatch, the_case.draw_index).uniform(), last_given};
    }
    case Dispatch::own_choice: {
      const EntityKey pair =
          supporter_key(supporter).child(organization_.person_keys[the_case.client.index()].value());
      return {random.draw(pair, DrawPurpose::preference, 0).uniform(), last_given};
    }
  }
  const double score = match_score(the_case, supporter, wait);
  // Steps, rather than a margin around the best score, keep the order of two supporters the same whoever
  // else is there.
  const double step = rules.score_step;
  return {step > 0.0 ? std::floor(score / step + 0.5) : score, last_given};
}

std::optional<SimTime> DeskProcess::find_session(const Case& the_case, const SupporterState& supporter,
                                                 SimTime earliest, SimDuration length, SimTime now) const {
  const Access& access = rules_->scenario.access;
  if (!people_can_meet()) return std::nullopt;
  static const std::vector<Booking> none;
  const std::uint32_t as_supporter = supporter_index_of(the_case.client);
  const auto& client_bookings = as_supporter == no_case ? none : supporters_[as_supporter].bookings;
  const SimTime latest = std::max(earliest, now) + access.booking_horizon;
  return calendar_.first_meeting(supporter.clinician, the_case.client, earliest, latest, length,
                                 supporter.bookings, client_bookings);
}

void DeskProcess::try_match(std::uint32_t index, Context& context) {
  Case& the_case = cases_[index];
  if (the_case.stage != CaseStage::awaiting_match) return;
  const SimTime now = context.now();
  const Access& access = rules_->scenario.access;
  const SimTime earliest = now + access.lead_time;
  const bool anybody =
      access.on_call.supporters == 0 || (the_case.relaxed && access.on_call.backup == Switch::on);
  const std::vector<bool> on_call = anybody ? std::vector<bool>{} : find_on_call(now);
  const SimDuration drawn_length = draw_session_length(the_case, context.random());
  std::optional<std::uint32_t> best;
  MatchRank best_rank{};
  SimTime best_begin;
  SimDuration best_length;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    if (!anybody && !on_call[i]) continue;
    if (!may_be_matched(the_case, supporter, context.random())) continue;
    const SimDuration length = adapt_length(drawn_length, index, i, now);
    const auto begin = find_session(the_case, supporter, earliest, length, now);
    if (!begin) continue;
    supporters_.bring_up_to_date(supporter, now);
    const MatchRank rank = match_rank(the_case, supporter, *begin - now, context.random());
    if (!best || rank.is_better_than(best_rank)) {  // among equals the first in order of clinicians
      best = i;
      best_rank = rank;
      best_begin = *begin;
      best_length = length;
    }
  }
  if (!best) return;
  assign(index, *best, context);
  book_session(index, best_begin, best_length, context);
}

void DeskProcess::assign(std::uint32_t index, std::uint32_t supporter, Context& context) {
  Case& the_case = cases_[index];
  SupporterState& chosen = supporters_[supporter];
  ++chosen.open_cases;
  chosen.last_given = context.now();
  the_case.supporter = supporter;
  for (const CaseTimer timer : {relax_timer, professional_timer, other_site_timer})
    context.disarm(case_slot(index, timer));
  const std::size_t giver = chosen.clinician.index();
  const std::size_t client = the_case.client.index();
  const bool same_unit = organization_.unit_of[giver] == organization_.unit_of[client];
  const bool same_profession = organization_.professions[giver] == organization_.professions[client];
  const bool same_stage = organization_.stages[giver] == organization_.stages[client];
  const Matching& rules = rules_->scenario.matching;
  const bool broke_wish = (rules.same_profession == MatchRule::preferred && !same_profession) ||
                          (rules.same_career_stage == MatchRule::preferred && !same_stage) ||
                          (rules.different_unit == MatchRule::preferred && same_unit);
  context.state(PeerFact::supporter_assigned, chosen.id, the_case.requested.ticks(), the_case.client.value(),
                broke_wish ? 1 : 0);
}

void DeskProcess::sort_by_priority() {
  // Among equals, and without a rule, the order of acceptance holds.
  const auto sort_by = [this](auto key) {
    std::ranges::stable_sort(waiting_, {}, [&](const CaseReference& r) { return key(cases_[r.index]); });
  };
  switch (rules_->scenario.matching.priority) {
    case Priority::arrival:
      break;
    case Priority::severity:
      sort_by([](const Case& c) { return -c.severity; });
      break;
    case Priority::oldest_event:
      sort_by([](const Case& c) { return c.event_time; });
      break;
  }
}

void DeskProcess::match_waiting(Context& context) {
  // Entries that are closed or matched by now leave the list; the others keep their order.
  std::erase_if(waiting_, [this](const CaseReference& r) {
    return !is_current(r) || cases_[r.index].stage != CaseStage::awaiting_match;
  });
  if (waiting_.empty()) return;
  sort_by_priority();
  for (std::size_t i = 0; i < waiting_.size(); ++i) {
    bool anybody_free = false;
    for (std::uint32_t s = 0; s < supporters_.size() && !anybody_free; ++s)
      anybody_free = supporters_.has_capacity(supporters_[s]);
    if (!anybody_free) return;
    try_match(waiting_[i].index, context);
  }
}

}  // namespace peercap::peer_support
