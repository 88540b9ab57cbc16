#include "sim/study/ordered_window.h"

#include <chrono>
#include <utility>

namespace peercap::detail {
namespace {

/// A signal handler may set a flag but not wake a thread, so the waiting consumer looks at it this often.
constexpr std::chrono::milliseconds stop_polling_interval{20};

}  // namespace

OrderedWindow::OrderedWindow(std::size_t task_count, std::size_t width, FailurePolicy policy,
                             const std::atomic<bool>* stop)
    : policy_{policy}, stop_{stop}, slots_(width), end_{task_count} {}

bool OrderedWindow::stop_requested() const {
  return stop_ != nullptr && stop_->load(std::memory_order_relaxed);
}

void OrderedWindow::close_locked() {
  end_ = claimed_;
  may_claim_.notify_all();
  may_deliver_.notify_all();
}

void OrderedWindow::close() {
  const std::lock_guard lock{mutex_};
  close_locked();
}

std::optional<std::size_t> OrderedWindow::claim() {
  std::unique_lock lock{mutex_};
  may_claim_.wait(lock, [this] { return claimed_ == end_ || claimed_ < released_ + slots_.size(); });
  if (stop_requested()) close_locked();
  if (claimed_ == end_) return std::nullopt;
  ++running_;
  return claimed_++;
}

void OrderedWindow::finish(std::size_t index, TaskResult result) {
  const std::lock_guard lock{mutex_};
  --running_;
  if (result.end == TaskEnd::interrupted || (result.end == TaskEnd::failed && policy_ == FailurePolicy::stop))
    close_locked();
  // An interrupted task leaves a gap that nothing behind it is delivered across.
  if (result.end != TaskEnd::interrupted) slots_[slot_of(index)] = std::move(result);
  may_deliver_.notify_one();
}

std::optional<OrderedWindow::Front> OrderedWindow::wait_for_front() {
  std::unique_lock lock{mutex_};
  while (true) {
    auto& front = slots_[slot_of(released_)];
    if (front) {
      Front taken{released_, std::move(*front)};
      front.reset();
      return taken;
    }
    if (claimed_ == end_ && running_ == 0) return std::nullopt;
    if (stop_ == nullptr)
      may_deliver_.wait(lock);
    else
      may_deliver_.wait_for(lock, stop_polling_interval);
    if (stop_requested() && claimed_ != end_) close_locked();
  }
}

void OrderedWindow::release_front() {
  const std::lock_guard lock{mutex_};
  ++released_;
  may_claim_.notify_one();
}

}  // namespace peercap::detail
