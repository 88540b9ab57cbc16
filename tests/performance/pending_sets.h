#pragma once

#include <cstddef>
#include <queue>
#include <vector>

#include "sim/event/event.h"

/// Pending-event sets that were not chosen, to be measured beside EventHeap and EventLadder. All pop in the
/// total order of events.
namespace peercap::performance {

/// The standard library's binary heap.
class BinaryHeap {
 public:
  [[nodiscard]] bool empty() const { return queue_.empty(); }
  [[nodiscard]] std::size_t size() const { return queue_.size(); }
  [[nodiscard]] const Event& top() const { return queue_.top(); }
  void push(const Event& event) { queue_.push(event); }
  Event pop() {
    const Event first = queue_.top();
    queue_.pop();
    return first;
  }

 private:
  struct Later {
    bool operator()(const Event& x, const Event& y) const { return order_of(x) > order_of(y); }
  };
  std::priority_queue<Event, std::vector<Event>, Later> queue_;
};

/// An implicit 4-ary heap whose root stays free after a pop: the next push sifts down from there, instead of
/// a pop sifting down the last event and a push sifting up the new one.
class ReplacingHeap {
 public:
  [[nodiscard]] bool empty() const { return size() == 0; }
  [[nodiscard]] std::size_t size() const { return events_.size() - (root_is_free_ ? 1 : 0); }
  [[nodiscard]] const Event& top() {
    fill_root();
    return events_.front();
  }
  void push(const Event& event) {
    if (root_is_free_) {
      root_is_free_ = false;
      sift_down(event);
    } else {
      events_.push_back(event);
      sift_up(events_.size() - 1);
    }
  }
  Event pop() {
    fill_root();
    root_is_free_ = true;
    return events_.front();
  }

 private:
  static constexpr std::size_t arity = 4;

  void fill_root() {
    if (!root_is_free_) return;
    root_is_free_ = false;
    const Event last = events_.back();
    events_.pop_back();
    if (!events_.empty()) sift_down(last);
  }
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
  void sift_down(const Event& event) {
    const EventOrder order = order_of(event);
    const std::size_t count = events_.size();
    std::size_t hole = 0;
    for (std::size_t child = 1; child < count; child = hole * arity + 1) {
      const std::size_t end = child + arity < count ? child + arity : count;
      std::size_t least = child;
      EventOrder least_order = order_of(events_[child]);
      for (std::size_t i = child + 1; i < end; ++i) {
        const EventOrder other = order_of(events_[i]);
        if (other < least_order) {
          least = i;
          least_order = other;
        }
      }
      if (order <= least_order) break;
      events_[hole] = events_[least];
      hole = least;
    }
    events_[hole] = event;
  }

  std::vector<Event> events_;
  bool root_is_free_ = false;
};

}  // namespace peercap::performance
