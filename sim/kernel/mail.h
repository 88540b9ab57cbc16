#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <vector>

#include "sim/event/event.h"
#include "sim/event/pending_events.h"

namespace peercap {

/// Where a partition finds what others sent it: two boxes that take turns, one filled while the other is
/// emptied. In which order messages come in does not matter, since events carry their order.
class Inbox {
 public:
  /// From any thread.
  void put(const Event& event, std::size_t turn) {
    const std::lock_guard lock{mutex_};
    boxes_[turn].push_back(event);
    if (event.time < earliest_[turn]) earliest_[turn] = event.time;
  }
  /// By the partition alone, while nobody fills this box.
  void empty_into(PendingEvents& pending, std::size_t turn) {
    for (const Event& event : boxes_[turn]) pending.push(event);
    boxes_[turn].clear();
    earliest_[turn] = SimTime::never();
  }
  /// Between windows.
  [[nodiscard]] SimTime earliest(std::size_t turn) const { return earliest_[turn]; }

 private:
  std::mutex mutex_;
  std::array<std::vector<Event>, 2> boxes_;
  std::array<SimTime, 2> earliest_{SimTime::never(), SimTime::never()};
};

/// How a partition sends: which processes are its own, and where the mail of the others goes. Messages of one
/// window are read in the next one.
class Mail {
 public:
  Mail(const std::vector<std::uint32_t>& partition_of, std::uint32_t own, std::vector<Inbox>& inboxes)
      : partition_of_{partition_of}, own_{own}, inboxes_{inboxes} {}

  [[nodiscard]] bool is_own(ProcessId target) const { return partition_of_[target.index()] == own_; }
  void post(const Event& event) {
    inboxes_[partition_of_[event.target.index()]].put(event, turn_);
    ++posted_;
  }
  void set_turn(std::size_t turn) { turn_ = turn; }
  [[nodiscard]] std::uint64_t posted() const { return posted_; }

 private:
  const std::vector<std::uint32_t>& partition_of_;
  std::uint32_t own_;
  std::vector<Inbox>& inboxes_;
  std::size_t turn_ = 0;
  std::uint64_t posted_ = 0;
};

}  // namespace peercap
