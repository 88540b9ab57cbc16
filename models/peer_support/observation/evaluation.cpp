#include "models/peer_support/observation/evaluation.h"

#include <algorithm>
#include <numeric>
#include <utility>
#include <vector>

#include "models/peer_support/observation/measure_sheet.h"
#include "models/peer_support/observation/outcomes.h"

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_hour = 3.6e9;
constexpr double ticks_per_day = 8.64e10;

void evaluate_demand(MeasureSheet& sheet, const RunCounts& c, const Frame& f, const RunRecord& record) {
  sheet[Measure::clinical_events_per_year] = static_cast<double>(c.clinical_events) / f.years;
  sheet[Measure::exposures_per_clinician_year] = static_cast<double>(c.exposures) / f.years / f.clinicians;
  sheet[Measure::episodes_per_year] = static_cast<double>(c.episodes) / f.years;
  sheet[Measure::episodes_per_clinician_year] = static_cast<double>(c.episodes) / f.years / f.clinicians;
  sheet[Measure::clinicians_with_episode_share] = static_cast<double>(c.reached_people) / f.clinicians;
  sheet[Measure::distress_point_prevalence] = ratio(static_cast<double>(c.distressed_people_weeks),
                                                    f.clinicians * static_cast<double>(record.weeks.size()));
  sheet[Measure::distressed_days_per_clinician_year] =
      static_cast<double>(c.distressed_ticks) / ticks_per_day / f.years / f.clinicians;
  sheet[Measure::clinicians_exhaustion_concerning_share] = ratio(c.concerning_clinicians, c.present_at_end);
}

void evaluate_cascade(MeasureSheet& sheet, const RunCounts& c, const Frame& f) {
  const auto self = static_cast<std::size_t>(Channel::self_referral);
  const auto ended = [&](RequestEnd end) {
    std::int64_t sum = 0;
    for (const auto& by_end : c.ended) sum += by_end[static_cast<std::size_t>(end)];
    return sum;
  };
  // Those given as waiting at the start asked at an unknown time before it: they wait like everybody else,
  // but are no demand of the horizon.
  const auto inherited = static_cast<std::size_t>(Channel::inherited);
  sheet[Measure::requests_per_year] =
      static_cast<double>(total(c.requests) - c.requests[inherited]) / f.years;
  sheet[Measure::self_referrals_per_year] = static_cast<double>(c.requests[self]) / f.years;
  std::int64_t offers = 0;
  std::int64_t declined = 0;
  std::int64_t offers_accepted = 0;
  for (std::size_t i = 0; i < channel_count; ++i) {
    if (wants_support(static_cast<Channel>(i))) continue;
    offers += c.requests[i];
    declined += c.ended[i][static_cast<std::size_t>(RequestEnd::declined)];
    offers_accepted += c.accepted[i];
  }
  sheet[Measure::outreach_offers_per_year] = static_cast<double>(offers) / f.years;
  const std::int64_t asked = total(c.accepted);
  sheet[Measure::asked_per_year] = static_cast<double>(asked - c.accepted[inherited]) / f.years;
  const std::int64_t contacts = total(c.first_contacts);
  sheet[Measure::contacted_per_year] = static_cast<double>(contacts) / f.years;
  sheet[Measure::reach_per_1000_clinician_years] =
      1000.0 * static_cast<double>(contacts) / f.years / f.clinicians;
  sheet[Measure::offers_declined_share] = ratio(declined, declined + offers_accepted);
  sheet[Measure::withdrawn_share] = ratio(ended(RequestEnd::withdrew), asked);
  sheet[Measure::recovered_waiting_share] = ratio(ended(RequestEnd::recovered), asked);
  sheet[Measure::resolved_share] = ratio(ended(RequestEnd::resolved), asked);
  sheet[Measure::closed_unresolved_share] = ratio(ended(RequestEnd::closed_unresolved), asked);
  const std::int64_t referred =
      ended(RequestEnd::referred) + ended(RequestEnd::referral_declined) - c.referred_uncontacted;
  const std::int64_t reached = total(c.ended_contacted) - ended(RequestEnd::open_in_case);
  sheet[Measure::referred_share] = ratio(referred, reached);
  sheet[Measure::episodes_contacted_share] = ratio(c.episodes_contacted, c.episodes);
  sheet[Measure::unmet_episodes_share] = ratio(c.episodes - c.episodes_contacted, c.episodes);
  const std::int64_t known = asked - ended(RequestEnd::open_waiting);
  sheet[Measure::asked_contacted_share] = ratio(total(c.ended_contacted), known);
}

void evaluate_access(MeasureSheet& sheet, const RunCounts& c, const Frame& f, const RunRecord& record) {
  sheet[Measure::contact_within_target_share] = ratio(c.judged_within_target, c.judged);
  sheet[Measure::contact_within_limit_share] = ratio(c.judged_within_limit, c.judged);
  std::vector<double> waits;
  for (const std::int64_t wait : record.contact_waits)
    waits.push_back(static_cast<double>(wait) / ticks_per_hour);
  sheet[Measure::hours_to_contact_mean] =
      ratio(static_cast<double>(
                std::accumulate(record.contact_waits.begin(), record.contact_waits.end(), std::int64_t{0})) /
                ticks_per_hour,
            static_cast<double>(record.contact_waits.size()));
  sheet[Measure::direct_hours_to_contact_mean] =
      ratio(static_cast<double>(c.direct_wait_ticks) / ticks_per_hour,
            static_cast<double>(c.first_contacts[static_cast<std::size_t>(Channel::direct)]));
  sheet[Measure::hours_waited_mean] =
      ratio(static_cast<double>(c.ended_wait_ticks) / ticks_per_hour, static_cast<double>(c.waits_ended));
  sheet[Measure::waiting_over_time_mean] =
      static_cast<double>(c.ended_wait_ticks + c.open_wait_ticks) / (f.years * days_per_year * ticks_per_day);
  sheet[Measure::hours_to_contact_median] = quantile(waits, 0.5);
  sheet[Measure::hours_to_contact_p90] = quantile(std::move(waits), 0.9);
  sheet[Measure::transfers_per_year] = static_cast<double>(c.transferred) / f.years;
}

/// What waits and what is open, as counted each Monday.
void evaluate_queue(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  const auto weeks = static_cast<double>(record.weeks.size());
  sheet[Measure::waiting_mean] = ratio(static_cast<double>(record.counts.waiting_weeks), weeks);
  std::vector<double> waiting;
  std::vector<double> caseloads;
  std::int64_t many = 0;
  std::int64_t most = 0;
  for (const WeekRow& week : record.weeks) {
    waiting.push_back(static_cast<double>(week.waiting));
    many += week.waiting > rules.scenario.resilience.waiting_limit ? 1 : 0;
    most = std::max(most, week.open_cases);
    if (week.active_supporters > 0) caseloads.push_back(ratio(week.open_cases, week.active_supporters));
  }
  sheet[Measure::waiting_p95] = quantile(std::move(waiting), 0.95);
  sheet[Measure::many_waiting_weeks_share] = ratio(static_cast<double>(many), weeks);
  sheet[Measure::caseload_p95] = quantile(std::move(caseloads), 0.95);
  sheet[Measure::caseload_max] = static_cast<double>(most);
}

void evaluate_referrals(MeasureSheet& sheet, const Frame& f, const RunRecord& record) {
  DestinationRow sum;
  for (const DestinationRow& row : record.destinations) {
    sum.taken_up += row.taken_up;
    sum.begun += row.begun;
    sum.begun_wait_ticks += row.begun_wait_ticks;
    sum.given_up += row.given_up;
  }
  sheet[Measure::referrals_per_year] = static_cast<double>(sum.taken_up) / f.years;
  sheet[Measure::referral_wait_days_mean] =
      ratio(static_cast<double>(sum.begun_wait_ticks) / ticks_per_day, static_cast<double>(sum.begun));
  IncidenceCounts waits = empty_referral_waits();
  for (const IncidenceCounts& destination : record.referral_waits) waits.merge(destination);
  sheet[Measure::referral_wait_days_p90] = days_until_begun(waits, 0.9);
  sheet[Measure::referral_given_up_share] = ratio(sum.given_up, sum.given_up + sum.begun);
}

}  // namespace

double days_until_begun(const IncidenceCounts& waits, double share) {
  constexpr auto begun = static_cast<int>(ReferralEnd::begun);
  std::int64_t all = 0;
  for (int day = 0; day < referral_wait_days; ++day) all += waits.count(begun, day);
  std::int64_t so_far = 0;
  for (int day = 0; day < referral_wait_days; ++day) {
    so_far += waits.count(begun, day);
    if (so_far > 0 && static_cast<double>(so_far) >= share * static_cast<double>(all)) return day + 1.0;
  }
  return MeasureSheet::undefined;
}

std::array<double, measure_count> evaluate_measures(const Rules& rules, const Organization& organization,
                                                    const RandomSource& random, const RunRecord& record) {
  const double horizon_days = (rules.end - rules.start).in_days();
  const Frame frame{horizon_days / days_per_year, horizon_days / days_per_week,
                    static_cast<double>(organization.clinician_count())};
  MeasureSheet sheet;
  evaluate_demand(sheet, record.counts, frame, record);
  evaluate_cascade(sheet, record.counts, frame);
  evaluate_access(sheet, record.counts, frame, record);
  evaluate_queue(sheet, record, rules);
  evaluate_supporter_work(sheet, record, rules, frame);
  evaluate_well_being(sheet, record, rules, organization, random);
  evaluate_referrals(sheet, frame, record);
  evaluate_activation(sheet, record, frame);
  evaluate_waits(sheet, record, rules);
  evaluate_workforce(sheet, record, organization, frame);
  evaluate_surveys(sheet, record);
  evaluate_equity(sheet, record);
  evaluate_resilience(sheet, record, rules);
  evaluate_early_warning(sheet, record);
  evaluate_tipping(sheet, rules, organization);
  evaluate_costs(sheet, record, rules, organization, frame);
  return sheet.values;
}

}  // namespace peercap::peer_support
