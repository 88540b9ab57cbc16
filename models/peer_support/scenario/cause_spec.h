#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Causes that a scenario can list.
inline constexpr std::size_t most_causes = 32;

/// A cause of distress beside the clinical and personal events of `environment.exposure_rate`: litigation,
/// mistreatment, moral distress, a conflict with a leader, a return to practice. It hits one person at a
/// time, and colleagues on duty with a probability of their own.
struct EventCause {
  std::string name;
  Rate rate = per_year(0.05);
  Shares professions = {};
  Shares departments = {};
  double severity = 1.0;
  Probability team_exposure{0.0};
  Probability named{0.0};
  double seeking = 1.0;
  double manager = 1.0;
  Shares destinations = {};
};

template <class Visitor>
void describe(Visitor& v, EventCause& p) {
  v.field("rate", p.rate,
          {.meaning = "how often it happens to a clinician, before the factors of profession and department",
           .range = between(0, 1)});
  v.shares("professions", p.professions,
           {.meaning = "factor on the rate by profession; 1 of those left out", .range = between(0, 100)});
  v.shares("departments", p.departments,
           {.meaning = "factor on the rate by department, at every site; 1 of those left out",
            .range = between(0, 100)});
  v.field("severity", p.severity,
          {.meaning = "mean jump of distress relative to distress.jump_mean", .range = between(0, 20)});
  v.field("team_exposure", p.team_exposure,
          {.meaning = "probability that a colleague on duty in the unit is affected as well"});
  v.field("named", p.named,
          {.meaning =
               "probability that the program hears of it, and then contacts those in distress (with outreach "
               "on)"});
  v.field("seeking", p.seeking,
          {.meaning = "factor on the rate of asking for help during an episode that it began",
           .range = between(0, 100)});
  v.field(
      "manager", p.manager,
      {.meaning =
           "factor on the probability that the manager refers the person: 0 of a conflict with the manager",
       .range = between(0, 100)});
  v.shares("destinations", p.destinations,
           {.meaning =
                "weights of the destinations to which cases after it are referred; where absent, those after "
                "personal events",
            .range = at_least(0)});
}

/// Many people hit within a short time: a mass-casualty event, an act of violence, the death of a colleague.
struct Incident {
  std::string name;
  DateOrNever at;
  SimDuration over = days(1);
  Shares departments = {};
  std::string site;
  Probability reached{0.3};
  double severity = 2.0;
};

template <class Visitor>
void describe(Visitor& v, Incident& p) {
  v.field(
      "at", p.at,
      {.meaning = "day at whose midnight it begins", .grade = Grade::setting, .sweepable = Sweepable::no});
  v.field(
      "over", p.over,
      {.meaning = "time over which it spreads, evenly", .range = between(0, 365), .grade = Grade::setting});
  v.field("site", p.site,
          {.meaning = "site that it hits; every one where absent",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.shares(
      "departments", p.departments,
      {.meaning = "factor on `reached` by department; where absent all alike, otherwise 0 of those left out",
       .range = between(0, 100),
       .grade = Grade::setting});
  v.field("reached", p.reached, {.meaning = "probability that it hits a clinician"});
  v.field("severity", p.severity,
          {.meaning = "mean jump of distress relative to distress.jump_mean", .range = between(0, 20)});
}

/// A site closes: its people leave, nobody follows them, its program ends. Named like the site.
struct SiteClosure {
  std::string name;
  DateOrNever at;
};

template <class Visitor>
void describe(Visitor& v, SiteClosure& p) {
  v.field("at", p.at,
          {.meaning = "day at whose midnight the site of this name closes",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
}

/// Two sites' programs become one. Named like one of the sites.
struct SiteMerger {
  std::string name;
  DateOrNever at;
  std::string with;
};

template <class Visitor>
void describe(Visitor& v, SiteMerger& p) {
  v.field("at", p.at,
          {.meaning =
               "day at whose midnight the programs of the site of this name and of another begin to work as "
               "one: whoever finds no supporter at home goes at once to the other office, and is met from "
               "there",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field("with", p.with, {.meaning = "the other site", .grade = Grade::setting, .sweepable = Sweepable::no});
}

/// What happens once, at a date. Whatever a parameter can say is scheduled instead: a wave of illness, a cut
/// of protected time, the loss of the coordinator, a breach of confidentiality, a wave of litigation.
struct Shocks {
  std::vector<Incident> incidents;
  std::vector<SiteClosure> closures;
  std::vector<SiteMerger> mergers;
};

template <class Visitor>
void describe(Visitor& v, Shocks& p) {
  v.list("incidents", p.incidents,
         {.meaning = "events that hit many people at one time", .grade = Grade::setting});
  v.list("closures", p.closures, {.meaning = "sites that close", .grade = Grade::setting});
  v.list("mergers", p.mergers, {.meaning = "sites whose programs become one", .grade = Grade::setting});
}

}  // namespace peercap::peer_support
