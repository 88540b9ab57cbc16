#include "models/peer_support/scenario/staffing_estimate.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

#include "models/peer_support/scenario/staffing.h"
#include "sim/queueing/erlang.h"
#include "sim/queueing/reentrant_service.h"
#include "sim/queueing/staffing.h"
#include "sim/time/opening_hours.h"

namespace peercap::peer_support {
namespace {

constexpr double weeks_per_year = days_per_year / days_per_week;

}  // namespace

StaffingLaw::StaffingLaw(const Scenario& scenario, DemandMemory* memory)
    : cases_each_{std::max(1, scenario.case_rules.max_cases)},
      withdrawals_per_day_{scenario.access.withdrawal_first_week.per_day} {
  collect_demand(scenario, memory);
  collect_office_delays(scenario);
}

void StaffingLaw::collect_demand(const Scenario& scenario, DemandMemory* memory) {
  const CaseRules& rules = scenario.case_rules;
  StaffingEstimate& e = estimate_;
  e.supporters = scenario.program.enabled == Switch::on ? count_supporters(scenario) : 0;
  double triaged_per_year = 0;
  std::map<double, DemandEstimate> known;  // by event factor
  std::set<std::string> sites;
  for (const StaffedDepartment& department : staffed_departments(scenario)) {
    const auto [place, is_new] = known.try_emplace(department.event_factor);
    if (is_new) place->second = estimate_demand(scenario, department.event_factor, memory);
    e.clinicians += department.clinicians;
    e.episodes_per_year += department.clinicians * place->second.episodes;
    e.requests_per_year += department.clinicians * place->second.requests;
    triaged_per_year += department.clinicians * place->second.triaged;
    sites.insert(department.site);
  }
  const double direct =
      scenario.activation.direct_requests.per_day * days_per_year * static_cast<double>(sites.size());
  e.requests_per_year += direct;
  triaged_per_year += direct;
  if (scenario.program.enabled == Switch::off) e.requests_per_year = 0;
  requests_per_day_ = e.requests_per_year / days_per_year;
  e.sessions_per_case = expected_sessions(rules);
  e.hours_per_session = (rules.session_length + rules.administration).in_hours();
  e.session_hours_per_week = e.requests_per_year * e.sessions_per_case * e.hours_per_session / weeks_per_year;
  e.protected_hours_each = scenario.supporters.protected_time.hours_per_week;
  e.days_per_case = scenario.access.lead_time.in_days() + rules.session_length.in_days() +
                    (e.sessions_per_case - 1) * rules.session_gap.in_days();
  e.open_cases = requests_per_day_ * e.days_per_case;
  if (requests_per_day_ > 0 && e.hours_per_session > 0) {
    const double gap = std::max(rules.session_gap.in_days(), 1.0 / hours_per_day);
    const queueing::ReentrantLoad load =
        queueing::stationary_load({.service_rate = hours_per_day / e.hours_per_session,
                                   .return_rate = 1 / gap,
                                   .return_probability = 1 - 1 / e.sessions_per_case},
                                  requests_per_day_);
    e.in_session = load.needy;
    e.between_sessions = load.content;
  }
  const double coordinator_hours =
      scenario.program.coordinator_hours.hours_per_week * static_cast<double>(sites.size());
  if (coordinator_hours > 0)
    e.coordinator_load =
        triaged_per_year * scenario.program.triage_time.in_hours() / weeks_per_year / coordinator_hours;
}

void StaffingLaw::collect_office_delays(const Scenario& scenario) {
  const OpeningHours office{scenario.program.coordinator_windows};
  const OpeningHours meetings{scenario.access.meeting_hours};
  const double hours = scenario.program.coordinator_hours.hours_per_week;
  // The coordinator's hours are spread evenly over the windows, and requests queue for them: M/D/1.
  const double load = std::min(estimate_.coordinator_load, 0.999);
  const double open_hours = hours > 0 ? scenario.program.triage_time.in_hours() *
                                            scenario.program.coordinator_windows.open_per_week().in_hours() /
                                            hours * (1 + load / (2 * (1 - load)))
                                      : 0;
  constexpr SimDuration step = minutes(15);
  for (SimDuration at; at < weeks(1); at += step) {
    const SimTime asked = SimTime{} + at;
    const SimTime triaged = office.after_open_time(office.next_open(asked), duration_from_hours(open_hours));
    const SimTime met =
        meetings.next_open(saturating_add(triaged, scenario.access.lead_time + scenario.delays.unit_to_desk));
    if (met != SimTime::never()) office_delays_.push_back(met - asked);
  }
  std::ranges::sort(office_delays_);
}

queueing::ImpatientSystem StaffingLaw::impatient_system(std::int64_t supporters) const {
  return {.arrival_rate = requests_per_day_,
          .service_rate = 1 / estimate_.days_per_case,
          .abandonment_rate = withdrawals_per_day_,
          .servers = places(supporters)};
}

double StaffingLaw::waiting_probability(std::int64_t supporters) const {
  if (requests_per_day_ <= 0) return 0;
  if (supporters < 1) return 1;
  if (withdrawals_per_day_ <= 0) return waiting_probability_without_loss(supporters);
  return queueing::ImpatientQueue{impatient_system(supporters)}.waiting_probability();
}

double StaffingLaw::waiting_probability_without_loss(std::int64_t supporters) const {
  if (requests_per_day_ <= 0) return 0;
  return supporters < 1 ? 1 : queueing::erlang_c(places(supporters), estimate_.open_cases);
}

double StaffingLaw::abandonment(std::int64_t supporters) const {
  if (requests_per_day_ <= 0 || withdrawals_per_day_ <= 0) return 0;
  if (supporters < 1) return 1;
  return queueing::ImpatientQueue{impatient_system(supporters)}.abandonment_probability();
}

double StaffingLaw::contact_ceiling(SimDuration within) const {
  if (office_delays_.empty()) return 0;
  const auto in_time = std::ranges::upper_bound(office_delays_, within) - office_delays_.begin();
  return static_cast<double>(in_time) / static_cast<double>(office_delays_.size());
}

double StaffingLaw::contact_share(std::int64_t supporters, SimDuration within) const {
  if (requests_per_day_ <= 0) return contact_ceiling(within);
  if (supporters < 1 || office_delays_.empty()) return 0;
  const queueing::DelaySystem patient{.arrival_rate = requests_per_day_,
                                      .service_rate = 1 / estimate_.days_per_case,
                                      .servers = places(supporters)};
  std::optional<queueing::ImpatientQueue> impatient;
  if (withdrawals_per_day_ > 0) impatient.emplace(impatient_system(supporters));
  const auto share_in = [&](double days) {
    return impatient ? impatient->served_within(days) : 1 - queueing::DelayQueue{patient}.wait_beyond(days);
  };
  std::map<std::int64_t, double> by_minute;
  double sum = 0;
  for (const SimDuration delay : office_delays_) {
    if (delay > within) break;
    const std::int64_t left = (within - delay + seconds(30)) / minutes(1);
    const auto [place, is_new] = by_minute.try_emplace(left);
    if (is_new) place->second = share_in(minutes(left).in_days());
    sum += place->second;
  }
  return sum / static_cast<double>(office_delays_.size());
}

std::int64_t StaffingLaw::square_root_supporters(double waiting_probability) const {
  if (estimate_.open_cases <= 0) return 1;
  const double beta =
      withdrawals_per_day_ > 0
          ? queueing::garnett_beta(waiting_probability, withdrawals_per_day_ * estimate_.days_per_case)
          : queueing::halfin_whitt_beta(waiting_probability);
  const std::int64_t needed = queueing::square_root_staffing(estimate_.open_cases, beta);
  return std::max<std::int64_t>(1, (needed + cases_each_ - 1) / cases_each_);
}

}  // namespace peercap::peer_support
