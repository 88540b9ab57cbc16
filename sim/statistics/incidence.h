#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <span>
#include <utility>
#include <vector>

namespace peercap {

/// How long someone was followed and what ended it: one of several competing causes, or nothing yet
/// (censored).
struct FollowUp {
  std::int64_t duration = 0;  ///< in ticks, or any whole unit; not negative
  int cause = censored;       ///< 0 .. causes - 1

  static constexpr int censored = -1;
};

/// Everything that happened after the same duration.
struct IncidenceStep {
  std::int64_t duration = 0;
  std::int64_t at_risk = 0;          ///< just before
  std::vector<std::int64_t> events;  ///< [causes]
  double event_free = 1.0;           ///< share with no event up to and including `duration`
  std::vector<double> incidence;     ///< [causes] share with that event up to and including `duration`
};

/// The Aalen-Johansen estimate of the cumulative incidence of competing causes, a right-continuous step
/// function; with one cause `event_free` is the Kaplan-Meier estimate. Shares of the causes and `event_free`
/// add up to 1.
///
/// Where events and censorings fall together, the censored were still at risk.
/// Sources: Kaplan and Meier, Nonparametric estimation from incomplete observations, Journal of the American
/// Statistical Association 53 (1958); Aalen and Johansen, An empirical transition matrix for non-homogeneous
/// Markov chains based on censored observations, Scandinavian Journal of Statistics 5 (1978).
class IncidenceCurve {
 public:
  IncidenceCurve(int cause_count, std::vector<IncidenceStep> steps)
      : cause_count_{cause_count}, steps_{std::move(steps)} {}

  [[nodiscard]] int cause_count() const { return cause_count_; }

  /// Ascending durations, those without events left out.
  [[nodiscard]] const std::vector<IncidenceStep>& steps() const { return steps_; }

  [[nodiscard]] double event_free_at(std::int64_t duration) const;
  [[nodiscard]] double incidence_at(int cause, std::int64_t duration) const;

  /// The first duration at which the incidence of the cause is at least `share`; nothing where it never is.
  /// The median is at 0.5.
  [[nodiscard]] std::optional<std::int64_t> duration_at(int cause, double share) const;

 private:
  [[nodiscard]] const IncidenceStep* step_at(std::int64_t duration) const;

  int cause_count_;
  std::vector<IncidenceStep> steps_;
};

/// The estimate from single records, in any order. Throws ContractViolation for less than one cause, an
/// unknown cause or a negative duration.
[[nodiscard]] IncidenceCurve cumulative_incidence(std::span<const FollowUp> records, int cause_count);

/// Counts of follow-ups on a fixed grid, for more records than should be kept. Bin i holds the durations in
/// (i w, (i + 1) w], w being the bin width, and bin 0 also 0; whoever was followed for longer than the grid
/// is counted as censored at its end. Merging is exact in any order.
class IncidenceCounts {
 public:
  /// Throws ContractViolation unless all three are positive.
  IncidenceCounts(int cause_count, std::int64_t bin_width, int bin_count);

  /// Throws ContractViolation for an unknown cause or a negative duration.
  void add(const FollowUp& record);

  /// Throws ContractViolation unless causes and grid are the same.
  void merge(const IncidenceCounts& other);

  [[nodiscard]] std::int64_t total() const { return total_; }

  /// The number of follow-ups that the cause (or `FollowUp::censored`) ended in the bin.
  [[nodiscard]] std::int64_t count(int cause, int bin) const;

  /// The estimate as if every duration were rounded up to the end of its bin.
  [[nodiscard]] IncidenceCurve estimate() const;

  /// Causes and grid have to be the same.
  template <class Archive>
  void visit_state(Archive& archive) {
    archive.same("number of causes", cause_count_);
    archive.same("grid of durations", bin_width_);
    archive.sparse("bins", counts_);
    archive(beyond_, total_);
  }
  friend bool operator==(const IncidenceCounts&, const IncidenceCounts&) = default;

 private:
  [[nodiscard]] std::size_t cell(int cause, int bin) const;

  int cause_count_;
  std::int64_t bin_width_;
  int bin_count_;
  std::vector<std::int64_t> counts_;  ///< [bins, censored and causes]
  std::int64_t beyond_ = 0;           ///< follow-ups longer than the grid
  std::int64_t total_ = 0;
};

}  // namespace peercap
