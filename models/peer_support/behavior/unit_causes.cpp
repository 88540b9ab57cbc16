// What hits a unit's people beside clinical and personal events: the causes that the scenario lists,
// incidents that hit many at one time, and the end of the site.

#include <algorithm>

#include "models/peer_support/behavior/unit_process.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

EntityKey key_of(const Unit& unit, const EventCause& cause) {
  return unit.key.child("cause").child(cause.name);
}

std::uint64_t for_position(std::uint64_t number, std::uint32_t position) {
  return number << 16 | position;
}

/// The end of the rates' time: a cause whose rate falls to 0 for good never comes again.
constexpr SimTime never = SimTime::never();

}  // namespace

void UnitProcess::weigh_causes() {
  const Scenario& s = rules_->scenario;
  for (const EventCause& cause : s.environment.causes) {
    std::vector<double>& weights = cause_weights_.emplace_back();
    for (std::uint32_t position = 0; position < unit_.size; ++position) {
      const std::string& profession =
          s.organization.professions[organization_.professions[clinician(position)]].name;
      weights.push_back(factor_of(cause.professions, profession) *
                        factor_of(cause.departments, department_.name));
    }
  }
}

double UnitProcess::total_weight(std::size_t cause) const {
  double total = 0.0;
  for (const double weight : cause_weights_[cause]) total += weight;
  return total;
}

double UnitProcess::listed_exposures(std::size_t cause, std::uint32_t position) const {
  const EventCause& its = rules_->scenario.environment.causes[cause];
  const double own = cause_weights_[cause][position];
  const double others = total_weight(cause) - own;
  return its.rate.per_day * (own + its.team_exposure.value * others / rota_.team_count());
}

void UnitProcess::arm_cause(std::size_t cause, std::uint64_t number, Context& context) {
  // An Exp(1) threshold is consumed at the rate of each phase in turn.
  const double weight = total_weight(cause);
  const EntityKey key = key_of(unit_, rules_->scenario.environment.causes[cause]);
  double remaining =
      standard_exponential(context.random().draw(key, DrawPurpose::caused_event, number).uniform());
  SimTime from = context.now();
  for (const Rules* rules = &rules_->at(from); rules != nullptr; rules = rules->next_phase) {
    const double rate = weight * rules->scenario.environment.causes[cause].rate.per_day;
    const SimTime at = rate > 0.0 ? saturating_add(from, duration_from_days(remaining / rate)) : never;
    if (at < rules->phase_end) {
      context.schedule(at, Happening::caused_event, {static_cast<std::uint16_t>(cause), number, 0});
      return;
    }
    remaining = std::max(0.0, remaining - rate * (rules->phase_end - from).in_days());
    from = rules->phase_end;
  }
}

void UnitProcess::happen_by_cause(std::size_t index, std::uint64_t number, Context& context) {
  arm_cause(index, number + 1, context);
  const RandomSource& random = context.random();
  const EventCause& its = rules_->scenario.environment.causes[index];
  const Cause cause = listed_cause(index);
  const EntityKey key = key_of(unit_, its);
  const auto victim = static_cast<std::uint32_t>(weighted_choice(
      cause_weights_[index], random.draw(key, DrawPurpose::caused_event, number).second_uniform()));
  if (weekly_[victim].vacant) return;  // nobody there for it to happen to

  Scratch& people = scratch();
  people.hit.clear();
  const Draw detail = random.draw(key, DrawPurpose::caused_detail, number);
  expose(victim, detail.uniform(), detail.second_uniform(), its.severity, cause, number, context);
  people.hit.push_back(static_cast<std::uint16_t>(victim));
  if (its.team_exposure.value > 0.0) {
    for (std::uint32_t position = 0; position < unit_.size; ++position) {
      if (position == victim || weekly_[position].vacant ||
          !rota_.on_duty(organization_.teams[clinician(position)], context.now()))
        continue;
      const Draw shared = random.draw(key, DrawPurpose::shared_exposure, for_position(number, position));
      if (shared.uniform() >= its.team_exposure.value) continue;
      const double slow =
          random.draw(key, DrawPurpose::shared_detail, for_position(number, position)).uniform();
      expose(position, shared.second_uniform(), slow, its.severity, cause, number, context);
      people.hit.push_back(static_cast<std::uint16_t>(position));
    }
  }

  const Outreach& outreach = rules_->scenario.activation.outreach;
  if (outreach.enabled == Switch::off || rules_->scenario.program.enabled == Switch::off) return;
  const Draw report = random.draw(key, DrawPurpose::caused_report, number);
  if (report.uniform() >= its.named.value) return;
  const SimDuration delay =
      duration_from_days(outreach.report_delay.in_days() * standard_exponential(report.second_uniform()));
  for (const std::uint16_t position : people.hit)
    if (is_unsupported(position)) request(position, Channel::outreach, delay, context);
}

const EventCause* UnitProcess::listed(Cause cause) const {
  return is_listed(cause) ? &rules_->scenario.environment.causes[index_of_listed(cause)] : nullptr;
}

void UnitProcess::schedule_incidents(Context& context) {
  const std::vector<Incident>& incidents = rules_->scenario.shocks.incidents;
  for (std::size_t i = 0; i < incidents.size(); ++i) {
    const Incident& incident = incidents[i];
    const SimTime begin = incident.at.date->midnight();
    if (!incident.site.empty() && incident.site != organization_.site_names[unit_.site.index()]) continue;
    const double share =
        incident.departments.empty() ? 1.0 : factor_of(incident.departments, department_.name, 0.0);
    for (std::uint32_t position = 0; position < unit_.size; ++position) {
      const Draw draw =
          context.random().draw(person_key(position).child(incident.name), DrawPurpose::incident, 0);
      if (draw.uniform() >= share * incident.reached.value) continue;
      const SimTime at = begin + duration_from_days(incident.over.in_days() * draw.second_uniform());
      if (at >= context.now() && at < rules_->end)
        context.schedule(at, Happening::incident_hits, {static_cast<std::uint16_t>(position), i, 0});
    }
  }
}

void UnitProcess::suffer_incident(std::uint32_t position, std::uint64_t index, Context& context) {
  if (weekly_[position].vacant) return;
  const Incident& incident = rules_->scenario.shocks.incidents[index];
  const Draw draw =
      context.random().draw(person_key(position).child(incident.name), DrawPurpose::incident, 1);
  expose(position, draw.uniform(), draw.second_uniform(), incident.severity, Cause::incident, index, context);
}

SimTime UnitProcess::closing_time() const {
  for (const SiteClosure& closure : rules_->scenario.shocks.closures)
    if (closure.name == organization_.site_names[unit_.site.index()]) return closure.at.date->midnight();
  return never;
}

void UnitProcess::close_site(Context& context) {
  for (std::uint32_t position = 0; position < unit_.size; ++position)
    if (!weekly_[position].vacant) leave(position, Departure::closing, context);
}

}  // namespace peercap::peer_support
