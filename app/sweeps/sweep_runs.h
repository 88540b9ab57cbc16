#pragma once

#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <vector>

#include "app/sweeps/sweep_plan.h"

namespace peercap::app {

/// Runs from `first` on, one after the other, that failed for the same reason.
struct SweepFailure {
  std::uint64_t first = 0;
  std::uint64_t count = 0;
  std::string message;

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(first, count, message);
  }
  friend bool operator==(const SweepFailure&, const SweepFailure&) = default;
};

/// Adds a failure behind the others; of one point and for one reason they become one.
void add_failure(std::vector<SweepFailure>& failures, SweepFailure failure, std::uint64_t replications);

/// Where the outcomes of some runs can be read. Both functions take a place from the segment's begin.
struct SweepSegment {
  RunRange range;
  std::uint64_t first_point = 0;
  std::uint64_t points = 0;  ///< that the runs belong to
  std::function<void(std::size_t measure, std::uint64_t offset, std::span<double> values)> read_measure;
  std::function<void(std::size_t column, std::uint64_t offset, std::span<double> values)> read_design;
};

/// Outcomes of a range of runs, wherever they lie. For one thread.
class SweepRuns {
 public:
  /// Segments in their order, without gaps. Throws ContractViolation otherwise, or without any.
  explicit SweepRuns(std::vector<SweepSegment> segments);

  [[nodiscard]] RunRange range() const { return {segments_.front().range.first, segments_.back().range.end}; }
  /// Outcomes of runs from `first` on; NaN where one is not defined or failed.
  void read_measure(std::size_t measure, std::uint64_t first, std::span<double> values) const;
  /// A column of the design, of points from `first` on.
  void read_design(std::size_t column, std::uint64_t first, std::span<double> values) const;

 private:
  void read_stored(std::size_t measure, std::uint64_t first, std::span<double> values) const;

  std::vector<SweepSegment> segments_;
  // Points are summarized one after the other: what follows is read along.
  mutable std::size_t window_measure_ = 0;
  mutable std::uint64_t window_first_ = 0;
  mutable std::vector<double> window_;
};

}  // namespace peercap::app
