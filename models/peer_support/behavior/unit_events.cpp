// What happens to a unit's people: clinical events that hit those on duty, personal events, group debriefs.

#include <algorithm>

#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

constexpr double episode_threshold = 1.0;  // defines the unit of distress
constexpr std::uint64_t block_weeks = personal_block_weeks;
constexpr std::uint64_t max_personal_events = 1U << 10;

}  // namespace

void UnitProcess::happen_clinically(CandidateId candidate, Context& context) {
  const RandomSource& random = context.random();
  const Outreach& outreach = rules_->scenario.activation.outreach;
  int team_on_duty = 0;
  while (team_on_duty < rota_.team_count() && !rota_.on_duty(team_on_duty, context.now())) ++team_on_duty;

  Scratch& people = scratch();
  people.named.clear();
  people.hit.clear();
  for (std::uint32_t position = 0; position < unit_.size; ++position) {
    if (organization_.teams[clinician(position)] != team_on_duty || weekly_[position].vacant) continue;
    const Draw draw = random.draw(unit_.key, DrawPurpose::exposure, candidate.for_position(position));
    if (draw.uniform() >= rules_->scenario.environment.team_exposure.value) continue;
    const Draw detail =
        random.draw(unit_.key, DrawPurpose::exposure_detail, candidate.for_position(position));
    people.hit.push_back(static_cast<std::uint16_t>(position));
    const double jump = expose(position, draw.second_uniform(), detail.uniform(), 1.0, Cause::clinical_event,
                               candidate.value(), context);
    if (outreach.scope == OutreachScope::severe && jump <= rules_->scenario.distress.severe_threshold)
      continue;
    // Whoever is visibly distressed may be named to the program, if the event is reported at all.
    if (weekly_[position].in_episode && detail.second_uniform() < outreach.flag.value)
      people.named.push_back(static_cast<std::uint16_t>(position));
  }
  report_event(candidate, people, context);
  offer_group_debrief(candidate, people.hit, context);
}

void UnitProcess::report_event(CandidateId candidate, const Scratch& people, Context& context) {
  const Scenario& s = rules_->scenario;
  const Outreach& outreach = s.activation.outreach;
  const Draw report = context.random().draw(unit_.key, DrawPurpose::candidate_report, candidate.value());
  const bool reported = report.uniform() < outreach.report.value;
  context.state(PeerFact::clinical_event, id_.value(), static_cast<std::int64_t>(candidate.value()),
                static_cast<std::int64_t>(people.hit.size()), reported ? 1 : 0);
  if (!reported || outreach.enabled == Switch::off || s.program.enabled == Switch::off) return;
  const SimDuration delay =
      duration_from_days(outreach.report_delay.in_days() * standard_exponential(report.second_uniform()));
  for (const std::uint16_t position : people.named) request(position, Channel::outreach, delay, context);
}

void UnitProcess::offer_group_debrief(CandidateId candidate, const std::vector<std::uint16_t>& hit,
                                      Context& context) {
  const Scenario& s = rules_->scenario;
  const GroupDebrief& spec = s.activation.group_debrief;
  if (spec.policy == GroupDebriefPolicy::off || s.program.enabled == Switch::off ||
      static_cast<std::int64_t>(hit.size()) < spec.least_affected)
    return;
  if (spec.policy == GroupDebriefPolicy::on_request &&
      context.random().draw(unit_.key, DrawPurpose::group_debrief, candidate.value()).uniform() >=
          spec.requested.value)
    return;
  groups_.push_back({candidate, context.now(), hit});
  context.send(desk_channel, s.delays.unit_to_desk, Happening::group_debrief_wanted,
               {0, candidate.value(), hit.size()});
}

void UnitProcess::hold_group_debrief(CandidateId candidate, double quality, Context& context) {
  const auto group = std::ranges::find_if(
      groups_, [&](const PendingGroup& g) { return g.candidate.value() == candidate.value(); });
  if (group == groups_.end()) return;
  const Scenario& s = rules_->scenario;
  const GroupDebrief& spec = s.activation.group_debrief;
  const double effect = s.loops.relief == Switch::on ? spec.effect_fast.value * quality : 0.0;
  std::int64_t came = 0;
  for (const std::uint16_t position : group->positions) {
    const double uniform =
        context.random()
            .draw(unit_.key, DrawPurpose::group_attendance, candidate.for_position(position))
            .uniform();
    if (weekly_[position].vacant || uniform >= spec.attendance.value) continue;
    ++came;
    ease(position, 1.0 - effect, 1.0, context);
    if (has_open_case(position)) send_view(position, context);  // who has a case is seen to be better
  }
  context.state(PeerFact::group_debrief, id_.value(), static_cast<std::int64_t>(candidate.value()), came,
                static_cast<std::uint16_t>(spec.facilitators));
  groups_.erase(group);
}

void UnitProcess::schedule_personal_events(std::uint32_t position, std::uint64_t block, Context& context) {
  // Block b of a position covers a quarter; blocks of different positions begin in different weeks.
  const EntityKey key = person_key(position);
  const SimTime block_begin = SimTime{} +
                              weeks(static_cast<std::int64_t>(block * block_weeks + position % block_weeks)) -
                              weeks(static_cast<std::int64_t>(block_weeks));
  const double mean = rules_->scenario.environment.exposure_rate.per_day *
                      rules_->scenario.environment.personal_share.value * days_per_week *
                      static_cast<double>(block_weeks);
  const std::uint64_t count =
      std::min(max_personal_events, poisson(context.random(), key, DrawPurpose::personal_count, block, mean));
  for (std::uint64_t number = 0; number < count; ++number) {
    const std::uint64_t index = block * max_personal_events + number;
    const double part = context.random().draw(key, DrawPurpose::personal_event, index).uniform();
    const SimTime time =
        block_begin + duration_from_days(part * days_per_week * static_cast<double>(block_weeks));
    if (time >= context.now())
      context.schedule(time, Happening::personal_event, {static_cast<std::uint16_t>(position), index, 0});
  }
}

void UnitProcess::happen_personally(std::uint32_t position, std::uint64_t index, Context& context) {
  if (weekly_[position].vacant) return;
  const EntityKey key = person_key(position);
  const double severity_uniform =
      context.random().draw(key, DrawPurpose::personal_event, index).second_uniform();
  const double slow_uniform = context.random().draw(key, DrawPurpose::personal_detail, index).uniform();
  expose(position, severity_uniform, slow_uniform, 1.0, Cause::personal_event, index, context);
}

double UnitProcess::severity(double uniform) const {
  return rules_->scenario.distress.jump_mean * standard_exponential(uniform);
}

double UnitProcess::expose(std::uint32_t position, double severity_uniform, double slow_uniform,
                           double factor, Cause cause, std::uint64_t index, Context& context) {
  const SimTime now = context.now();
  settle(position, now);
  const double jump =
      static_cast<double>(traits(position).susceptibility) * factor * severity(severity_uniform);
  const Distress& spec = rules_->scenario.distress;
  const bool slow = jump > spec.severe_threshold && slow_uniform < spec.slow_share.value;
  DistressLevel level = distress(position, now);
  (slow ? level.slow : level.fast) += jump;
  set_distress(position, level, now);
  context.state(PeerFact::exposure, clinician(position), static_cast<std::int64_t>(index),
                fixed_point(jump, 1e9, "the severity of an exposure is not a number"),
                static_cast<std::uint16_t>(static_cast<unsigned>(cause) | (slow ? 1U << 8 : 0U)));
  if (has_open_case(position)) send_view(position, context);
  if (!weekly_[position].in_episode) {
    if (level.total() <= episode_threshold) return jump;
    begin_episode(position, cause, context).hardest_jump = 0.0F;
  }
  Concern& its = concern(position);
  its.last_exposure = now;
  its.hardest_jump = std::max(its.hardest_jump, static_cast<float>(jump));
  arm_next_step(position, context);
  return jump;
}

}  // namespace peercap::peer_support
