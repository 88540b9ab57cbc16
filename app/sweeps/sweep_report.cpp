#include "app/sweeps/sweep_report.h"

#include <cmath>
#include <limits>
#include <set>
#include <vector>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/studies/measure_names.h"
#include "app/studies/text_layout.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

/// A point at which the mean of a measure is lowest or highest; of several the first.
struct Extreme {
  std::uint64_t point = 0;
  Summary summary;
};

struct Span {
  bool is_defined = false;  ///< at any point
  Extreme lowest;
  Extreme highest;
};

Span span_of(const SweepHeader& header, const SweepRuns& runs, std::size_t measure) {
  Span span;
  for (std::uint64_t point = 0; point < header.points; ++point) {
    const Summary summary = point_summary(header, runs, measure, point);
    if (std::isnan(summary.mean)) continue;
    if (!span.is_defined || summary.mean < span.lowest.summary.mean) span.lowest = {point, summary};
    if (!span.is_defined || summary.mean > span.highest.summary.mean) span.highest = {point, summary};
    span.is_defined = true;
  }
  return span;
}

std::string_view unit_of(const ResultVariable& variable) {
  const auto measure = find_measure(variable.name);
  return measure ? shown_unit(*measure) : std::string_view{variable.unit};
}

std::string extreme_text(const ResultVariable& measure, const Extreme& extreme) {
  const Summary& s = extreme.summary;
  const bool is_percent = unit_of(measure) == "share";
  const std::string figure =
      std::isfinite(s.mean_interval.low)
          ? interval_text(s.mean, s.mean_interval.low, s.mean_interval.high, unit_of(measure))
          : fmt::format("{:.4g}{} (n = 1)", is_percent ? 100.0 * s.mean : s.mean, is_percent ? " %" : "");
  return fmt::format("{} at point {}", figure, extreme.point);
}

/// The words of a column that holds positions among them.
std::vector<std::string> levels_of(const ResultVariable& column) {
  std::vector<std::string> levels;
  for (const auto& [name, text] : column.attributes) {
    if (name != "levels") continue;
    Diagnostics ignored;
    const auto list = yaml::parse_document(fmt::format("{{levels: {}}}", text), column.name, ignored);
    if (!list) return {};
    for (const yaml::Node& level : list->entries.front().value.items) levels.push_back(level.text);
  }
  return levels;
}

/// What a point is: "supporters.count 4, supporters.protected_time 0.5 h/week".
std::string point_text(const SweepHeader& header, const SweepRuns& runs, std::uint64_t point) {
  std::string text;
  for (std::size_t c = 0; c < header.columns.size(); ++c) {
    const ResultVariable& column = header.columns[c];
    double value = 0.0;
    runs.read_design(c, point, {&value, 1});
    if (std::isnan(value)) continue;  // as it is in the scenario
    const std::vector<std::string> levels = levels_of(column);
    text += fmt::format("{}{} ", text.empty() ? "" : ", ", column.long_name);
    if (static_cast<std::size_t>(value) < levels.size())
      text += levels[static_cast<std::size_t>(value)];
    else
      text += fmt::format("{:.4g}{}{}", value, column.unit == "1" ? "" : " ",
                          column.unit == "1" ? "" : column.unit);
  }
  return text;
}

}  // namespace

std::string sweep_report(const SweepHeader& header, const SweepRuns& runs, const SweepAnswer& answer) {
  std::string text =
      wrapped(fmt::format("{}: {} points, {} replications of each, under common random numbers.", header.name,
                          count_text(static_cast<double>(header.points)), header.replications));
  text += "\nMean over replications with its 95 % interval, where it is lowest and highest\n";
  std::set<std::uint64_t> named;
  for (std::size_t m = 0; m < header.measures.size(); ++m) {
    const ResultVariable& measure = header.measures[m];
    const Span span = span_of(header, runs, m);
    text += fmt::format("{}\n", measure.long_name);
    if (!span.is_defined) {
      text += row("", "not defined at any point");
      continue;
    }
    IntervalStrip strip;
    for (const Extreme* extreme : {&span.lowest, &span.highest}) {
      const Summary& s = extreme->summary;
      strip.include(s.mean_interval.low, s.mean, s.mean_interval.high);
    }
    const auto drawn = [&](const Extreme& extreme) {
      const Summary& s = extreme.summary;
      return fmt::format("{}  {}", extreme_text(measure, extreme),
                         strip.draw(s.mean_interval.low, s.mean, s.mean_interval.high));
    };
    text += row("lowest", drawn(span.lowest));
    text += row("highest", drawn(span.highest));
    named.insert({span.lowest.point, span.highest.point});
  }
  if (!named.empty()) text += "\nThese points are\n";
  for (const std::uint64_t point : named)
    text += row(fmt::format("point {}", point), point_text(header, runs, point));
  if (answer.failed > 0)
    text += "\n" + wrapped(fmt::format("{} of {} runs failed; /failures says why.",
                                       count_text(static_cast<double>(answer.failed)),
                                       count_text(static_cast<double>(header.points * header.replications))));
  text += fmt::format("\n{} runs in {:.1f} s. Everything is in {}\n",
                      count_text(static_cast<double>(header.points * header.replications)), answer.seconds,
                      answer.file.lexically_normal().string());
  return text;
}

std::string sweep_json(const SweepHeader& header, const SweepRuns& runs, const SweepAnswer& answer) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-sweep/1");
  json.key("study").value(header.name);
  json.key("points").value(static_cast<std::int64_t>(header.points));
  json.key("replications").value(static_cast<std::int64_t>(header.replications));
  json.key("failed_runs").value(static_cast<std::int64_t>(answer.failed));
  json.key("file").value(answer.file.lexically_normal().string());
  json.key("measures").begin_array();
  for (std::size_t m = 0; m < header.measures.size(); ++m) {
    const Span span = span_of(header, runs, m);
    json.begin_object();
    json.key("measure").value(header.measures[m].name);
    json.key("unit").value(header.measures[m].unit);
    for (const auto& [name, extreme] : {std::pair{"lowest", &span.lowest}, {"highest", &span.highest}}) {
      json.key(name);
      if (!span.is_defined) {
        json.null();
        continue;
      }
      json.begin_object();
      json.key("point").value(static_cast<std::int64_t>(extreme->point));
      json.key("n").value(extreme->summary.count);
      json.key("mean").value(extreme->summary.mean);
      json.key("ci_low").value(extreme->summary.mean_interval.low);
      json.key("ci_high").value(extreme->summary.mean_interval.high);
      json.end_object();
    }
    json.end_object();
  }
  json.end_array();
  json.key("seconds").value(answer.seconds);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
