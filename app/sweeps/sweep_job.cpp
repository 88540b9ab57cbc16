#include "app/sweeps/sweep_job.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "app/provenance.h"
#include "app/studies/point_runner.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

using Clock = std::chrono::steady_clock;

/// The first failures are told as they come; the file has all of them.
constexpr int most_told = 5;

double seconds_since(Clock::time_point begin) {
  return std::chrono::duration<double>(Clock::now() - begin).count();
}

/// What of `whole` no block has.
std::vector<RunRange> missing_ranges(RunRange whole, const std::vector<SavedBlock>& blocks) {
  std::vector<RunRange> missing;
  std::uint64_t next = whole.first;
  for (const SavedBlock& block : blocks) {
    if (block.range.first > next) missing.push_back({next, block.range.first});
    next = std::max(next, block.range.end);
  }
  if (next < whole.end) missing.push_back({next, whole.end});
  return missing;
}

class SweepJob {
 public:
  SweepJob(const SweepPlan& plan, SweepFolder& folder, const SweepManifest& manifest,
           const SweepJobOptions& options)
      : plan_{plan},
        folder_{folder},
        options_{options},
        identity_{manifest.identity.digest()},
        manifest_{manifest} {}

  SweepOutcome run() {
    std::vector<std::string> notes;
    const auto before =
        folder_.blocks(identity_, plan_.study().measures.size(), plan_.columns().size(), notes);
    for (const std::string& note : notes) tell(note);
    const std::size_t before_notes = notes.size();
    SweepOutcome outcome;
    for (const SavedBlock& block : before) outcome.done_before += block.range.count();
    done_ = outcome.done_before;
    folder_.write_manifest(manifest_);

    Progress progress{options_.progress, "run", static_cast<std::size_t>(done_)};
    progress_ = &progress;
    PointRunner runner{plan_.study().measures, {.request = options_.request, .stop = options_.stop}};
    for (const RunRange range : missing_ranges(plan_.range(), before)) {
      run_range(runner, range);
      flush();
      if (end_ != SweepEnd::complete) break;
    }
    progress.clear();

    outcome.end = end_;
    outcome.blocks = folder_.blocks(identity_, plan_.study().measures.size(), plan_.columns().size(), notes);
    // A result of fewer runs than it says would look like any other.
    if (end_ == SweepEnd::complete && !missing_ranges(plan_.range(), outcome.blocks).empty())
      throw InputOutputError(folder_.path(), "read back all that was saved in it",
                             notes.size() > before_notes ? notes[before_notes] : "runs are missing",
                             "go on with --resume: what is missing is run again");
    for (const SavedBlock& block : outcome.blocks) {
      outcome.done += block.range.count();
      outcome.wall_seconds += block.wall_seconds;
      outcome.processor_seconds += block.processor_seconds;
      for (const SweepFailure& failure : block.failures)
        add_failure(outcome.failures, failure, plan_.replications());
    }
    return outcome;
  }

 private:
  /// Ends a call of the runner from within a delivery.
  struct JobEnded {};

  /// Part of a point at both ends, whole points between them.
  void run_range(PointRunner& runner, RunRange range) {
    const std::uint64_t width = plan_.replications();
    while (range.first < range.end && end_ == SweepEnd::complete) {
      const std::uint64_t point = range.first / width;
      const std::uint64_t replication = range.first % width;
      if (replication != 0 || range.count() < width) {
        const std::uint64_t count = std::min(width - replication, range.count());
        run_points(runner, point, 1, replication, count);
        range.first += count;
      } else {
        const std::uint64_t points = range.count() / width;
        run_points(runner, point, points, 0, width);
        range.first += points * width;
      }
    }
  }

  void run_points(PointRunner& runner, std::uint64_t first_point, std::uint64_t points, std::uint64_t first,
                  std::uint64_t count) {
    const PointSource source{static_cast<std::size_t>(points), [&, first_point](std::size_t point) {
                               return plan_.design().point(first_point + point);
                             }};
    try {
      const DeliveryReport report =
          runner.run(source, static_cast<std::int64_t>(first), static_cast<std::int64_t>(count),
                     [&](std::size_t point, std::int64_t replication, const PointOutcome& outcome) {
                       take(first_point + point, static_cast<std::uint64_t>(replication), outcome);
                     });
      if (report.end == DeliveryEnd::stopped) end_ = SweepEnd::interrupted;
    } catch (const JobEnded&) {
    }
  }

  void take(std::uint64_t point, std::uint64_t replication, const PointOutcome& outcome) {
    const std::uint64_t run = point * plan_.replications() + replication;
    if (!outcome.failure.empty()) {
      tell_failure(point, replication, outcome.failure);
      if (options_.on_error == FailurePolicy::stop) {
        end_ = SweepEnd::stopped_by_failure;
        throw JobEnded{};
      }
    }
    if (block_.measures.empty()) {
      block_.range = {run, run};
      block_.first_point = point;
      block_.measures.resize(plan_.study().measures.size());
      block_.design.resize(plan_.columns().size());
      next_point_ = point;
    }
    if (point == next_point_) {
      const std::vector<double> coordinates = plan_.coordinates(point);
      for (std::size_t c = 0; c < coordinates.size(); ++c) block_.design[c].push_back(coordinates[c]);
      ++next_point_;
    }
    for (std::size_t m = 0; m < block_.measures.size(); ++m)
      block_.measures[m].push_back(outcome.measures[m]);
    if (!outcome.failure.empty())
      add_failure(block_.failures, {run, 1, outcome.failure}, plan_.replications());
    block_.range.end = run + 1;
    ++done_;
    progress_->update(static_cast<std::size_t>(done_), static_cast<std::size_t>(plan_.range().count()));
    if (block_.bytes() >= options_.block_bytes || Clock::now() - block_begin_ >= options_.block_time) flush();
    const double budget = plan_.study().spec.time_budget.in_hours() * 3600.0;
    if (budget > 0.0 && seconds_since(begin_) > budget && done_ < plan_.range().count()) {
      end_ = SweepEnd::out_of_time;
      throw JobEnded{};
    }
  }

  void flush() {
    if (block_.range.count() > 0) {
      const double processor = processor_seconds();
      block_.wall_seconds = seconds_since(block_begin_);
      block_.processor_seconds = processor - processor_at_block_;
      folder_.write_block(identity_, block_);
      processor_at_block_ = processor;
      block_begin_ = Clock::now();
    }
    block_ = {};
  }

  void tell_failure(std::uint64_t point, std::uint64_t replication, const std::string& message) {
    if (told_failures_ > most_told || point == last_failed_) return;
    last_failed_ = point;
    progress_->clear();
    if (++told_failures_ > most_told)
      tell("more points fail; all of them are in the result, with their messages");
    else
      tell(fmt::format("point {}, replication {}: {}", point, replication, message));
  }

  void tell(const std::string& line) {
    if (options_.tell) options_.tell(line);
  }

  const SweepPlan& plan_;
  SweepFolder& folder_;
  const SweepJobOptions& options_;
  const std::string identity_;
  const SweepManifest& manifest_;
  Progress* progress_ = nullptr;
  SweepBlock block_;
  std::uint64_t next_point_ = 0;
  std::uint64_t done_ = 0;
  SweepEnd end_ = SweepEnd::complete;
  int told_failures_ = 0;
  std::uint64_t last_failed_ = std::numeric_limits<std::uint64_t>::max();
  const Clock::time_point begin_ = Clock::now();
  Clock::time_point block_begin_ = begin_;
  double processor_at_block_ = processor_seconds();
};

}  // namespace

SweepOutcome run_sweep(const SweepPlan& plan, SweepFolder& folder, const SweepManifest& manifest,
                       const SweepJobOptions& options) {
  return SweepJob{plan, folder, manifest, options}.run();
}

std::uint64_t failed_runs(const std::vector<SweepFailure>& failures) {
  std::uint64_t count = 0;
  for (const SweepFailure& failure : failures) count += failure.count;
  return count;
}

}  // namespace peercap::app
