#pragma once

#include <string>
#include <vector>

#include "models/peer_support/scenario/levels.h"
#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/supporter_life_spec.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

namespace peercap::peer_support {

/// A survey scale on which supporters score, and how the survey reads the latent state.
struct SecondaryTrauma {
  double observed_mean = 17.5;
  double observed_sd = 5.5;
  double reliability = 0.80;
  double low_cutoff = 22.0;
  double high_cutoff = 42.0;
  double points_per_session = 0.10;
  SimDuration decay = days(60);
};

template <class Visitor>
void describe(Visitor& v, SecondaryTrauma& p) {
  v.field("observed_mean", p.observed_mean,
          {.meaning = "mean survey score of supporters (ProQOL secondary traumatic stress, 10-50)",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::fitted,
           .evidence = "godfrey2022.trauma"});
  v.field("observed_sd", p.observed_sd,
          {.meaning = "SD of that score",
           .range = {.low = 0, .high = 20, .low_excluded = true},
           .unit = "points"});
  v.field("reliability", p.reliability, {.meaning = "reliability of the score", .range = between(0.05, 1)});
  v.field("low_cutoff", p.low_cutoff,
          {.meaning = "highest rounded score that counts as low",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::measured,
           .evidence = "stamm2010.cutoffs"});
  v.field("high_cutoff", p.high_cutoff,
          {.meaning = "lowest rounded score that counts as high",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::measured,
           .evidence = "stamm2010.cutoffs"});
  v.field("points_per_session", p.points_per_session,
          {.meaning = "rise of the latent score in one session for each unit of the client's distress",
           .range = between(0, 20),
           .unit = "points",
           .evidence = "hensel2015.caseload"});
  v.field("decay", p.decay, {.meaning = "time in which that rise falls to 1/e", .range = between(0.1, 3650)});
}

struct CompassionSatisfaction {
  double observed_mean = 32.3;
  double observed_sd = 6.3;
  double reliability = 0.80;
  double low_cutoff = 22.0;
  double high_cutoff = 42.0;
  double points_per_success = 0.3;
  double points_per_overload_hour = 0.1;
  double points_per_failure = 0.2;
  SimDuration decay = days(60);
};

template <class Visitor>
void describe(Visitor& v, CompassionSatisfaction& p) {
  v.field("observed_mean", p.observed_mean,
          {.meaning = "mean survey score of supporters (ProQOL compassion satisfaction, 10-50)",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::fitted,
           .evidence = "godfrey2022.satisfaction"});
  v.field("observed_sd", p.observed_sd,
          {.meaning = "SD of that score",
           .range = {.low = 0, .high = 20, .low_excluded = true},
           .unit = "points"});
  v.field("reliability", p.reliability, {.meaning = "reliability of the score", .range = between(0.05, 1)});
  v.field("low_cutoff", p.low_cutoff,
          {.meaning = "highest rounded score that counts as low",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::measured,
           .evidence = "stamm2010.cutoffs"});
  v.field("high_cutoff", p.high_cutoff,
          {.meaning = "lowest rounded score that counts as high",
           .range = between(10, 50),
           .unit = "points",
           .grade = Grade::measured,
           .evidence = "stamm2010.cutoffs"});
  v.field("points_per_success", p.points_per_success,
          {.meaning = "rise of the latent score when a case ends resolved, or by agreement before the cap",
           .range = between(0, 20),
           .unit = "points"});
  v.field("points_per_overload_hour", p.points_per_overload_hour,
          {.meaning = "fall of the latent score for each hour beyond protected time",
           .range = between(0, 20),
           .unit = "points"});
  v.field("points_per_failure", p.points_per_failure,
          {.meaning = "fall of the latent score when a case ends at the cap, unresolved and without a "
                      "referral, or when a "
                      "client referred gives up waiting",
           .range = between(0, 20),
           .unit = "points"});
  v.field("decay", p.decay,
          {.meaning = "time in which these changes fall to 1/e", .range = between(0.1, 3650)});
}

struct SupporterExit {
  Rate role_rate = per_year(0.036);
  double employment_ratio = 0.55;
  double exhaustion_effect = 0.2;
  double trauma_effect = 0.1;
  double satisfaction_effect = 0.2;
  double overload_effect = 0.1;
};

template <class Visitor>
void describe(Visitor& v, SupporterExit& p) {
  v.field(
      "role_rate", p.role_rate,
      {.meaning =
           "rate of leaving the role at average strain; fitted so that all exits of supporters together are "
           "those published",
       .range = between(0, 100),
       .grade = Grade::fitted,
       .evidence = "connors2021.turnover"});
  v.field(
      "employment_ratio", p.employment_ratio,
      {.meaning = "hazard at which supporters leave the organization, relative to others of their profession",
       .range = between(0, 10),
       .evidence = "connors2021.turnover"});
  v.field("exhaustion_effect", p.exhaustion_effect,
          {.meaning = "log hazard of leaving the role for one SD of exhaustion",
           .range = between(0, 3),
           .unit = "per SD"});
  v.field("trauma_effect", p.trauma_effect,
          {.meaning = "log hazard of leaving the role for one SD of secondary traumatic stress",
           .range = between(0, 3),
           .unit = "per SD"});
  v.field("satisfaction_effect", p.satisfaction_effect,
          {.meaning = "decrease of the log hazard of leaving the role for one SD of compassion satisfaction",
           .range = between(0, 3),
           .unit = "per SD"});
  v.field("overload_effect", p.overload_effect,
          {.meaning = "log hazard of leaving the role for each hour of overload debt",
           .range = between(0, 3),
           .unit = "per hour"});
}

/// The volunteers: how many, with how much protected time, and what the work does to them.
struct Supporters {
  int count = 60;
  Selection selection = Selection::open;
  WeeklyHours protected_time{0.5};
  ProtectedTimeForm protected_time_form = ProtectedTimeForm::budget;
  WeeklyWindows protected_windows = *WeeklyWindows::parse("Mon-Fri 12:00-14:00");
  SimDuration protected_time_carry = weeks(4);
  UnprotectedWork unprotected_work = UnprotectedWork::allowed;
  SimDuration overload_decay = days(28);
  SecondaryTrauma secondary_trauma;
  double self_care = 1.0;
  CompassionSatisfaction compassion_satisfaction;
  SupporterExit exit;
  OwnAccess own_access = OwnAccess::program;
  Recruitment recruitment;
  Training training;
  SessionQuality quality;
  DebriefGroups debrief_groups;
  CheckIns check_ins;
  Leave leave;
  Terms terms;
  EarlyCareer early_career;
};

template <class Visitor>
void describe(Visitor& v, Supporters& p) {
  v.field(
      "count", p.count,
      {.meaning = "trained supporters at the start", .range = between(0, 1000000), .grade = Grade::setting});
  v.field(
      "selection", p.selection,
      {.meaning =
           "who becomes a supporter, at the start and in later cohorts: by chance, those whom most "
           "colleagues name of the people they trust, or one of every unit before a second of any; always "
           "by the supporter weights of professions and career stages",
       .grade = Grade::setting});
  v.field("protected_time", p.protected_time,
          {.meaning = "protected time of each supporter", .range = between(0, 60)});
  v.field("protected_time_form", p.protected_time_form,
          {.meaning =
               "whether protected time can be used at any hour, or lies in `protected_windows`: there a "
               "supporter is released from any shift, and sessions outside count as beyond it; what has no "
               "hour of its own (training, administration, calls) fits into the windows",
           .grade = Grade::setting});
  v.field("protected_windows", p.protected_windows,
          {.meaning = "stretches of the week in which protected time lies, in the form `windows`",
           .grade = Grade::setting});
  v.field("protected_time_carry", p.protected_time_carry,
          {.meaning = "how long unused protected time stays available", .range = between(7, 365)});
  v.field("unprotected_work", p.unprotected_work,
          {.meaning = "whether supporters without protected time left are still given cases"});
  v.field("overload_decay", p.overload_decay,
          {.meaning = "time in which the debt of hours beyond protected time falls to 1/e",
           .range = between(0.1, 3650)});
  v.group("secondary_trauma", p.secondary_trauma, "secondary traumatic stress of supporters");
  v.group("compassion_satisfaction", p.compassion_satisfaction, "what supporters draw from the work");
  v.field(
      "self_care", p.self_care,
      {.meaning =
           "speed at which strain fades, relative to the decay times: above 1 with resources for self-care",
       .range = {.low = 0, .high = 10, .low_excluded = true},
       .evidence = "shanafelt2022.needs"});
  v.group("exit", p.exit, "supporters leaving");
  v.field("own_access", p.own_access,
          {.meaning =
               "who helps a supporter in distress: a colleague of the program, a professional, or the "
               "supporters of another site (of their own while they have cases, or where no other site has "
               "any)",
           .grade = Grade::setting});
  v.group("recruitment", p.recruitment, "new supporters");
  v.group("training", p.training, "training and refreshers");
  v.group("quality", p.quality, "how good a session is");
  v.group("debrief_groups", p.debrief_groups, "debriefs of supporters");
  v.group("check_ins", p.check_ins, "well-being check-ins");
  v.group("leave", p.leave, "supporters on leave");
  v.group("terms", p.terms, "terms of office");
  v.group("early_career", p.early_career, "early-career supporters");
}

/// One destination that cases are referred to: a pool of equal places.
struct ReferralDestination {
  std::string name;
  int places = 1;
  double weight_event = 1.0;
  double weight_personal = 1.0;
  Probability acceptance{0.8};
  SimDuration service_time = days(42);
  ServiceLaw service_law = ServiceLaw::exponential;
  SimDuration patience = days(60);
  WeeklyWindows opening_hours = *WeeklyWindows::parse("Mon-Fri 09:00-17:00");
  Shares onward = {};
};

template <class Visitor>
void describe(Visitor& v, ReferralDestination& p) {
  v.field("places", p.places,
          {.meaning = "clients the destination treats at one time",
           .range = between(0, 1000000),
           .grade = Grade::assumed});
  v.field("weight_event", p.weight_event,
          {.meaning = "weight of this destination for cases after clinical events", .range = at_least(0)});
  v.field("weight_personal", p.weight_personal,
          {.meaning = "weight of this destination for cases after personal events", .range = at_least(0)});
  v.field(
      "acceptance", p.acceptance,
      {.meaning =
           "probability that the client takes the referral up; of mental health and employee assistance by "
           "default the share of physicians who name them as a source of support they would use, which is "
           "not the same: they were not asked after a referral. Elsewhere no figure was found",
       .evidence = "hu2012.sources"});
  v.field("service_time", p.service_time,
          {.meaning = "mean time a client occupies a place",
           .range = {.low = 0, .high = 3650, .low_excluded = true}});
  v.field("service_law", p.service_law,
          {.meaning =
               "law of that time (coefficient of variation 1 if lognormal, 2 if hyperexponential, which is "
               "short or long)"});
  v.field("patience", p.patience,
          {.meaning = "mean time a client waits before giving up (exponential)",
           .range = {.low = 0, .high = 36500, .low_excluded = true}});
  v.field("opening_hours", p.opening_hours, {.meaning = "when treatment can begin", .grade = Grade::setting});
  v.shares("onward", p.onward,
           {.meaning = "where clients of this destination go next, as probabilities; the rest is done",
            .range = between(0, 1)});
}

[[nodiscard]] std::vector<ReferralDestination> default_destinations();

struct Referrals {
  std::vector<ReferralDestination> destinations = default_destinations();
  Probability return_after_loss{0.2};
};

template <class Visitor>
void describe(Visitor& v, Referrals& p) {
  v.list("destinations", p.destinations, {.meaning = "where cases are referred to", .grade = Grade::setting});
  v.field(
      "return_after_loss", p.return_after_loss,
      {.meaning =
           "probability that a client who gave up waiting for a destination, and is still in the episode, "
           "asks the program again"});
}

}  // namespace peercap::peer_support
