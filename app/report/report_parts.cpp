#include "app/report/report_parts.h"

#include <algorithm>
#include <cmath>
#include <cstdlib>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "sim/time/civil_date.h"

namespace peercap::app {
namespace {

const std::string& text_or_dash(const std::string& text) {
  static const std::string dash = "-";
  return text.empty() ? dash : text;
}

/// Index of a statistic of /series.
std::size_t statistic_index(const ResultView& view, std::string_view statistic) {
  const std::vector<std::string> names = view.labels("/series", "statistic");
  return static_cast<std::size_t>(std::ranges::find(names, statistic) - names.begin());
}

/// The weeks of one statistic of a series of a run, which has one point.
std::vector<double> course(const ResultView& view, std::string_view series, std::string_view statistic) {
  const std::vector<double> all = view.numbers("/series", series);
  const std::size_t weeks = view.places("/series", "time").size();
  const std::size_t first = statistic_index(view, statistic) * weeks;
  if (first + weeks > all.size()) return {};
  return {all.begin() + static_cast<std::ptrdiff_t>(first),
          all.begin() + static_cast<std::ptrdiff_t>(first + weeks)};
}

bool is_share_series(std::string_view series) {
  return series.ends_with("_share") || series == "coverage" || series == "awareness" || series == "trust";
}

}  // namespace

std::string short_number(double value) {
  if (!std::isfinite(value)) return "-";
  const double size = std::abs(value);
  if (size >= 100.0 || value == std::round(value)) return with_thousands(value, 0);
  return with_thousands(value, size >= 10.0 ? 1 : 2);
}

std::string short_percent(double share) {
  if (!std::isfinite(share)) return "-";
  return with_thousands(100.0 * share, share == std::round(share) ? 0 : 1) + " %";
}

std::string wait_words(const std::string& duration) {
  const std::size_t unit = duration.find(" day");
  if (unit == std::string::npos) return duration;
  const double hours = 24.0 * std::strtod(duration.c_str(), nullptr);
  return hours <= 168.0 ? fmt::format("{:g} h", hours) : duration;
}

std::string spaced(std::string_view name) {
  std::string text{name};
  std::ranges::replace(text, '_', ' ');
  return text;
}

ReportTable measure_table(const ResultView& view, std::string caption,
                          std::span<const LabeledMeasure> measures) {
  ReportTable table{std::move(caption), {{"measure", "", false}, {"mean (95 % interval)"}, {"n"}}, {}};
  for (const auto& [label, measure] : measures) {
    const MeasureFigure figure = view.measure(measure);
    table.rows.push_back({label, figure.cell(), Cell{fmt::format("{}", figure.n)}});
  }
  return table;
}

Chart measure_chart(const ResultView& view, std::string id, std::string finding, ChartAxis axis,
                    std::span<const LabeledMeasure> measures) {
  IntervalChart drawing{.x = std::move(axis)};
  for (const auto& [label, measure] : measures) {
    const MeasureFigure figure = view.measure(measure);
    if (!figure.is_defined()) continue;
    drawing.rows.push_back({label, "", figure.mean, figure.low, figure.high, figure.text()});
  }
  Chart chart{std::move(id), std::move(finding),
              fmt::format("{} figures as points with their 95 % intervals; the table has the numbers.",
                          drawing.rows.size()),
              view.n(), "/summary"};
  chart.table = measure_table(view, chart.finding, measures);
  chart.drawing = std::move(drawing);
  return chart;
}

AnswerFigure answer_figure(const ResultView& view, std::string label, peer_support::Measure measure) {
  const MeasureFigure f = view.measure(measure);
  return {std::move(label), f.text(), fmt::format("n = {} replications", f.n), f.mean, f.low, f.high, f.unit};
}

std::vector<std::string> week_dates(const ResultView& view, std::string_view group) {
  std::string unit;
  for (const ResultDimension& dimension : view.group(group).dimensions)
    if (dimension.name == "time") unit = dimension.unit;
  constexpr std::string_view begin = "days since ";
  const auto origin = CivilDate::parse(unit.substr(std::min(begin.size(), unit.size()), 10));
  std::vector<std::string> dates;
  for (const double days_since : view.places(group, "time"))
    dates.push_back(
        origin ? date_of(origin->midnight() + days(static_cast<std::int64_t>(days_since))).to_string()
               : fmt::format("day {:g}", days_since));
  return dates;
}

SeriesExtent extent_of_series(const ResultView& view, std::string_view series) {
  SeriesExtent extent;
  const std::vector<double> mean = course(view, series, "mean");
  const std::vector<std::string> dates = week_dates(view, "/series");
  double sum = 0.0;
  std::size_t count = 0;
  for (std::size_t i = 0; i < mean.size(); ++i) {
    if (!std::isfinite(mean[i])) continue;
    sum += mean[i];
    ++count;
    if (!(extent.least <= mean[i])) {
      extent.least = mean[i];
      extent.least_date = dates[i];
    }
    if (!(extent.most >= mean[i])) {
      extent.most = mean[i];
      extent.most_date = dates[i];
    }
  }
  if (count > 0) extent.mean = sum / static_cast<double>(count);
  return extent;
}

Chart fan_chart(const ResultView& view, std::string_view series, std::string finding) {
  const ResultVariable& variable = view.variable("/series", series);
  const std::vector<std::string> dates = week_dates(view, "/series");
  const bool share = is_share_series(series);
  const std::string unit = share ? "%" : variable.unit == "1" ? "" : variable.unit;
  CurveChart drawing{.x = {"week that begins", "", "time"},
                     .y = {variable.long_name, unit, share ? "percent" : "linear", 0.0}};
  CurveChart::Line line{.name = variable.long_name};
  const auto add_band = [&](std::string name, std::string_view low, std::string_view high) {
    const std::vector<double> from = course(view, series, low);
    const std::vector<double> to = course(view, series, high);
    CurveChart::Band band{std::move(name), {}};
    for (std::size_t i = 0; i < dates.size(); ++i)
      if (std::isfinite(from[i])) band.points.push_back({dates[i], from[i], to[i]});
    line.bands.push_back(std::move(band));
  };
  add_band("90 % of replications", "p05", "p95");
  add_band("half of the replications", "p25", "p75");
  const std::vector<double> mean = course(view, series, "mean");
  const std::vector<double> low = course(view, series, "ci_low");
  const std::vector<double> high = course(view, series, "ci_high");
  Chart chart{
      "series-" + std::string{series}, std::move(finding),
      fmt::format("A line over {} weeks from {} to {} with bands of half and of 90 % of the replications. {}",
                  dates.size(), dates.empty() ? "-" : dates.front(), dates.empty() ? "-" : dates.back(),
                  variable.description),
      view.n(), "/series/" + std::string{series}};
  const std::string_view shown = share ? "share" : variable.unit;
  chart.table = {chart.finding,
                 {{"week that begins", "", false},
                  {"mean (95 % interval)", text_or_dash(unit)},
                  {"90 % of replications", text_or_dash(unit)}},
                 {}};
  const std::vector<double> p05 = course(view, series, "p05");
  const std::vector<double> p95 = course(view, series, "p95");
  for (std::size_t i = 0; i < dates.size(); ++i) {
    if (!std::isfinite(mean[i])) continue;
    line.points.push_back({dates[i], mean[i]});
    const auto plain = [&](double value) { return share ? short_percent(value) : short_number(value); };
    chart.table.rows.push_back(
        {dates[i], Cell{interval_text(mean[i], low[i], high[i], shown), mean[i], low[i], high[i]},
         Cell{fmt::format("{} to {}", plain(p05[i]), plain(p95[i]))}});
  }
  drawing.lines.push_back(std::move(line));
  chart.drawing = std::move(drawing);
  return chart;
}

}  // namespace peercap::app
