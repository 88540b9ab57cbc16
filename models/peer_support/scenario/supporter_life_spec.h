#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// New supporters, invited in cohorts from the clinicians next in line.
struct Recruitment {
  Switch enabled = Switch::on;
  int interval_weeks = 26;
  int invited = 8;
  double acceptance_logit = 0.02;
  double trust_gain = 1.0;
  double satisfaction_gain = 0.2;
};

template <class Visitor>
void describe(Visitor& v, Recruitment& p) {
  v.field("enabled", p.enabled, {.meaning = "whether new supporters are recruited", .grade = Grade::setting});
  v.field("interval_weeks", p.interval_weeks,
          {.meaning = "weeks between two cohorts", .range = between(1, 520), .grade = Grade::setting});
  v.field("invited", p.invited,
          {.meaning = "clinicians invited for each cohort, all sites together",
           .range = between(0, 100000),
           .grade = Grade::setting});
  v.field(
      "acceptance_logit", p.acceptance_logit,
      {.meaning =
           "log odds that somebody invited joins, at trust one half and average satisfaction of the present "
           "supporters; fitted so that as many join as leave",
       .range = between(-20, 20),
       .grade = Grade::fitted,
       .evidence = "connors2021.turnover"});
  v.field("trust_gain", p.trust_gain,
          {.meaning = "increase of these log odds from no trust in the program to full trust",
           .range = between(0, 20)});
  v.field(
      "satisfaction_gain", p.satisfaction_gain,
      {.meaning = "increase of these log odds for one SD of the present supporters' compassion satisfaction",
       .range = between(0, 20),
       .unit = "per SD"});
}

/// What supporters learn, and forget.
struct Training {
  SimDuration hours = peercap::hours(8);
  SimDuration duration = weeks(4);
  Probability drop_out{0.10};
  int refresher_interval_weeks = 52;
  SimDuration refresher_hours = peercap::hours(2);
  SimDuration skill_decay = weeks(156);
  double skill_floor = 0.5;
  Probability strain_relief{0.0};
};

template <class Visitor>
void describe(Visitor& v, Training& p) {
  v.field("hours", p.hours,
          {.meaning = "training of a new supporter", .range = between(0, 30), .grade = Grade::setting});
  v.field(
      "duration", p.duration,
      {.meaning = "time from joining to the first case", .range = between(0, 730), .grade = Grade::setting});
  v.field("drop_out", p.drop_out,
          {.meaning = "probability that somebody who joined drops out during training"});
  v.field("refresher_interval_weeks", p.refresher_interval_weeks,
          {.meaning = "weeks between two refreshers; 0 for none",
           .range = between(0, 520),
           .grade = Grade::setting});
  v.field("refresher_hours", p.refresher_hours,
          {.meaning = "length of a refresher", .range = between(0, 10), .grade = Grade::setting});
  v.field("skill_decay", p.skill_decay,
          {.meaning = "time in which skill falls to 1/e of what it was after training, above its floor",
           .range = {.low = 0, .high = 36500, .low_excluded = true}});
  v.field("skill_floor", p.skill_floor,
          {.meaning = "what remains of the skill for good, 1 after training", .range = between(0, 1)});
  v.field("strain_relief", p.strain_relief,
          {.meaning = "part of each session's strain that training keeps away at full skill"});
}

/// How good a session is, as a factor on its effect.
struct SessionQuality {
  double exhaustion_cut = 1.0;
  double exhaustion_loss = 0.2;
  double floor = 0.3;
};

template <class Visitor>
void describe(Visitor& v, SessionQuality& p) {
  v.field("exhaustion_cut", p.exhaustion_cut,
          {.meaning = "a supporter's exhaustion above which sessions get worse",
           .range = between(-5, 5),
           .unit = "SD"});
  v.field("exhaustion_loss", p.exhaustion_loss,
          {.meaning = "decrease of the logarithm of quality for one SD of exhaustion above that",
           .range = between(0, 10),
           .unit = "per SD"});
  v.field("floor", p.floor, {.meaning = "least quality of a session", .range = between(0, 1)});
}

/// Supporters meet and share what they carry.
struct DebriefGroups {
  int interval_weeks = 4;
  Switch after_each_case = Switch::off;
  SimDuration length = hours(1);
  Probability trauma_relief{0.2};
  Probability debt_relief{0.1};
};

template <class Visitor>
void describe(Visitor& v, DebriefGroups& p) {
  v.field("interval_weeks", p.interval_weeks,
          {.meaning = "weeks between two debrief groups of supporters; 0 for none",
           .range = between(0, 520),
           .grade = Grade::setting});
  v.field("after_each_case", p.after_each_case,
          {.meaning = "whether a supporter is debriefed after every case as well", .grade = Grade::setting});
  v.field("length", p.length,
          {.meaning = "a supporter's time for one debrief", .range = between(0, 1), .grade = Grade::setting});
  v.field("trauma_relief", p.trauma_relief,
          {.meaning = "part of the strain of secondary trauma that a debrief takes away"});
  v.field("debt_relief", p.debt_relief, {.meaning = "part of the overload debt that a debrief takes away"});
}

/// Somebody asks supporters how they are, and can give them rest.
struct CheckIns {
  int interval_weeks = 13;
  CheckInAction action = CheckInAction::rest;
  double exhaustion_cut = 40.0;
  double trauma_cut = 30.0;
  SimDuration rest = weeks(8);
};

template <class Visitor>
void describe(Visitor& v, CheckIns& p) {
  v.field("interval_weeks", p.interval_weeks,
          {.meaning = "weeks between two check-ins; 0 for none",
           .range = between(0, 520),
           .grade = Grade::setting});
  v.field("action", p.action,
          {.meaning =
               "what follows from a score above a cut: a rest from the roster, or no new cases for that time",
           .grade = Grade::setting});
  v.field("exhaustion_cut", p.exhaustion_cut,
          {.meaning = "surveyed exhaustion from which a supporter is relieved",
           .range = between(0, 55),
           .unit = "points",
           .grade = Grade::setting});
  v.field("trauma_cut", p.trauma_cut,
          {.meaning = "surveyed secondary trauma from which a supporter is relieved",
           .range = between(10, 51),
           .unit = "points",
           .grade = Grade::setting});
  v.field("rest", p.rest,
          {.meaning = "how long a supporter is relieved", .range = between(0, 730), .grade = Grade::setting});
}

/// Illness, parental leave, sabbaticals.
struct Leave {
  Rate rate = per_year(0.10);
  SimDuration length = weeks(6);
};

template <class Visitor>
void describe(Visitor& v, Leave& p) {
  v.field("rate", p.rate, {.meaning = "rate at which supporters go on leave", .range = between(0, 100)});
  v.field("length", p.length,
          {.meaning = "mean length of a leave (exponential)",
           .range = {.low = 0, .high = 3650, .low_excluded = true}});
}

/// Terms of office.
struct Terms {
  int weeks = 0;
  Probability renewal{0.6};
};

template <class Visitor>
void describe(Visitor& v, Terms& p) {
  v.field("weeks", p.weeks,
          {.meaning = "length of a supporter's term in weeks; 0 for no terms",
           .range = between(0, 2600),
           .grade = Grade::setting});
  v.field("renewal", p.renewal, {.meaning = "probability that a supporter begins another term"});
}

/// What early-career supporters get on top.
struct EarlyCareer {
  Switch supplement = Switch::off;
  SimDuration monthly_time = hours(1);
  Probability strain_relief{0.3};
};

template <class Visitor>
void describe(Visitor& v, EarlyCareer& p) {
  v.field("supplement", p.supplement,
          {.meaning = "whether supporters of the first career stage get mentoring of their own",
           .grade = Grade::setting,
           .evidence = "shanafelt2022.principles"});
  v.field("monthly_time", p.monthly_time,
          {.meaning = "a supporter's time for it each four weeks",
           .range = between(0, 10),
           .grade = Grade::setting});
  v.field("strain_relief", p.strain_relief, {.meaning = "part of each session's strain that it keeps away"});
}

}  // namespace peercap::peer_support
