#pragma once

#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/report/report_document.h"
#include "app/report/result_view.h"

namespace peercap::app {

/// A measure under the label that a reader understands.
struct LabeledMeasure {
  std::string label;
  peer_support::Measure measure;
};

/// A table of measures: label, mean with its interval, number of replications.
[[nodiscard]] ReportTable measure_table(const ResultView& view, std::string caption,
                                        std::span<const LabeledMeasure> measures);

/// Measures of one unit as points with their intervals, and their table.
[[nodiscard]] Chart measure_chart(const ResultView& view, std::string id, std::string finding, ChartAxis axis,
                                  std::span<const LabeledMeasure> measures);

/// One measure on the first screen.
[[nodiscard]] AnswerFigure answer_figure(const ResultView& view, std::string label,
                                         peer_support::Measure measure);

/// Dates of the weeks of an array group with a dimension `time`, "2026-01-05".
[[nodiscard]] std::vector<std::string> week_dates(const ResultView& view, std::string_view group);

/// The course of a series over real dates: mean, its interval, and 50 % and 90 % of the replications.
[[nodiscard]] Chart fan_chart(const ResultView& view, std::string_view series, std::string finding);
/// What fan_chart() calls a series' mean over the whole time, the least and the most of its weeks.
struct SeriesExtent {
  double mean = no_number;
  double least = no_number;
  double most = no_number;
  std::string least_date;
  std::string most_date;
};
[[nodiscard]] SeriesExtent extent_of_series(const ResultView& view, std::string_view series);

/// "1,234", "12.3", "0.04": three figures that tell.
[[nodiscard]] std::string short_number(double value);
/// "12.3 %".
[[nodiscard]] std::string short_percent(double share);
/// A duration of a parameter in hours, as waits are told: "24 h" of "1 day"; others as they are written.
[[nodiscard]] std::string wait_words(const std::string& duration);
/// "closed unresolved" of closed_unresolved.
[[nodiscard]] std::string spaced(std::string_view name);

}  // namespace peercap::app
