#pragma once

#include <array>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/levels.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/sim_time.h"

/// The keys of a study file that hold single values, in the same form of declaration as those of a scenario.
/// What is a list of texts or is named by a path (`measures`, `targets`, `vary`, `search`) is read in
/// study_file.cpp.
namespace peercap::app {

enum class DesignKind { grid, list, zip, latin_hypercube, sobol, posterior };
[[nodiscard]] constexpr auto level_names(DesignKind) {
  return std::array<std::string_view, 6>{"grid", "list", "zip", "latin_hypercube", "sobol", "posterior"};
}

enum class VaryScale { linear, log, integer };
[[nodiscard]] constexpr auto level_names(VaryScale) {
  return std::array<std::string_view, 3>{"linear", "log", "integer"};
}

enum class UndecidedCandidates { not_met, by_estimate };
[[nodiscard]] constexpr auto level_names(UndecidedCandidates) {
  return std::array<std::string_view, 2>{"not_met", "by_estimate"};
}

/// What stands beside the values of a varied parameter.
struct VarySpec {
  int points = 0;
  VaryScale scale = VaryScale::linear;
};

template <class Visitor>
void describe(Visitor& v, VarySpec& p) {
  v.field("points", p.points,
          {.meaning = "levels of the range in a grid", .range = between(2, 100000), .grade = Grade::setting});
  v.field("scale", p.scale, {.meaning = "how the range is divided", .grade = Grade::setting});
}

/// What stands beside the range of a parameter that is searched.
struct SearchSpec {
  double cost = 1.0;
};

template <class Visitor>
void describe(Visitor& v, SearchSpec& p) {
  v.field("cost", p.cost,
          {.meaning = "cost of one more, beside the other parameters' costs",
           .range = at_least(0),
           .grade = Grade::setting});
}

/// Where the beginning of a run ends: `scenario` keeps its burn-in.
enum class WarmUp { scenario, none, mser5 };
[[nodiscard]] constexpr auto level_names(WarmUp) {
  return std::array<std::string_view, 3>{"scenario", "none", "mser5"};
}

enum class Better { larger, smaller };
[[nodiscard]] constexpr auto level_names(Better) {
  return std::array<std::string_view, 2>{"larger", "smaller"};
}

/// What stands beside the measure of `select`.
struct SelectSpec {
  Better better = Better::larger;
  int budget = 0;
};

template <class Visitor>
void describe(Visitor& v, SelectSpec& p) {
  v.field("better", p.better, {.meaning = "which end of the measure is better", .grade = Grade::setting});
  v.field("budget", p.budget,
          {.meaning = "replications of all policies together, shared out where they tell most",
           .range = between(40, 100000000),
           .grade = Grade::setting});
}

/// A policy of a comparison: a variant of the scenario, and parameters that differ.
struct PolicySpec {
  std::string name;
  std::string description;
  std::string variant;
  peer_support::ParameterSettings set;
};

template <class Visitor>
void describe(Visitor& v, PolicySpec& p) {
  v.field("description", p.description, {.meaning = "what the policy stands for", .grade = Grade::setting});
  v.field("variant", p.variant,
          {.meaning = "the named patch of the scenario file to apply", .grade = Grade::setting});
  v.settings("set", p.set, {.meaning = "parameters by path, and their values", .grade = Grade::setting});
}

struct DesignSpec {
  DesignKind kind = DesignKind::grid;
  int points = 0;
  std::string file;  ///< of a posterior
};

template <class Visitor>
void describe(Visitor& v, DesignSpec& p) {
  v.field("kind", p.kind, {.meaning = "how points are chosen", .grade = Grade::setting});
  v.field("points", p.points,
          {.meaning = "points of a Latin hypercube or a Sobol sequence; draws from a posterior",
           .range = between(1, 100000000),
           .grade = Grade::setting});
  v.field("file", p.file,
          {.meaning = "file of a posterior that `peercap calibrate` wrote, relative to the study file",
           .grade = Grade::setting});
}

/// How precise the means of the measures are wanted, relative to themselves.
struct PrecisionSpec {
  Probability half_width{0.0};  ///< 0: the number of replications is fixed
  int fewest = 10;
  int most = 1000;
};

template <class Visitor>
void describe(Visitor& v, PrecisionSpec& p) {
  v.field("half_width", p.half_width,
          {.meaning = "half-width of the interval of each measure's mean at most this share of the mean",
           .range = {.low = 0, .high = 1, .low_excluded = true},
           .grade = Grade::setting});
  v.field("fewest", p.fewest,
          {.meaning = "replications before precision is looked at",
           .range = between(3, 1000000),
           .grade = Grade::setting});
  v.field("most", p.most,
          {.meaning = "replications at most", .range = between(3, 1000000), .grade = Grade::setting});
}

struct StudySpec {
  std::string name = "unnamed";
  std::string description;
  std::string scenario;
  std::string variant;
  peer_support::ParameterSettings set;
  std::vector<PolicySpec> policies;
  DesignSpec design;
  int replications = 0;  ///< 0: as the command has it
  PrecisionSpec precision;
  WarmUp warm_up = WarmUp::scenario;
  std::uint64_t seed = 0;
  Probability probability{0.95};
  UndecidedCandidates undecided = UndecidedCandidates::not_met;
  peer_support::Switch monotone = peer_support::Switch::on;
  SimDuration time_budget;  ///< 0: none
};

template <class Visitor>
void describe(Visitor& v, StudySpec& p) {
  v.field("name", p.name, {.meaning = "short name of the study", .grade = Grade::setting});
  v.field("description", p.description, {.meaning = "what it asks", .grade = Grade::setting});
  v.field("scenario", p.scenario,
          {.meaning = "scenario file, relative to the study file", .grade = Grade::setting});
  v.field("variant", p.variant,
          {.meaning = "the named patch of the scenario file to apply", .grade = Grade::setting});
  v.settings("set", p.set,
             {.meaning = "parameters by path, and their values in this study", .grade = Grade::setting});
  v.list("policies", p.policies, {.meaning = "what is compared", .grade = Grade::setting});
  v.group("design", p.design, "which combinations of the varied parameters are run");
  v.field("replications", p.replications,
          {.meaning = "replications of each policy or point, or of a candidate at most",
           .range = between(2, 1000000),
           .grade = Grade::setting});
  v.group("precision", p.precision, "replications by precision instead of a fixed number");
  v.field(
      "warm_up", p.warm_up,
      {.meaning =
           "what is left out at the begin of a run: the scenario's burn-in, nothing, or what MSER-5 finds in "
           "pilot runs",
       .grade = Grade::setting});
  v.field("seed", p.seed, {.meaning = "seed in place of the scenario's", .grade = Grade::setting});
  v.field("probability", p.probability,
          {.meaning = "with which the answer of a search is right",
           .range = between(0.5001, 0.999999),
           .grade = Grade::setting});
  v.field("undecided", p.undecided,
          {.meaning = "how a candidate counts that the most replications do not decide",
           .grade = Grade::setting});
  v.field("monotone", p.monotone,
          {.meaning = "whether more of what is searched never makes a target harder to meet",
           .grade = Grade::setting});
  v.field("time_budget", p.time_budget,
          {.meaning = "real time after which the study ends",
           .range = {.low = 0, .high = 365, .low_excluded = true},
           .grade = Grade::setting});
}

}  // namespace peercap::app
