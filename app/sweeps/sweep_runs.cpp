#include "app/sweeps/sweep_runs.h"

#include <algorithm>
#include <utility>

#include "sim/support/contract.h"

namespace peercap::app {
namespace {

constexpr std::uint64_t window_length = std::uint64_t{1} << 16;

}  // namespace

void add_failure(std::vector<SweepFailure>& failures, SweepFailure failure, std::uint64_t replications) {
  if (!failures.empty()) {
    SweepFailure& last = failures.back();
    if (last.first + last.count == failure.first &&
        last.first / replications == failure.first / replications && last.message == failure.message) {
      last.count += failure.count;
      return;
    }
  }
  failures.push_back(std::move(failure));
}

SweepRuns::SweepRuns(std::vector<SweepSegment> segments) : segments_{std::move(segments)} {
  require(!segments_.empty(), "SweepRuns: there is a segment");
  for (std::size_t i = 1; i < segments_.size(); ++i)
    require(segments_[i].range.first == segments_[i - 1].range.end, "SweepRuns: segments leave no gap");
}

void SweepRuns::read_measure(std::size_t measure, std::uint64_t first, std::span<double> values) const {
  if (values.size() >= window_length) return read_stored(measure, first, values);
  const bool is_at_hand = measure == window_measure_ && first >= window_first_ &&
                          first + values.size() <= window_first_ + window_.size();
  if (!is_at_hand) {
    require(first >= range().first && first + values.size() <= range().end, "SweepRuns: no such run");
    window_.resize(std::min(window_length, range().end - first));
    read_stored(measure, first, window_);
    window_measure_ = measure;
    window_first_ = first;
  }
  std::copy_n(window_.begin() + static_cast<std::ptrdiff_t>(first - window_first_), values.size(),
              values.begin());
}

void SweepRuns::read_stored(std::size_t measure, std::uint64_t first, std::span<double> values) const {
  auto segment =
      std::ranges::upper_bound(segments_, first, {}, [](const SweepSegment& s) { return s.range.end; });
  while (!values.empty()) {
    require(segment != segments_.end() && first >= segment->range.first, "SweepRuns: no such run");
    const auto count = std::min<std::uint64_t>(values.size(), segment->range.end - first);
    segment->read_measure(measure, first - segment->range.first, values.first(count));
    values = values.subspan(count);
    first += count;
    ++segment;
  }
}

void SweepRuns::read_design(std::size_t column, std::uint64_t first, std::span<double> values) const {
  const auto end_of = [](const SweepSegment& s) { return s.first_point + s.points; };
  auto segment = std::ranges::upper_bound(segments_, first, {}, end_of);
  while (!values.empty()) {
    require(segment != segments_.end() && first >= segment->first_point, "SweepRuns: no such point");
    if (end_of(*segment) <= first) {  // its only point was the last one of the segment before
      ++segment;
      continue;
    }
    const auto count = std::min<std::uint64_t>(values.size(), end_of(*segment) - first);
    segment->read_design(column, first - segment->first_point, values.first(count));
    values = values.subspan(count);
    first += count;
    ++segment;
  }
}

}  // namespace peercap::app
