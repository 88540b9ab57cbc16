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
#include "sim/kernel/run_capture.h"

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
  /// While nobody holds one: the own observer has seen everything afterwards, the others nothing.
  void merge() {
    if (own_ == nullptr) return;
    free_.clear();
    for (auto& fork : forks_) {
      own_->absorb(*fork);
      fork = own_->fork();
      free_.push_back(fork.get());
    }
    free_.push_back(own_);
  }
  [[nodiscard]] Observer* own() const { return own_; }

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
        if ((pops_++ & stop_check_mask) == 0 && stop_ != nullptr && stop_->load(std::memory_order_relaxed))
          return;
        const Event event = pending_.pop();
        at_ = order_of(event);
        if (dispatcher_.dispatch(event)) ++events_;
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
  void add_pending_to(std::vector<Event>& events) const {
    pending_.for_each([&](const Event& event) { events.push_back(event); });
  }
  void resume_with(const Event& event) { pending_.push(event); }
  [[nodiscard]] bool failed() const { return failure_ != nullptr; }
  [[nodiscard]] EventOrder failed_at() const { return at_; }
  [[noreturn]] void rethrow() const { std::rethrow_exception(failure_); }
  [[nodiscard]] std::uint64_t events() const { return events_; }
  [[nodiscard]] std::uint64_t skipped_timers() const { return context_.skipped_timers(); }
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
  std::uint64_t pops_ = 0;
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

/// Keeps windows so short that a RunControl is asked about as often as by one queue; unlimited where there is
/// none. Counts events, not the time they take: windows are the same in each run.
class WindowLimit {
 public:
  WindowLimit(const ControlPoint& control, const RunSpan& span)
      : length_{control.is_set()
                    ? std::max(SimDuration{(span.end - span.begin).ticks() / 1024}, SimDuration{1})
                    : SimDuration{SimTime::never().ticks()}},
        adapts_{control.is_set()} {}

  [[nodiscard]] SimDuration length() const { return length_; }
  void follow(std::uint64_t events_in_window) {
    constexpr std::uint64_t many = 1U << 16;
    constexpr std::uint64_t few = 1U << 12;
    if (!adapts_) return;
    if (events_in_window > many && length_ > SimDuration{1}) length_ = SimDuration{length_.ticks() / 2};
    if (events_in_window < few && length_ < SimDuration{SimTime::never().ticks() / 2}) length_ += length_;
  }

 private:
  SimDuration length_;
  bool adapts_;
};

/// One run: partitions, windows and what goes on between them.
class WindowRun {
 public:
  WindowRun(const Topology& topology, const RandomSource& random, const RunSpan& span, Observer* observer,
            const Partitioning& partitioning, Executor& executor, const ConservativeOptions& options,
            WindowStatistics& statistics)
      : topology_{topology},
        random_{random},
        span_{span},
        partitioning_{partitioning},
        executor_{executor},
        enough_to_share_{std::max<std::size_t>(2, std::min(partitioning.size(), 4 * options.threads))},
        statistics_{statistics},
        records_(topology.size()),
        inboxes_(partitioning.size()),
        observers_{observer, executor.thread_count()},
        partitions_(partitioning.size()),
        control_{span.control},
        limit_{control_, span} {}

  RunReport run() {
    if (span_.resume_from != nullptr)
      resume(*span_.resume_from);
    else
      start();
    if (control_.is_set()) ask();
    while (go_on()) {
    }
    executor_.for_each(partitions_.size(), [&](std::size_t i) { partitions_[i]->finish(); });
    throw_first_failure(partitions_);
    for (const auto& partition : partitions_) {
      statistics_.messages += partition->posted();
      statistics_.handling += partition->handling();
    }
    observers_.merge();
    RunReport report = so_far();
    report.digest = digest_of(records_);
    return report;
  }

 private:
  void make_partition(std::size_t i) {
    partitions_[i] =
        std::make_unique<Partition>(topology_, random_, span_, partitioning_, static_cast<std::uint32_t>(i),
                                    records_, inboxes_, observers_);
  }
  void start() {
    executor_.for_each(partitions_.size(), [&](std::size_t i) {
      make_partition(i);
      partitions_[i]->start();
    });
    throw_first_failure(partitions_);
  }
  void resume(const RunState& state) {
    records_ = restore_run(state, topology_, span_, observers_.own());
    executor_.for_each(partitions_.size(), [&](std::size_t i) { make_partition(i); });
    for (const Event& event : state.pending)
      partitions_[partitioning_.partition_of[event.target.index()]]->resume_with(event);
    before_.events = state.events;
    before_.skipped_timers = state.skipped_timers;
    reached_ = state.reached;
  }

  /// Handles the next window, or goes to the next cut; false where nothing is left to do.
  bool go_on() {
    const bool timed = statistics_.windows % windows_for_one_timed == 0;
    const Clock::time_point began = timed ? Clock::now() : Clock::time_point{};
    SimTime begin = span_.end;
    for (const auto& partition : partitions_) begin = std::min(begin, partition->next_with(1 - turn_));
    const SimTime cut = std::min(control_.next_cut(), span_.end);
    if (begin >= cut && cut < span_.end) {
      reached_ = cut;
      ask();
      return true;
    }
    if (span_.stop != nullptr && span_.stop->load(std::memory_order_relaxed)) throw RunInterrupted{};
    if (begin >= span_.end) return false;
    const SimDuration length = std::min(statistics_.lookahead, limit_.length());
    handle_window(std::min(saturating_add(begin, length), cut), timed, began);
    if (control_.is_set()) ask();
    return true;
  }

  /// Up to `end`; a window that is timed `began` at some time of the clock.
  void handle_window(SimTime end, bool timed, Clock::time_point began) {
    busy_.clear();
    for (const auto& partition : partitions_) {
      partition->take_mail(1 - turn_);
      if (partition->next() < end) busy_.push_back(partition.get());
    }
    ++statistics_.windows;
    const auto run_window = [&](std::size_t i) {
      timed ? busy_[i]->run_timed_window(end, turn_) : busy_[i]->run_window(end, turn_);
    };
    if (timed) statistics_.exchanging += Clock::now() - began;
    if (busy_.size() < enough_to_share_) {
      for (std::size_t i = 0; i < busy_.size(); ++i) run_window(i);
    } else {
      ++statistics_.shared_windows;
      executor_.for_each(busy_.size(), run_window);
    }
    if (timed) {
      ++statistics_.timed_windows;
      statistics_.timed += Clock::now() - began;
    }
    throw_first_failure(busy_);
    turn_ = 1 - turn_;
    reached_ = end;
  }

  void ask() {
    // A partition that was asked to stop may have left its window half done.
    if (span_.stop != nullptr && span_.stop->load(std::memory_order_relaxed)) throw RunInterrupted{};
    const RunReport report = so_far();
    limit_.follow(report.events - asked_at_);
    asked_at_ = report.events;
    control_.ask(reached_, report.events, [&] {
      observers_.merge();
      std::vector<Event> pending;
      for (const auto& partition : partitions_) {
        partition->take_mail(1 - turn_);
        partition->add_pending_to(pending);
      }
      return capture_run(topology_, records_, observers_.own(), std::move(pending), reached_, report);
    });
  }

  [[nodiscard]] RunReport so_far() const {
    RunReport report = before_;
    for (const auto& partition : partitions_) {
      report.events += partition->events();
      report.skipped_timers += partition->skipped_timers();
    }
    return report;
  }

  const Topology& topology_;
  const RandomSource& random_;
  const RunSpan& span_;
  const Partitioning& partitioning_;
  Executor& executor_;
  std::size_t enough_to_share_;  ///< partitions: waking a thread takes as long as a few events
  WindowStatistics& statistics_;
  std::vector<ProcessRecord> records_;
  std::vector<Inbox> inboxes_;
  ObserverPool observers_;
  Partitions partitions_;
  std::vector<Partition*> busy_;  ///< in the present window
  ControlPoint control_;
  WindowLimit limit_;
  RunReport before_;  ///< the resumption
  SimTime reached_ = span_.begin;
  std::uint64_t asked_at_ = 0;  ///< events
  std::size_t turn_ = 1;        ///< what was sent while starting lies in box 0
};

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
  statistics_ = {.partitions = partitioning.size(),
                 .lookahead = std::min(partitioning.lookahead, options_.longest_window)};
  return WindowRun{topology, random, span, observer, partitioning, *executor_, options_, statistics_}.run();
}

}  // namespace peercap
