#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/event/event.h"
#include "sim/event/pending_events.h"
#include "sim/kernel/mail.h"
#include "sim/kernel/run_failure.h"
#include "sim/kernel/topology.h"
#include "sim/observe/fact.h"
#include "sim/random/random_source.h"
#include "sim/support/contract.h"

namespace peercap {

/// What the kernel keeps for each process.
struct ProcessRecord {
  std::uint64_t next_sequence = 0;
  std::uint64_t digest = 0;           ///< of every event handled, in order
  std::vector<std::uint64_t> timers;  ///< by slot: the tie of the armed event, or `disarmed`

  static constexpr std::uint64_t disarmed = ~std::uint64_t{0};

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(next_sequence, digest, timers);
  }
};

/// Whether the event is a timer that has been disarmed or set anew.
[[nodiscard]] inline bool is_stale(const Event& event, const std::vector<ProcessRecord>& records) {
  return event.is_timer() && records[event.target.index()].timers[event.a] != event.tie.bits();
}

/// What an event carries beside its kind.
struct Payload {
  std::uint16_t small = 0;
  std::uint64_t a = 0;
  std::uint64_t b = 0;
};

/// All that a handler may do: know the time, draw, schedule its own events, send to others, state facts.
/// A kind is an enumerator below 2^15 of any enumeration of the model's.
class Context {
 public:
  Context(const Topology& topology, const RandomSource& random, PendingEvents& pending,
          std::vector<ProcessRecord>& records, Observer* observer)
      : topology_{topology}, random_{random}, pending_{pending}, records_{records}, observer_{observer} {}

  [[nodiscard]] SimTime now() const { return now_; }
  [[nodiscard]] ProcessId self() const { return self_; }
  [[nodiscard]] const RandomSource& random() const { return random_; }

  /// An event of this process itself at `time`, not before now.
  template <class Kind>
  void schedule(SimTime time, Kind kind, Payload payload = {},
                EventPriority priority = EventPriority::normal) {
    push(self_, time, code_of(kind), payload, priority);
  }

  /// A message to the target of this process's `channel`, with a delay of at least what the channel declared.
  template <class Kind>
  void send(std::uint32_t channel, SimDuration delay, Kind kind, Payload payload = {},
            EventPriority priority = EventPriority::normal) {
    const auto channels = topology_.channels(self_);
    const std::uint16_t code = code_of(kind);
    if (channel >= channels.size()) fail(FailureKind::unknown_channel, now_, code);
    if (delay < channels[channel].least_delay)
      fail(FailureKind::message_too_early, saturating_add(now_, delay), code);
    push(channels[channel].target, saturating_add(now_, delay), code, payload, priority);
  }

  /// A message to any process, where the topology has connected this one to all.
  template <class Kind>
  void send_to(ProcessId target, SimDuration delay, Kind kind, Payload payload = {},
               EventPriority priority = EventPriority::normal) {
    const auto least_delay = topology_.delay_to_all(self_);
    const std::uint16_t code = code_of(kind);
    if (!least_delay || target.index() >= topology_.size()) fail(FailureKind::unknown_channel, now_, code);
    if (delay < *least_delay) fail(FailureKind::message_too_early, saturating_add(now_, delay), code);
    push(target, saturating_add(now_, delay), code, payload, priority);
  }

  /// Gives this process `count` timer slots, all disarmed if new.
  void reserve_timers(std::size_t count) {
    auto& timers = records_[self_.index()].timers;
    if (timers.size() < count) timers.resize(count, ProcessRecord::disarmed);
  }

  /// Sets the timer `slot` of this process, whatever it was set to before. The event carries the slot in `a`.
  template <class Kind>
  void arm(std::uint32_t slot, SimTime time, Kind kind, std::uint64_t b = 0, std::uint16_t small = 0) {
    const auto code = static_cast<std::uint16_t>(code_of(kind) | Event::timer_bit);
    disarm(slot);
    const EventTie tie = push(self_, time, code, {small, slot, b}, EventPriority::normal);
    timer_in(slot) = tie.bits();
  }

  /// The event that `slot` is set to will not happen. Nothing to do where it is not set.
  void disarm(std::uint32_t slot) {
    std::uint64_t& timer = timer_in(slot);
    if (timer == ProcessRecord::disarmed) return;
    timer = ProcessRecord::disarmed;
    ++skipped_timers_;
    if (++stale_ > most_stale && stale_ > pending_.size() / 2) [[unlikely]]
      drop_stale();
  }
  [[nodiscard]] bool armed(std::uint32_t slot) const { return timer_in(slot) != ProcessRecord::disarmed; }

  /// How many timers have been disarmed or set anew before they went off.
  [[nodiscard]] std::uint64_t skipped_timers() const { return skipped_timers_; }

  template <class Kind>
  void state(Kind kind, std::uint32_t subject, std::int64_t a = 0, std::int64_t b = 0,
             std::uint16_t small = 0) {
    if (observer_ != nullptr)
      observer_->on_fact({now_, static_cast<std::uint16_t>(kind), small, subject, a, b});
  }

 private:
  friend class Dispatcher;

  /// So many events of timers that are no longer set may stay in the queue whatever else is in it.
  static constexpr std::size_t most_stale = 1024;

  template <class Kind>
  static std::uint16_t code_of(Kind kind) {
    require(static_cast<std::uint64_t>(kind) < Event::timer_bit, "a kind of event lies below 2^15");
    return static_cast<std::uint16_t>(kind);
  }

  [[nodiscard]] std::uint64_t& timer_in(std::uint32_t slot) const {
    auto& timers = records_[self_.index()].timers;
    require(slot < timers.size(), "a timer slot is reserved before it is used");
    return timers[slot];
  }

  EventTie push(ProcessId target, SimTime time, std::uint16_t kind, const Payload& payload,
                EventPriority priority) {
    if (time < now_) fail(FailureKind::event_in_the_past, time, kind);
    if (closing_) fail(FailureKind::after_the_end, time, kind);
    ProcessRecord& record = records_[self_.index()];
    if (record.next_sequence > EventTie::max_sequence) fail(FailureKind::sequence_exhausted, time, kind);
    const EventTie tie{priority, self_, record.next_sequence++};
    if (time < end_) {
      const Event event{time, tie, target, kind, payload.small, payload.a, payload.b};
      if (mail_ == nullptr || mail_->is_own(target))
        pending_.push(event);
      else
        mail_->post(event);
    }
    return tie;
  }

  /// Takes the events of timers that are no longer set out of the queue.
  void drop_stale();
  [[noreturn]] void fail(FailureKind failure, SimTime time, std::uint16_t kind) const;

  const Topology& topology_;
  const RandomSource& random_;
  PendingEvents& pending_;
  std::vector<ProcessRecord>& records_;
  Observer* observer_;
  SimTime now_;
  SimTime end_ = SimTime::never();
  ProcessId self_;
  Mail* mail_ = nullptr;  ///< to other partitions; null where one queue holds everything
  bool closing_ = false;
  std::uint64_t skipped_timers_ = 0;
  /// Events of timers no longer set that are in the queue, at most: those at or after the end never were.
  std::size_t stale_ = 0;
};

}  // namespace peercap
