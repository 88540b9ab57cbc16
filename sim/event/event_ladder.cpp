#include "sim/event/event_ladder.h"

#include <algorithm>
#include <utility>

namespace peercap {
namespace {

/// Events that one heap holds well within the first-level cache; more are spread over another rung.
constexpr std::size_t few = 48;
/// Buckets are cut for about so many events each.
constexpr std::uint64_t events_a_bucket = 4;
constexpr std::uint64_t least_buckets = 8;

}  // namespace

void EventLadder::refill() {
  while (true) {
    while (depth_ > 0) {
      Rung& rung = rungs_[depth_ - 1];
      while (rung.current < rung.count && rung.buckets[rung.current].count == 0) ++rung.current;
      if (rung.current == rung.count) {
        near_end_ = rung.end;
        --depth_;
        continue;
      }
      // In unsigned arithmetic: a rung can span all of time.
      const auto first = static_cast<std::uint64_t>(rung.begin);
      const std::uint64_t offset = std::uint64_t{rung.current} << rung.width_log2;
      const std::uint64_t left = static_cast<std::uint64_t>(rung.end) - first - offset;
      const auto begin = static_cast<std::int64_t>(first + offset);
      const auto end =
          static_cast<std::int64_t>(first + offset + std::min(std::uint64_t{1} << rung.width_log2, left));
      const Rung::Bucket bucket = std::exchange(rung.buckets[rung.current++], {});
      if (bucket.count > few && rung.width_log2 > 0 && depth_ < most_rungs) {
        add_rung(bucket.first, bucket.count, begin, end);
        continue;
      }
      near_end_ = end;
      move_near(bucket.first);
      return;
    }
    if (far_count_ <= few) {
      near_end_ = forever;
      move_near(std::exchange(far_, none));
      far_count_ = 0;
      far_min_ = forever;
      far_max_ = std::numeric_limits<std::int64_t>::min();
      return;
    }
    add_rung(std::exchange(far_, none), std::exchange(far_count_, 0), std::exchange(far_min_, forever),
             std::exchange(far_max_, std::numeric_limits<std::int64_t>::min()) + 1);
  }
}

void EventLadder::spread() {
  near_end_ = near_.top().time.ticks();
  while (!near_.empty()) add_to_far(near_.pop());
}

void EventLadder::move_near(std::uint32_t list) {
  while (list != none) {
    near_.push(nodes_[list]);
    const std::uint32_t node = list;
    list = std::exchange(next_[node], free_);
    free_ = node;
  }
}

void EventLadder::add_rung(std::uint32_t list, std::size_t count, std::int64_t begin, std::int64_t end) {
  Rung& rung = rungs_[depth_++];
  const std::uint64_t span = static_cast<std::uint64_t>(end) - static_cast<std::uint64_t>(begin);
  rung.begin = begin;
  rung.end = end;
  rung.width_log2 = 0;
  while ((span >> rung.width_log2) > count / events_a_bucket + least_buckets) ++rung.width_log2;
  rung.current = 0;
  rung.count = static_cast<std::size_t>((span - 1) >> rung.width_log2) + 1;
  if (rung.buckets.size() < rung.count) rung.buckets.resize(rung.count);
  while (list != none) {
    const std::uint32_t node = list;
    list = next_[node];
    rung.link(nodes_[node].time.ticks(), node, next_);
  }
}

}  // namespace peercap
