#pragma once

#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "models/peer_support/scenario/levels.h"
#include "models/peer_support/scenario/network_spec.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"

namespace peercap::peer_support {

/// Weights by name, in the order written; they need not add up to 1.
struct Shares {
  std::vector<std::pair<std::string, double>> weights;
  [[nodiscard]] bool empty() const { return weights.empty(); }
};

/// The weight of a name, `otherwise` of one that is left out.
[[nodiscard]] double factor_of(const Shares& shares, std::string_view name, double otherwise = 1.0);

struct Profession {
  std::string name;
  double share = 1.0;
  Rate turnover = per_year(0.10);
  double stigma_shift = 0.0;
  double acceptance_shift = 0.0;
  double supporter_weight = 1.0;
  double elsewhere = 1.0;
  double time_barrier = 1.0;
  double trust_needed = 1.0;
  Probability women{0.5};
};

template <class Visitor>
void describe(Visitor& v, Profession& p) {
  v.field("share", p.share,
          {.meaning = "weight of this profession in departments that give no mix of their own",
           .range = at_least(0),
           .grade = Grade::setting});
  v.field("turnover", p.turnover,
          {.meaning = "rate at which those whose exhaustion is not concerning leave the organization",
           .range = between(0, 100),
           .grade = Grade::fitted,
           .evidence = "nsi2025.turnover"});
  v.field("stigma_shift", p.stigma_shift,
          {.meaning = "stigma of this profession above the mean", .range = between(-5, 5)});
  v.field("acceptance_shift", p.acceptance_shift,
          {.meaning = "log odds at which this profession accepts an offer, above the mean",
           .range = between(-20, 20)});
  v.field(
      "supporter_weight", p.supporter_weight,
      {.meaning =
           "how readily this profession is recruited as supporters, relative to the others; 0 excludes it",
       .range = at_least(0),
       .grade = Grade::setting});
  v.field("elsewhere", p.elsewhere,
          {.meaning = "factor of this profession on activation.elsewhere.hazard", .range = between(0, 100)});
  v.field(
      "time_barrier", p.time_barrier,
      {.meaning = "factor of this profession on activation.self_referral.workload_barrier: how much a high "
                  "workload keeps it from asking",
       .range = between(0, 100),
       .evidence = "hu2012.barriers"});
  v.field(
      "trust_needed", p.trust_needed,
      {.meaning =
           "power of the unit's trust in the program on the rate of asking: above 1 for a profession that "
           "asks only where it trusts that nothing becomes known, 0 where trust does not matter",
       .range = between(0, 20)});
  v.field("women", p.women, {.meaning = "share of women; matters to matching.same_gender alone"});
}

struct CareerStage {
  std::string name;
  double share = 1.0;
  double exhaustion_shift = 0.0;
  double satisfaction_shift = 0.0;
  double supporter_weight = 1.0;
};

template <class Visitor>
void describe(Visitor& v, CareerStage& p) {
  v.field("share", p.share,
          {.meaning = "weight of this career stage among clinicians",
           .range = at_least(0),
           .grade = Grade::setting});
  v.field("exhaustion_shift", p.exhaustion_shift,
          {.meaning = "emotional exhaustion of this stage above the reference",
           .range = between(-3, 3),
           .unit = "SD"});
  v.field("satisfaction_shift", p.satisfaction_shift,
          {.meaning = "compassion satisfaction of this stage above the reference",
           .range = between(-20, 20),
           .unit = "points"});
  v.field(
      "supporter_weight", p.supporter_weight,
      {.meaning = "how readily this stage is recruited as supporters, relative to the others; 0 excludes it",
       .range = at_least(0)});
}

struct Department {
  std::string name;
  int units = 1;
  int unit_size = 25;
  ShiftPattern shift_pattern = ShiftPattern::round_the_clock_8h;
  double event_factor = 1.0;
  double workload = 0.0;
  Shares professions;
};

template <class Visitor>
void describe(Visitor& v, Department& p) {
  v.field("units", p.units,
          {.meaning = "number of units", .range = between(1, 100000), .grade = Grade::setting});
  v.field("unit_size", p.unit_size,
          {.meaning = "clinicians in each unit", .range = between(1, 2000), .grade = Grade::setting});
  v.field("shift_pattern", p.shift_pattern,
          {.meaning = "how the unit's teams take turns", .grade = Grade::setting});
  v.field("event_factor", p.event_factor,
          {.meaning = "clinical exposures per clinician relative to environment.exposure_rate",
           .range = between(0, 20),
           .grade = Grade::setting});
  v.field("workload", p.workload,
          {.meaning = "mean clinical workload of the department's units above the organization's reference",
           .range = between(-5, 5),
           .unit = "SD",
           .grade = Grade::setting});
  v.shares("professions", p.professions,
           {.meaning = "mix of professions; where absent, each profession's share",
            .range = at_least(0),
            .grade = Grade::setting});
}

struct Site {
  std::string name;
  std::vector<Department> departments;
};

template <class Visitor>
void describe(Visitor& v, Site& p) {
  v.list("departments", p.departments, {.meaning = "the site's departments", .grade = Grade::setting});
}

/// What a roster does not say about a department of its.
struct RosterDepartmentSpec {
  std::string name;
  double event_factor = 1.0;
  double workload = 0.0;
};

template <class Visitor>
void describe(Visitor& v, RosterDepartmentSpec& p) {
  v.field("event_factor", p.event_factor,
          {.meaning = "clinical exposures per clinician relative to environment.exposure_rate",
           .range = between(0, 20),
           .grade = Grade::setting});
  v.field("workload", p.workload,
          {.meaning = "mean clinical workload of the department's units above the organization's reference",
           .range = between(-5, 5),
           .unit = "SD",
           .grade = Grade::setting});
}

[[nodiscard]] std::vector<Profession> default_professions();
[[nodiscard]] std::vector<CareerStage> default_career_stages();

/// Who works where: sites, departments, units, the mixes people are drawn from, and the ties between them; or
/// a roster of the people.
struct OrganizationSpec {
  OrganizationDraw draw = OrganizationDraw::per_replication;
  double unit_workload_sd = 1.0;
  std::vector<Profession> professions = default_professions();
  std::vector<CareerStage> career_stages = default_career_stages();
  std::vector<Site> sites;
  TrustNetworkSpec network;
  std::string roster;  ///< path of a CSV file, see docs/formats/roster.md; empty where people are drawn
  std::vector<RosterDepartmentSpec> departments;  ///< of the roster, at every site; may leave some out
};

template <class Visitor>
void describe(Visitor& v, OrganizationSpec& p) {
  v.field(
      "draw", p.draw,
      {.meaning = "whether people are drawn anew in each replication (so that intervals include it) or once",
       .grade = Grade::setting,
       .sweepable = Sweepable::no});
  v.field("unit_workload_sd", p.unit_workload_sd,
          {.meaning = "spread of clinical workload between units around their department's mean",
           .range = between(0, 5),
           .unit = "SD",
           .grade = Grade::assumed});
  v.list("professions", p.professions, {.meaning = "the professions", .grade = Grade::setting});
  v.list("career_stages", p.career_stages, {.meaning = "the career stages", .grade = Grade::setting});
  v.list("sites", p.sites,
         {.meaning = "the sites; at least one, unless there is a roster", .grade = Grade::setting});
  v.field(
      "roster", p.roster,
      {.meaning = "CSV file of the organization's people, relative to this file; takes the place of sites",
       .grade = Grade::setting,
       .sweepable = Sweepable::no});
  v.list("departments", p.departments,
         {.meaning = "events and workload of the roster's departments", .grade = Grade::setting});
  v.group("network", p.network, "who trusts whom");
}

}  // namespace peercap::peer_support
