#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "models/peer_support/scenario/activation_spec.h"
#include "models/peer_support/scenario/case_spec.h"
#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/people_spec.h"
#include "models/peer_support/scenario/program_spec.h"
#include "models/peer_support/scenario/roster.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "models/peer_support/scenario/supporter_spec.h"
#include "models/peer_support/scenario/workforce_spec.h"
#include "sim/time/civil_date.h"

namespace peercap::peer_support {

/// When the simulated time begins and ends, and how often it is repeated.
struct RunSpec {
  CivilDate start = *CivilDate::parse("2026-01-05");
  SimDuration horizon = weeks(52);
  SimDuration burn_in = weeks(26);
  int replications = 100;
  std::uint64_t seed = 20260105;
  Switch twin = Switch::off;
  std::vector<CivilDate> holidays;
};

template <class Visitor>
void describe(Visitor& v, RunSpec& p) {
  v.field("start", p.start,
          {.meaning = "first day that is measured", .grade = Grade::setting, .sweepable = Sweepable::no});
  v.field("horizon", p.horizon,
          {.meaning = "time that is measured",
           .range = between(1, 36500),
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field("burn_in", p.burn_in,
          {.meaning = "time simulated before the start, not measured",
           .range = between(0, 36500),
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field("replications", p.replications,
          {.meaning = "independent repetitions",
           .range = between(1, 1000000),
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field("seed", p.seed,
          {.meaning = "seed of all random draws", .grade = Grade::setting, .sweepable = Sweepable::no});
  v.field("twin", p.twin,
          {.meaning =
               "whether each replication is repeated without a program, by the same chance, to say what the "
               "program averts, and with a program whose sessions have no effect; three times the time",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field(
      "holidays", p.holidays,
      {.meaning = "days on which offices are closed", .grade = Grade::setting, .sweepable = Sweepable::no});
}

/// When the simulation of a run begins: the Monday midnight at or before its burn-in.
[[nodiscard]] inline SimTime begin_of(const RunSpec& run) {
  const std::int64_t ticks = (run.start.midnight() - run.burn_in).ticks();
  const std::int64_t week = weeks(1).ticks();
  return SimTime{ticks - ((ticks % week) + week) % week};
}

struct ScenarioPhase;

/// Everything a user can say about one simulated organization. Plain data; complete defaults except the
/// sites (or the roster). A validated scenario comes from scenario_yaml::load or passes check(), below.
struct Scenario {
  std::string name = "unnamed";
  std::string description;
  RunSpec run;
  OrganizationSpec organization;
  Environment environment;
  Distress distress;
  Exhaustion exhaustion;
  Activation activation;
  Access access;
  Matching matching;
  CaseRules case_rules;
  Program program;
  Supporters supporters;
  Referrals referrals;
  Turnover turnover;
  Upstream upstream;
  Loops loops;
  Surveys surveys;
  Costs costs;
  Today today;
  Resilience resilience;
  Delays delays;
  Shocks shocks;
  std::vector<ScheduledChange> schedule;
  /// What `organization.roster` names, read and checked; null without one. Shared by all copies, never
  /// changed.
  std::shared_ptr<const Roster> roster_data;
  /// What `schedule` makes of the scenario in the course of the run, in order of time; null where nothing
  /// changes. A first phase at the run's begin stands for changes that are in force from there on.
  std::shared_ptr<const std::vector<ScenarioPhase>> phases;
};

/// The scenario as it is from some time on, until the next phase.
struct ScenarioPhase {
  SimTime begin;
  Scenario scenario;  ///< without a schedule and phases of its own
};

template <class Visitor>
void describe(Visitor& v, Scenario& p) {
  v.field("name", p.name,
          {.meaning = "short name of the scenario", .grade = Grade::setting, .sweepable = Sweepable::no});
  v.field("description", p.description,
          {.meaning = "what the scenario stands for", .grade = Grade::setting, .sweepable = Sweepable::no});
  v.group("run", p.run, "simulated time and repetitions");
  v.group("organization", p.organization, "who works where");
  v.group("environment", p.environment, "what happens to clinicians");
  v.group("distress", p.distress, "distress after an event");
  v.group("exhaustion", p.exhaustion, "emotional exhaustion of clinicians");
  v.group("activation", p.activation, "how need becomes a request");
  v.group("access", p.access, "when people can meet, and how long they wait");
  v.group("matching", p.matching, "who can be given whom");
  v.group("case_rules", p.case_rules, "sessions, closing, referral");
  v.group("program", p.program, "the office behind the supporters");
  v.group("supporters", p.supporters, "the volunteers");
  v.group("referrals", p.referrals, "where cases are referred to");
  v.group("turnover", p.turnover, "clinicians who leave and those who follow them");
  v.group("upstream", p.upstream, "what the organization does about the causes");
  v.group("loops", p.loops, "feedback loops, to switch off one by one");
  v.group("surveys", p.surveys, "survey waves");
  v.group("costs", p.costs, "what things cost");
  v.group("today", p.today, "the program's state at the start");
  v.group("resilience", p.resilience, "when a program counts as collapsed");
  v.group("delays", p.delays, "least delays of messages, the lookahead of a parallel run");
  v.group("shocks", p.shocks, "what happens once, at a date");
  v.list("schedule", p.schedule, {.meaning = "parameters that change at dates", .grade = Grade::setting});
}

}  // namespace peercap::peer_support
