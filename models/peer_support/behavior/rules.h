#pragma once

#include <array>
#include <memory>
#include <optional>
#include <vector>

#include "models/peer_support/behavior/check_default.h"
#include "models/peer_support/behavior/distress.h"
#include "models/peer_support/organization/organization.h"
#include "models/peer_support/organization/trait_law.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario/turnover_law.h"
#include "sim/time/opening_hours.h"
#include "sim/time/rota.h"

namespace peercap::peer_support {

/// The piecewise constant weekly course of clinical events of a shift pattern, drawn from by inversion.
class WeeklyProfile {
 public:
  WeeklyProfile() = default;
  /// `weights` [168]: relative rate in each hour of the week, from Monday 00:00; at least one is positive.
  explicit WeeklyProfile(const std::array<double, 168>& weights);

  /// The time in the week at which the share `uniform` of the week's events has passed.
  [[nodiscard]] SimDuration time_at(double uniform) const;

 private:
  std::array<double, 169> cumulative_{};
};

/// What follows from a scenario alone, computed once and shared by all processes of all replications:
/// calendars, rotas, decay laws, derived rates. Immutable. Scheduled parameters make a chain of Rules, one
/// for each phase; the first owns the others. A phase at the run's begin takes the place of the scenario as
/// written. Of the first alone it matters whether runs are checked.
struct Rules {
  explicit Rules(const Scenario& checked_scenario);
  Rules(const Rules&) = delete;
  Rules& operator=(const Rules&) = delete;

  /// The rules of the phase that holds `time`, which is not before this one's.
  [[nodiscard]] const Rules& at(SimTime time) const {
    const Rules* rules = this;
    while (time >= rules->phase_end) rules = rules->next_phase;
    return *rules;
  }

  Scenario scenario;
  SimTime phase_begin;  ///< of a later phase; of the first, the begin of the run
  SimTime phase_end = SimTime::never();
  const Rules* next_phase = nullptr;
  std::unique_ptr<const Rules> twin;  ///< the same without a program, where the scenario asks for it
  std::unique_ptr<const Rules> without_effect;  ///< likewise with sessions that lower no distress
  SimTime begin;                                ///< of the burn-in, a Monday midnight
  SimTime start;                                ///< of what is measured
  SimTime end;
  bool check_invariants = checks_by_default();  ///< of every run by these rules; changes no result

  DistressLaw distress_law;
  TraitLaw trait_law;
  TurnoverLaw turnover_law;
  double clinical_rate = 0.0;           ///< clinical exposures a clinician and day at event factor 1
  double concerning_exhaustion = 0.0;   ///< latent exhaustion in SD that counts as concerning
  double mean_distress = 0.0;           ///< expected distress of a person at equilibrium
  std::vector<double> weekly_turnover;  ///< by profession: hazard of leaving over a week, unless exhausted
  double weekly_fast_keep = 1.0;        ///< factor of fast distress over one week
  double weekly_slow_keep = 1.0;
  double weekly_exhaustion_keep = 1.0;  ///< of the passing part's distance from its target
  double weekly_noise_sd = 0.0;
  double passing_sd = 0.0;  ///< stationary SD of the passing part

  std::array<Rota, 4> rotas;  ///< by ShiftPattern
  std::array<WeeklyProfile, 4> event_profiles;
  OpeningHours meeting_hours;
  OpeningHours protected_hours;  ///< in which protected time lies, where it has the form of windows
  SimDuration longest_session;   ///< what fits into the longest stretch of meeting hours
  OpeningHours coordinator_hours;
  SimDuration triage_open_time;  ///< open time of the coordinator's windows that one request takes
  double trauma_latent_sd = 0.0;
  double satisfaction_latent_sd = 0.0;
  double satisfaction_stage_center = 0.0;  ///< mean shift by career stage among those recruited, points

  /// Reference rate of clinical events of a unit of the department, a week. An event reaches each member of
  /// the one team on duty with the probability of team exposure; expected exposures a clinician are then what
  /// the scenario says, whatever the size of the unit.
  [[nodiscard]] double weekly_events(const DepartmentEntry& department) const;
  /// Whether it is the turn of the unit to be visited on a round in this week (since the calendar's origin);
  /// `unit` counts within its site.
  [[nodiscard]] bool visited_in(std::uint64_t week, const DepartmentEntry& department,
                                std::uint32_t unit) const;
  /// The number of the survey wave that takes place at this time, a weekly tick, if there is one; the first,
  /// 0, is in the first week of the horizon.
  [[nodiscard]] std::optional<std::uint32_t> survey_wave(SimTime tick) const;
  /// Of [from, to), what protected time can cover.
  [[nodiscard]] SimDuration coverable(SimTime from, SimTime to) const {
    const bool is_budget = scenario.supporters.protected_time_form == ProtectedTimeForm::budget;
    return is_budget ? to - from : protected_hours.open_between(from, to);
  }
  [[nodiscard]] const Rota& rota(ShiftPattern pattern) const {
    return rotas[static_cast<std::size_t>(pattern)];
  }

 private:
  /// Says that a scenario is already as it is when its rules begin to hold.
  struct AtBegin {};
  Rules(const Scenario& scenario_at_begin, AtBegin);

  std::vector<std::unique_ptr<Rules>> later_phases_;
};

/// Which phase's rules a process goes by: those at the latest event it has handled, until the next one.
template <class Archive>
void visit_phase(Archive& archive, const Rules*& rules) {
  SimTime phase = rules->phase_begin;
  archive(phase);
  if constexpr (Archive::reads) {
    if (phase < rules->begin || phase >= rules->end) archive.fail("names a phase outside the run");
    rules = &rules->at(phase);
  }
}

}  // namespace peercap::peer_support
