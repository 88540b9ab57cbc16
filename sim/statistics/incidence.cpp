#include "sim/statistics/incidence.h"

#include <algorithm>

#include "sim/support/contract.h"

namespace peercap {
namespace {

/// What ended after one duration.
struct Endings {
  std::int64_t duration = 0;
  std::vector<std::int64_t> events;  ///< [causes]
  std::int64_t censored = 0;
};

/// The product-limit recursion over ascending durations, `at_risk` people at the start.
std::vector<IncidenceStep> accumulate_incidence(const std::vector<Endings>& endings, int cause_count,
                                                std::int64_t at_risk) {
  std::vector<IncidenceStep> steps;
  double event_free = 1.0;
  std::vector<double> incidence(static_cast<std::size_t>(cause_count), 0.0);
  for (const Endings& ending : endings) {
    std::int64_t events = 0;
    const auto n = static_cast<double>(at_risk);
    for (std::size_t cause = 0; cause < ending.events.size(); ++cause) {
      events += ending.events[cause];
      if (ending.events[cause] > 0)
        incidence[cause] += event_free * (static_cast<double>(ending.events[cause]) / n);
    }
    if (events > 0) {
      event_free *= static_cast<double>(at_risk - events) / n;
      steps.push_back({ending.duration, at_risk, ending.events, event_free, incidence});
    }
    at_risk -= events + ending.censored;
  }
  return steps;
}

void require_valid(const FollowUp& record, int cause_count) {
  require(record.duration >= 0, "FollowUp: negative duration");
  require(record.cause >= FollowUp::censored && record.cause < cause_count, "FollowUp: no such cause");
}

}  // namespace

const IncidenceStep* IncidenceCurve::step_at(std::int64_t duration) const {
  const auto after = std::ranges::upper_bound(steps_, duration, {}, &IncidenceStep::duration);
  return after == steps_.begin() ? nullptr : &*(after - 1);
}

double IncidenceCurve::event_free_at(std::int64_t duration) const {
  const IncidenceStep* step = step_at(duration);
  return step == nullptr ? 1.0 : step->event_free;
}

double IncidenceCurve::incidence_at(int cause, std::int64_t duration) const {
  require(cause >= 0 && cause < cause_count_, "IncidenceCurve: no such cause");
  const IncidenceStep* step = step_at(duration);
  return step == nullptr ? 0.0 : step->incidence[static_cast<std::size_t>(cause)];
}

std::optional<std::int64_t> IncidenceCurve::duration_at(int cause, double share) const {
  require(cause >= 0 && cause < cause_count_, "IncidenceCurve: no such cause");
  const auto reached = std::ranges::lower_bound(steps_, share, {}, [cause](const IncidenceStep& step) {
    return step.incidence[static_cast<std::size_t>(cause)];
  });
  if (reached == steps_.end()) return std::nullopt;
  return reached->duration;
}

IncidenceCurve cumulative_incidence(std::span<const FollowUp> records, int cause_count) {
  require(cause_count >= 1, "cumulative_incidence: at least one cause is needed");
  for (const FollowUp& record : records) require_valid(record, cause_count);
  std::vector<FollowUp> sorted{records.begin(), records.end()};
  std::ranges::sort(sorted, {}, &FollowUp::duration);
  std::vector<Endings> endings;
  for (const FollowUp& record : sorted) {
    if (endings.empty() || endings.back().duration != record.duration)
      endings.push_back(
          {record.duration, std::vector<std::int64_t>(static_cast<std::size_t>(cause_count)), 0});
    if (record.cause == FollowUp::censored)
      ++endings.back().censored;
    else
      ++endings.back().events[static_cast<std::size_t>(record.cause)];
  }
  return {cause_count, accumulate_incidence(endings, cause_count, static_cast<std::int64_t>(records.size()))};
}

IncidenceCounts::IncidenceCounts(int cause_count, std::int64_t bin_width, int bin_count)
    : cause_count_{cause_count}, bin_width_{bin_width}, bin_count_{bin_count} {
  require(cause_count >= 1 && bin_width >= 1 && bin_count >= 1,
          "IncidenceCounts: causes, width, bins are positive");
  counts_.resize(static_cast<std::size_t>(bin_count) * (static_cast<std::size_t>(cause_count) + 1));
}

std::size_t IncidenceCounts::cell(int cause, int bin) const {
  return static_cast<std::size_t>(bin) * (static_cast<std::size_t>(cause_count_) + 1) +
         static_cast<std::size_t>(cause - FollowUp::censored);
}

void IncidenceCounts::add(const FollowUp& record) {
  require_valid(record, cause_count_);
  ++total_;
  const std::int64_t bin = record.duration == 0 ? 0 : (record.duration - 1) / bin_width_;
  if (bin >= bin_count_)
    ++beyond_;
  else
    ++counts_[cell(record.cause, static_cast<int>(bin))];
}

void IncidenceCounts::merge(const IncidenceCounts& other) {
  require(
      cause_count_ == other.cause_count_ && bin_width_ == other.bin_width_ && bin_count_ == other.bin_count_,
      "IncidenceCounts::merge: other causes or grid");
  for (std::size_t i = 0; i < counts_.size(); ++i) counts_[i] += other.counts_[i];
  beyond_ += other.beyond_;
  total_ += other.total_;
}

std::int64_t IncidenceCounts::count(int cause, int bin) const {
  require(cause >= FollowUp::censored && cause < cause_count_, "IncidenceCounts: no such cause");
  require(bin >= 0 && bin < bin_count_, "IncidenceCounts: no such bin");
  return counts_[cell(cause, bin)];
}

IncidenceCurve IncidenceCounts::estimate() const {
  std::vector<Endings> endings;
  for (int bin = 0; bin < bin_count_; ++bin) {
    const auto first = counts_.begin() + static_cast<std::ptrdiff_t>(cell(0, bin));
    endings.push_back(
        {(bin + 1) * bin_width_, {first, first + cause_count_}, counts_[cell(FollowUp::censored, bin)]});
  }
  return {cause_count_, accumulate_incidence(endings, cause_count_, total_)};
}

}  // namespace peercap
