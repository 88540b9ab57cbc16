#pragma once

#include <algorithm>
#include <optional>
#include <vector>

#include "models/peer_support/behavior/rules.h"
#include "sim/random/random_source.h"

namespace peercap::peer_support {

/// A stretch of somebody's time that is taken.
struct Booking {
  SimTime begin;
  SimTime end;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(begin, end);
  }
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
  [[nodiscard]] bool is_off_work(ClinicianId person, SimTime begin, SimTime end) const {
    return !at_work_until(person, begin, end);
  }
  /// Whether neither work nor one of the bookings of a supporter hits [begin, end).
  [[nodiscard]] bool is_supporter_free(ClinicianId supporter, const std::vector<Booking>& bookings,
                                       SimTime begin, SimTime end) const;

  /// The first begin in [earliest, latest), on the grid of bookings, of a meeting of the given length at
  /// which both are off work and neither booking list is hit. `a` gives the session: in protected windows no
  /// shift stands in the way.
  [[nodiscard]] std::optional<SimTime> first_meeting(ClinicianId a, ClinicianId b, SimTime earliest,
                                                     SimTime latest, SimDuration length,
                                                     const std::vector<Booking>& bookings_a,
                                                     const std::vector<Booking>& bookings_b) const;

  /// The first begin in [earliest, latest) at a multiple of `grid` of the time of the day, of a meeting of
  /// the given length within meeting hours, for which `blocked_until(begin, end)` gives nothing; otherwise it
  /// gives a time before which no meeting can begin.
  template <class BlockedUntil>
  [[nodiscard]] std::optional<SimTime> first_begin(SimTime earliest, SimTime latest, SimDuration length,
                                                   SimDuration grid, BlockedUntil&& blocked_until) const;

 private:
  [[nodiscard]] static SimTime round_up(SimTime t, SimDuration grid);
  /// Whether the person sleeps after a night when the meeting would begin.
  [[nodiscard]] bool is_asleep(ClinicianId person, SimTime begin) const;
  /// As at_work_until() of somebody who gives a session.
  [[nodiscard]] std::optional<SimTime> kept_until(ClinicianId supporter, SimTime begin, SimTime end) const;
  /// When the duty, or the sleep after it, ends that takes a part of [begin, end).
  [[nodiscard]] std::optional<SimTime> at_work_until(ClinicianId person, SimTime begin, SimTime end) const;

  const Rules* rules_;  ///< of the present phase
  const Organization& organization_;
  const RandomSource& random_;
};

template <class BlockedUntil>
std::optional<SimTime> MeetingCalendar::first_begin(SimTime earliest, SimTime latest, SimDuration length,
                                                    SimDuration grid, BlockedUntil&& blocked_until) const {
  SimTime begin = round_up(earliest, grid);
  while (true) {
    const SimTime open = rules_->meeting_hours.next_open(begin);
    if (open >= latest) return std::nullopt;
    begin = round_up(open, grid);
    const SimTime close = rules_->meeting_hours.next_close(begin);
    while (begin < latest && saturating_add(begin, length) <= close) {
      const std::optional<SimTime> until = blocked_until(begin, begin + length);
      if (!until) return begin;
      begin = round_up(std::max(*until, begin + microseconds(1)), grid);
    }
    if (begin >= latest || close == SimTime::never()) return std::nullopt;
    begin = std::max(begin, close);
  }
}

}  // namespace peercap::peer_support
