#pragma once

#include <array>
#include <cstddef>
#include <string_view>

namespace peercap::peer_support {

/// One number a replication: what a run tells. Order and names are those of the result file.
enum class Measure : std::size_t {
  clinical_events_per_year,
  exposures_per_clinician_year,
  episodes_per_year,
  episodes_per_clinician_year,
  clinicians_with_episode_share,
  distress_point_prevalence,
  distressed_days_per_clinician_year,
  clinicians_exhaustion_concerning_share,
  requests_per_year,
  self_referrals_per_year,
  outreach_offers_per_year,
  asked_per_year,
  contacted_per_year,
  reach_per_1000_clinician_years,
  offers_declined_share,
  withdrawn_share,
  recovered_waiting_share,
  resolved_share,
  closed_unresolved_share,
  referred_share,
  unmet_episodes_share,
  episodes_contacted_share,
  asked_contacted_share,
  contact_within_target_share,
  contact_within_limit_share,
  hours_to_contact_median,
  hours_to_contact_p90,
  waiting_mean,
  sessions_per_year,
  work_hours_per_week,
  session_hours_per_week,
  protected_hours_used_share,
  overload_hours_per_week,
  session_overload_hours_per_week,
  overload_hours_per_session,
  cases_per_supporter_year,
  supporters_without_case_share,
  caseload_mean,
  caseload_max,
  matches_breaking_wishes_share,
  supporters_at_end,
  supporter_exits_per_year,
  supporter_exit_rate,
  handovers_per_year,
  trauma_low_share,
  trauma_high_share,
  satisfaction_moderate_high_share,
  supporters_exhaustion_concerning_share,
  referrals_per_year,
  referral_wait_days_mean,
  referral_given_up_share,
  unrecovered_after_30_days_share,
  unrecovered_after_1_year_share,
  coverage_person_time_share,
  contact_incidence_24h,
  contact_incidence_72h,
  lost_waiting_incidence_72h,
  manager_referrals_per_year,
  peer_referrals_per_year,
  embedded_referrals_per_year,
  rounding_referrals_per_year,
  follow_up_requests_per_year,
  group_debriefs_per_year,
  group_debrief_people_per_year,
  awareness_mean,
  trust_mean,
  requests_per_month_mean,
  requests_per_month_max,
  clinicians_left_per_year,
  clinician_exit_rate,
  clinicians_left_concerning_share,
  vacancies_at_end_share,
  supporters_joined_per_year,
  program_hours_per_week,
  program_overload_hours_per_week,
  training_hours_per_year,
  surveyed_clinicians_exhausted_share,
  surveyed_trauma_low_share,
  surveyed_satisfaction_share,
  surveyed_supporters_exhausted_share,
  challenge_time_share,
  challenge_isolation_share,
  challenge_own_stress_share,
  challenge_training_share,
  challenge_none_share,
  profession_gap,
  career_stage_gap,
  shift_gap,
  site_gap,
  unit_gini,
  worst_decile_share,
  collapsed,
  weeks_to_collapse,
  quarters_below_floor_share,
  recovered_share,
  weeks_to_recover,
  service_recovered_share,
  weeks_to_recover_service,
  distressed_days_averted,
  exhausted_share_averted,
  leavers_averted_per_year,
  program_cost_per_year,
  cost_per_contact,
  cost_per_resolved,
  turnover_cost_per_year,
  net_benefit_per_year,
  nurse_exit_rate,
  physician_exit_rate,
  count_
};
inline constexpr std::size_t measure_count = static_cast<std::size_t>(Measure::count_);

/// What a measure means.
struct MeasureInfo {
  std::string_view name;
  std::string_view unit;  ///< UDUNITS; "1" for shares and counts
  std::string_view long_name;
  std::string_view description;  ///< the definition
};

[[nodiscard]] const std::array<MeasureInfo, measure_count>& measure_infos();
[[nodiscard]] inline const MeasureInfo& info_of(Measure measure) {
  return measure_infos()[static_cast<std::size_t>(measure)];
}

/// One number a week of the measured horizon.
enum class Series : std::size_t {
  distressed_share,
  exhaustion_mean,
  requests,
  first_contacts,
  waiting,
  open_cases,
  active_supporters,
  protected_hours,
  overload_hours,
  session_protected_hours,
  session_overload_hours,
  program_protected_hours,
  program_overload_hours,
  awareness,
  trust,
  clinicians_left,
  count_
};
inline constexpr std::size_t series_count = static_cast<std::size_t>(Series::count_);
[[nodiscard]] const std::array<MeasureInfo, series_count>& series_infos();

}  // namespace peercap::peer_support
