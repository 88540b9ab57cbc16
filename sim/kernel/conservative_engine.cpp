#include "sim/kernel/conservative_engine.h"

#include <algorithm>
#include <chrono>
#include <exception>
#include <limits>
#include <memory>
#include <mutex>
#include <utility>
#include <vector>

#include "sim/event/pending_events.h"
#include "sim/kernel/dispatcher.h"
#include "sim/kernel/partitioning.h"

namespace peercap {
namespace {

/// Observers for as many partitions as run at a time: the run's own and forks of it. Which one hears a fact
/// cannot matter, since observers merge in any order.
class ObserverPool {
 public:
  ObserverPool(Observer* own, std::size_t threads) : own_{own} {
    if (own == nullptr) return;
    for (std::size_t i = 1; i < threads; ++i) forks_.push_back(own->fork());
    for (const auto& fork : forks_) free_.push_back(fork.get());
    free_.push_back(own);
  }

  [[nodiscard]] Observer* take() {
    if (own_ == nullptr) return nullptr;
    const std::lock_guard lock{mutex_};
    Observer* observer = free_.back();
    free_.pop_back();
    return observer;
  }
  void give_back(Observer* observer) {
    if (own_ == nullptr) return;
    const std::lock_guard lock{mutex_};
    free_.push_back(observer);
  }
  void merge() {
    for (const auto& fork : forks_) own_->absorb(*fork);
  }

 private:
  Observer* own_;
  std::vector<std::unique_ptr<Observer>> forks_;
  std::mutex mutex_;
  std::vector<Observer*> free_;
};

using Clock = std::chrono::steady_clock;
constexpr std::uint64_t windows_for_one_timed = 13;

/// A group of processes with a queue and a context of their own. Aligned so that two threads
/// never write to one line of the cache.
class alignas(64) Partition {
 public:
  Partition(const Topology& topology, const RandomSource& random, const RunSpan& span,
            const Partitioning& partitioning, std::uint32_t own, std::vector<ProcessRecord>& records,
            std::vector<Inbox>& inboxes, ObserverPool& observers)
      : processes_{partitioning.processes[own]},
        inbox_{inboxes[own]},
        stop_{span.stop},
        observers_{observers},
        mail_{partitioning.partition_of, own, inboxes},
        context_{topology, random, pending_, records, nullptr},
        dispatcher_{topology, context_, records, span.begin, span.end, &mail_} {}

  void start() {
    guarded([&] {
      for (const ProcessId id : processes_) dispatcher_.start(id);
    });
  }
  /// Handles everything before `end`. What it sends is read in the next window; `turn` says which box that
  /// is.
  void run_window(SimTime end, std::size_t turn) {
    mail_.set_turn(turn);
    guarded([&] {
      constexpr std::uint64_t stop_check_mask = 0xfff;
      while (!pending_.empty() && pending_.top().time < end) {
        if (((events_ + skipped_) & stop_check_mask) == 0 && stop_ != nullptr &&
            stop_->load(std::memory_order_relaxed))
          return;
        const Event event = pending_.pop();
        at_ = order_of(event);
        ++(dispatcher_.dispatch(event) ? events_ : skipped_);
      }
    });
  }
  void run_timed_window(SimTime end, std::size_t turn) {
    const Clock::time_point began = Clock::now();
    run_window(end, turn);
    handling_ += Clock::now() - began;
  }
  void finish() {
    guarded([&] {
      for (const ProcessId id : processes_) dispatcher_.finish(id);
    });
  }

  /// Between windows: the time of the next event, without and with those that lie in the box `turn`.
  [[nodiscard]] SimTime next() { return pending_.empty() ? SimTime::never() : pending_.top().time; }
  [[nodiscard]] SimTime next_with(std::size_t turn) { return std::min(next(), inbox_.earliest(turn)); }
  void take_mail(std::size_t turn) { inbox_.empty_into(pending_, turn); }
  [[nodiscard]] bool failed() const { return failure_ != nullptr; }
  [[nodiscard]] EventOrder failed_at() const { return at_; }
  [[noreturn]] void rethrow() const { std::rethrow_exception(failure_); }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t skipped() const { return skipped_; }
  [[nodiscard]] std::uint64_t posted() const { return mail_.posted(); }
  [[nodiscard]] std::chrono::nanoseconds handling() const { return handling_; }

 private:
  template <class Act>
  void guarded(Act&& act) {
    Observer* const observer = observers_.take();
    dispatcher_.listen(observer);
    try {
      act();
    } catch (...) {
      failure_ = std::current_exception();
    }
    observers_.give_back(observer);
  }

  const std::vector<ProcessId>& processes_;
  Inbox& inbox_;
  const std::atomic<bool>* stop_;
  ObserverPool& observers_;
  PendingEvents pending_;
  Mail mail_;
  Context context_;
  Dispatcher dispatcher_;
  std::exception_ptr failure_;
  EventOrder at_ = 0;  ///< of the event handled last
  std::uint64_t events_ = 0;
  std::uint64_t skipped_ = 0;
  std::chrono::nanoseconds handling_{};  ///< in windows that were timed
};

using Partitions = std::vector<std::unique_ptr<Partition>>;

/// The failure that one queue would have met first.
template <class Pointers>
void throw_first_failure(const Pointers& partitions) {
  const Partition* first = nullptr;
  for (const auto& partition : partitions)
    if (partition->failed() && (first == nullptr || partition->failed_at() < first->failed_at()))
      first = &*partition;
  if (first != nullptr) first->rethrow();
}

}  // namespace

double WindowStatistics::waiting_share(std::size_t threads) const {
  if (timed.count() == 0) return std::numeric_limits<double>::quiet_NaN();
  const auto all = static_cast<double>(timed.count()) * static_cast<double>(threads);
  return 1.0 - static_cast<double>(handling.count()) / all;
}

ConservativeEngine::ConservativeEngine(const ConservativeOptions& options)
    : options_{options}, executor_{make_executor(options.executor, options.threads)} {}

RunReport ConservativeEngine::run(const Topology& topology, const RandomSource& random, const RunSpan& span,
                                  Observer* observer) {
  const std::size_t wanted =
      options_.partitions > 0 ? options_.partitions : recommended_partitions(topology, options_.threads);
  const Partitioning partitioning =
      options_.scattered ? scatter(topology, wanted) : partition_by_load(topology, wanted);
  const std::size_t count = partitioning.size();
  std::vector<ProcessRecord> records(topology.size());
  std::vector<Inbox> inboxes(count);
  Partitions partitions(count);
  ObserverPool observers{observer, executor_->thread_count()};
  executor_->for_each(count, [&](std::size_t i) {
    partitions[i] = std::make_unique<Partition>(topology, random, span, partitioning,
                                                static_cast<std::uint32_t>(i), records, inboxes, observers);
    partitions[i]->start();
  });
  throw_first_failure(partitions);

  statistics_ = {.partitions = count, .lookahead = std::min(partitioning.lookahead, options_.longest_window)};
  std::size_t turn = 1;  // what was sent while starting lies in box 0
  // Waking a thread takes as long as a few events.
  const std::size_t enough_to_share = std::max<std::size_t>(2, std::min(count, 4 * options_.threads));
  std::vector<Partition*> busy;
  while (true) {
    const bool timed = statistics_.windows % windows_for_one_timed == 0;
    const Clock::time_point began = timed ? Clock::now() : Clock::time_point{};
    SimTime begin = SimTime::never();
    for (const auto& partition : partitions) begin = std::min(begin, partition->next_with(1 - turn));
    if (begin >= span.end) break;
    if (span.stop != nullptr && span.stop->load(std::memory_order_relaxed)) throw RunInterrupted{};
    const SimTime end = std::min(saturating_add(begin, statistics_.lookahead), span.end);
    busy.clear();
    for (const auto& partition : partitions) {
      partition->take_mail(1 - turn);
      if (partition->next() < end) busy.push_back(partition.get());
    }
    ++statistics_.windows;
    const auto run_window = [&](std::size_t i) {
      timed ? busy[i]->run_timed_window(end, turn) : busy[i]->run_window(end, turn);
    };
    if (timed) statistics_.exchanging += Clock::now() - began;
    if (busy.size() < enough_to_share) {
      for (std::size_t i = 0; i < busy.size(); ++i) run_window(i);
    } else {
      ++statistics_.shared_windows;
      executor_->for_each(busy.size(), run_window);
    }
    if (timed) {
      ++statistics_.timed_windows;
      statistics_.timed += Clock::now() - began;
    }
    throw_first_failure(busy);
    turn = 1 - turn;
  }
  if (span.stop != nullptr && span.stop->load(std::memory_order_relaxed)) throw RunInterrupted{};

  executor_->for_each(count, [&](std::size_t i) { partitions[i]->finish(); });
  throw_first_failure(partitions);
  RunReport report;
  for (const auto& partition : partitions) {
    report.events += partition->events();
    report.skipped_timers += partition->skipped();
    statistics_.messages += partition->posted();
    statistics_.handling += partition->handling();
  }
  observers.merge();
  report.digest = digest_of(records);
  return report;
}

}  // namespace peercap
