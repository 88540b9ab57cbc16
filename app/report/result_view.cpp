#include "app/report/result_view.h"

#include <algorithm>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/studies/measure_names.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

std::vector<double> as_numbers(const ResultValues& values) {
  if (const auto* numbers = std::get_if<std::vector<double>>(&values)) return *numbers;
  if (const auto* integers = std::get_if<std::vector<std::int64_t>>(&values))
    return {integers->begin(), integers->end()};
  return {};
}

/// Measures between 0 and 1 whose names do not end in `_share`.
bool is_shown_in_percent(std::string_view name) {
  return name.ends_with("_gap") || name.ends_with("_incidence_24h") || name.ends_with("_incidence_72h") ||
         name == "collapsed" || name == "service_failed" || name == "awareness_mean" || name == "trust_mean";
}

std::vector<std::string> as_texts(const ResultValues& values) {
  if (const auto* texts = std::get_if<std::vector<std::string>>(&values)) return *texts;
  std::vector<std::string> texts;
  for (const double value : as_numbers(values)) texts.push_back(fmt::format("{:g}", value));
  return texts;
}

}  // namespace

std::string MeasureFigure::text() const {
  return is_defined() ? interval_text(mean, low, high, unit) : "not defined";
}

Cell MeasureFigure::cell() const {
  if (!is_defined()) return {text()};
  return {text(), mean, low, high, fmt::format("n = {}", n)};
}

ResultView::ResultView(const ResultContent& content, std::string file)
    : content_{content}, file_{std::move(file)} {
  if (has("/summary", "measure") && !has("/summary", "policy")) {
    const std::vector<std::string> names = texts("/summary", "measure");
    for (std::size_t i = 0; i < names.size(); ++i) summary_rows_.emplace(names[i], i);
  }
  if (has("/parameters", "path")) {
    const std::vector<std::string> paths = texts("/parameters", "path");
    const std::vector<std::string> values = texts("/parameters", "value");
    for (std::size_t i = 0; i < paths.size(); ++i) parameters_.emplace(paths[i], values[i]);
  }
}

const ResultGroup* ResultView::find(std::string_view group) const {
  const auto found = std::ranges::find(content_.groups, group, &ResultGroup::path);
  return found == content_.groups.end() ? nullptr : &*found;
}

const ResultGroup& ResultView::group(std::string_view path) const {
  if (const ResultGroup* found = find(path)) return *found;
  throw InputOutputError{file_, "report on it", fmt::format("there is no {} in it", path)};
}

bool ResultView::has(std::string_view group, std::string_view variable) const {
  const ResultGroup* found = find(group);
  return found != nullptr &&
         std::ranges::find(found->variables, variable, &ResultVariable::name) != found->variables.end();
}

const ResultVariable& ResultView::variable(std::string_view group, std::string_view name) const {
  const auto& variables = this->group(group).variables;
  const auto found = std::ranges::find(variables, name, &ResultVariable::name);
  if (found == variables.end())
    throw InputOutputError{file_, "report on it", fmt::format("there is no {}/{} in it", group, name)};
  return *found;
}

std::vector<double> ResultView::numbers(std::string_view group, std::string_view name) const {
  const ResultVariable& v = variable(group, name);
  if (!v.stream) return as_numbers(v.values);
  std::vector<double> values(static_cast<std::size_t>(v.stream.count));
  v.stream.read(0, values);
  return values;
}

std::vector<std::string> ResultView::texts(std::string_view group, std::string_view name) const {
  return as_texts(variable(group, name).values);
}

std::vector<double> ResultView::places(std::string_view group, std::string_view dimension) const {
  const auto& dimensions = this->group(group).dimensions;
  const auto found = std::ranges::find(dimensions, dimension, &ResultDimension::name);
  return found == dimensions.end() ? std::vector<double>{} : as_numbers(found->labels);
}

std::vector<std::string> ResultView::labels(std::string_view group, std::string_view dimension) const {
  const auto& dimensions = this->group(group).dimensions;
  const auto found = std::ranges::find(dimensions, dimension, &ResultDimension::name);
  return found == dimensions.end() ? std::vector<std::string>{} : as_texts(found->labels);
}

std::string ResultView::text(std::string_view group, std::string_view name) const {
  if (!has(group, name)) return {};
  const std::vector<std::string> all = texts(group, name);
  return all.empty() ? std::string{} : all.front();
}

std::string ResultView::attribute(std::string_view name) const {
  for (const ResultAttribute& a : content_.provenance) {
    if (a.name != name) continue;
    if (const auto* text = std::get_if<std::string>(&a.value)) return *text;
    if (const auto* number = std::get_if<std::int64_t>(&a.value)) return std::to_string(*number);
    return fmt::format("{:g}", std::get<double>(a.value));
  }
  return {};
}

MeasureFigure ResultView::measure(std::string_view name) const {
  MeasureFigure figure;
  figure.name = name;
  const auto row = summary_rows_.find(name);
  if (row == summary_rows_.end()) return figure;
  const std::size_t i = row->second;
  figure.long_name = texts("/summary", "long_name").at(i);
  const auto measure = find_measure(name);
  figure.unit = measure ? std::string{shown_unit(*measure)} : texts("/summary", "unit").at(i);
  if (is_shown_in_percent(name)) figure.unit = "share";
  // What compares two worlds may be negative.
  if (name.find("averted") != std::string_view::npos || name.starts_with("net_benefit"))
    figure.unit = "difference";
  figure.mean = numbers("/summary", "mean").at(i);
  figure.low = numbers("/summary", "ci_low").at(i);
  figure.high = numbers("/summary", "ci_high").at(i);
  figure.p05 = numbers("/summary", "p05").at(i);
  figure.p95 = numbers("/summary", "p95").at(i);
  figure.n = static_cast<std::int64_t>(numbers("/summary", "n").at(i));
  return figure;
}

std::vector<std::string> ResultView::measures() const {
  return has("/summary", "measure") ? texts("/summary", "measure") : std::vector<std::string>{};
}

std::int64_t ResultView::replications() const {
  return static_cast<std::int64_t>(labels("/replications", "replication").size());
}

std::string ResultView::n() const {
  return fmt::format("n = {} replications", with_thousands(static_cast<double>(replications()), 0));
}

std::string ResultView::parameter(std::string_view path) const {
  const auto found = parameters_.find(path);
  return found == parameters_.end() ? std::string{} : found->second;
}

}  // namespace peercap::app
