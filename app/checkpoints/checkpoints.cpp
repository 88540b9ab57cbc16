#include "app/checkpoints/checkpoints.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/provenance.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/state_archive.h"

namespace peercap::app {

using peer_support::ReplicationOutcome;

namespace {

/// A replication that has run for less is not worth being saved when the run ends.
constexpr std::chrono::milliseconds worth_saving{1000};

template <class T>
std::vector<std::byte> bytes_of(const T& value) {
  StateWriter writer;
  writer(value);
  return writer.take();
}

}  // namespace

/// Decides at each of a replication's windows whether to save it.
class Checkpoints::Control final : public RunControl {
 public:
  Control(Checkpoints& checkpoints, std::uint64_t replication)
      : checkpoints_{checkpoints},
        replication_{replication},
        worth_{std::min(worth_saving, checkpoints.interval_)},
        timer_{checkpoints.interval_} {}

  Wish at(SimTime, std::uint64_t) override {
    if (checkpoints_.is_stopped()) {
      const bool is_worth_it = timer_.since_save() >= worth_ || checkpoints_.has_failed_;
      return is_worth_it ? Wish::save_and_stop : Wish::stop;
    }
    if (timer_.is_due()) return Wish::save;
    checkpoints_.save_finished_if_due();
    return Wish::go_on;
  }

  void keep(RunState&& state) override {
    const auto begin = Clock::now();
    checkpoints_.save_state(replication_, state);
    timer_.set(begin);
  }

 private:
  Checkpoints& checkpoints_;
  std::uint64_t replication_;
  std::chrono::milliseconds worth_;
  SaveTimer timer_;
};

Checkpoints::Checkpoints(PartialFolder& folder, const RunManifest& manifest, const peer_support::Rules& rules,
                         peer_support::ResultBuilder& results, std::chrono::milliseconds interval)
    : folder_{folder},
      manifest_{manifest},
      identity_{manifest.identity.digest()},
      rules_{rules},
      results_{results},
      interval_{interval} {}

void Checkpoints::resume(const Say& say) {
  const std::scoped_lock lock{mutex_};
  std::vector<std::string> notes;
  if (auto finished = folder_.read_finished(identity_, notes)) {
    try {
      // All of it, or nothing of it.
      peer_support::ResultBuilder results{rules_};
      StateReader reader{finished->results};
      results.visit_state(reader);
      reader.expect_end();
      std::map<std::uint64_t, SharedOutcome> waiting;
      for (const auto& [replication, bytes] : finished->waiting) {
        auto outcome = std::make_shared<ReplicationOutcome>();
        StateReader outcome_reader{bytes};
        outcome_reader(*outcome);
        outcome_reader.expect_end();
        waiting.emplace(replication, std::move(outcome));
      }
      results_ = std::move(results);
      waiting_ = std::move(waiting);
      books_ = std::move(finished->books);
      has_saved_finished_ = true;
      saved_finished_ = books_.settled - books_.failures.size() + waiting_.size();
    } catch (const StateFormatError& error) {
      notes.push_back(fmt::format("what was finished cannot be used: {}; it is run again", error.what()));
    }
  }
  earlier_wall_seconds_ = books_.wall_seconds;
  earlier_processor_seconds_ = books_.processor_seconds;
  for (const std::uint64_t replication : folder_.states())
    if (replication >= books_.settled && !waiting_.contains(replication))
      in_progress_.emplace(replication, std::nullopt);
  for (const std::string& note : notes) say(note);
}

void Checkpoints::begin(const std::atomic<bool>& stop, Say say) {
  stop_ = &stop;
  say_ = std::move(say);
  ++books_.sittings;
}

SharedOutcome Checkpoints::run(std::uint64_t replication, Engine& engine) {
  bool has_state = false;
  {
    const std::scoped_lock lock{mutex_};
    if (const auto found = waiting_.find(replication); found != waiting_.end()) return found->second;
    has_state = in_progress_.contains(replication);
  }
  const auto number = static_cast<std::uint32_t>(replication);
  SharedOutcome outcome;
  Control control{*this, replication};
  if (has_state) {
    std::vector<std::string> notes;
    const std::optional<RunState> state = folder_.read_state(identity_, replication, notes);
    for (const std::string& note : notes) say_(note);
    try {
      if (state)
        outcome = std::make_shared<ReplicationOutcome>(
            run_replication(rules_, number, engine, nullptr, &control, &*state));
    } catch (const StateFormatError& error) {
      say_(fmt::format("replication {} cannot go on: {}; it is run again", replication, error.what()));
    }
  }
  if (!outcome)
    outcome =
        std::make_shared<ReplicationOutcome>(run_replication(rules_, number, engine, nullptr, &control));
  const std::scoped_lock lock{mutex_};
  waiting_.emplace(replication, outcome);
  is_changed_ = true;
  return outcome;
}

void Checkpoints::deliver(const SharedOutcome& outcome) {
  {
    const std::scoped_lock lock{mutex_};
    results_.add(*outcome);
    waiting_.erase(outcome->replication);
    ++books_.settled;
    is_changed_ = true;
  }
  save_finished_if_due();
}

void Checkpoints::note_failure(const TaskFailure& failure) {
  const std::scoped_lock lock{mutex_};
  books_.failures.emplace(books_.settled, failure.reason);
  ++books_.settled;
  is_changed_ = true;
}

void Checkpoints::save_state(std::uint64_t replication, const RunState& state) {
  const bool is_saved = try_to_save([&] { folder_.write_state(identity_, replication, state); });
  if (!is_saved) return;
  const std::scoped_lock lock{mutex_};
  in_progress_.insert_or_assign(replication, state.reached);
}

void Checkpoints::save_finished_if_due() {
  const std::unique_lock lock{mutex_, std::try_to_lock};
  if (!lock || !is_changed_ || !finished_timer_.is_due()) return;
  save_finished_locked();
}

bool Checkpoints::save_finished() {
  const std::scoped_lock lock{mutex_};
  return !is_changed_ || save_finished_locked();
}

void Checkpoints::save_before_result() {
  if (Clock::now() - begin_ >= interval_) save_finished();
}

bool Checkpoints::save_finished_locked() {
  const auto begin = Clock::now();
  FinishedReplications finished;
  books_.wall_seconds = earlier_wall_seconds_ + std::chrono::duration<double>(begin - begin_).count();
  books_.processor_seconds = earlier_processor_seconds_ + processor_seconds();
  finished.books = books_;
  StateWriter writer;
  results_.visit_state(writer);
  finished.results = writer.take();
  for (const auto& [replication, outcome] : waiting_) finished.waiting[replication] = bytes_of(*outcome);
  const bool is_saved = try_to_save([&] { folder_.write_finished(identity_, finished); });
  finished_timer_.set(begin);
  if (!is_saved) return false;
  is_changed_ = false;
  has_saved_finished_ = true;
  saved_finished_ = books_.settled - books_.failures.size() + waiting_.size();
  remove_states_of_finished();
  return true;
}

void Checkpoints::remove_states_of_finished() {
  std::erase_if(in_progress_, [&](const auto& state) {
    const bool is_finished = state.first < books_.settled || waiting_.contains(state.first);
    try {
      if (is_finished) folder_.remove_state(state.first);
    } catch (const InputOutputError&) {
      // It only takes room: what is finished comes first when the run goes on.
    }
    return is_finished;
  });
}

bool Checkpoints::try_to_save(const std::function<void()>& save) {
  try {
    {
      const std::scoped_lock lock{manifest_mutex_};
      if (!has_manifest_) folder_.write_manifest(manifest_);
      has_manifest_ = true;
    }
    save();
  } catch (const InputOutputError& error) {
    has_failed_ = true;
    if (is_stopped()) {
      say_(fmt::format("the run could not be saved: {}", error.what()));
    } else if (!has_told_failure_.exchange(true)) {
      const SimDuration interval{std::chrono::microseconds{interval_}.count()};
      say_(fmt::format("the run could not be saved: {}\nIt goes on, and saving is tried again every {}",
                       error.what(), yaml::value_text(interval)));
    }
    return false;
  }
  has_failed_ = false;
  return true;
}

bool Checkpoints::has_saved() const {
  const std::scoped_lock lock{mutex_};
  return has_saved_finished_ || !in_progress_.empty();
}

std::string Checkpoints::saved_text() const {
  const std::scoped_lock lock{mutex_};
  const std::uint64_t finished = saved_finished_;
  const std::size_t states = in_progress_.size();
  std::string text = fmt::format("{} of {} replications {} finished", finished,
                                 manifest_.identity.replications, finished == 1 ? "is" : "are");
  if (states == 0) return text;
  text += fmt::format(", {} more {} saved in progress", states, states == 1 ? "is" : "are");
  std::optional<SimTime> furthest;
  for (const auto& [replication, reached] : in_progress_)
    if (reached && (!furthest || *reached > *furthest)) furthest = reached;
  // With a twin a replication is several runs, and how far one of them is says little.
  if (!furthest || rules_.twin != nullptr) return text;
  const double share = static_cast<double>((*furthest - rules_.begin).ticks()) /
                       static_cast<double>((rules_.end - rules_.begin).ticks());
  return text + fmt::format(" ({}at {:.0f} %)", states == 1 ? "" : "the furthest ", 100.0 * share);
}

double Checkpoints::wall_seconds() const {
  const std::scoped_lock lock{mutex_};
  return earlier_wall_seconds_ + std::chrono::duration<double>(Clock::now() - begin_).count();
}

double Checkpoints::all_processor_seconds() const {
  const std::scoped_lock lock{mutex_};
  return earlier_processor_seconds_ + processor_seconds();
}

}  // namespace peercap::app
