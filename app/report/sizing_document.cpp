#include <algorithm>
#include <cmath>
#include <locale>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/documents.h"
#include "app/report/report_parts.h"
#include "app/studies/measure_names.h"

namespace peercap::app {
namespace {

/// A line of /assessments.
struct Look {
  std::string part;
  std::string candidate;
  std::vector<double> sizes;  ///< [parameters]
  double cost = no_number;
  std::string target;
  std::string measure;
  double threshold = no_number;
  double estimate = no_number;
  double low = no_number;
  double high = no_number;
  std::string verdict;
  double n = 0.0;

  /// "%" figures are shares or probabilities.
  [[nodiscard]] bool is_share() const {
    const auto found = find_measure(measure);
    return target.starts_with("P(") || (found && app::is_share(*found));
  }
  [[nodiscard]] std::string unit() const {
    if (is_share()) return "share";
    const auto found = find_measure(measure);
    return found ? std::string{shown_unit(*found)} : std::string{};
  }
  [[nodiscard]] std::string text() const {
    return std::isfinite(estimate) ? interval_text(estimate, low, high, unit()) : "not defined";
  }
  [[nodiscard]] Cell cell() const {
    return std::isfinite(estimate) ? Cell{text(), estimate, low, high, fmt::format("n = {:.0f}", n)}
                                   : Cell{text()};
  }
  /// "contacted within the limit" and "at least 95 %" of "contact_within_limit_share >= 95 %".
  [[nodiscard]] std::string label() const {
    const auto found = find_measure(measure);
    const std::string name = found ? std::string{peer_support::info_of(*found).long_name} : measure;
    return target.starts_with(measure) ? name : fmt::format("{} ({})", name, target);
  }
  [[nodiscard]] std::string aim() const {
    const std::size_t sign = target.find_first_of("<>");
    if (sign == std::string::npos || !target.starts_with(measure)) return target;
    return (target[sign] == '>' ? "at least " : "at most ") +
           target.substr(std::min(target.size(), sign + 3));
  }
  [[nodiscard]] std::string tone() const {
    return verdict == "met" ? "good" : verdict == "missed" ? "bad" : "neutral";
  }
};

std::vector<Look> read_looks(const ResultView& view, const std::vector<std::string>& parameters) {
  constexpr std::string_view group = "/assessments";
  const auto texts = [&](std::string_view name) { return view.texts(group, name); };
  const auto numbers = [&](std::string_view name) { return view.numbers(group, name); };
  const auto part = texts("part");
  const auto candidate = texts("candidate");
  const auto target = texts("target");
  const auto measure = texts("measure");
  const auto verdict = texts("verdict");
  const auto cost = numbers("cost");
  const auto threshold = numbers("threshold");
  const auto estimate = numbers("estimate");
  const auto low = numbers("ci_low");
  const auto high = numbers("ci_high");
  const auto n = numbers("n");
  std::vector<std::vector<double>> sizes;
  for (std::string path : parameters) {
    std::ranges::replace(path, '/', '|');
    sizes.push_back(numbers(path));
  }
  std::vector<Look> looks;
  for (std::size_t i = 0; i < part.size(); ++i) {
    Look look{part[i],      candidate[i], {},     cost[i], target[i],  measure[i],
              threshold[i], estimate[i],  low[i], high[i], verdict[i], n[i]};
    for (const auto& column : sizes) look.sizes.push_back(column[i]);
    looks.push_back(std::move(look));
  }
  return looks;
}

/// The looks of the search at one target, by size, each size once.
std::vector<Look> course_of(const std::vector<Look>& looks, const std::string& target) {
  std::vector<Look> course;
  for (const Look& look : looks)
    if (look.target == target && look.part != "confirmation") course.push_back(look);
  std::ranges::stable_sort(course, {}, [](const Look& l) { return l.sizes.front(); });
  std::vector<Look> once;
  for (const Look& look : course) {
    if (!once.empty() && once.back().sizes == look.sizes) {
      if (look.n > once.back().n) once.back() = look;
    } else {
      once.push_back(look);
    }
  }
  return once;
}

Chart curve_of(const std::vector<Look>& course, const std::string& parameter, const Look& answer,
               std::size_t number) {
  const Look& first = course.front();
  const bool share = first.is_share();
  CurveChart drawing{.x = {parameter, "", "linear"},
                     .y = {first.target.starts_with("P(") ? "probability" : first.label(),
                           share ? "%" : first.unit(), share ? "percent" : "linear"}};
  CurveChart::Line line{.name = first.label()};
  CurveChart::Band band{"95 % interval", {}};
  Chart chart{fmt::format("target-{}", number),
              fmt::format("With {}: {} {}, and {} is asked for", answer.candidate, first.label(),
                          answer.text(), first.aim()),
              fmt::format("The estimate with its 95 % interval for {} sizes that were looked at, from {:g} "
                          "to {:g}, and the target as a level line.",
                          course.size(), course.front().sizes.front(), course.back().sizes.front()),
              "n of each size in the table",
              "/assessments",
              "The search looks where the answer can be, with more replications where it is close."};
  chart.table = {
      chart.finding, {{"size", "", false}, {"estimate (95 % interval)"}, {"verdict", "", false}, {"n"}}, {}};
  for (const Look& look : course) {
    if (std::isfinite(look.estimate)) {
      line.points.push_back({look.sizes.front(), look.estimate});
      band.points.push_back({look.sizes.front(), look.low, look.high});
    }
    chart.table.rows.push_back(
        {look.candidate, look.cell(), look.verdict, Cell{fmt::format("{:.0f}", look.n)}});
  }
  // The scale holds the curve and its target, and little more: near a target small differences matter.
  double least = first.threshold;
  double most = first.threshold;
  for (const Look& look : course)
    for (const double value : {look.low, look.estimate, look.high})
      if (std::isfinite(value)) {
        least = std::min(least, value);
        most = std::max(most, value);
      }
  const double room = 0.15 * (most - least);
  drawing.y.min = share ? std::max(0.0, std::floor(100.0 * (least - room)) / 100.0) : least - room;
  drawing.y.max = share ? std::min(1.0, std::ceil(100.0 * (most + room)) / 100.0) : most + room;
  if (!share && least >= 0.0) drawing.y.min = std::max(0.0, drawing.y.min);
  line.bands.push_back(std::move(band));
  drawing.lines.push_back(std::move(line));
  drawing.thresholds.push_back({first.threshold, "target"});
  drawing.markers.push_back({answer.sizes.front(), answer.candidate});
  chart.drawing = std::move(drawing);
  return chart;
}

/// Cost against the first target: what no other look beats in both is marked.
Chart frontier_of(const std::vector<Look>& looks, const std::string& target) {
  std::vector<Look> points;
  for (const Look& look : looks)
    if (look.target == target && look.part == "looked_at" && std::isfinite(look.estimate) &&
        std::isfinite(look.cost))
      points.push_back(look);
  const bool more_is_better = target.find(">=") != std::string::npos;
  FrontierChart drawing{.x = {"cost in the study's weights"},
                        .y = {spaced(points.empty() ? "" : points.front().measure), "",
                              !points.empty() && points.front().is_share() ? "percent" : "linear"}};
  drawing.better_y = more_is_better ? "up" : "down";
  Chart chart{"frontier", fmt::format("What each size costs, and what it gives of {}", target),
              "A point for each size that was looked at: its cost and its estimate with a 95 % interval; "
              "sizes that no other beats in both are marked.",
              "n of each size in the table", "/assessments"};
  chart.table = {chart.finding, {{"size", "", false}, {"cost"}, {"estimate (95 % interval)"}, {"n"}}, {}};
  for (const Look& look : points) {
    const bool beaten = std::ranges::any_of(points, [&](const Look& other) {
      const bool better = more_is_better ? other.estimate >= look.estimate : other.estimate <= look.estimate;
      return better && other.cost <= look.cost && (other.cost < look.cost || other.estimate != look.estimate);
    });
    drawing.points.push_back(
        {look.candidate, look.cost, look.estimate, no_number, no_number, look.low, look.high, !beaten});
    chart.table.rows.push_back({look.candidate, Cell{short_number(look.cost), look.cost}, look.cell(),
                                Cell{fmt::format("{:.0f}", look.n)}});
  }
  chart.drawing = std::move(drawing);
  return chart;
}

ReportTable target_table(const std::vector<Look>& looks, std::string_view part, std::string caption) {
  ReportTable table{std::move(caption),
                    {{"target", "", false}, {"estimate (95 % interval)"}, {"verdict", "", false}, {"n"}},
                    {}};
  for (const Look& look : looks)
    if (look.part == part)
      table.rows.push_back({look.target, look.cell(), look.verdict, Cell{fmt::format("{:.0f}", look.n)}});
  return table;
}

}  // namespace

ReportDocument sizing_document(const ResultView& view) {
  ReportDocument document = begin_study_document(view, ResultKind::sizing);
  const std::vector<std::string> parameters = view.texts("/search", "path");
  const std::vector<Look> looks = read_looks(view, parameters);
  std::vector<std::string> targets;
  for (const Look& look : looks)
    if (std::ranges::find(targets, look.target) == targets.end()) targets.push_back(look.target);
  const bool found = view.text("/study", "found") == "yes";
  const std::string part = found ? "answer" : "nearest";
  document.facts = {fmt::format("{} parameter{} searched: {}", parameters.size(),
                                parameters.size() == 1 ? "" : "s", fmt::join(parameters, ", ")),
                    fmt::format("{} targets", targets.size())};
  // The first sentence is the answer, what qualifies it stands below.
  const std::string words = view.text("/study", "answer");
  const std::size_t end = words.find(". ");
  document.answer.sentence = words.substr(0, end == std::string::npos ? end : end + 1);
  if (end != std::string::npos) document.answer.sentences.push_back(words.substr(end + 2));
  for (const Look& look : looks) {
    if (look.part == "today")
      document.answer.sentences.push_back(fmt::format(
          "{}{}: {} {} (n = {:.0f}); {} is {}.", std::toupper(look.candidate.front(), std::locale::classic()),
          look.candidate.substr(1), look.label(), look.text(), look.n, look.aim(), look.verdict));
    if (look.part == (found ? "confirmation" : "nearest") ||
        (look.part == part && found &&
         std::ranges::none_of(looks, [](const Look& l) { return l.part == "confirmation"; })))
      document.answer.figures.push_back({look.label(), look.text(),
                                         fmt::format("n = {:.0f} replications", look.n), look.estimate,
                                         look.low, look.high, look.unit(), look.tone(), look.aim()});
  }
  if (document.answer.figures.size() > 6) document.answer.figures.resize(6);
  document.answer.warnings.push_back(
      "Intervals tell chance alone, not whether the assumptions of the scenario hold.");

  Section answer{"sizes", "How the answer comes about"};
  for (std::size_t t = 0; t < targets.size(); ++t) {
    const std::vector<Look> course = course_of(looks, targets[t]);
    const auto at = std::ranges::find_if(
        looks, [&](const Look& look) { return look.part == part && look.target == targets[t]; });
    if (course.empty() || at == looks.end()) continue;
    if (parameters.size() == 1) answer.add(curve_of(course, parameters.front(), *at, t + 1));
  }
  if (parameters.size() > 1 && !targets.empty()) answer.add(frontier_of(looks, targets.front()));
  if (std::ranges::any_of(looks, [](const Look& l) { return l.part == "confirmation"; }))
    answer.add(target_table(looks, "confirmation", "The answer on fresh replications"));
  answer.add(target_table(looks, part, found ? "The answer in the search" : "The nearest to it"));
  if (std::ranges::any_of(looks, [](const Look& l) { return l.part == "one_fewer"; }))
    answer.add(target_table(looks, "one_fewer", "One fewer"));
  answer.add(target_table(looks, "today", "Today"));
  document.sections.push_back(std::move(answer));

  Section closed{"closed-form", "What closed forms say"};
  closed.lead =
      "Formulas of queueing theory leave out shifts, matching, absences, turnover, training and feedback, "
      "which is what the simulation adds.";
  ReportTable table{"By closed forms", {{"target", "", false}, {"supporters"}, {"remark", "", false}}, {}};
  const auto names = view.texts("/closed_form", "target");
  const auto supporters = view.numbers("/closed_form", "supporters");
  const auto remarks = view.texts("/closed_form", "remark");
  for (std::size_t i = 0; i < names.size(); ++i)
    table.rows.push_back(
        {names[i],
         std::isfinite(supporters[i]) ? Cell{short_number(supporters[i]), supporters[i]} : Cell{"-"},
         remarks[i].empty() ? "-" : remarks[i]});
  closed.add(std::move(table));
  document.sections.push_back(std::move(closed));
  add_study_sections(view, document);
  return document;
}

}  // namespace peercap::app
