#include "models/peer_support/observation/measures.h"

namespace peercap::peer_support {

const std::array<MeasureInfo, measure_count>& measure_infos() {
  static constexpr std::array<MeasureInfo, measure_count> infos{{
      {"clinical_events_per_year", "1/year", "clinical events",
       "distressing clinical events in all units, a year"},
      {"exposures_per_clinician_year", "1/year", "exposures a clinician",
       "distressing events, clinical and personal, that a clinician is exposed to in a year"},
      {"episodes_per_year", "1/year", "distress episodes",
       "crossings of the distress threshold by anybody, a year"},
      {"episodes_per_clinician_year", "1/year", "episodes a clinician",
       "crossings of the distress threshold a clinician and year"},
      {"clinicians_with_episode_share", "1", "clinicians with an episode",
       "share of clinicians in an episode at some time of the horizon, episodes that began before it "
       "included"},
      {"distress_point_prevalence", "1", "clinicians in distress",
       "share of clinicians in an episode, mean over the weeks of the horizon"},
      {"distressed_days_per_clinician_year", "d/year", "distressed days",
       "days in an episode a clinician and year of the horizon"},
      {"clinicians_exhaustion_concerning_share", "1", "clinicians with concerning exhaustion",
       "share of all clinicians whose surveyed, rounded exhaustion score reaches the cut-off at the end"},
      {"requests_per_year", "1/year", "requests",
       "people who asked, and people whom somebody else named to the program, a year"},
      {"self_referrals_per_year", "1/year", "self-referrals", "people who asked on their own, a year"},
      {"outreach_offers_per_year", "1/year", "people named to the program",
       "people whom an event report, a manager, a colleague or a supporter named to the program, a year"},
      {"asked_per_year", "1/year", "people who wanted support",
       "self-referrals and accepted offers, a year; those who had a case already left out"},
      {"contacted_per_year", "1/year", "people contacted", "first contacts with a supporter, a year"},
      {"reach_per_1000_clinician_years", "1/year", "reach per 1,000 clinicians",
       "first contacts per 1,000 clinicians and year"},
      {"offers_declined_share", "1", "offers declined",
       "share of the offers of the horizon that were declined, of those answered"},
      {"withdrawn_share", "1", "gave up waiting",
       "share of those who wanted support and gave up before the first contact"},
      {"recovered_waiting_share", "1", "recovered while waiting",
       "share of those who wanted support and were well again before the first contact"},
      {"resolved_share", "1", "resolved",
       "share of those who wanted support whose case closed below the threshold"},
      {"closed_unresolved_share", "1", "closed while still distressed",
       "share of those who wanted support whose case closed above the threshold without a referral"},
      {"referred_share", "1", "referred on",
       "share of first contacts of the horizon whose case ended with a referral, taken up or not"},
      {"unmet_episodes_share", "1", "episodes without contact",
       "share of the episodes that began in the horizon in which no supporter made contact before recovery "
       "or the end"},
      {"episodes_contacted_share", "1", "coverage of episodes",
       "share of the episodes that began in the horizon with a first contact before recovery or the end"},
      {"asked_contacted_share", "1", "coverage of those who asked",
       "share of those who wanted support, with the outcome known, who were contacted"},
      {"contact_within_target_share", "1", "contacted within the target",
       "share of those who wanted support and were contacted within the target time of their request; "
       "requests too late "
       "in the horizon to be judged are left out"},
      {"contact_within_limit_share", "1", "contacted within the limit", "the same for the acceptable time"},
      {"hours_to_contact_median", "h", "median time to first contact",
       "median time from the request to the first contact, of those contacted; read it beside those never "
       "contacted"},
      {"hours_to_contact_p90", "h", "90th percentile of the time to first contact",
       "nine in ten of those contacted waited no longer"},
      {"waiting_mean", "1", "people waiting", "people waiting for their first contact, mean over the weeks"},
      {"sessions_per_year", "1/year", "sessions", "sessions held, a year"},
      {"session_hours_per_week", "h/week", "supporters' hours",
       "hours of sessions and their administration, a week"},
      {"protected_hours_used_share", "1", "protected time used",
       "hours of supporters' work covered by protected time, as a share of the protected time of active "
       "supporters"},
      {"overload_hours_per_week", "h/week", "hours beyond protected time",
       "hours of supporters' work not covered by protected time, a week"},
      {"overload_hours_per_session", "h", "unprotected time a session",
       "mean hours of a session and its administration that protected time does not cover"},
      {"cases_per_supporter_year", "1/year", "cases a supporter", "cases taken on a supporter and year"},
      {"supporters_without_case_share", "1", "supporters without a case",
       "share of the supporters active at the start who took on no case in the horizon"},
      {"caseload_mean", "1", "case load", "open cases a supporter, mean over the weeks"},
      {"caseload_max", "1", "highest number of open cases",
       "most cases open in any week, all sites together"},
      {"matches_breaking_wishes_share", "1", "matches against a wish",
       "share of assignments in which a wished-for matching rule was not met"},
      {"supporters_at_end", "1", "supporters at the end", "active supporters at the end of the horizon"},
      {"supporter_exits_per_year", "1/year", "supporters who left",
       "supporters leaving role or organization, a year"},
      {"supporter_exit_rate", "1/year", "supporter turnover", "exits a supporter and year"},
      {"handovers_per_year", "1/year", "handovers", "cases handed on because the supporter left, a year"},
      {"trauma_low_share", "1", "low secondary trauma",
       "share of active supporters whose surveyed, rounded secondary trauma score at the end counts as low"},
      {"trauma_high_share", "1", "high secondary trauma", "the same for a high score"},
      {"satisfaction_moderate_high_share", "1", "moderate to high compassion satisfaction",
       "share of active supporters whose surveyed, rounded compassion satisfaction score at the end is above "
       "low"},
      {"supporters_exhaustion_concerning_share", "1", "supporters with concerning exhaustion",
       "share of active supporters whose surveyed, rounded exhaustion score at the end reaches the cut-off"},
      {"referrals_per_year", "1/year", "referrals taken up",
       "clients who went on to another destination, a year"},
      {"referral_wait_days_mean", "d", "wait for a referral",
       "mean time from a referral to the beginning of treatment, all destinations"},
      {"referral_given_up_share", "1", "referrals given up",
       "share of the referrals that ended with the client giving up the wait, of those ended or begun"},
  }};
  return infos;
}

const std::array<MeasureInfo, series_count>& series_infos() {
  static constexpr std::array<MeasureInfo, series_count> infos{{
      {"distressed_share", "1", "clinicians in distress",
       "share of clinicians in an episode at the begin of the week"},
      {"exhaustion_mean", "1", "mean exhaustion",
       "mean exhaustion of all clinicians, in SD above the reference"},
      {"requests", "1/week", "requests", "requests during the week"},
      {"first_contacts", "1/week", "first contacts", "first contacts during the week"},
      {"waiting", "1", "people waiting", "people waiting for their first contact at the begin of the week"},
      {"open_cases", "1", "open cases", "cases open at the begin of the week"},
      {"active_supporters", "1", "active supporters", "supporters in the role at the begin of the week"},
      {"protected_hours", "h/week", "protected hours worked", "supporters' hours covered by protected time"},
      {"overload_hours", "h/week", "hours beyond protected time",
       "supporters' hours not covered by protected time"},
  }};
  return infos;
}

}  // namespace peercap::peer_support
