#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/behavior/meeting_calendar.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"

namespace peercap::peer_support {

/// What the program knows of one of its supporters, and what the work does to them.
struct SupporterState {
  ClinicianId clinician;
  std::uint32_t id = 0;            ///< into Organization::supporters
  std::uint32_t unit_channel = 0;  ///< the desk's channel to the supporter's unit
  std::uint16_t position = 0;      ///< within the unit
  ExitReason exit = ExitReason::none;
  bool in_session = false;  ///< giving or receiving support now
  int open_cases = 0;
  double protected_balance = 0.0;  ///< hours of protected time that can still be used
  double trauma_baseline = 0.0;    ///< latent points
  double satisfaction_baseline = 0.0;
  double trauma_strain = 0.0;        ///< points above the baseline, at `updated`
  double satisfaction_change = 0.0;  ///< points from the baseline, at `updated`
  double overload_debt = 0.0;        ///< hours, at `updated`
  SimTime updated;
  double exhaustion = 0.0;        ///< SD, as last published by the unit
  double exit_remaining = 0.0;    ///< of the Exp(1) threshold of leaving the role
  std::vector<Booking> bookings;  ///< sessions given, to come or running
};

/// Hours of one session, split by what protected time covers.
struct WorkedTime {
  SimDuration covered;
  SimDuration beyond;
};

/// The supporters of one site: their hours and their strain. All states decay exponentially and are brought
/// up to date when they are read or changed.
class SupporterRoster {
 public:
  explicit SupporterRoster(const Rules& rules) : rules_{&rules} {}

  /// Scheduled parameters have changed.
  void follow(const Rules& present) { rules_ = &present; }

  void add(const Organization& organization, std::uint32_t id, std::uint32_t unit_channel, SimTime now,
           const RandomSource& random);

  [[nodiscard]] std::size_t size() const { return states_.size(); }
  [[nodiscard]] SupporterState& operator[](std::size_t i) { return states_[i]; }
  [[nodiscard]] const SupporterState& operator[](std::size_t i) const { return states_[i]; }
  [[nodiscard]] std::size_t active_count() const;

  /// Whether the supporter can be given one more case at all.
  [[nodiscard]] bool has_capacity(const SupporterState& supporter) const;

  /// A week's protected time is added; what is older than the carry is lost.
  void grant_protected_time(SupporterState& supporter) const;
  [[nodiscard]] WorkedTime work(SupporterState& supporter, SimDuration worked, SimTime now) const;
  void strain(SupporterState& supporter, double client_distress, SimTime now) const;
  void succeed(SupporterState& supporter, SimTime now) const;
  void fail(SupporterState& supporter, SimTime now) const;
  void bring_up_to_date(SupporterState& supporter, SimTime now) const;

  /// Quality of a session that the supporter gives, 1 at best.
  [[nodiscard]] double quality_of(const SupporterState&) const { return 1.0; }
  /// Latent secondary trauma in SD above its mean, of a supporter that is up to date.
  [[nodiscard]] double trauma_z(const SupporterState& supporter) const;
  /// Hazard of leaving the role, a day.
  [[nodiscard]] double exit_hazard(const SupporterState& supporter) const;

 private:
  const Rules* rules_;  ///< of the present phase
  std::vector<SupporterState> states_;
};

}  // namespace peercap::peer_support
