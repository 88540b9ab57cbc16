#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

namespace peercap::peer_support {

/// A person asks on their own: hazard times the person's distress while it is above the threshold.
struct SelfReferral {
  Switch enabled = Switch::on;
  Rate hazard = per_day(0.00017);
  SimDuration seek_window = days(60);
};

template <class Visitor>
void describe(Visitor& v, SelfReferral& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether clinicians can refer themselves", .grade = Grade::setting});
  v.field(
      "hazard", p.hazard,
      {.meaning = "rate of asking for each unit of distress during an episode; the product of willingness, "
                  "awareness, trust and stigma, of which only the product can be identified",
       .range = between(0, 1000),
       .grade = Grade::fitted,
       .evidence = "busch2021.foryou"});
  v.field("seek_window", p.seek_window,
          {.meaning = "how long after the last exposure a person still asks", .range = between(0, 36500)});
}

/// The program reaches in after an event report.
struct Outreach {
  Switch enabled = Switch::on;
  Probability report{0.30};
  SimDuration report_delay = days(1);
  Probability flag{0.12};
  double acceptance_logit = 1.735;
  double acceptance_loss_per_day = 0.0;
};

template <class Visitor>
void describe(Visitor& v, Outreach& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether the program contacts people after event reports", .grade = Grade::setting});
  v.field("report", p.report, {.meaning = "probability that a clinical event is reported"});
  v.field("report_delay", p.report_delay,
          {.meaning = "mean time from the event to its report (exponential, beyond the least delay)",
           .range = between(0, 365)});
  v.field(
      "flag", p.flag,
      {.meaning =
           "probability that a distressed member of the team is named to the program, given a report; with "
           "the probability of a report it makes the volume of outreach",
       .grade = Grade::fitted,
       .evidence = "busch2021.foryou"});
  v.field("acceptance_logit", p.acceptance_logit,
          {.meaning = "log odds that an offer is accepted when made at once; 1.735 is 85 %",
           .range = between(-20, 20),
           .grade = Grade::measured,
           .evidence = "lane2018.declined"});
  v.field("acceptance_loss_per_day", p.acceptance_loss_per_day,
          {.meaning = "decrease of the log odds of acceptance for each day from the event to the offer",
           .range = between(0, 10),
           .unit = "per day"});
}

struct Activation {
  SelfReferral self_referral;
  Outreach outreach;
};

template <class Visitor>
void describe(Visitor& v, Activation& p) {
  v.group("self_referral", p.self_referral, "a person asks on their own");
  v.group("outreach", p.outreach, "the program reaches in after an event report");
}

/// When people can meet, and how long those who asked keep waiting.
struct Access {
  WeeklyWindows meeting_hours = *WeeklyWindows::parse("daily 07:00-21:00");
  Probability release_from_shift{0.5};
  SimDuration lead_time = hours(1);
  SimDuration booking_horizon = days(21);
  Rate withdrawal_first_week = per_week(0.05);
  Rate withdrawal_later = per_week(0.01);
  SimDuration contact_target = hours(24);
  SimDuration contact_limit = hours(72);
};

template <class Visitor>
void describe(Visitor& v, Access& p) {
  v.field("meeting_hours", p.meeting_hours,
          {.meaning = "hours of the week in which a session can take place", .grade = Grade::setting});
  v.field("release_from_shift", p.release_from_shift,
          {.meaning = "probability that a person on a given shift can be released for a session"});
  v.field("lead_time", p.lead_time,
          {.meaning = "least time from an assignment to the first contact", .range = between(0, 30)});
  v.field("booking_horizon", p.booking_horizon,
          {.meaning = "how far ahead a session can be booked", .range = between(1, 365)});
  v.field("withdrawal_first_week", p.withdrawal_first_week,
          {.meaning = "rate of giving up during the first week of waiting",
           .range = between(0, 1000),
           .evidence = "gallucci2005.wait"});
  v.field("withdrawal_later", p.withdrawal_later,
          {.meaning = "rate of giving up after the first week of waiting",
           .range = between(0, 1000),
           .evidence = "gallucci2005.wait"});
  v.field("contact_target", p.contact_target,
          {.meaning = "time within which the first contact is wanted",
           .range = between(0, 365),
           .grade = Grade::setting});
  v.field("contact_limit", p.contact_limit,
          {.meaning = "time within which the first contact is still acceptable",
           .range = between(0, 365),
           .grade = Grade::setting});
}

/// Who can be given whom.
struct Matching {
  MatchRule same_profession = MatchRule::preferred;
  MatchRule same_career_stage = MatchRule::none;
  MatchRule different_unit = MatchRule::required;
  SimDuration relax_after = hours(24);
  double profession_weight = 1.0;
  double career_stage_weight = 0.5;
  double different_unit_weight = 1.0;
  double wait_weight = 1.0;
  double load_weight = 1.0;
  double strain_weight = 0.25;
};

template <class Visitor>
void describe(Visitor& v, Matching& p) {
  v.field("same_profession", p.same_profession,
          {.meaning = "supporter and client of one profession", .grade = Grade::setting});
  v.field("same_career_stage", p.same_career_stage,
          {.meaning = "supporter and client of one career stage", .grade = Grade::setting});
  v.field(
      "different_unit", p.different_unit,
      {.meaning = "supporter and client from different units, for confidentiality", .grade = Grade::setting});
  v.field("relax_after", p.relax_after,
          {.meaning = "time after which wished-for rules are dropped", .range = between(0, 365)});
  v.field("profession_weight", p.profession_weight,
          {.meaning = "weight of an equal profession in the score of a match", .range = between(0, 100)});
  v.field("career_stage_weight", p.career_stage_weight,
          {.meaning = "weight of an equal career stage in the score of a match", .range = between(0, 100)});
  v.field("different_unit_weight", p.different_unit_weight,
          {.meaning = "weight of different units in the score of a match", .range = between(0, 100)});
  v.field("wait_weight", p.wait_weight,
          {.meaning = "what each day until the first meeting takes off the score of a match",
           .range = between(0, 100),
           .unit = "per day"});
  v.field("load_weight", p.load_weight,
          {.meaning = "what a full case load takes off the score of a match", .range = between(0, 100)});
  v.field("strain_weight", p.strain_weight,
          {.meaning = "what one SD of secondary traumatic stress takes off the score of a match",
           .range = between(0, 100),
           .unit = "per SD"});
}

/// What a case is: sessions, gaps, when it ends and when it is referred on.
struct CaseRules {
  int max_cases = 3;
  int max_sessions = 3;
  SimDuration session_gap = days(7);
  SimDuration session_length = minutes(30);
  ServiceLaw session_law = ServiceLaw::lognormal;
  double session_length_cv = 0.3;
  SimDuration administration = minutes(30);
  ClosingRule closing_rule = ClosingRule::probability;
  Probability continue_after_session{0.60};
  double close_threshold = 1.0;
  Probability early_referral{0.03};
  Probability unresolved_referral{0.25};
  Probability effect_fast{0.10};
  Probability effect_slow{0.0};
};

template <class Visitor>
void describe(Visitor& v, CaseRules& p) {
  v.field("max_cases", p.max_cases,
          {.meaning = "cases a supporter carries at one time at most", .range = between(1, 1000)});
  v.field("max_sessions", p.max_sessions,
          {.meaning = "sessions of one case at most",
           .range = between(1, 1000),
           .grade = Grade::measured,
           .evidence = "shanafelt2022.sessions"});
  v.field("session_gap", p.session_gap,
          {.meaning = "least time between two sessions of a case", .range = between(0, 365)});
  v.field("session_length", p.session_length,
          {.meaning = "mean length of a session",
           .range = between(1.0 / 1440, 1),
           .grade = Grade::measured,
           .evidence = "foryou.contact_length"});
  v.field("session_law", p.session_law, {.meaning = "law of the length of a session"});
  v.field("session_length_cv", p.session_length_cv,
          {.meaning = "coefficient of variation of the length of a session (lognormal law)",
           .range = between(0, 5)});
  v.field("administration", p.administration,
          {.meaning = "a supporter's time for notes and travel with each session", .range = between(0, 1)});
  v.field("closing_rule", p.closing_rule,
          {.meaning = "what ends a case before the cap: a chance after each session, or low distress"});
  v.field("continue_after_session", p.continue_after_session,
          {.meaning = "probability that another session follows (closing rule probability)",
           .grade = Grade::fitted,
           .evidence = "lane2018.sessions"});
  v.field(
      "close_threshold", p.close_threshold,
      {.meaning = "distress below which a case counts as resolved, in units of the threshold of an episode",
       .range = between(0, 100)});
  v.field("early_referral", p.early_referral,
          {.meaning = "probability that a session leads to a referral",
           .grade = Grade::fitted,
           .evidence = "lane2018.escalated"});
  v.field("unresolved_referral", p.unresolved_referral,
          {.meaning = "probability of a referral when the last session leaves the case unresolved",
           .grade = Grade::fitted,
           .evidence = "lane2018.escalated"});
  v.field("effect_fast", p.effect_fast,
          {.meaning = "part of the fast distress that one session takes away; show results at 0 first",
           .evidence = "meredith2024.trial"});
  v.field("effect_slow", p.effect_slow, {.meaning = "part of the slow distress that one session takes away"});
}

/// The office behind the supporters: it sorts requests, makes offers and finds supporters.
struct Program {
  Switch enabled = Switch::on;
  WeeklyHours coordinator_hours{10.0};
  WeeklyWindows coordinator_windows = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  SimDuration triage_time = minutes(20);
};

template <class Visitor>
void describe(Visitor& v, Program& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether there is a program at all; off is the twin against which effects are measured",
           .grade = Grade::setting});
  v.field("coordinator_hours", p.coordinator_hours,
          {.meaning = "coordinator's time for requests at each site",
           .range = between(0, 168),
           .grade = Grade::assumed});
  v.field("coordinator_windows", p.coordinator_windows,
          {.meaning = "when the coordinator works; the hours are spread evenly over these windows",
           .grade = Grade::setting});
  v.field("triage_time", p.triage_time,
          {.meaning = "coordinator's time for one request", .range = between(0, 7)});
}

/// Least delays of messages between units, offices and referral pools: the lookahead of a parallel run.
struct Delays {
  SimDuration unit_to_desk = minutes(15);
  SimDuration desk_to_unit = minutes(15);
  SimDuration desk_to_referral = hours(1);
};

template <class Visitor>
void describe(Visitor& v, Delays& p) {
  const Range range = {.low = 0, .high = 7, .low_excluded = true};
  v.field(
      "unit_to_desk", p.unit_to_desk,
      {.meaning = "least delay of a report or request from a unit to the program's office", .range = range});
  v.field("desk_to_unit", p.desk_to_unit,
          {.meaning = "least delay from the office to a unit", .range = range});
  v.field("desk_to_referral", p.desk_to_referral,
          {.meaning = "least delay from the office to a referral destination and back", .range = range});
}

}  // namespace peercap::peer_support
