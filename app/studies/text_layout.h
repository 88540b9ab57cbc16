#pragma once

#include <cstddef>
#include <limits>
#include <string>
#include <string_view>

#include "app/studies/target_text.h"
#include "sim/study/selection/candidate_assessor.h"

namespace peercap::app {

/// Words broken into lines of at most 80 columns, each after `indent` blanks, with a line end at the end.
[[nodiscard]] std::string wrapped(std::string_view words, std::size_t indent = 0);

/// "  label ......... value", right-aligned to 80 columns.
[[nodiscard]] std::string row(std::string_view label, std::string_view value);

/// A scale on which intervals are drawn, for the eye: "    --o--    ". The same for all lines of a block.
class IntervalStrip {
 public:
  /// Widens the scale so that these fit on it; what is not finite is left out.
  void include(double low, double mean, double high);
  /// A place that is marked on every strip, such as a target.
  void mark(double place) { mark_ = place; }

  /// `width` characters: `-` over the interval, `o` at the mean, `|` at the mark. Blanks where nothing is
  /// defined.
  [[nodiscard]] std::string draw(double low, double mean, double high) const;

  static constexpr std::size_t width = 20;

 private:
  [[nodiscard]] std::size_t place(double value) const;

  double from_ = std::numeric_limits<double>::infinity();
  double to_ = -std::numeric_limits<double>::infinity();
  double mark_ = std::numeric_limits<double>::quiet_NaN();
};

/// A target's estimate with its interval: "96.1 % (95.8 to 96.4)".
[[nodiscard]] std::string figure_text(const StudyTarget& target, const TargetAssessment& assessment);

/// The same without its interval.
[[nodiscard]] std::string estimate_text(const StudyTarget& target, const TargetAssessment& assessment);

/// "met", "missed", "not shown".
[[nodiscard]] std::string_view verdict_text(Verdict verdict);

/// By how much a target is missed or kept, without a sign: "3.2 percentage points", "0.4 h/week".
[[nodiscard]] std::string margin_text(const StudyTarget& target, double margin);

/// A difference in the unit of its measure; shares in percentage points.
[[nodiscard]] std::string difference_text(peer_support::Measure measure, double mean, Interval interval);

/// 1,234.
[[nodiscard]] std::string count_text(double value);

}  // namespace peercap::app
