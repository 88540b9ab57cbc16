#pragma once

#include <cstdint>

#include "sim/support/strong_id.h"
#include "sim/time/sim_time.h"

namespace peercap {

struct ProcessTag;
using ProcessId = StrongId<ProcessTag>;

/// Which of several events at one time and target comes first: the lower number. 0 is kept for global events.
enum class EventPriority : std::uint8_t { global = 0, early = 16, normal = 32, late = 48 };

/// Orders events of equal time: priority (6 bits), source process (22 bits), the source's sequence number (36
/// bits). Unique in a run, made by the sender, and so independent of insertion, threads and partitions.
class EventTie {
 public:
  static constexpr std::uint32_t max_source = (1U << 22) - 1;
  static constexpr std::uint64_t max_sequence = (std::uint64_t{1} << 36) - 1;

  constexpr EventTie() = default;
  constexpr EventTie(EventPriority priority, ProcessId source, std::uint64_t sequence)
      : bits_{static_cast<std::uint64_t>(priority) << 58 | static_cast<std::uint64_t>(source.value()) << 36 |
              sequence} {}

  [[nodiscard]] constexpr std::uint64_t bits() const { return bits_; }
  [[nodiscard]] constexpr ProcessId source() const {
    return ProcessId{static_cast<std::uint32_t>(bits_ >> 36 & max_source)};
  }
  [[nodiscard]] constexpr std::uint64_t sequence() const { return bits_ & max_sequence; }

  friend constexpr auto operator<=>(EventTie, EventTie) = default;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(bits_);
  }

 private:
  std::uint64_t bits_ = 0;
};

/// Something that happens to one process at one time: plain data whose meaning its target knows by `kind`.
struct Event {
  SimTime time;
  EventTie tie;
  ProcessId target;
  std::uint16_t kind = 0;   ///< a model's enumerator below 2^15; the highest bit is the kernel's
  std::uint16_t small = 0;  ///< payload
  std::uint64_t a = 0;      ///< payload; of a timer, the slot
  std::uint64_t b = 0;      ///< payload

  static constexpr std::uint16_t timer_bit = 0x8000;

  [[nodiscard]] constexpr bool is_timer() const { return (kind & timer_bit) != 0; }

  template <class Kind>
  [[nodiscard]] constexpr Kind kind_as() const {
    return static_cast<Kind>(kind & ~timer_bit);
  }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(time, tie, target, kind, small, a, b);
  }
  friend constexpr bool operator==(const Event&, const Event&) = default;
};
static_assert(sizeof(Event) == 40);

/// The total order: (time, tie) as one unsigned 128-bit number, so that it costs one comparison.
__extension__ using EventOrder = unsigned __int128;

[[nodiscard]] constexpr EventOrder order_of(const Event& event) {
  // Flipping the sign bit makes the unsigned order of ticks the signed one.
  const auto time = static_cast<std::uint64_t>(event.time.ticks()) ^ (std::uint64_t{1} << 63);
  return static_cast<EventOrder>(time) << 64 | event.tie.bits();
}

}  // namespace peercap
