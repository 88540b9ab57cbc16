#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <vector>

#include "models/peer_support/behavior/meeting_calendar.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/behavior/supporter_survey.h"

namespace peercap::peer_support {

/// A supporter's hours for the program over the last quarter, by week.
class RecentWork {
 public:
  static constexpr std::size_t weeks_kept = 13;

  void begin_week();
  void add(double worked, double beyond);
  [[nodiscard]] double worked() const;               ///< hours, in all
  [[nodiscard]] double weekly_hours_beyond() const;  ///< beyond protected time, mean of a week

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(worked_, beyond_, week_);
  }

 private:
  std::array<double, weeks_kept> worked_{};
  std::array<double, weeks_kept> beyond_{};
  std::size_t week_ = 0;
};

/// An event with a hazard that changes: the Exp(1) threshold is consumed piece by piece.
struct Countdown {
  double remaining = 0.0;  ///< of the threshold, at `since`
  double hazard = 0.0;     ///< a day, since then
  SimTime since;

  /// Takes off what has passed; the hazard is 0 afterwards.
  void settle(SimTime now);

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(remaining, hazard, since);
  }
};

/// What the program knows of one of its supporters, and what the work does to them.
struct SupporterState {
  ClinicianId clinician;
  std::uint32_t id = 0;            ///< into Organization::supporters
  std::uint32_t rank = 0;          ///< in the order of recruitment
  std::uint32_t unit_channel = 0;  ///< the desk's channel to the supporter's unit
  std::uint16_t position = 0;      ///< within the unit
  SupporterRole role = SupporterRole::candidate;
  ExitReason exit = ExitReason::none;  ///< why the role is `left`
  bool invited = false;                ///< once, and not again
  bool relieved = false;               ///< active, but given no new cases for a time
  bool first_stage = false;            ///< of the career
  bool in_session = false;             ///< giving or receiving support now
  int open_cases = 0;
  std::uint32_t leaves = 0;        ///< begun so far
  std::uint32_t terms = 0;         ///< ended so far
  double protected_balance = 0.0;  ///< hours of protected time that can still be used
  double trauma_baseline = 0.0;    ///< latent points
  double satisfaction_baseline = 0.0;
  double trauma_strain = 0.0;        ///< points above the baseline, at `updated`
  double satisfaction_change = 0.0;  ///< points from the baseline, at `updated`
  double overload_debt = 0.0;        ///< hours, at `updated`
  double published_debt = 0.0;       ///< hours, as last told to the unit
  SimTime updated;
  SimTime last_training;
  SimTime term_began;
  std::optional<SimTime> last_given;    ///< when a case was last given to them; none before the first
  std::optional<SimTime> last_session;  ///< when one they gave ended last; none before the first
  double exhaustion = 0.0;              ///< SD, as last published by the unit
  Countdown role_exit;
  Countdown next_leave;
  RecentWork recent_work;
  std::vector<Booking> bookings;  ///< sessions given, to come or running

  [[nodiscard]] bool is_active() const { return role == SupporterRole::active; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(clinician, id, rank, unit_channel, position, role, exit, invited, relieved, first_stage,
            in_session, open_cases, leaves, terms, protected_balance, trauma_baseline, satisfaction_baseline,
            trauma_strain, satisfaction_change, overload_debt, published_debt, updated, last_training,
            term_began, last_given, last_session, exhaustion, role_exit, next_leave, recent_work, bookings);
  }
};

/// Hours of work, split by what protected time covers.
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

  /// Initial supporters are active and somewhere between two refreshers and in their term; others are
  /// candidates.
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
  /// Of `worked`, protected time can cover at most `coverable`.
  [[nodiscard]] WorkedTime work(SupporterState& supporter, SimDuration worked, SimDuration coverable,
                                SimTime now) const;
  [[nodiscard]] WorkedTime work(SupporterState& supporter, SimDuration worked, SimTime now) const {
    return work(supporter, worked, worked, now);
  }
  void strain(SupporterState& supporter, double client_distress, SimTime now) const;
  void succeed(SupporterState& supporter, SimTime now) const;
  void fail(SupporterState& supporter, SimTime now) const;
  /// A debrief takes away parts of strain and debt.
  void relieve(SupporterState& supporter, SimTime now) const;
  void bring_up_to_date(SupporterState& supporter, SimTime now) const;

  /// 1 after training, fading towards its floor.
  [[nodiscard]] double skill(const SupporterState& supporter, SimTime now) const;
  /// Factor on the effect of a session that ends now.
  [[nodiscard]] double session_quality(const SupporterState& supporter, SimTime now) const;

  /// What a survey would read, of a supporter that is up to date.
  [[nodiscard]] static SurveyedState surveyed_state(const SupporterState& supporter);
  /// Latent secondary trauma in SD above its mean, of a supporter that is up to date.
  [[nodiscard]] double trauma_z(const SupporterState& supporter) const;
  /// Of it, what was gained in the role: all that the program can know of, from the cases it gave.
  [[nodiscard]] double strain_z(const SupporterState& supporter) const;
  /// Latent compassion satisfaction likewise.
  [[nodiscard]] double satisfaction_z(const SupporterState& supporter) const;
  /// Hazard of leaving the role, a day.
  [[nodiscard]] double exit_hazard(const SupporterState& supporter) const;

  /// What the rules are is up to follow().
  template <class Archive>
  void visit_state(Archive& archive) {
    archive(states_);
  }

 private:
  const Rules* rules_;  ///< of the present phase
  std::vector<SupporterState> states_;
};

}  // namespace peercap::peer_support
