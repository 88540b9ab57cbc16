// What supporters do beside their cases, and how they are looked after: refreshers, debriefs, mentoring,
// check-ins, rounds, survey waves.

#include <algorithm>
#include <optional>

#include "models/peer_support/behavior/desk_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

constexpr int mentoring_interval_weeks = 4;

/// Whether something that happens every `interval` weeks, never for 0, happens in `week` of the run. Nothing
/// does when it begins.
bool is_due(std::int64_t week, int interval) {
  return interval > 0 && week > 0 && week % interval == 0;
}

}  // namespace

void DeskProcess::care_for_supporters(Context& context) {
  const SimTime now = context.now();
  const Supporters& spec = rules_->scenario.supporters;
  const std::int64_t week = week_of_run(now);
  const bool debriefs_due = is_due(week, spec.debrief_groups.interval_weeks);
  const bool check_ins_due = is_due(week, spec.check_ins.interval_weeks);
  const bool mentoring_due =
      spec.early_career.supplement == Switch::on && is_due(week, mentoring_interval_weeks);
  const int refresher_interval = spec.training.refresher_interval_weeks;
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    SupporterState& supporter = supporters_[i];
    if (!supporter.is_active()) continue;
    if (refresher_interval > 0 && now >= supporter.last_training + weeks(refresher_interval)) {
      supporter.last_training = now;
      spend_program_time(i, ProgramWork::refresher, spec.training.refresher_hours, context);
    }
    if (mentoring_due && supporter.first_stage)
      spend_program_time(i, ProgramWork::mentoring, spec.early_career.monthly_time, context);
    if (debriefs_due) debrief(i, context);
    if (check_ins_due) check_in(i, context);
  }
  visit_units(context);
}

void DeskProcess::debrief(std::uint32_t index, Context& context) {
  spend_program_time(index, ProgramWork::debrief, rules_->scenario.supporters.debrief_groups.length, context);
  if (rules_->scenario.loops.care == Switch::on) supporters_.relieve(supporters_[index], context.now());
}

void DeskProcess::debrief_after_case(std::uint32_t index, Context& context) {
  if (rules_->scenario.supporters.debrief_groups.after_each_case == Switch::off) return;
  if (supporters_[index].is_active()) debrief(index, context);
}

void DeskProcess::check_in(std::uint32_t index, Context& context) {
  const CheckIns& spec = rules_->scenario.supporters.check_ins;
  if (rules_->scenario.loops.care == Switch::off) return;
  SupporterState& supporter = supporters_[index];
  const Draw errors = context.random().draw(supporter_key(supporter), DrawPurpose::check_in,
                                            static_cast<std::uint64_t>(week_of_run(context.now())));
  const SupporterSurvey scores =
      read_survey(rules_->scenario, SupporterRoster::surveyed_state(supporter),
                  {.trauma = errors.uniform(), .exhaustion = errors.second_uniform()});
  if (scores.trauma < spec.trauma_cut && scores.exhaustion < spec.exhaustion_cut) return;
  if (spec.action == CheckInAction::rest) {
    suspend(index, SupporterRole::resting, spec.rest, context);
    return;
  }
  supporter.relieved = true;
  context.arm(supporter_slot(index, return_timer), saturating_add(context.now(), spec.rest),
              Happening::leave_ends);
}

void DeskProcess::visit_units(Context& context) {
  const Rounding& spec = rules_->scenario.activation.rounding;
  const auto week = static_cast<std::uint64_t>((context.now() - SimTime{}) / weeks(1));
  if (rules_->scenario.access.in_person == Switch::off) return;
  for (std::uint32_t unit = 0; unit < unit_count_; ++unit) {
    const Unit& visited = organization_.units[first_unit_ + unit];
    if (!rules_->visited_in(week, organization_.department_of(visited), unit)) continue;
    std::optional<std::uint32_t> visitor;
    for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
      if (!supporters_[i].is_active()) continue;
      if (!visitor || supporters_[i].recent_work.worked() < supporters_[*visitor].recent_work.worked())
        visitor = i;
    }
    if (!visitor) return;  // nobody to make a round
    spend_program_time(*visitor, ProgramWork::rounding, spec.visit_time, context);
    context.send(unit, rules_->scenario.delays.desk_to_unit, Happening::round, {0, week, 0});
  }
}

void DeskProcess::tell_all_embedded(Context& context) {
  std::vector<std::uint32_t> counts(unit_count_, 0);
  if (rules_->scenario.activation.embedded.enabled == Switch::on)
    for (std::uint32_t i = 0; i < supporters_.size(); ++i)
      if (supporters_[i].is_active()) ++counts[supporters_[i].unit_channel];
  for (std::uint32_t unit = 0; unit < unit_count_; ++unit) tell_embedded(unit, counts[unit], context);
}

void DeskProcess::tell_embedded_of(std::uint32_t unit_channel, Context& context) {
  std::uint32_t count = 0;
  if (rules_->scenario.activation.embedded.enabled == Switch::on)
    for (std::uint32_t i = 0; i < supporters_.size(); ++i)
      if (supporters_[i].is_active() && supporters_[i].unit_channel == unit_channel) ++count;
  tell_embedded(unit_channel, count, context);
}

void DeskProcess::tell_embedded(std::uint32_t unit_channel, std::uint32_t count, Context& context) {
  if (count == told_embedded_[unit_channel]) return;
  told_embedded_[unit_channel] = count;
  context.send(unit_channel, rules_->scenario.delays.desk_to_unit, Happening::embedded_support,
               {0, count, 0});
}

void DeskProcess::survey_supporters(Context& context) {
  const Surveys& spec = rules_->scenario.surveys;
  const SimTime now = context.now();
  if (spec.interval_weeks == 0 || now < rules_->start) return;
  const std::int64_t week = (now - rules_->start) / weeks(1);
  if (week % spec.interval_weeks != 0) return;
  const auto wave = static_cast<std::uint64_t>(week / spec.interval_weeks);
  for (std::uint32_t i = 0; i < supporters_.size(); ++i) {
    const SupporterState& supporter = supporters_[i];
    if (!supporter.is_active()) continue;
    const EntityKey key = supporter_key(supporter);
    const Draw errors = context.random().draw(key, DrawPurpose::supporter_survey, wave);
    const Draw answer = context.random().draw(key, DrawPurpose::exhaustion_survey, wave);
    const SupporterSurvey scores = read_survey(rules_->scenario, SupporterRoster::surveyed_state(supporter),
                                               {errors.uniform(), errors.second_uniform(), answer.uniform()});
    if (answer.second_uniform() < response_probability(spec, supporter.exhaustion))
      context.state(PeerFact::supporter_survey, supporter.id,
                    fixed_point(scores.trauma, 1.0, "a score is not a number"),
                    fixed_point(scores.satisfaction, 1.0, "a score is not a number"),
                    static_cast<std::uint16_t>(std::max(0.0, scores.exhaustion)));
    const Challenge challenge =
        name_challenge(rules_->scenario.exhaustion,
                       {.weekly_hours_beyond = supporter.recent_work.weekly_hours_beyond(),
                        .unit_workload = organization_.units[first_unit_ + supporter.unit_channel].workload,
                        .isolation = rules_->scenario.environment.isolation,
                        .surveyed_exhaustion = scores.exhaustion,
                        .skill = supporters_.skill(supporter, now)});
    context.state(PeerFact::supporter_challenge, supporter.id, 0, 0, static_cast<std::uint16_t>(challenge));
  }
}

bool DeskProcess::is_of_supporter(const Case& the_case) const {
  const std::uint32_t index = supporter_index_of(the_case.client);
  return index != no_case && supporters_[index].is_active();
}

std::optional<SiteId> DeskProcess::site_of_own_access(const Case& the_case) const {
  const bool elsewhere = rules_->scenario.supporters.own_access == OwnAccess::other_site;
  if (!elsewhere || the_case.transferred || !is_of_supporter(the_case)) return std::nullopt;
  return staffed_site();
}

bool DeskProcess::goes_to_professional(const Case& the_case) const {
  if (rules_->scenario.supporters.own_access != OwnAccess::professional || !is_of_supporter(the_case))
    return false;
  return std::ranges::any_of(rules_->scenario.referrals.destinations, [&](const ReferralDestination& d) {
    return referral_weight(the_case.cause, d) > 0.0;
  });
}

}  // namespace peercap::peer_support
