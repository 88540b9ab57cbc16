#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Clinicians who leave the organization, and those who take their places. Rates are those of the
/// professions.
struct Turnover {
  Switch enabled = Switch::on;
  double burnout_ratio = 2.24;
  SimDuration vacancy = days(60);
  double vacancy_workload = 2.0;
};

template <class Visitor>
void describe(Visitor& v, Turnover& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether clinicians leave the organization and others take their places",
           .grade = Grade::setting});
  v.field("burnout_ratio", p.burnout_ratio,
          {.meaning = "hazard of leaving of those whose exhaustion is concerning, relative to the others",
           .range = between(1, 20),
           .grade = Grade::fitted,
           .evidence = "hamidi2018.leaving"});
  v.field("vacancy", p.vacancy,
          {.meaning = "mean time until a place is filled again (exponential)", .range = between(0, 3650)});
  v.field("vacancy_workload", p.vacancy_workload,
          {.meaning = "workload of the others in SD if the whole unit were vacant, in proportion below that",
           .range = between(0, 100),
           .unit = "SD"});
}

/// What an organization does about the causes. Workload acts on exhaustion and on seeking help.
struct Upstream {
  double inefficiency = 0.0;
  double workload_relief = 0.0;
  Probability event_reduction{0.0};
  double added_staff = 0.0;
};

template <class Visitor>
void describe(Visitor& v, Upstream& p) {
  v.field("inefficiency", p.inefficiency,
          {.meaning = "workload that inefficiency of the work environment adds in every unit",
           .range = between(-5, 5),
           .unit = "SD",
           .grade = Grade::setting});
  v.field("workload_relief", p.workload_relief,
          {.meaning = "workload that the organization takes away in every unit",
           .range = between(0, 5),
           .unit = "SD",
           .grade = Grade::setting});
  v.field(
      "added_staff", p.added_staff,
      {.meaning =
           "posts beyond those of the organization, as a share of them: a better staffing ratio, which takes "
           "`turnover.vacancy_workload` times as much off the workload",
       .range = between(0, 1),
       .grade = Grade::setting});
  v.field("event_reduction", p.event_reduction,
          {.meaning = "share of clinical events that the organization prevents", .grade = Grade::setting});
}

/// The feedback loops of the model, each of which can be cut (docs/theory/model.md names them).
struct Loops {
  Switch error = Switch::on;
  Switch overload = Switch::on;
  Switch visibility = Switch::on;
  Switch contagion = Switch::on;
  Switch meaning = Switch::on;
  Switch powerlessness = Switch::on;
  Switch relief = Switch::on;
  Switch delay = Switch::on;
  Switch recovery = Switch::on;
  Switch care = Switch::on;
  Switch recruitment = Switch::on;
  Switch referral = Switch::on;
  Switch upstream = Switch::on;
};

template <class Visitor>
void describe(Visitor& v, Loops& p) {
  const auto loop = [&v](std::string_view name, Switch& value, std::string_view meaning) {
    v.field(name, value, {.meaning = meaning, .grade = Grade::setting});
  };
  loop("error", p.error, "R1: exhaustion brings more clinical events, events bring distress and exhaustion");
  loop("overload", p.overload,
       "R2: supporters' overload tires them and makes them leave, which loads the others");
  loop("visibility", p.visibility, "R3: people who were supported make the program known and trusted");
  loop("contagion", p.contagion, "R4: exhaustion spreads along ties of trust");
  loop("meaning", p.meaning, "R5: success gives satisfaction, which keeps supporters in the role");
  loop("powerlessness", p.powerlessness,
       "R6: cases without help, referrals that came to nothing and unprotected hours take satisfaction away");
  loop("relief", p.relief, "B1: sessions lower distress, and with it demand");
  loop("delay", p.delay, "B2: people who wait give up and lose trust, which lowers demand");
  loop("recovery", p.recovery, "B3: people who wait recover on their own, which shortens the queue");
  loop("care", p.care, "B4: debriefs, check-ins and mentoring lower supporters' strain");
  loop("recruitment", p.recruitment, "B5: new supporters replace those who left");
  loop("referral", p.referral,
       "B6: referrals take cases from supporters, as far as destinations have places: who gives up waiting "
       "there can come back");
  loop("upstream", p.upstream, "B7: better working conditions lower workload and events");
}

/// Repeated surveys of clinicians and supporters, as an organization would see them.
struct Surveys {
  int interval_weeks = 26;
  Probability response{0.38};
  double exhaustion_nonresponse = 0.0;
};

template <class Visitor>
void describe(Visitor& v, Surveys& p) {
  v.field("interval_weeks", p.interval_weeks,
          {.meaning = "weeks between two survey waves, counted from the start; 0 for none",
           .range = between(0, 520),
           .grade = Grade::setting});
  v.field("response", p.response,
          {.meaning = "probability that somebody answers",
           .grade = Grade::measured,
           .evidence = "godfrey2022.exhaustion"});
  v.field("exhaustion_nonresponse", p.exhaustion_nonresponse,
          {.meaning = "decrease of the log odds of answering for one SD of exhaustion",
           .range = between(-5, 5),
           .unit = "per SD"});
}

/// What things cost, in the user's currency.
struct Costs {
  double supporter_hour = 80.0;
  double coordinator_hour = 50.0;
  double training_hour = 60.0;
  double referral = 600.0;
  double turnover_nurse = 61110.0;
  double turnover_nurse_low = 49500.0;
  double turnover_nurse_high = 72700.0;
  double turnover_physician = 500000.0;
  double turnover_physician_low = 250000.0;
  double turnover_physician_high = 1000000.0;
  double turnover_other = 60000.0;
};

template <class Visitor>
void describe(Visitor& v, Costs& p) {
  const auto cost = [&v](std::string_view name, double& value, std::string_view meaning,
                         std::string_view evidence = {}) {
    v.field(name, value,
            {.meaning = meaning,
             .range = at_least(0),
             .unit = "currency",
             .grade = evidence.empty() ? Grade::assumed : Grade::measured,
             .evidence = evidence});
  };
  cost("supporter_hour", p.supporter_hour, "an hour of a supporter's time");
  cost("coordinator_hour", p.coordinator_hour, "an hour of the coordinator's time");
  cost("training_hour", p.training_hour, "an hour of a supporter's training, trainer included");
  cost("referral", p.referral, "a treatment at a referral destination");
  cost("turnover_nurse", p.turnover_nurse, "replacing a nurse", "nsi.nurse_cost");
  cost("turnover_nurse_low", p.turnover_nurse_low, "replacing a nurse, low end of what is published",
       "nsi.nurse_cost");
  cost("turnover_nurse_high", p.turnover_nurse_high, "replacing a nurse, high end of what is published",
       "nsi.nurse_cost");
  cost("turnover_physician", p.turnover_physician, "replacing a physician", "ama2017.physician");
  cost("turnover_physician_low", p.turnover_physician_low,
       "replacing a physician, low end of what is published", "ama2017.physician");
  cost("turnover_physician_high", p.turnover_physician_high,
       "replacing a physician, high end of what is published", "ama2017.physician");
  cost("turnover_other", p.turnover_other, "replacing somebody of another profession");
}

/// What is going on when the simulation starts, instead of what the burn-in leaves.
struct Today {
  Switch given = Switch::off;
  int open_cases = 0;
  int waiting = 0;
  double overload_debt = 0.0;
  double trauma_shift = 0.0;
  double satisfaction_shift = 0.0;
};

template <class Visitor>
void describe(Visitor& v, Today& p) {
  v.field(
      "given", p.given,
      {.meaning =
           "whether the program's state at the start is given here; requests and cases of the burn-in are "
           "then dropped",
       .grade = Grade::setting});
  v.field("open_cases", p.open_cases,
          {.meaning = "cases that supporters carry, all sites together",
           .range = between(0, 1000000),
           .grade = Grade::setting});
  v.field("waiting", p.waiting,
          {.meaning = "people who wait for a supporter, all sites together",
           .range = between(0, 1000000),
           .grade = Grade::setting});
  v.field("overload_debt", p.overload_debt,
          {.meaning = "each supporter's debt of hours beyond protected time",
           .range = between(0, 1000),
           .unit = "h",
           .grade = Grade::setting});
  v.field("trauma_shift", p.trauma_shift,
          {.meaning = "supporters' secondary trauma above its long-run mean",
           .range = between(-40, 40),
           .unit = "points",
           .grade = Grade::setting});
  v.field("satisfaction_shift", p.satisfaction_shift,
          {.meaning = "supporters' compassion satisfaction above its long-run mean",
           .range = between(-40, 40),
           .unit = "points",
           .grade = Grade::setting});
}

/// When a program counts as collapsed, and how many waiting are too many.
struct Resilience {
  double supporter_floor = 0.5;
  double contact_floor = 0.5;
  int waiting_limit = 5;
};

template <class Visitor>
void describe(Visitor& v, Resilience& p) {
  v.field("supporter_floor", p.supporter_floor,
          {.meaning = "share of the supporters at the start below which the program counts as collapsed",
           .range = between(0, 1),
           .grade = Grade::setting});
  v.field(
      "contact_floor", p.contact_floor,
      {.meaning =
           "share of a quarter's requests contacted within the limit below which service counts as failed",
       .range = between(0, 1),
       .grade = Grade::setting});
  v.field(
      "waiting_limit", p.waiting_limit,
      {.meaning = "people waiting for their first contact, all sites together, above which a week counts as "
                  "one of many waiting",
       .range = between(0, 1000000),
       .grade = Grade::setting});
}

}  // namespace peercap::peer_support
