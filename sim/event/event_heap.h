#pragma once

#include <cstddef>
#include <vector>

#include "sim/event/event.h"

namespace peercap {

/// The pending events of one queue: an implicit 4-ary heap in one array, in the total order of events.
/// push and pop are O(log n); nothing is allocated while the size stays below the largest it has had.
class EventHeap {
 public:
  [[nodiscard]] bool empty() const { return events_.empty(); }
  [[nodiscard]] std::size_t size() const { return events_.size(); }
  [[nodiscard]] const Event& top() const { return events_.front(); }

  void reserve(std::size_t count) { events_.reserve(count); }

  void push(const Event& event) {
    events_.push_back(event);
    sift_up(events_.size() - 1);
  }

  Event pop() {
    const Event first = events_.front();
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sift_down(last);
    return first;
  }

  /// In no particular order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    for (const Event& event : events_) visit(event);
  }
  /// Takes out the events for which `condition` holds. O(n).
  template <class Condition>
  void remove_if(Condition&& condition) {
    if (std::erase_if(events_, condition) == 0) return;
    for (std::size_t hole = events_.size(); hole-- > 0;) sift_down(Event{events_[hole]}, hole);
  }

 private:
  static constexpr std::size_t arity = 4;

  void sift_up(std::size_t hole) {
    const Event event = events_[hole];
    const EventOrder order = order_of(event);
    while (hole > 0) {
      const std::size_t parent = (hole - 1) / arity;
      if (order_of(events_[parent]) <= order) break;
      events_[hole] = events_[parent];
      hole = parent;
    }
    events_[hole] = event;
  }

  /// Places `event` in the subtree of `hole`, whose place is free.
  void sift_down(const Event& event, std::size_t hole = 0) {
    const EventOrder order = order_of(event);
    const std::size_t count = events_.size();
    while (true) {
      const std::size_t first_child = hole * arity + 1;
      if (first_child >= count) break;
      const std::size_t end = first_child + arity < count ? first_child + arity : count;
      std::size_t least = first_child;
      EventOrder least_order = order_of(events_[first_child]);
      for (std::size_t child = first_child + 1; child < end; ++child) {
        const EventOrder child_order = order_of(events_[child]);
        if (child_order < least_order) {
          least = child;
          least_order = child_order;
        }
      }
      if (order <= least_order) break;
      events_[hole] = events_[least];
      hole = least;
    }
    events_[hole] = event;
  }

  std::vector<Event> events_;
};

}  // namespace peercap
