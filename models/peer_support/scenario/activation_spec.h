#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A person asks on their own: hazard times the person's distress while it is above the threshold, if the
/// person knows of the program, times the unit's trust, less by stigma and workload.
struct SelfReferral {
  Switch enabled = Switch::on;
  Rate hazard = per_day(0.0007);
  SimDuration seek_window = days(60);
  double stigma_mean = 0.5;
  double stigma_sd = 0.5;
  double stigma_relief = 0.0;
  double workload_barrier = 0.1;
  double trusted_supporter = 1.0;
};

template <class Visitor>
void describe(Visitor& v, SelfReferral& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether clinicians can refer themselves", .grade = Grade::setting});
  v.field(
      "hazard", p.hazard,
      {.meaning =
           "rate of asking for each unit of distress during an episode, of a person who knows the program, "
           "trusts it fully and feels no stigma; only its product with awareness, trust and stigma can be "
           "identified",
       .range = between(0, 1000),
       .grade = Grade::fitted,
       .evidence = "busch2021.foryou"});
  v.field("seek_window", p.seek_window,
          {.meaning = "how long after the last exposure a person still asks", .range = between(0, 36500)});
  v.field("stigma_mean", p.stigma_mean,
          {.meaning = "mean personal stigma, which takes its amount off the logarithm of the rate of asking",
           .range = between(-5, 5)});
  v.field("stigma_sd", p.stigma_sd,
          {.meaning = "spread of stigma between people (normal)", .range = between(0, 5)});
  v.field(
      "stigma_relief", p.stigma_relief,
      {.meaning = "what leaders who speak of their own experience, and other means against stigma, take off "
                  "everybody's",
       .range = between(0, 5),
       .grade = Grade::setting});
  v.field("workload_barrier", p.workload_barrier,
          {.meaning =
               "decrease of the logarithm of the rate of asking for one SD of the unit's workload: no time",
           .range = between(0, 5),
           .unit = "per SD",
           .evidence = "hu2012.barriers"});
  v.field(
      "trusted_supporter", p.trusted_supporter,
      {.meaning = "factor on the rate of asking of those who have a tie of trust to a supporter in the "
                  "role; 1 where "
                  "it makes no difference, as long as nothing is known of it; isolation idles these ties too",
       .range = between(0, 100)});
}

/// Whom people turn to instead: family, colleagues outside the program, a professional of their own. Whoever
/// has done so does not ask the program on their own in this episode.
struct SupportElsewhere {
  Rate hazard = per_day(0.0);
  Probability effect_fast{0.0};
};

template <class Visitor>
void describe(Visitor& v, SupportElsewhere& p) {
  v.field("hazard", p.hazard,
          {.meaning =
               "rate of turning to somebody outside the program for each unit of distress during an episode, "
               "before the factor of the profession",
           .range = between(0, 1000)});
  v.field("effect_fast", p.effect_fast, {.meaning = "part of the fast distress that this takes away"});
}

/// The program reaches in after an event report.
struct Outreach {
  Switch enabled = Switch::on;
  Probability report{0.30};
  SimDuration report_delay = days(1);
  Probability flag{0.083};
  OutreachScope scope = OutreachScope::all;
  double acceptance_logit = 1.6;
  double acceptance_trust_gain = 1.0;
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
  v.field("scope", p.scope,
          {.meaning =
               "whether all reported events lead to an offer, or those alone that hit the person harder than "
               "`distress.severe_threshold`",
           .grade = Grade::setting});
  v.field("acceptance_logit", p.acceptance_logit,
          {.meaning =
               "log odds that an offer, however it came about, is accepted when made at once in a unit whose "
               "trust is one half; 1.6 is 83 %, and 85 % at the trust that units come to have",
           .range = between(-20, 20),
           .grade = Grade::fitted,
           .evidence = "lane2018.declined"});
  v.field("acceptance_trust_gain", p.acceptance_trust_gain,
          {.meaning = "increase of these log odds from no trust in the program to full trust",
           .range = between(0, 20)});
  v.field("acceptance_loss_per_day", p.acceptance_loss_per_day,
          {.meaning = "decrease of the log odds of acceptance for each day from the event to the offer",
           .range = between(0, 10),
           .unit = "per day"});
}

/// The unit's manager notices an episode and refers the person.
struct ManagerReferral {
  Switch enabled = Switch::on;
  Probability notice{0.0072};
  SimDuration delay = days(5);
};

template <class Visitor>
void describe(Visitor& v, ManagerReferral& p) {
  v.field("enabled", p.enabled, {.meaning = "whether managers refer their staff", .grade = Grade::setting});
  v.field("notice", p.notice,
          {.meaning =
               "probability that a manager notices an episode and names the person; fitted together with the "
               "other channels to the volume of a program, the split between them being assumed",
           .grade = Grade::fitted,
           .evidence = "busch2021.foryou"});
  v.field("delay", p.delay,
          {.meaning = "mean time from the begin of the episode to the manager's word (exponential)",
           .range = between(0, 365)});
}

/// Somebody who trusts the person and knows the program names them.
struct PeerReferral {
  Switch enabled = Switch::on;
  Probability notice{0.0018};
  SimDuration delay = days(5);
};

template <class Visitor>
void describe(Visitor& v, PeerReferral& p) {
  v.field("enabled", p.enabled, {.meaning = "whether colleagues refer each other", .grade = Grade::setting});
  v.field(
      "notice", p.notice,
      {.meaning =
           "probability that one colleague in the person's trust network, who knows the program, notices an "
           "episode and names the person; fitted like that of managers",
       .grade = Grade::fitted,
       .evidence = "busch2021.foryou"});
  v.field("delay", p.delay,
          {.meaning = "mean time from the begin of the episode to the colleague's word (exponential)",
           .range = between(0, 365)});
}

/// Supporters who work in the unit see distress themselves.
struct EmbeddedSupport {
  Switch enabled = Switch::off;
  Rate hazard = per_day(0.002);
};

template <class Visitor>
void describe(Visitor& v, EmbeddedSupport& p) {
  v.field("enabled", p.enabled,
          {.meaning = "whether supporters look out for colleagues in their own unit, with a visible badge",
           .grade = Grade::setting});
  v.field("hazard", p.hazard,
          {.meaning = "rate at which one embedded supporter notices a colleague, for each unit of distress",
           .range = between(0, 1000)});
}

/// Supporters walk through units and talk to people.
struct Rounding {
  RoundingPolicy policy = RoundingPolicy::none;
  int interval_weeks = 4;
  double high_risk_factor = 1.5;
  Probability notice{0.10};
  SimDuration visit_time = hours(1);
};

template <class Visitor>
void describe(Visitor& v, Rounding& p) {
  v.field("policy", p.policy,
          {.meaning = "which units supporters visit on their rounds, while any are active",
           .grade = Grade::setting});
  v.field(
      "interval_weeks", p.interval_weeks,
      {.meaning = "weeks between two visits to a unit", .range = between(1, 520), .grade = Grade::setting});
  v.field("high_risk_factor", p.high_risk_factor,
          {.meaning = "event factor of a department from which its units count as high-risk",
           .range = at_least(0)});
  v.field("notice", p.notice, {.meaning = "probability that a visit finds a person who is in an episode"});
  v.field("visit_time", p.visit_time,
          {.meaning = "a supporter's time for one visit", .range = between(0, 1)});
}

/// A group of people hit by one event meets with facilitators.
struct GroupDebrief {
  GroupDebriefPolicy policy = GroupDebriefPolicy::off;
  int least_affected = 4;
  Probability requested{0.25};
  SimDuration delay = days(2);
  Probability attendance{0.6};
  int facilitators = 2;
  SimDuration length = hours(1);
  Probability effect_fast{0.05};
};

template <class Visitor>
void describe(Visitor& v, GroupDebrief& p) {
  v.field("policy", p.policy,
          {.meaning = "whether a team is offered a group debrief after an event", .grade = Grade::setting});
  v.field("least_affected", p.least_affected,
          {.meaning = "people hit by the event from which a group debrief is offered",
           .range = between(1, 1000),
           .grade = Grade::setting});
  v.field("requested", p.requested, {.meaning = "probability that a unit asks for one (policy on_request)"});
  v.field("delay", p.delay,
          {.meaning = "least time from the event to the group debrief", .range = between(0, 60)});
  v.field("attendance", p.attendance, {.meaning = "probability that somebody who was hit comes"});
  v.field("facilitators", p.facilitators,
          {.meaning = "supporters who lead it", .range = between(1, 10), .grade = Grade::setting});
  v.field("length", p.length,
          {.meaning = "length of a group debrief", .range = between(1.0 / 96, 1), .grade = Grade::setting});
  v.field("effect_fast", p.effect_fast,
          {.meaning = "part of the fast distress that a group debrief takes away from those who come"});
}

/// Whether people know of the program: a level for each unit, against a personal threshold.
struct Awareness {
  double initial = 0.60;
  Rate campaign = per_year(0.20);
  double word_of_mouth = 5.0;
  Rate forgetting = per_year(0.20);
};

template <class Visitor>
void describe(Visitor& v, Awareness& p) {
  v.field("initial", p.initial,
          {.meaning = "share of clinicians who know the program when the simulation begins",
           .range = between(0, 1)});
  v.field("campaign", p.campaign,
          {.meaning = "rate at which campaigns reach those who do not know the program yet",
           .range = between(0, 100)});
  v.field("word_of_mouth", p.word_of_mouth,
          {.meaning = "people a supported clinician tells of the program, along ties of trust",
           .range = between(0, 1000)});
  v.field("forgetting", p.forgetting,
          {.meaning = "rate at which people forget the program", .range = between(0, 100)});
}

/// How far a unit trusts the program, from 0 to 1.
struct Trust {
  double initial = 0.60;
  double learning = 0.10;
  Probability breach{0.0};
  Probability breach_loss{0.3};
};

template <class Visitor>
void describe(Visitor& v, Trust& p) {
  v.field("initial", p.initial,
          {.meaning = "trust of every unit when the simulation begins", .range = between(0, 1)});
  v.field(
      "learning", p.learning,
      {.meaning =
           "how far one request moves its unit's trust: towards 1 where the first contact came within the "
           "limit and the person did not give up later, towards 0 where it came late or the person gave up",
       .range = between(0, 1)});
  v.field("breach", p.breach,
          {.meaning = "probability that what was said in a case becomes known in the client's unit"});
  v.field("breach_loss", p.breach_loss,
          {.meaning = "part of the unit's trust that such a breach of confidentiality takes away"});
}

/// How need becomes a request.
struct Activation {
  SelfReferral self_referral;
  SupportElsewhere elsewhere;
  Outreach outreach;
  ManagerReferral manager;
  PeerReferral peer;
  EmbeddedSupport embedded;
  Rounding rounding;
  GroupDebrief group_debrief;
  Awareness awareness;
  Trust trust;
  Rate direct_requests = per_day(0.0);
};

template <class Visitor>
void describe(Visitor& v, Activation& p) {
  v.group("self_referral", p.self_referral, "a person asks on their own");
  v.group("elsewhere", p.elsewhere, "people turn to somebody outside the program");
  v.group("outreach", p.outreach, "the program reaches in after an event report");
  v.group("manager", p.manager, "managers refer their staff");
  v.group("peer", p.peer, "colleagues refer each other");
  v.group("embedded", p.embedded, "supporters embedded in units");
  v.group("rounding", p.rounding, "supporters visit units");
  v.group("group_debrief", p.group_debrief, "debriefs of teams after an event");
  v.group("awareness", p.awareness, "who knows the program");
  v.group("trust", p.trust, "who trusts the program");
  v.field("direct_requests", p.direct_requests,
          {.meaning =
               "requests that come to each site's office as a Poisson stream, whatever anybody's distress: a "
               "simple model of demand, and the arrival stream of queueing theory",
           .range = between(0, 1e7),
           .grade = Grade::setting});
}

}  // namespace peercap::peer_support
