#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <vector>

namespace peercap::peer_support {

/// What people and units show to everybody at each weekly tick, read by others at the next one. Two halves
/// take turns, so that the readers of a week never meet its writers: no message is sent, and the order of
/// handling within a tick does not matter. That holds for a parallel engine too, as long as no process runs a
/// whole week ahead of another; `assemble` in model.cpp checks the lookahead.
class WeeklyBoard {
 public:
  WeeklyBoard(std::size_t people, std::size_t units) {
    for (Half& half : halves_) {
      half.exhaustion.resize(people);
      half.awareness.resize(units);
      half.users.resize(units);
    }
  }

  /// For the readers of week `week` + 1. Every entry is written anew each week.
  void show_exhaustion(std::uint64_t week, std::uint32_t clinician, float value) {
    half(week).exhaustion[clinician] = value;
  }
  void show_unit(std::uint64_t week, std::uint32_t unit, float awareness, float users) {
    half(week).awareness[unit] = awareness;
    half(week).users[unit] = users;
  }

  /// As of the tick before that of week `week`: exhaustion by clinician in SD, awareness by unit, and by unit
  /// the people first supported in the week before that tick, each as a share of the unit.
  [[nodiscard]] const std::vector<float>& exhaustion(std::uint64_t week) const {
    return halves_[(week + 1) % 2].exhaustion;
  }
  [[nodiscard]] const std::vector<float>& awareness(std::uint64_t week) const {
    return halves_[(week + 1) % 2].awareness;
  }
  [[nodiscard]] const std::vector<float>& users(std::uint64_t week) const {
    return halves_[(week + 1) % 2].users;
  }

 private:
  struct Half {
    std::vector<float> exhaustion;
    std::vector<float> awareness;
    std::vector<float> users;
  };
  [[nodiscard]] Half& half(std::uint64_t week) { return halves_[week % 2]; }

  std::array<Half, 2> halves_;
};

}  // namespace peercap::peer_support
