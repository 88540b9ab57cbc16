#include "app/studies/target_text.h"

#include <array>
#include <utility>

#include <fmt/format.h>

#include "app/studies/measure_names.h"

namespace peercap::app {
namespace {

using peer_support::info_of;
using peer_support::Measure;
using yaml::trim;
using yaml::ValueProblem;

using Problem = std::optional<ValueProblem>;

constexpr std::string_view form =
    "write it like `contact_within_limit_share >= 90 %`, `p95(overload_hours_per_week) <= 2 h/week` or "
    "`P(waiting_p95 <= 5) >= 0.9`";

Problem problem(std::string what, std::string_view hint = form) {
  return ValueProblem{std::move(what), {}, std::string{hint}};
}

/// The two sides of a comparison.
struct Comparison {
  std::string_view left;
  TargetBound bound = TargetBound::at_least;
  std::string_view right;
};

/// Splits at the last comparison outside of parentheses.
Problem split(std::string_view text, Comparison& comparison) {
  int depth = 0;
  std::size_t found = std::string_view::npos;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '(') ++depth;
    if (text[i] == ')') --depth;
    if (depth < 0) return problem("has a `)` without `(`");
    if (depth == 0 && (text[i] == '<' || text[i] == '>')) {
      if (found != std::string_view::npos) return problem("compares more than once");
      found = i;
    }
  }
  if (depth > 0) return problem("has a `(` without `)`");
  if (found == std::string_view::npos)
    return problem(text.find('=') == std::string_view::npos ? "asks for nothing: `>=` or `<=` is missing"
                                                            : "asks for equality, which chance never gives");
  if (found + 1 >= text.size() || text[found + 1] != '=')
    return problem(fmt::format("compares with `{0}`; known are `>=` and `<=`", text[found]),
                   fmt::format("write `{}=`", text[found]));
  comparison.left = trim(text.substr(0, found));
  comparison.bound = text[found] == '>' ? TargetBound::at_least : TargetBound::at_most;
  comparison.right = trim(text.substr(found + 2));
  if (comparison.left.empty()) return problem("names no measure");
  if (comparison.right.empty()) return problem("has no value");
  return std::nullopt;
}

/// "name(inside)" in two parts; false where the text has another form.
bool split_call(std::string_view text, std::string_view& name, std::string_view& inside) {
  const auto open = text.find('(');
  if (open == std::string_view::npos || !text.ends_with(')')) return false;
  name = trim(text.substr(0, open));
  inside = trim(text.substr(open + 1, text.size() - open - 2));
  return true;
}

Problem read_measure(std::string_view name, Measure& measure) {
  const auto found = find_measure(name);
  if (!found)
    return problem(fmt::format("names the measure `{}`, which there is not", name), suggest_measure(name));
  measure = *found;
  return std::nullopt;
}

/// "h/week" of "hours per week".
std::string normalized_unit(std::string_view unit) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 10> words{{{"hours", "h"},
                                                                                 {"hour", "h"},
                                                                                 {"days", "d"},
                                                                                 {"day", "d"},
                                                                                 {"weeks", "week"},
                                                                                 {"years", "year"},
                                                                                 {"yr", "year"},
                                                                                 {"wk", "week"},
                                                                                 {"y", "year"},
                                                                                 {"a", "year"}}};
  const auto one = [&](std::string_view word) {
    for (const auto& [alias, name] : words)
      if (alias == word) return std::string{name};
    return std::string{word};
  };
  std::string_view above = unit;
  std::string_view below;
  if (const auto slash = unit.find('/'); slash != std::string_view::npos) {
    above = trim(unit.substr(0, slash));
    below = trim(unit.substr(slash + 1));
  } else if (const auto per = unit.find("per "); per != std::string_view::npos) {
    above = trim(unit.substr(0, per));
    below = trim(unit.substr(per + 4));
  }
  if (below.empty()) return one(above);
  return (above.empty() ? "1" : one(above)) + "/" + one(below);
}

Problem read_probability(std::string_view text, double& value) {
  const auto [number, unit] = yaml::split_unit(text);
  double read = 0.0;
  if (auto wrong = yaml::parse_number(number, read)) return wrong;
  if (unit == "%")
    read /= 100.0;
  else if (!unit.empty())
    return problem(fmt::format("asks for a probability of `{}`, which has a unit", text), "write `>= 0.9`");
  if (!(read > 0.0 && read < 1.0))
    return problem(fmt::format("asks for a probability of `{}`, which does not lie between 0 and 1", text),
                   "write `>= 0.9` or `>= 90 %`");
  value = read;
  return std::nullopt;
}

/// P(measure <= value) >= level.
Problem read_probability_target(std::string_view inside, const Comparison& outer, StudyTarget& target) {
  if (outer.bound != TargetBound::at_least)
    return problem("asks for a small probability", "turn both comparisons around: `P(... >= ...) >= ...`");
  Comparison inner;
  if (auto wrong = split(inside, inner)) return wrong;
  if (auto wrong = read_measure(inner.left, target.measure)) return wrong;
  if (auto wrong = parse_measure_value(inner.right, target.measure, target.target.value)) return wrong;
  target.target.statistic = TargetStatistic::probability;
  target.target.bound = inner.bound;
  return read_probability(outer.right, target.target.level);
}

/// The level of "p95"; nothing where the text is no quantile.
Problem read_quantile(std::string_view name, double& level) {
  double percent = 0.0;
  if (!name.starts_with('p') || yaml::parse_number(name.substr(1), percent) || percent <= 0.0 ||
      percent >= 100.0)
    return problem(fmt::format("asks for `{}`; known are `mean`, `p5` to `p95` and `P`", name));
  level = percent / 100.0;
  return std::nullopt;
}

}  // namespace

std::optional<ValueProblem> parse_measure_value(std::string_view text, Measure measure, double& value) {
  const auto [number, written_unit] = yaml::split_unit(text);
  double read = 0.0;
  if (auto wrong = yaml::parse_number(number, read)) {
    wrong->what = fmt::format("has the value `{}`, which {}", text, wrong->what);
    return wrong;
  }
  const std::string_view unit = info_of(measure).unit;
  const std::string_view name = info_of(measure).name;
  if (unit == "1") {
    if (written_unit == "%")
      read /= 100.0;
    else if (!written_unit.empty())
      return problem(fmt::format("has the value `{}`, but `{}` has no unit", text, name),
                     fmt::format("write `{}`", number));
    if (is_share(measure) && (read < 0.0 || read > 1.0))
      return problem(fmt::format("has the value `{}`, but `{}` is a share", text, name),
                     written_unit.empty() && read <= 100.0 ? fmt::format("write `{} %`", number)
                                                           : "write a value between 0 % and 100 %");
    value = read;
    return std::nullopt;
  }
  const std::string corrected = measure_value_text(measure, read);
  if (written_unit.empty())
    return problem(fmt::format("has the value `{}` without a unit; `{}` has one", text, name),
                   fmt::format("write `{}`", corrected));
  if (normalized_unit(written_unit) != unit)
    return problem(fmt::format("has the value `{}`, but the unit of `{}` is {}", text, name, unit),
                   fmt::format("write it like `{}`", corrected));
  value = read;
  return std::nullopt;
}

std::optional<ValueProblem> parse_target(std::string_view text, StudyTarget& target) {
  Comparison outer;
  StudyTarget read;
  if (auto wrong = split(trim(text), outer)) return wrong;
  std::string_view call;
  std::string_view inside = outer.left;
  const bool is_call = split_call(outer.left, call, inside);
  if (is_call && (call == "P" || call == "Pr")) {
    if (auto wrong = read_probability_target(inside, outer, read)) return wrong;
  } else {
    read.target.bound = outer.bound;
    if (is_call && call != "mean") {
      if (auto wrong = read_quantile(call, read.target.level)) return wrong;
      read.target.statistic = TargetStatistic::quantile;
    }
    if (auto wrong = read_measure(inside, read.measure)) return wrong;
    if (auto wrong = parse_measure_value(outer.right, read.measure, read.target.value)) return wrong;
  }
  read.text = target_text(read.measure, read.target);
  target = std::move(read);
  return std::nullopt;
}

std::string target_text(Measure measure, const Target& target) {
  const std::string_view name = info_of(measure).name;
  const std::string_view sign = target.bound == TargetBound::at_least ? ">=" : "<=";
  const std::string value = measure_value_text(measure, target.value);
  switch (target.statistic) {
    case TargetStatistic::quantile:
      return fmt::format("p{:.4g}({}) {} {}", 100.0 * target.level, name, sign, value);
    case TargetStatistic::probability:
      return fmt::format("P({} {} {}) >= {:.6g}", name, sign, value, target.level);
    case TargetStatistic::mean:
      break;
  }
  return fmt::format("{} {} {}", name, sign, value);
}

}  // namespace peercap::app
