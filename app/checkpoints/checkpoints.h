#pragma once

#include <algorithm>
#include <atomic>
#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "app/checkpoints/partial_folder.h"
#include "models/peer_support/model.h"
#include "models/peer_support/results/result_builder.h"
#include "sim/study/replication_runner.h"

namespace peercap::app {

using SharedOutcome = std::shared_ptr<const peer_support::ReplicationOutcome>;

/// When something is to be saved again: after an interval, and after nine times as long as saving took, so
/// that a slow disk does not slow a run down by more than a tenth.
class SaveTimer {
 public:
  using Clock = std::chrono::steady_clock;

  explicit SaveTimer(Clock::duration interval) : interval_{interval} {}

  [[nodiscard]] bool is_due() const { return since_save() >= pause_; }
  [[nodiscard]] Clock::duration since_save() const { return Clock::now() - saved_; }
  /// At the end of saving, or of the attempt.
  void set(Clock::time_point begin) {
    saved_ = Clock::now();
    pause_ = std::max(interval_, 9 * (saved_ - begin));
  }

 private:
  Clock::duration interval_;
  Clock::duration pause_ = interval_;
  Clock::time_point saved_ = Clock::now();
};

/// Saves an unfinished run again and again, and gives back what an earlier process saved.
///
/// Replications in progress are saved by their own threads, each once an interval; those that are finished
/// together, as the results so far and the outcomes that wait for their turn. A run that ends within the
/// first interval writes nothing. When something cannot be saved (a full disk), that is said once, the run
/// goes on, and the next interval tries again.
class Checkpoints {
 public:
  using Clock = std::chrono::steady_clock;
  using Say = std::function<void(const std::string& line)>;

  /// `results` gathers what is delivered.
  Checkpoints(PartialFolder& folder, const RunManifest& manifest, const peer_support::Rules& rules,
              peer_support::ResultBuilder& results, std::chrono::milliseconds interval);

  /// Takes over what the folder holds. Notes of what had to be left out go to `say`.
  void resume(const Say& say);

  /// To be called before the first replication begins. `stop` is set when the run is to be saved and ended;
  /// `say` may be called from any thread.
  void begin(const std::atomic<bool>& stop, Say say);
  /// To be called when no worker runs any more, before what begin() was given goes out of scope.
  void say_through(Say say) { say_ = std::move(say); }

  [[nodiscard]] std::uint64_t settled() const { return books_.settled; }
  [[nodiscard]] const RunBooks& books() const { return books_; }

  /// Runs a replication that is not settled: from its beginning, from where it was saved, or not at all where
  /// its outcome was. Called by workers. Throws RunInterrupted when it was stopped, saved or not.
  [[nodiscard]] SharedOutcome run(std::uint64_t replication, Engine& engine);

  /// In the order of the replications.
  void deliver(const SharedOutcome& outcome);
  void note_failure(const TaskFailure& failure);

  /// Saves what is finished and not yet saved, when no worker runs any more. Whether that succeeded.
  bool save_finished();
  /// Saves what is finished if the run has taken longer than an interval: writing a large result takes its
  /// time.
  void save_before_result();
  /// Whether the folder holds anything to go on from, and what: "3 of 10 replications are finished, 1 more is
  /// saved in progress (at 63 %)".
  [[nodiscard]] bool has_saved() const;
  [[nodiscard]] std::string saved_text() const;
  /// Of this process and of those before it that worked on the run.
  [[nodiscard]] double wall_seconds() const;
  [[nodiscard]] double all_processor_seconds() const;

 private:
  class Control;
  friend class Control;

  [[nodiscard]] bool is_stopped() const { return stop_->load(std::memory_order_relaxed); }
  void save_state(std::uint64_t replication, const RunState& state);
  void save_finished_if_due();
  bool save_finished_locked();
  bool try_to_save(const std::function<void()>& save);
  void remove_states_of_finished();

  PartialFolder& folder_;
  const RunManifest manifest_;
  const std::string identity_;
  const peer_support::Rules& rules_;
  peer_support::ResultBuilder& results_;
  const std::chrono::milliseconds interval_;
  const std::atomic<bool>* stop_ = nullptr;
  Say say_;
  const Clock::time_point begin_ = Clock::now();

  mutable std::mutex mutex_;  ///< of all that follows
  RunBooks books_;
  double earlier_wall_seconds_ = 0.0;
  double earlier_processor_seconds_ = 0.0;
  std::map<std::uint64_t, SharedOutcome> waiting_;  ///< finished, and not delivered yet
  /// Saved states, and how far each is, where that is known.
  std::map<std::uint64_t, std::optional<SimTime>> in_progress_;
  bool is_changed_ = false;  ///< since what is finished was saved last
  bool has_saved_finished_ = false;
  std::uint64_t saved_finished_ = 0;  ///< replications
  SaveTimer finished_timer_{interval_};

  std::mutex manifest_mutex_;  ///< taken last
  bool has_manifest_ = false;
  std::atomic<bool> has_failed_{false};  ///< the last attempt to save
  std::atomic<bool> has_told_failure_{false};
};

}  // namespace peercap::app
