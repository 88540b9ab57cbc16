#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// Weeks since the calendar's origin.
[[nodiscard]] inline std::uint64_t week_number(SimTime monday) {
  return static_cast<std::uint64_t>((monday - SimTime{}) / weeks(1));
}

/// A person's exhaustion as colleagues see it: in steps of 1/2048 SD, so that sums are exact and the board is
/// small. Beyond 16 SD it shows 16.
class ShownExhaustion {
 public:
  static constexpr double step = 1.0 / 2048.0;

  constexpr ShownExhaustion() = default;
  constexpr explicit ShownExhaustion(double level)
      : steps_{static_cast<std::int16_t>(
            std::clamp(level / step + (level < 0.0 ? -0.5 : 0.5), -32767.0, 32767.0))} {}

  [[nodiscard]] constexpr std::int32_t steps() const { return steps_; }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(steps_);
  }

 private:
  std::int16_t steps_ = 0;
};

/// What people, units and offices show to everybody at each weekly tick, read by others from the next one on
/// until the one after it. Three sheets take turns: while one is read, whoever is a little ahead or behind
/// writes one of the other two. No message is sent, and the order of handling within a tick does not matter.
/// That holds for a parallel engine too, as long as no process runs a whole week ahead of another: the
/// topology declares it.
class WeeklyBoard {
 public:
  WeeklyBoard(std::size_t people, std::size_t units, std::size_t supporters) {
    for (Sheet& sheet : sheets_) {
      sheet.exhaustion.resize(people);
      sheet.awareness.resize(units);
      sheet.users.resize(units);
      sheet.serving.resize(supporters);
    }
  }

  /// For the readers of week `week` + 1. Every entry is written anew each week. What units show for the week
  /// before the run is written as they are made, so that it stands when the first of them starts.
  /// Here: of all clinicians [people]; a unit writes its own people's.
  [[nodiscard]] ShownExhaustion* exhaustion_to_show(std::uint64_t week) {
    return shown_in(week).exhaustion.data();
  }
  void show_unit(std::uint64_t week, std::uint32_t unit, float awareness, float users) {
    shown_in(week).awareness[unit] = awareness;
    shown_in(week).users[unit] = users;
  }

  /// Whether somebody of the program's list is in the role; an office writes its own site's.
  void show_supporter(std::uint64_t week, std::uint32_t supporter, bool serves) {
    shown_in(week).serving[supporter] = serves ? 1 : 0;
  }

  /// As of the tick before that of week `week`: exhaustion by clinician, awareness by unit, and by unit
  /// the people first supported in the week before that tick, each as a share of the unit; by supporter of
  /// Organization::supporters 1 for those in the role.
  [[nodiscard]] const std::vector<ShownExhaustion>& exhaustion(std::uint64_t week) const {
    return sheets_[before(week)].exhaustion;
  }
  [[nodiscard]] const std::vector<float>& awareness(std::uint64_t week) const {
    return sheets_[before(week)].awareness;
  }
  [[nodiscard]] const std::vector<float>& users(std::uint64_t week) const {
    return sheets_[before(week)].users;
  }
  [[nodiscard]] const std::vector<std::uint8_t>& serving(std::uint64_t week) const {
    return sheets_[before(week)].serving;
  }

 private:
  struct Sheet {
    std::vector<ShownExhaustion> exhaustion;
    std::vector<float> awareness;
    std::vector<float> users;
    std::vector<std::uint8_t> serving;
  };
  [[nodiscard]] Sheet& shown_in(std::uint64_t week) { return sheets_[week % 3]; }
  [[nodiscard]] static std::size_t before(std::uint64_t week) { return (week + 2) % 3; }

  std::array<Sheet, 3> sheets_;
};

}  // namespace peercap::peer_support
