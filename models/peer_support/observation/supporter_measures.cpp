// What supporters do, and how they are.

#include <utility>
#include <vector>

#include "models/peer_support/observation/evaluation.h"
#include "models/peer_support/observation/measure_sheet.h"
#include "models/peer_support/observation/outcomes.h"
#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

constexpr double ticks_per_hour = 3.6e9;

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

/// Supporters by what their scores count as.
struct ScaleShares {
  std::int64_t supporters = 0;
  std::int64_t trauma_low = 0;
  std::int64_t trauma_high = 0;
  std::int64_t satisfaction_low = 0;
  std::int64_t satisfaction_high = 0;
  std::int64_t exhausted = 0;

  void add(const SupporterSurvey& scores, const Scenario& s) {
    ++supporters;
    trauma_low += scores.trauma <= s.supporters.secondary_trauma.low_cutoff ? 1 : 0;
    trauma_high += scores.trauma >= s.supporters.secondary_trauma.high_cutoff ? 1 : 0;
    satisfaction_low += scores.satisfaction <= s.supporters.compassion_satisfaction.low_cutoff ? 1 : 0;
    satisfaction_high += scores.satisfaction >= s.supporters.compassion_satisfaction.high_cutoff ? 1 : 0;
    exhausted += scores.exhaustion >= s.exhaustion.concern_cutoff ? 1 : 0;
  }
  [[nodiscard]] double share(std::int64_t part) const { return ratio(part, supporters); }
  [[nodiscard]] double rest(std::int64_t low, std::int64_t high) const {
    return ratio(supporters - low - high, supporters);
  }
};

SurveyedState latent_state(const SupporterRow& row) {
  const auto latent = [](std::int64_t millionths) { return static_cast<double>(millionths) / 1e6; };
  return {latent(row.trauma_millionths), latent(row.satisfaction_millionths),
          latent(row.exhaustion_millionths)};
}

/// Time in the role of those who had it at some time of the horizon, and their cases at its end.
void evaluate_tenure(MeasureSheet& sheet, const RunRecord& record, const Rules& rules) {
  std::vector<double> years;
  std::vector<double> cases;
  double sum = 0.0;
  for (const SupporterRow& row : record.supporters) {
    if (row.active_at_end) cases.push_back(static_cast<double>(row.open_cases));
    if (!row.joined || row.left_before_start) continue;
    const std::int64_t end =
        row.exit == ExitReason::none ? (rules.end - rules.start).ticks() : row.exit_ticks;
    years.push_back(SimDuration{end - row.joined_ticks}.in_days() / days_per_year);
    sum += years.back();
  }
  sheet[Measure::tenure_years_mean] = ratio(sum, static_cast<double>(years.size()));
  sheet[Measure::tenure_years_median] = quantile(std::move(years), 0.5);
  sheet[Measure::caseload_at_end_p95] = quantile(std::move(cases), 0.95);
}

}  // namespace

void evaluate_supporter_work(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                             const Frame& f) {
  const RunCounts& c = record.counts;
  const auto in_hours = [](std::int64_t ticks) { return static_cast<double>(ticks) / ticks_per_hour; };
  const std::int64_t beyond = total(c.program_beyond_ticks);
  const std::int64_t beside = total(c.program_ticks) - beyond;
  const double supporter_weeks = static_cast<double>(c.active_supporter_weeks);
  sheet[Measure::sessions_per_year] = static_cast<double>(c.sessions) / f.years;
  sheet[Measure::work_hours_per_week] =
      in_hours(c.protected_ticks + c.overload_ticks + total(c.program_ticks)) / f.weeks;
  sheet[Measure::session_hours_per_week] = in_hours(c.protected_ticks + c.overload_ticks) / f.weeks;
  sheet[Measure::protected_hours_used_share] =
      ratio(in_hours(c.protected_ticks + beside), granted_hours(rules, record));
  sheet[Measure::overload_hours_per_week] = in_hours(c.overload_ticks + beyond) / f.weeks;
  sheet[Measure::session_overload_hours_per_week] = in_hours(c.overload_ticks) / f.weeks;
  sheet[Measure::overload_hours_per_session] =
      ratio(in_hours(c.overload_ticks), static_cast<double>(c.sessions));
  const double supporter_years = supporter_weeks * days_per_week / days_per_year;
  sheet[Measure::cases_per_supporter_year] = ratio(static_cast<double>(c.assignments), supporter_years);
  sheet[Measure::turns_on_call_per_supporter_year] =
      ratio(static_cast<double>(c.turns_on_call), supporter_years);
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
  evaluate_tenure(sheet, record, rules);
}

SupporterSurvey survey_supporter(const Rules& rules, const Organization& organization,
                                 const RandomSource& random, const RunRecord& record, std::size_t index) {
  const SupporterRow& row = record.supporters[index];
  const EntityKey key = organization.person_keys[organization.supporters[index].clinician.index()];
  const Draw errors = random.draw(key, DrawPurpose::supporter_survey, 0);
  const Draw exhaustion_error = random.draw(key, DrawPurpose::exhaustion_survey, 0);
  return read_survey(rules.scenario, latent_state(row),
                     {errors.uniform(), errors.second_uniform(), exhaustion_error.uniform()});
}

void evaluate_well_being(MeasureSheet& sheet, const RunRecord& record, const Rules& rules,
                         const Organization& organization, const RandomSource& random) {
  const CheckIns& cuts = rules.at(rules.end - microseconds(1)).scenario.supporters.check_ins;
  std::int64_t above_cut = 0;
  ScaleShares surveyed;
  ScaleShares latent;
  for (std::size_t i = 0; i < record.supporters.size(); ++i) {
    if (!record.supporters[i].active_at_end) continue;
    const SupporterSurvey survey = survey_supporter(rules, organization, random, record, i);
    above_cut += survey.exhaustion >= cuts.exhaustion_cut || survey.trauma >= cuts.trauma_cut ? 1 : 0;
    surveyed.add(survey, rules.scenario);
    // Errors of one half are errors of nothing.
    latent.add(read_survey(rules.scenario, latent_state(record.supporters[i]), SurveyErrors{}),
               rules.scenario);
  }
  sheet[Measure::supporters_above_check_in_cut_share] = ratio(above_cut, surveyed.supporters);
  sheet[Measure::trauma_low_share] = surveyed.share(surveyed.trauma_low);
  sheet[Measure::trauma_moderate_share] = surveyed.rest(surveyed.trauma_low, surveyed.trauma_high);
  sheet[Measure::trauma_high_share] = surveyed.share(surveyed.trauma_high);
  sheet[Measure::satisfaction_low_share] = surveyed.share(surveyed.satisfaction_low);
  sheet[Measure::satisfaction_moderate_share] =
      surveyed.rest(surveyed.satisfaction_low, surveyed.satisfaction_high);
  sheet[Measure::satisfaction_high_share] = surveyed.share(surveyed.satisfaction_high);
  sheet[Measure::satisfaction_moderate_high_share] = surveyed.rest(surveyed.satisfaction_low, 0);
  sheet[Measure::supporters_exhaustion_concerning_share] = surveyed.share(surveyed.exhausted);
  sheet[Measure::latent_trauma_low_share] = latent.share(latent.trauma_low);
  sheet[Measure::latent_trauma_moderate_share] = latent.rest(latent.trauma_low, latent.trauma_high);
  sheet[Measure::latent_trauma_high_share] = latent.share(latent.trauma_high);
  sheet[Measure::latent_satisfaction_low_share] = latent.share(latent.satisfaction_low);
  sheet[Measure::latent_satisfaction_moderate_share] =
      latent.rest(latent.satisfaction_low, latent.satisfaction_high);
  sheet[Measure::latent_satisfaction_high_share] = latent.share(latent.satisfaction_high);
  sheet[Measure::latent_supporters_exhaustion_concerning_share] = latent.share(latent.exhausted);
}

}  // namespace peercap::peer_support
