#pragma once

#include "models/peer_support/scenario/levels.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A call some time after a case was closed; whoever is still distressed is offered another case.
struct FollowUp {
  Switch enabled = Switch::off;
  SimDuration after = days(28);
  SimDuration time = minutes(15);
};

template <class Visitor>
void describe(Visitor& v, FollowUp& p) {
  v.field("enabled", p.enabled, {.meaning = "whether there is a follow-up", .grade = Grade::setting});
  v.field("after", p.after,
          {.meaning = "time from closing a case to its follow-up",
           .range = {.low = 0, .high = 730, .low_excluded = true},
           .grade = Grade::setting});
  v.field("time", p.time, {.meaning = "the last supporter's time for a follow-up", .range = between(0, 1)});
}

/// Requests that wait too long go elsewhere.
struct Overflow {
  Switch to_other_site = Switch::off;
  SimDuration other_site_after = days(2);
  Switch to_professional = Switch::off;
  SimDuration professional_after = days(7);
};

template <class Visitor>
void describe(Visitor& v, Overflow& p) {
  v.field("to_other_site", p.to_other_site,
          {.meaning = "whether a request goes to another site's supporters when it waits too long",
           .grade = Grade::setting});
  v.field("other_site_after", p.other_site_after,
          {.meaning = "wait for a supporter after which it does",
           .range = between(0, 365),
           .grade = Grade::setting});
  v.field("to_professional", p.to_professional,
          {.meaning = "whether a request is referred to a professional when it waits too long",
           .grade = Grade::setting});
  v.field("professional_after", p.professional_after,
          {.meaning = "wait for a supporter after which it is",
           .range = between(0, 365),
           .grade = Grade::setting});
}

/// Service that adapts to load: shorter sessions while people wait, longer ones by tired supporters. Off by
/// default. The signs are those of KC and Terwiesch (2009).
struct Adaptation {
  Probability speed_up{0.0};
  double slow_down = 0.0;
  double debt = 4.0;
};

template <class Visitor>
void describe(Visitor& v, Adaptation& p) {
  v.field("speed_up", p.speed_up,
          {.meaning = "part of a session that is cut while others wait for a supporter",
           .grade = Grade::setting});
  v.field(
      "slow_down", p.slow_down,
      {.meaning = "part that a session takes longer with a supporter whose overload debt is above the limit",
       .range = between(0, 10),
       .grade = Grade::setting});
  v.field("debt", p.debt,
          {.meaning = "that limit", .range = between(0, 1000), .unit = "h", .grade = Grade::setting});
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
  Probability unresolved_referral{0.22};
  Probability effect_fast{0.10};
  Probability effect_slow{0.0};
  Switch severe_referral = Switch::off;
  double severe_distress = 3.0;
  FollowUp follow_up;
  Overflow overflow;
  Adaptation adaptation;
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
  v.field("session_law", p.session_law,
          {.meaning = "law of the length of a session (two_phases: two exponential ones of equal mean; "
                      "hyperexponential: short or long, each kind half of the time)"});
  v.field("session_length_cv", p.session_length_cv,
          {.meaning =
               "coefficient of variation of the length of a session (lognormal law; hyperexponential, where "
               "it is 1 or more)",
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
  v.field("severe_referral", p.severe_referral,
          {.meaning = "whether a client who was hit severely is referred right after the first session",
           .grade = Grade::setting});
  v.field(
      "severe_distress", p.severe_distress,
      {.meaning =
           "jump of distress in the hardest exposure of the episode, as told with the request, from which "
           "a hit counts as severe, in units of the threshold of an episode",
       .range = between(0, 100)});
  v.group("follow_up", p.follow_up, "a call after a case has been closed");
  v.group("overflow", p.overflow, "where requests go that wait too long");
  v.group("adaptation", p.adaptation, "sessions that change with load");
}

}  // namespace peercap::peer_support
