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
       "share of the clinicians present at the end, vacant positions left out, whose surveyed, rounded "
       "exhaustion score reaches the cut-off"},
      {"requests_per_year", "1/year", "requests",
       "people who asked, and people whom somebody else named to the program, a year; those left out who are "
       "given as waiting at the start"},
      {"self_referrals_per_year", "1/year", "self-referrals", "people who asked on their own, a year"},
      {"outreach_offers_per_year", "1/year", "people named to the program",
       "people whom an event report, a manager, a colleague or a supporter named to the program, a year"},
      {"asked_per_year", "1/year", "people who wanted support",
       "self-referrals and accepted offers, a year; those left out who had a case already, and those given "
       "as "
       "waiting at the start"},
      {"contacted_per_year", "1/year", "people contacted",
       "first contacts with a supporter, a year, whenever the request was made"},
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
      {"hours_to_contact_incidence_median", "h", "time until half of those who waited are met",
       "hours until a supporter has met half of all who wanted support (Aalen-Johansen; giving up, recovery "
       "and "
       "leaving are competing ends), rounded up to whole hours; not defined where fewer are met within four "
       "weeks. hours_to_contact_median is of those contacted alone"},
      {"episodes_contacted_24h_share", "1", "episodes contacted within 24 h of the event",
       "Aalen-Johansen share of the episodes that began in the horizon with a first contact within 24 h of "
       "the "
       "event that began them, recovery and leaving being competing ends; all episodes, whoever asked or "
       "not"},
      {"episodes_contacted_72h_share", "1", "episodes contacted within 72 h of the event",
       "the same within 72 h"},
      {"waiting_mean", "1", "people waiting", "people waiting for their first contact, mean over the weeks"},
      {"waiting_p95", "1", "people waiting, 95th percentile",
       "95th percentile over the weeks of the number of people waiting for their first contact on Monday"},
      {"many_waiting_weeks_share", "1", "weeks with many waiting",
       "share of the weeks with more people waiting on Monday than resilience.waiting_limit"},
      {"transfers_per_year", "1/year", "requests sent to another site",
       "requests of the horizon that went to the supporters of another site, a year"},
      {"sessions_per_year", "1/year", "sessions", "sessions held, a year"},
      {"work_hours_per_week", "h/week", "supporters' hours",
       "hours of all supporters' work for the program, a week: sessions with their administration, and all "
       "else"},
      {"session_hours_per_week", "h/week", "hours of sessions",
       "those of these hours that are sessions and their administration, a week"},
      {"protected_hours_used_share", "1", "protected time used",
       "hours of supporters' work, sessions and all else, covered by protected time, as a share of the "
       "protected time "
       "granted to active supporters; time carried over from before the start can lift it above 1"},
      {"overload_hours_per_week", "h/week", "hours beyond protected time",
       "hours of all supporters' work, sessions and all else, not covered by protected time, a week"},
      {"session_overload_hours_per_week", "h/week", "hours of sessions beyond protected time",
       "those of these hours that are sessions and their administration, a week"},
      {"overload_hours_per_session", "h", "unprotected time a session",
       "mean hours of a session and its administration that protected time does not cover"},
      {"cases_per_supporter_year", "1/year", "cases a supporter", "cases taken on a supporter and year"},
      {"supporters_without_case_share", "1", "supporters without a case",
       "share of the supporters active at the start who took on no case in the horizon"},
      {"caseload_mean", "1", "case load", "open cases a supporter, mean over the weeks"},
      {"caseload_p95", "1", "case load, 95th percentile of weeks",
       "95th percentile over the weeks of open cases a supporter, all supporters of a week together; weeks "
       "without supporters are left out"},
      {"caseload_at_end_p95", "1", "case load, 95th percentile of supporters",
       "95th percentile over the supporters active at the end of the cases that each has open then"},
      {"caseload_max", "1", "highest number of open cases",
       "most cases open in any week, all sites together"},
      {"matches_breaking_wishes_share", "1", "matches against a wish",
       "share of assignments in which a wished-for matching rule was not met"},
      {"supporters_at_end", "1", "supporters at the end", "active supporters at the end of the horizon"},
      {"supporter_exits_per_year", "1/year", "supporters who left",
       "supporters leaving role or organization, a year"},
      {"supporter_exit_rate", "1/year", "supporter turnover", "exits a supporter and year"},
      {"tenure_years_mean", "year", "time in the role",
       "years from the end of the training to the exit or the end of the horizon, mean over those who were "
       "in "
       "the role at some time of the horizon; absences count. Who is a supporter from the begin of the "
       "burn-in "
       "counts from there, so that it is too short for them"},
      {"tenure_years_median", "year", "median time in the role", "the same, median"},
      {"handovers_per_year", "1/year", "handovers", "cases handed on because the supporter left, a year"},
      {"trauma_low_share", "1", "low secondary trauma",
       "share of active supporters whose surveyed, rounded secondary trauma score at the end counts as low"},
      {"trauma_moderate_share", "1", "moderate secondary trauma", "the same for a score in between"},
      {"trauma_high_share", "1", "high secondary trauma", "the same for a high score"},
      {"satisfaction_low_share", "1", "low compassion satisfaction",
       "share of active supporters whose surveyed, rounded compassion satisfaction score at the end counts "
       "as "
       "low"},
      {"satisfaction_moderate_share", "1", "moderate compassion satisfaction",
       "the same for a score in between"},
      {"satisfaction_high_share", "1", "high compassion satisfaction", "the same for a high score"},
      {"satisfaction_moderate_high_share", "1", "moderate to high compassion satisfaction",
       "share of active supporters whose surveyed, rounded compassion satisfaction score at the end is above "
       "low"},
      {"supporters_exhaustion_concerning_share", "1", "supporters with concerning exhaustion",
       "share of active supporters whose surveyed, rounded exhaustion score at the end reaches the cut-off"},
      {"supporters_above_check_in_cut_share", "1", "supporters above the cut of check-ins",
       "share of active supporters whom a check-in with the survey at the end would relieve: surveyed "
       "exhaustion "
       "or secondary trauma at or above its cut; told whether or not there are check-ins"},
      {"latent_trauma_low_share", "1", "low secondary trauma, latent",
       "share of active supporters whose latent score of secondary trauma at the end counts as low: the "
       "state "
       "itself without the error of a survey, rounded to the instrument's points"},
      {"latent_trauma_moderate_share", "1", "moderate secondary trauma, latent",
       "the same for a score in between"},
      {"latent_trauma_high_share", "1", "high secondary trauma, latent", "the same for a high score"},
      {"latent_satisfaction_low_share", "1", "low compassion satisfaction, latent",
       "share of active supporters whose latent, rounded score of compassion satisfaction at the end counts "
       "as "
       "low"},
      {"latent_satisfaction_moderate_share", "1", "moderate compassion satisfaction, latent",
       "the same for a score in between"},
      {"latent_satisfaction_high_share", "1", "high compassion satisfaction, latent",
       "the same for a high score"},
      {"latent_supporters_exhaustion_concerning_share", "1", "supporters with concerning exhaustion, latent",
       "share of active supporters whose latent, rounded exhaustion score at the end reaches the cut-off"},
      {"referrals_per_year", "1/year", "referrals taken up",
       "clients who went on to another destination, a year"},
      {"referral_wait_days_mean", "d", "wait for a referral",
       "mean time from a referral to the beginning of treatment, all destinations"},
      {"referral_wait_days_p90", "d", "wait for a referral, 90th percentile",
       "whole days within which the treatment of nine in ten began, of those whose treatment began, all "
       "destinations; waits of more than five years are left out"},
      {"referral_given_up_share", "1", "referrals given up",
       "share of the referrals that ended with the client giving up the wait, of those ended or begun"},
      {"unrecovered_after_30_days_share", "1", "not recovered after 30 days",
       "Kaplan-Meier share of the horizon's episodes still going on 30 days after they began"},
      {"unrecovered_after_1_year_share", "1", "not recovered after a year",
       "the same after 365 days; only of horizons longer than that"},
      {"coverage_person_time_share", "1", "coverage of distressed time",
       "share of distressed person-days that fall between the first contact and the end of a case"},
      {"contact_incidence_24h", "1", "contacted within 24 h, of all who waited",
       "Aalen-Johansen share of those who wanted support whom a supporter had met within 24 h, giving up and "
       "recovery "
       "being competing ends"},
      {"contact_incidence_72h", "1", "contacted within 72 h, of all who waited", "the same within 72 h"},
      {"lost_waiting_incidence_72h", "1", "lost within 72 h",
       "Aalen-Johansen share of those who wanted support who had given up, recovered or left within 72 h"},
      {"manager_referrals_per_year", "1/year", "named by managers", "people named by their managers, a year"},
      {"peer_referrals_per_year", "1/year", "named by colleagues", "people named by colleagues, a year"},
      {"embedded_referrals_per_year", "1/year", "named by embedded supporters",
       "people named by a supporter of their own unit, a year"},
      {"rounding_referrals_per_year", "1/year", "found on rounds",
       "people found by supporters on rounds, a year"},
      {"follow_up_requests_per_year", "1/year", "taken up again at follow-up",
       "people offered another case at a follow-up, a year"},
      {"group_debriefs_per_year", "1/year", "group debriefs", "group debriefs held, a year"},
      {"group_debrief_people_per_year", "1/year", "people in group debriefs",
       "people who came to them, a year"},
      {"awareness_mean", "1", "awareness", "share of clinicians who know the program, mean over the weeks"},
      {"trust_mean", "1", "trust", "trust in the program from 0 to 1, mean over clinicians and weeks"},
      {"requests_per_month_mean", "1", "requests a month",
       "requests in a twelfth of a year, mean; without those given at the start"},
      {"requests_per_month_max", "1", "most requests in a month",
       "requests in the busiest twelfth of a year; without those given at the start"},
      {"clinicians_left_per_year", "1/year", "clinicians who left",
       "clinicians who left the organization, a year"},
      {"clinician_exit_rate", "1/year", "turnover of clinicians",
       "clinicians who left, a clinician and year"},
      {"clinicians_left_concerning_share", "1", "leavers with concerning exhaustion",
       "share of them whose latent exhaustion was concerning"},
      {"vacancies_at_end_share", "1", "vacant positions", "share of positions that are vacant at the end"},
      {"supporters_joined_per_year", "1/year", "new supporters",
       "supporters who completed their training, a year"},
      {"program_hours_per_week", "h/week", "hours beside sessions",
       "supporters' hours of training, debriefs, rounds, follow-up, mentoring and turns on call, a week"},
      {"program_overload_hours_per_week", "h/week", "hours beside sessions beyond protected time",
       "those of these hours that protected time does not cover, a week"},
      {"training_hours_per_year", "h/year", "training hours",
       "supporters' hours of training and refreshers, a year"},
      {"training_cost_per_year", "1/year", "cost of training, in the scenario's currency",
       "these hours at the cost of an hour of training, a year; a part of the cost of the program"},
      {"surveyed_clinicians_exhausted_share", "1", "exhausted, clinicians' surveys",
       "share of the clinicians who answered a survey wave whose rounded exhaustion score reaches the "
       "cut-off, mean "
       "over waves"},
      {"surveyed_trauma_low_share", "1", "low secondary trauma, supporters' surveys",
       "share of the supporters who answered with a low score of secondary trauma, mean over waves"},
      {"surveyed_satisfaction_share", "1", "compassion satisfaction, supporters' surveys",
       "share of them with moderate or high compassion satisfaction, mean over waves"},
      {"surveyed_supporters_exhausted_share", "1", "exhausted, supporters' surveys",
       "share of them whose rounded exhaustion score reaches the cut-off, mean over waves"},
      {"challenge_time_share", "1", "first challenge: time",
       "share of active supporters who would name time as the first obstacle, mean over waves"},
      {"challenge_isolation_share", "1", "first challenge: isolation", "the same for isolation"},
      {"challenge_own_stress_share", "1", "first challenge: own stress", "the same for their own stress"},
      {"challenge_training_share", "1", "first challenge: training", "the same for feeling ill-equipped"},
      {"challenge_none_share", "1", "no challenge", "share of active supporters who would name none"},
      {"profession_gap", "1", "gap between professions",
       "difference between the highest and lowest coverage of episodes by profession, groups with fewer than "
       "30 "
       "episodes left out"},
      {"career_stage_gap", "1", "gap between career stages", "the same by career stage"},
      {"shift_gap", "1", "gap between shift patterns", "the same by shift pattern of the unit"},
      {"site_gap", "1", "gap between sites", "the same by site"},
      {"profession_coverage_ratio", "1", "least to most covered profession",
       "lowest coverage of episodes by profession over the highest; 1 is equal, groups with fewer than 30 "
       "episodes left out"},
      {"career_stage_coverage_ratio", "1", "least to most covered career stage", "the same by career stage"},
      {"shift_coverage_ratio", "1", "least to most covered shift pattern",
       "the same by shift pattern of the unit"},
      {"site_coverage_ratio", "1", "least to most covered site", "the same by site"},
      {"unit_coverage_ratio", "1", "least to most covered unit",
       "the same by unit; few units have 30 episodes in a year"},
      {"profession_timely_gap", "1", "gap in timely contact between professions",
       "difference between the highest and lowest share contacted within the limit, by profession, of those "
       "who "
       "wanted support; groups with fewer than 30 requests that can be judged left out"},
      {"career_stage_timely_gap", "1", "gap in timely contact between career stages",
       "the same by career stage"},
      {"shift_timely_gap", "1", "gap in timely contact between shift patterns",
       "the same by shift pattern of the unit"},
      {"site_timely_gap", "1", "gap in timely contact between sites", "the same by site"},
      {"unit_timely_gap", "1", "gap in timely contact between units",
       "the same by unit; few units have 30 such requests in a year"},
      {"unit_gini", "1", "inequality between units",
       "Gini coefficient of first contacts per episode over units; chance alone makes it larger where "
       "contacts are few"},
      {"worst_decile_share", "1", "coverage in the worst tenth of units",
       "coverage of episodes in the tenth of the units, by episodes, with the lowest coverage"},
      {"collapsed", "1", "program collapsed",
       "1 where active supporters fell below the floor at some week of the horizon; its mean is a "
       "probability under "
       "the model's assumptions"},
      {"weeks_to_collapse", "week", "time to collapse",
       "weeks until then, of the replications in which it happens"},
      {"quarters_below_floor_share", "1", "quarters of failed service",
       "share of the quarters (13 weeks) of the horizon in which fewer of the requests than the floor were "
       "contacted "
       "within the limit; quarters without a request that can be judged are left out"},
      {"service_failed", "1", "service failed",
       "1 where at least one such quarter was below the floor; its mean is a probability under the model's "
       "assumptions"},
      {"weeks_to_service_failure", "week", "time to failure of service",
       "weeks until the end of the first such quarter, of the replications in which there is one"},
      {"tipping_load", "h/week", "tipping load (a construct)",
       "weekly hours of work for the program above which, in a mean-field construct, supporters leave faster "
       "than recruits replace them whatever their number: N' = r - N (a + b exp(c (L / N - p)+)) has no "
       "equilibrium for L above it. r recruits, a exits from employment and terms, b from the role, c the "
       "effect "
       "of an hour a week beyond protected time p on the log hazard of leaving the role. No property of the "
       "simulated program; not defined without recruitment or such an effect"},
      {"load_over_tipping", "1", "load over tipping load (a construct)",
       "work_hours_per_week over tipping_load"},
      {"waiting_autocorrelation", "1", "autocorrelation of people waiting",
       "correlation of the number of people waiting on a Monday with that of the next Monday, over the "
       "horizon; with the variance an early warning of a system that recovers slowly"},
      {"waiting_variance", "1", "variance of people waiting",
       "variance over the weeks of the number of people waiting on Monday"},
      {"supporters_autocorrelation", "1", "autocorrelation of active supporters",
       "correlation of the number of active supporters on a Monday with that of the next Monday"},
      {"supporters_variance", "1", "variance of active supporters",
       "variance over the weeks of the number of active supporters on Monday"},
      {"recovered_share", "1", "recovered after a shock",
       "1 where the share in distress came back, after the first scheduled change was over, to within a "
       "tenth "
       "of its mean before it, 0 where it did not until the next change or the end; its mean is a share of "
       "the "
       "replications. Not defined unless the change begins a whole week or more into the horizon and is over "
       "within it, before the next one. A change is over when its way back is (`until` and `over`), or "
       "without "
       "`until` when it has arrived; changes that begin on one day are one"},
      {"weeks_to_recover", "week", "time to recover after a shock",
       "whole weeks from the end of that change until then, of the replications that recover; the others are "
       "left out, so that the mean is too short where recovered_share is below 1"},
      {"service_recovered_share", "1", "service recovered after a shock",
       "the same for the service: 1 where in some four weeks after the change at least nine tenths of the "
       "share contacted within the limit before it were contacted within the limit; by the time of the "
       "request"},
      {"weeks_to_recover_service", "week", "time for the service to recover",
       "whole weeks from the end of the change until the first four such weeks begin, of the replications "
       "whose service recovers"},
      {"distressed_days_averted_without_effect", "d/year",
       "distressed days averted if sessions had no effect",
       "distressed days a clinician and year that the same world without a program has more than the one "
       "whose "
       "sessions and group debriefs lower no distress; what else the program does moves it"},
      {"distressed_days_averted", "d/year", "distressed days averted",
       "distressed days a clinician and year that the same world without a program has more; common random "
       "numbers"},
      {"exhausted_share_averted", "1", "concerning exhaustion averted",
       "share of clinicians with concerning exhaustion at the end that the world without a program has more"},
      {"leavers_averted_per_year", "1/year", "leavers averted",
       "clinicians leaving a year that the world without a program has more"},
      {"program_cost_per_year", "1/year", "cost of the program, in the scenario's currency",
       "supporters' hours, coordination, training and referrals, a year"},
      {"cost_per_contact", "1", "cost a person contacted, in the scenario's currency",
       "cost of the program by people contacted"},
      {"cost_per_resolved", "1", "cost a case resolved, in the scenario's currency",
       "cost of the program by cases resolved"},
      {"cost_per_distressed_day_averted", "1", "cost a distressed day averted, in the scenario's currency",
       "cost of the program a year over the distressed days of all clinicians that the world without a "
       "program "
       "has more; replications in which it has no more are left out, so that the mean is too low where "
       "distressed_days_averted is uncertain"},
      {"turnover_cost_per_year", "1/year", "cost of turnover, in the scenario's currency",
       "replacing clinicians who left, a year"},
      {"turnover_cost_low_per_year", "1/year", "cost of turnover, low end, in the scenario's currency",
       "the same with the low ends of the costs of a nurse and a physician; other professions have no range"},
      {"turnover_cost_high_per_year", "1/year", "cost of turnover, high end, in the scenario's currency",
       "the same with the high ends"},
      {"net_benefit_per_year", "1/year", "net benefit, in the scenario's currency",
       "turnover cost that the world without a program has more, less the cost of the program, a year"},
      {"net_benefit_low_per_year", "1/year", "net benefit, low turnover cost, in the scenario's currency",
       "the same with the low ends of the costs of turnover"},
      {"net_benefit_high_per_year", "1/year", "net benefit, high turnover cost, in the scenario's currency",
       "the same with the high ends"},
      {"nurse_exit_rate", "1/year", "nurses who left",
       "nurses who left the organization, by places of nurses and years"},
      {"physician_exit_rate", "1/year", "physicians who left",
       "physicians who left the organization, by places of physicians and years"},
      {"hours_to_contact_mean", "h", "mean time to first contact",
       "mean time from the request to the first contact, of those contacted; read it beside those never "
       "contacted"},
      {"direct_hours_to_contact_mean", "h", "mean time to first contact of direct requests",
       "the same of direct requests alone"},
      {"hours_waited_mean", "h", "mean wait of all who waited",
       "mean time from the request of somebody who wanted support to what ended the wait: the first contact, "
       "giving up, recovery or leaving; those still waiting at the end are left out"},
      {"waiting_over_time_mean", "1", "people waiting, mean over time",
       "time waited by all who wanted support in the horizon, those still waiting at the end included, over "
       "the length of the horizon: the mean number of people waiting, without the chance of what a Monday "
       "shows"},
      {"turned_elsewhere_per_year", "1/year", "people who turned elsewhere",
       "people in distress who sought support outside the program, a year; they can still come to it later"},
      {"turns_on_call_per_supporter_year", "1/year", "turns on call a supporter",
       "shifts on call a supporter and year; not defined where nobody was a supporter"},
  }};
  return infos;
}

}  // namespace peercap::peer_support
