#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

namespace peercap::peer_support {

/// Supporters take turns to be given new cases. Cases stay with whoever was given them.
struct OnCall {
  int supporters = 0;
  SimDuration shift = weeks(1);
  Switch backup = Switch::on;
  SimDuration hours{};
};

template <class Visitor>
void describe(Visitor& v, OnCall& p) {
  v.field(
      "supporters", p.supporters,
      {.meaning =
           "supporters of each site on call at a time, to whom new cases go; 0 where all are asked always",
       .range = between(0, 100000),
       .grade = Grade::setting});
  v.field("shift", p.shift,
          {.meaning = "time after which the next ones are on call",
           .range = between(1.0 / 24, 365),
           .grade = Grade::setting});
  v.field("backup", p.backup,
          {.meaning = "whether a case goes to any supporter once `matching.relax_after` has passed",
           .grade = Grade::setting});
  v.field("hours", p.hours,
          {.meaning =
               "a supporter's time for one turn on call beside sessions: handing over, standing ready; it is "
               "taken from protected time, and what does not fit counts as beyond it",
           .range = between(0, 30)});
}

/// When people can meet, and how long those who asked keep waiting.
struct Access {
  WeeklyWindows meeting_hours = *WeeklyWindows::parse("daily 07:00-21:00");
  Probability release_from_shift{0.5};
  SimDuration lead_time = hours(1);
  SimDuration booking_horizon = days(21);
  SimDuration booking_grid = minutes(15);
  Rate withdrawal_first_week = per_week(0.05);
  Rate withdrawal_later = per_week(0.01);
  SimDuration contact_target = hours(24);
  SimDuration contact_limit = hours(72);
  Switch in_person = Switch::on;
  Switch remote = Switch::off;
  double remote_effect = 0.9;
  OnCall on_call;
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
  v.field("booking_grid", p.booking_grid,
          {.meaning = "meetings begin at multiples of this time of the day",
           .range = {.low = 0, .high = 1, .low_excluded = true}});
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
  v.field("in_person", p.in_person,
          {.meaning = "whether people can meet in person", .grade = Grade::setting});
  v.field(
      "remote", p.remote,
      {.meaning =
           "whether sessions are held by phone or video where people cannot meet in person; otherwise none "
           "is booked meanwhile",
       .grade = Grade::setting});
  v.field("remote_effect", p.remote_effect,
          {.meaning = "effect of such a session relative to one in person", .range = between(0, 2)});
  v.group("on_call", p.on_call, "supporters who take turns");
}

/// Who can be given whom.
struct Matching {
  MatchRule same_profession = MatchRule::preferred;
  MatchRule same_career_stage = MatchRule::none;
  MatchRule different_unit = MatchRule::required;
  MatchRule outside_authority = MatchRule::required;
  MatchRule same_department = MatchRule::none;
  MatchRule same_gender = MatchRule::none;
  Priority priority = Priority::arrival;
  Dispatch dispatch = Dispatch::best_match;
  SimDuration relax_after = hours(24);
  double profession_weight = 1.0;
  double career_stage_weight = 0.5;
  double different_unit_weight = 1.0;
  double wait_weight = 1.0;
  double load_weight = 1.0;
  double strain_weight = 0.25;
  double score_step = 0.1;
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
  v.field("outside_authority", p.outside_authority,
          {.meaning = "neither of supporter and client reports to the other, directly or through others",
           .grade = Grade::setting});
  v.field("same_department", p.same_department,
          {.meaning = "supporter and client from departments of one name: of one specialty",
           .grade = Grade::setting});
  v.field("same_gender", p.same_gender,
          {.meaning = "supporter and client of one gender", .grade = Grade::setting});
  v.field("priority", p.priority,
          {.meaning =
               "who is matched first among those who wait: in order of acceptance, of the severity told with "
               "the request, or of the event",
           .grade = Grade::setting});
  v.field(
      "dispatch", p.dispatch,
      {.meaning =
           "who is given a case, of the supporters whom the rules allow: the best score, in turn, longest "
           "without a session, fewest open cases, least strained, by chance, or the one whom the client "
           "likes "
           "best of all; the weights count for best_match alone",
       .grade = Grade::setting});
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
          {.meaning = "what three open cases of a supporter take off the score of a match",
           .range = between(0, 100),
           .unit = "per 3 cases"});
  v.field(
      "strain_weight", p.strain_weight,
      {.meaning =
           "what strain of secondary trauma gained in the role takes off the score of a match, for one SD "
           "of the scale; what supporters bring along is not known and not counted",
       .range = between(0, 100),
       .unit = "per SD"});
  v.field("score_step", p.score_step,
          {.meaning =
               "step to which scores are rounded before they are compared; among equals whoever was given no "
               "case for the longest time comes first",
           .range = between(0, 100)});
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
  SimDuration desk_to_desk = minutes(30);
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
  v.field("desk_to_desk", p.desk_to_desk,
          {.meaning = "least delay from one site's office to another's", .range = range});
}

}  // namespace peercap::peer_support
