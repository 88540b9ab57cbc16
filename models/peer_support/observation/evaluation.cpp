#include "models/peer_support/observation/evaluation.h"

#include <algorithm>
#include <cmath>

#include "models/peer_support/observation/measure_sheet.h"
#include "models/peer_support/observation/outcomes.h"
#include "models/peer_support/organization/draw_purpose.h"
#include "sim/random/distributions.h"

namespace peercap::peer_support {
namespace {

constexpr double undefined = MeasureSheet::undefined;
constexpr double ticks_per_hour = 3.6e9;
constexpr double ticks_per_day = 8.64e10;

/// Type 7 quantile of sorted ticks, in hours.
double quantile_hours(const std::vector<std::int64_t>& sorted, double p) {
  if (sorted.empty()) return undefined;
  const double place = p * static_cast<double>(sorted.size() - 1);
  const auto below = static_cast<std::size_t>(place);
  const std::size_t above = std::min(below + 1, sorted.size() - 1);
  const double low = static_cast<double>(sorted[below]);
  return (low + (place - static_cast<double>(below)) * (static_cast<double>(sorted[above]) - low)) /
         ticks_per_hour;
}

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
  sheet[Measure::clinicians_exhaustion_concerning_share] =
      static_cast<double>(c.concerning_clinicians) / f.clinicians;
}

void evaluate_cascade(MeasureSheet& sheet, const RunCounts& c, const Frame& f) {
  const auto self = static_cast<std::size_t>(Channel::self_referral);
  const auto ended = [&](RequestEnd end) {
    std::int64_t sum = 0;
    for (const auto& by_end : c.ended) sum += by_end[static_cast<std::size_t>(end)];
    return sum;
  };
  sheet[Measure::requests_per_year] = static_cast<double>(total(c.requests)) / f.years;
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
  sheet[Measure::asked_per_year] = static_cast<double>(asked) / f.years;
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

void evaluate_access(MeasureSheet& sheet, const RunCounts& c, const RunRecord& record) {
  sheet[Measure::contact_within_target_share] = ratio(c.judged_within_target, c.judged);
  sheet[Measure::contact_within_limit_share] = ratio(c.judged_within_limit, c.judged);
  auto waits = record.contact_waits;
  std::ranges::sort(waits);
  sheet[Measure::hours_to_contact_median] = quantile_hours(waits, 0.5);
  sheet[Measure::hours_to_contact_p90] = quantile_hours(waits, 0.9);
  sheet[Measure::waiting_mean] =
      ratio(static_cast<double>(c.waiting_weeks), static_cast<double>(record.weeks.size()));
  std::int64_t most = 0;
  for (const WeekRow& week : record.weeks) most = std::max(most, week.open_cases);
  sheet[Measure::caseload_max] = static_cast<double>(most);
}

/// Protected time of active supporters over the weeks of the horizon, as scheduled.
double granted_hours(const Rules& rules, const RunRecord& record) {
  double hours = 0.0;
  const auto days_since = series_days(rules, record.weeks.size());
  for (std::size_t i = 0; i < record.weeks.size(); ++i) {
    const SimTime monday = rules.start + duration_from_days(days_since[i]);
    hours += static_cast<double>(record.weeks[i].active_supporters) *
             rules.at(monday).scenario.supporters.protected_time.hours_per_week;
  }
  return hours;
}

void evaluate_supporter_work(MeasureSheet& sheet, const Rules& rules, const RunCounts& c, const Frame& f,
                             const RunRecord& record) {
  const double protected_hours = static_cast<double>(c.protected_ticks) / ticks_per_hour;
  const double overload_hours = static_cast<double>(c.overload_ticks) / ticks_per_hour;
  const double supporter_weeks = static_cast<double>(c.active_supporter_weeks);
  sheet[Measure::sessions_per_year] = static_cast<double>(c.sessions) / f.years;
  sheet[Measure::session_hours_per_week] = (protected_hours + overload_hours) / f.weeks;
  const std::int64_t beside = total(c.program_ticks) - total(c.program_beyond_ticks);
  sheet[Measure::protected_hours_used_share] =
      ratio(protected_hours + static_cast<double>(beside) / ticks_per_hour, granted_hours(rules, record));
  sheet[Measure::overload_hours_per_week] = overload_hours / f.weeks;
  sheet[Measure::overload_hours_per_session] = ratio(overload_hours, static_cast<double>(c.sessions));
  const double supporter_years = supporter_weeks * days_per_week / days_per_year;
  sheet[Measure::cases_per_supporter_year] = ratio(static_cast<double>(c.assignments), supporter_years);
  std::int64_t at_start = 0;
  std::int64_t without_case = 0;
  std::int64_t at_end = 0;
  for (const SupporterRow& row : record.supporters) {
    at_end += row.active_at_end ? 1 : 0;
    if (!row.joined_before_start || row.left_before_start) continue;
    ++at_start;
    without_case += row.cases == 0 ? 1 : 0;
  }
  sheet[Measure::supporters_without_case_share] = ratio(without_case, at_start);
  sheet[Measure::caseload_mean] = ratio(static_cast<double>(c.open_case_weeks), supporter_weeks);
  sheet[Measure::matches_breaking_wishes_share] = ratio(c.assignments_against_wish, c.assignments);
  sheet[Measure::supporters_at_end] = static_cast<double>(at_end);
  const std::int64_t drop_outs = c.exits[static_cast<std::size_t>(ExitReason::training)];
  const auto exits = static_cast<double>(total(c.exits) - drop_outs);  // of those who were supporters
  sheet[Measure::supporter_exits_per_year] = exits / f.years;
  sheet[Measure::supporter_exit_rate] = ratio(exits, supporter_years);
  sheet[Measure::handovers_per_year] = static_cast<double>(c.handovers) / f.years;
}

void evaluate_well_being(MeasureSheet& sheet, const Rules& rules, const Organization& organization,
                         const RandomSource& random, const RunRecord& record) {
  const Supporters& spec = rules.scenario.supporters;
  std::int64_t surveyed = 0;
  std::int64_t trauma_low = 0;
  std::int64_t trauma_high = 0;
  std::int64_t satisfied = 0;
  std::int64_t exhausted = 0;
  for (std::size_t i = 0; i < record.supporters.size(); ++i) {
    if (!record.supporters[i].active_at_end) continue;
    const SupporterSurvey survey = survey_supporter(rules, organization, random, record, i);
    ++surveyed;
    trauma_low += survey.trauma <= spec.secondary_trauma.low_cutoff ? 1 : 0;
    trauma_high += survey.trauma >= spec.secondary_trauma.high_cutoff ? 1 : 0;
    satisfied += survey.satisfaction > spec.compassion_satisfaction.low_cutoff ? 1 : 0;
    exhausted += survey.exhaustion >= rules.scenario.exhaustion.concern_cutoff ? 1 : 0;
  }
  sheet[Measure::trauma_low_share] = ratio(trauma_low, surveyed);
  sheet[Measure::trauma_high_share] = ratio(trauma_high, surveyed);
  sheet[Measure::satisfaction_moderate_high_share] = ratio(satisfied, surveyed);
  sheet[Measure::supporters_exhaustion_concerning_share] = ratio(exhausted, surveyed);
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
  sheet[Measure::referral_given_up_share] = ratio(sum.given_up, sum.given_up + sum.begun);
}

}  // namespace

SupporterSurvey survey_supporter(const Rules& rules, const Organization& organization,
                                 const RandomSource& random, const RunRecord& record, std::size_t index) {
  const SupporterRow& row = record.supporters[index];
  const EntityKey key = organization.person_keys[organization.supporters[index].clinician.index()];
  const Draw errors = random.draw(key, DrawPurpose::supporter_survey, 0);
  const Draw exhaustion_error = random.draw(key, DrawPurpose::exhaustion_survey, 0);
  const auto latent = [](std::int64_t millionths) { return static_cast<double>(millionths) / 1e6; };
  return read_survey(
      rules.scenario,
      {latent(row.trauma_millionths), latent(row.satisfaction_millionths), latent(row.exhaustion_millionths)},
      {errors.uniform(), errors.second_uniform(), exhaustion_error.uniform()});
}

std::array<double, measure_count> evaluate_measures(const Rules& rules, const Organization& organization,
                                                    const RandomSource& random, const RunRecord& record) {
  const double horizon_days = (rules.end - rules.start).in_days();
  const Frame frame{horizon_days / days_per_year, horizon_days / days_per_week,
                    static_cast<double>(organization.clinician_count())};
  MeasureSheet sheet;
  evaluate_demand(sheet, record.counts, frame, record);
  evaluate_cascade(sheet, record.counts, frame);
  evaluate_access(sheet, record.counts, record);
  evaluate_supporter_work(sheet, rules, record.counts, frame, record);
  evaluate_well_being(sheet, rules, organization, random, record);
  evaluate_referrals(sheet, frame, record);
  evaluate_activation(sheet, record, frame);
  evaluate_waits(sheet, record, rules);
  evaluate_workforce(sheet, record, organization, frame);
  evaluate_surveys(sheet, record);
  evaluate_equity(sheet, record);
  evaluate_resilience(sheet, record, rules);
  evaluate_costs(sheet, record, rules, organization, frame);
  return sheet.values;
}

std::array<std::vector<double>, series_count> evaluate_series(const Organization& organization,
                                                              const RunRecord& record) {
  std::array<std::vector<double>, series_count> series;
  const auto clinicians = static_cast<double>(organization.clinician_count());
  const auto add = [&series](Series s, double value) {
    series[static_cast<std::size_t>(s)].push_back(value);
  };
  for (const WeekRow& week : record.weeks) {
    add(Series::distressed_share, static_cast<double>(week.distressed) / clinicians);
    add(Series::exhaustion_mean, static_cast<double>(week.exhaustion) / 1048576.0 / clinicians);
    add(Series::requests, static_cast<double>(week.requests));
    add(Series::first_contacts, static_cast<double>(week.first_contacts));
    add(Series::waiting, static_cast<double>(week.waiting));
    add(Series::open_cases, static_cast<double>(week.open_cases));
    add(Series::active_supporters, static_cast<double>(week.active_supporters));
    add(Series::protected_hours, static_cast<double>(week.protected_ticks) / ticks_per_hour);
    add(Series::overload_hours, static_cast<double>(week.overload_ticks) / ticks_per_hour);
    add(Series::awareness, static_cast<double>(week.awareness) / 1048576.0 / clinicians);
    add(Series::trust, static_cast<double>(week.trust) / 1048576.0 / clinicians);
    add(Series::clinicians_left, static_cast<double>(week.clinicians_left));
  }
  return series;
}

std::vector<double> series_days(const Rules& rules, std::size_t week_count) {
  std::vector<double> result(week_count);
  const std::int64_t week = weeks(1).ticks();
  const std::int64_t rest = ((rules.start.ticks() % week) + week) % week;
  const double first = rest == 0 ? 0.0 : static_cast<double>(week - rest) / ticks_per_day;
  for (std::size_t i = 0; i < week_count; ++i) result[i] = first + days_per_week * static_cast<double>(i);
  return result;
}

}  // namespace peercap::peer_support
