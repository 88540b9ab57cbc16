#pragma once

#include <algorithm>
#include <array>
#include <cstddef>
#include <cstdint>
#include <limits>
#include <vector>

#include "sim/event/event.h"
#include "sim/event/event_heap.h"

namespace peercap {

/// The pending events of one queue: a ladder queue (W. T. Tang, R. S. M. Goh and I. L.-J. Thng, Ladder queue:
/// an O(1) priority queue structure for large-scale discrete event simulation, ACM TOMACS 15 (2005) 175-204),
/// in the total order of events.
///
/// The far future is a heap of sand: unsorted. Its nearest part lies in rungs of buckets, each rung finer
/// than the one before, unsorted within a bucket; and only the bucket that is being emptied, a few dozen
/// events, is kept in order, by an EventHeap. An event is moved a few times, whatever the number of others:
/// push and pop cost O(1) on average, where a heap of many events costs a miss of the cache at each level.
///
/// As long as there are few events they are one heap.
///
/// Nothing is allocated while the size stays below the largest it has had. What comes out does not depend on
/// how buckets are cut.
class EventLadder {
 public:
  [[nodiscard]] bool empty() const { return size_ == 0; }
  [[nodiscard]] std::size_t size() const { return size_; }

  void push(const Event& event) {
    ++size_;
    const std::int64_t ticks = event.time.ticks();
    if (ticks < near_end_) {
      near_.push(event);
      if (near_end_ == forever && near_.size() > most_together) spread();
      return;
    }
    for (std::size_t i = depth_; i-- > 0;) {
      if (ticks < rungs_[i].end) {
        rungs_[i].link(ticks, store(event), next_);
        return;
      }
    }
    add_to_far(event);
  }

  /// Of a ladder that is not empty. Looking may move events between its parts, hence not const.
  [[nodiscard]] const Event& top() {
    if (near_.empty()) refill();
    return near_.top();
  }
  Event pop() {
    if (near_.empty()) refill();
    --size_;
    return near_.pop();
  }

  /// In no particular order.
  template <class Visit>
  void for_each(Visit&& visit) const {
    near_.for_each(visit);
    const auto visit_list = [&](std::uint32_t list) {
      for (; list != none; list = next_[list]) visit(nodes_[list]);
    };
    for (std::size_t i = 0; i < depth_; ++i)
      for (std::size_t k = rungs_[i].current; k < rungs_[i].count; ++k)
        visit_list(rungs_[i].buckets[k].first);
    visit_list(far_);
  }
  /// Takes out the events for which `condition` holds, in one pass.
  template <class Condition>
  void remove_if(Condition&& condition) {
    near_.remove_if(condition);
    size_ = near_.size();
    for (std::size_t i = 0; i < depth_; ++i)
      for (std::size_t k = rungs_[i].current; k < rungs_[i].count; ++k) {
        Rung::Bucket& bucket = rungs_[i].buckets[k];
        bucket.count = static_cast<std::uint32_t>(remove_from(bucket.first, condition));
        size_ += bucket.count;
      }
    far_count_ = remove_from(far_, condition);
    size_ += far_count_;
  }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  static constexpr std::size_t most_rungs = 8;
  static constexpr std::int64_t forever = std::numeric_limits<std::int64_t>::max();
  /// So many events are one heap and nothing else.
  static constexpr std::size_t most_together = 128;

  /// Buckets of equal width, a power of two, over [begin, end).
  struct Rung {
    struct Bucket {
      std::uint32_t first = none;
      std::uint32_t count = 0;
    };
    std::int64_t begin = 0;
    std::int64_t end = 0;
    int width_log2 = 0;
    std::size_t current = 0;  ///< those before are empty
    std::size_t count = 0;    ///< buckets in use
    std::vector<Bucket> buckets;

    void link(std::int64_t ticks, std::uint32_t node, std::vector<std::uint32_t>& next) {
      Bucket& bucket =
          buckets[(static_cast<std::uint64_t>(ticks) - static_cast<std::uint64_t>(begin)) >> width_log2];
      next[node] = bucket.first;
      bucket.first = node;
      ++bucket.count;
    }
  };

  std::uint32_t store(const Event& event) {
    if (free_ == none) {
      // By a quarter, not to the double: of many ladders most would hold half of their memory empty.
      if (nodes_.size() == nodes_.capacity()) {
        nodes_.reserve(nodes_.size() + nodes_.size() / 4 + 64);
        next_.reserve(nodes_.capacity());
      }
      nodes_.push_back(event);
      next_.push_back(none);
      return static_cast<std::uint32_t>(nodes_.size() - 1);
    }
    const std::uint32_t node = free_;
    free_ = next_[node];
    nodes_[node] = event;
    return node;
  }
  /// The number of events that stay in the list.
  template <class Condition>
  std::size_t remove_from(std::uint32_t& list, Condition& condition) {
    std::size_t kept = 0;
    for (std::uint32_t* link = &list; *link != none;) {
      const std::uint32_t node = *link;
      if (condition(nodes_[node])) {
        *link = next_[node];
        next_[node] = free_;
        free_ = node;
      } else {
        ++kept;
        link = &next_[node];
      }
    }
    return kept;
  }
  void refill();
  void spread();
  void add_to_far(const Event& event) {
    const std::uint32_t node = store(event);
    next_[node] = far_;
    far_ = node;
    ++far_count_;
    far_min_ = std::min(far_min_, event.time.ticks());
    far_max_ = std::max(far_max_, event.time.ticks());
  }
  void move_near(std::uint32_t list);
  void add_rung(std::uint32_t list, std::size_t count, std::int64_t begin, std::int64_t end);

  EventHeap near_;  ///< everything before near_end_
  std::int64_t near_end_ = forever;
  std::array<Rung, most_rungs> rungs_;  ///< of those in use each covers a part of the one before
  std::size_t depth_ = 0;               ///< rungs in use
  std::uint32_t far_ = none;            ///< a list of what comes at or after the first rung's end
  std::size_t far_count_ = 0;
  std::int64_t far_min_ = forever;
  std::int64_t far_max_ = std::numeric_limits<std::int64_t>::min();
  std::vector<Event> nodes_;  ///< events beyond near_end_, in lists
  std::vector<std::uint32_t> next_;
  std::uint32_t free_ = none;
  std::size_t size_ = 0;
};

}  // namespace peercap
