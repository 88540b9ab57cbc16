#pragma once

#include <vector>

#include "models/peer_support/scenario/cause_spec.h"
#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// What happens to clinicians: events, their severity, and the hours at which they come.
struct Environment {
  Rate exposure_rate = per_year(1.56);
  Probability personal_share{0.25};
  Probability team_exposure{0.35};
  double day_night_amplitude = 0.6;
  double peak_hour = 14.5;
  double weekend_factor = 0.75;
  double exhaustion_error_gain = 0.20;
  double isolation = 0.0;
  std::vector<EventCause> causes;
};

template <class Visitor>
void describe(Visitor& v, Environment& p) {
  v.field("exposure_rate", p.exposure_rate,
          {.meaning = "distressing events each clinician is exposed to, clinical and personal together",
           .range = between(0, 1),
           .grade = Grade::measured,
           .evidence = "hu2012.exposure"});
  v.field("personal_share", p.personal_share,
          {.meaning = "share of the exposures that are personal events, not shared by the team"});
  v.field("team_exposure", p.team_exposure,
          {.meaning = "probability that a team member on duty is affected by a clinical event of the unit",
           .range = {.low = 0, .high = 1, .low_excluded = true}});
  v.field("day_night_amplitude", p.day_night_amplitude,
          {.meaning = "amplitude of the daily rhythm of clinical events, as a part of its mean",
           .range = between(0, 1)});
  v.field("peak_hour", p.peak_hour,
          {.meaning = "hour of the day at which clinical events peak",
           .range = between(0, 24),
           .unit = "o'clock",
           .grade = Grade::measured,
           .evidence = "buckley2009.acrophase"});
  v.field("weekend_factor", p.weekend_factor,
          {.meaning = "clinical events on a weekend day relative to a weekday", .range = between(0, 5)});
  v.field(
      "exhaustion_error_gain", p.exhaustion_error_gain,
      {.meaning =
           "increase of the logarithm of the unit's event rate for one SD of its mean exhaustion; 0.45 is "
           "the published odds ratio converted, a ceiling",
       .range = between(0, 1),
       .unit = "per SD",
       .evidence = "tawfik2018.error"});
  v.field("isolation", p.isolation,
          {.meaning = "part of the ties of trust that lie idle because people cannot meet, as in a pandemic",
           .range = between(0, 1),
           .grade = Grade::setting});
  v.list("causes", p.causes,
         {.meaning = "what hits clinicians beside clinical and personal events", .grade = Grade::setting});
}

/// Distress after an event: the sum of a fast and a slow component, in units of the threshold of an episode.
struct Distress {
  double jump_mean = 0.49;
  double susceptibility_log_sd = 0.3;
  double severe_threshold = 1.0;
  Probability slow_share{0.28};
  SimDuration fast_decay = days(40);
  SimDuration slow_decay = days(1600);
};

template <class Visitor>
void describe(Visitor& v, Distress& p) {
  v.field("jump_mean", p.jump_mean,
          {.meaning = "mean jump of distress in one exposure, in units of the threshold of an episode",
           .range = {.low = 0, .high = 20, .low_excluded = true},
           .grade = Grade::fitted,
           .evidence = "scott2010.problems"});
  v.field("susceptibility_log_sd", p.susceptibility_log_sd,
          {.meaning = "spread of susceptibility between people, SD of its logarithm (its mean is 1)",
           .range = between(0, 2)});
  v.field("severe_threshold", p.severe_threshold,
          {.meaning = "jump above which an event is severe enough to leave slow distress",
           .range = between(0, 100)});
  v.field("slow_share", p.slow_share,
          {.meaning = "share of severe events whose distress decays slowly",
           .grade = Grade::fitted,
           .evidence = "strametz2021.recovery"});
  v.field("fast_decay", p.fast_decay,
          {.meaning = "time in which fast distress falls to 1/e",
           .range = between(0.1, 3650),
           .grade = Grade::fitted,
           .evidence = "strametz2021nurses.recovery"});
  v.field("slow_decay", p.slow_decay,
          {.meaning = "time in which slow distress falls to 1/e", .range = between(0.1, 36500)});
}

/// Emotional exhaustion: a stable individual part, a slowly varying noise, and what drives it; in SD of the
/// workforce.
struct Exhaustion {
  double observed_mean = 26.4;
  double observed_sd = 11.5;
  double reliability = 0.80;
  double concern_cutoff = 27.0;
  Probability stable_share{0.60};
  SimDuration reversion_time = days(60);
  double workload_gain = 0.20;
  double distress_gain = 0.10;
  double distress_cap = 3.0;
  double unit_gain = 0.10;
  double overload_gain = 0.05;
};

template <class Visitor>
void describe(Visitor& v, Exhaustion& p) {
  v.field("observed_mean", p.observed_mean,
          {.meaning =
               "mean score of newcomers in a survey on the MBI exhaustion scale (0-54); those who are there "
               "score lower, since the exhausted leave sooner",
           .range = between(0, 54),
           .unit = "points",
           .grade = Grade::fitted,
           .evidence = "godfrey2022.exhaustion"});
  v.field("observed_sd", p.observed_sd,
          {.meaning = "SD of that score",
           .range = {.low = 0, .high = 27, .low_excluded = true},
           .unit = "points"});
  v.field(
      "reliability", p.reliability,
      {.meaning = "reliability of the survey's score: share of its variance that is not measurement error",
       .range = between(0.05, 1),
       .grade = Grade::measured,
       .evidence = "trockel2018.retest"});
  v.field("concern_cutoff", p.concern_cutoff,
          {.meaning = "rounded score from which exhaustion counts as concerning",
           .range = between(0, 54),
           .unit = "points",
           .grade = Grade::measured,
           .evidence = "brady2020.cutoff"});
  v.field("stable_share", p.stable_share,
          {.meaning = "share of the variance of exhaustion that is a stable difference between people",
           .grade = Grade::fitted,
           .evidence = "trockel2018.retest"});
  v.field(
      "reversion_time", p.reversion_time,
      {.meaning = "time in which a passing change of exhaustion falls to 1/e", .range = between(1, 3650)});
  v.field("workload_gain", p.workload_gain,
          {.meaning = "exhaustion in SD for one SD of clinical workload",
           .range = between(0, 2),
           .unit = "per SD"});
  v.field("distress_gain", p.distress_gain,
          {.meaning = "exhaustion in SD for each unit of distress", .range = between(0, 2)});
  v.field("distress_cap", p.distress_cap,
          {.meaning = "distress above which nothing more is added to exhaustion or to a supporter's strain",
           .range = between(0, 100)});
  v.field("unit_gain", p.unit_gain,
          {.meaning = "pull of the unit's mean exhaustion on its members, in SD for one SD",
           .range = between(0, 0.95),
           .unit = "per SD"});
  v.field("overload_gain", p.overload_gain,
          {.meaning = "exhaustion in SD for each hour of a supporter's overload debt",
           .range = between(0, 2),
           .unit = "per hour"});
}

}  // namespace peercap::peer_support
