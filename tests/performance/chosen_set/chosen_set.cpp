#include <mutex>
#include <utility>

#include "sim/event/pending_events.h"

namespace peercap {
namespace {

std::mutex total_mutex;
PendingEvents::Counts total;

}  // namespace

PendingEvents::Counts PendingEvents::take_counts() {
  const std::lock_guard lock{total_mutex};
  return std::exchange(total, {});
}

PendingEvents::~PendingEvents() {
  const std::lock_guard lock{total_mutex};
  total.pushes += counts_.pushes;
  total.pushes_for_now += counts_.pushes_for_now;
  total.pops += counts_.pops;
  total.pending += counts_.pending;
}

bool PendingEvents::empty() const {
  return size() == 0;
}

std::size_t PendingEvents::size() const {
  switch (kind_) {
    case Kind::ladder:
      return ladder_.size();
    case Kind::replacing_heap:
      return replacing_.size();
    case Kind::binary_heap:
      return binary_.size();
    case Kind::heap:
    case Kind::counting_heap:
      break;
  }
  return heap_.size();
}

const Event& PendingEvents::top() {
  switch (kind_) {
    case Kind::ladder:
      return ladder_.top();
    case Kind::replacing_heap:
      return replacing_.top();
    case Kind::binary_heap:
      return binary_.top();
    case Kind::heap:
    case Kind::counting_heap:
      break;
  }
  return heap_.top();
}

void PendingEvents::push(const Event& event) {
  switch (kind_) {
    case Kind::ladder:
      return ladder_.push(event);
    case Kind::replacing_heap:
      return replacing_.push(event);
    case Kind::binary_heap:
      return binary_.push(event);
    case Kind::counting_heap:
      ++counts_.pushes;
      // Before the first pop nothing is current.
      if (counts_.pops > 0 && event.time == popped_) ++counts_.pushes_for_now;
      break;
    case Kind::heap:
      break;
  }
  heap_.push(event);
}

Event PendingEvents::pop() {
  switch (kind_) {
    case Kind::ladder:
      return ladder_.pop();
    case Kind::replacing_heap:
      return replacing_.pop();
    case Kind::binary_heap:
      return binary_.pop();
    case Kind::counting_heap:
      ++counts_.pops;
      counts_.pending += heap_.size();
      popped_ = heap_.top().time;
      break;
    case Kind::heap:
      break;
  }
  return heap_.pop();
}

}  // namespace peercap
