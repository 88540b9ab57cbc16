#pragma once

#include <optional>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// A stretch of somebody's time that is taken.
struct Booking {
  SimTime begin;
  SimTime end;
};

/// When two people can meet: within meeting hours, when neither is on a shift from which they cannot be
/// released, sleeps after a night, or is booked already. Answers are a function of organization, rota and
/// addressed draws alone.
class MeetingCalendar {
 public:
  MeetingCalendar(const Rules& rules, const Organization& organization, const RandomSource& random)
      : rules_{&rules}, organization_{organization}, random_{random} {}

  /// Scheduled parameters have changed.
  void follow(const Rules& present) { rules_ = &present; }

  /// Whether the person's work leaves [begin, end) free; bookings are not looked at.
  [[nodiscard]] bool is_off_work(ClinicianId person, SimTime begin, SimTime end) const;

  /// The first begin in [earliest, latest), on a grid of quarter hours, of a meeting of the given length at
  /// which both are off work and neither booking list is hit.
  [[nodiscard]] std::optional<SimTime> first_meeting(ClinicianId a, ClinicianId b, SimTime earliest,
                                                     SimTime latest, SimDuration length,
                                                     const std::vector<Booking>& bookings_a,
                                                     const std::vector<Booking>& bookings_b) const;

 private:
  const Rules* rules_;  ///< of the present phase
  const Organization& organization_;
  const RandomSource& random_;
};

}  // namespace peercap::peer_support
