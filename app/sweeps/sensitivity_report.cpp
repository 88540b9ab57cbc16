#include "app/sweeps/sensitivity_report.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "app/progress.h"
#include "app/studies/measure_names.h"
#include "app/studies/text_layout.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/number_text.h"

namespace peercap::app {
namespace {

constexpr std::size_t most_shown = 12;

/// A figure with its interval, of a difference in a measure's unit; shares in percentage points.
std::string difference_text(double value, const Interval& interval, double scale) {
  if (std::isnan(value)) return "not defined";
  if (value == 0.0 && interval.low == 0.0 && interval.high == 0.0) return "no change";
  // A sum of differences that should be nothing leaves a rest of rounding.
  const double width = interval.high - interval.low;
  const double shown = std::abs(value) < 1e-9 * width ? 0.0 : value;
  return fmt::format("{:+.3g} ({:+.3g} to {:+.3g})", shown * scale, interval.low * scale,
                     interval.high * scale);
}

std::string index_text(double value, const Interval& interval) {
  if (std::isnan(value)) return "not defined";
  return fmt::format("{:.3f} ({:.3f} to {:.3f})", value, interval.low, interval.high);
}

/// An end of the range as the scenario writes the parameter: what is exact can be long.
std::string end_text(const SensitivityFactor& factor, const std::string& text, double number) {
  constexpr std::size_t readable = 9;
  if (yaml::split_unit(text).number.size() <= readable) return text;
  const auto [now, unit] = yaml::split_unit(factor.base_text);
  double base = 0.0;
  if (yaml::parse_number(now, base) || base == 0.0 || std::isnan(factor.base_number)) return text;
  return fmt::format("{:.6g}{}{}", base * number / factor.base_number, unit.empty() ? "" : " ", unit);
}

std::string range_text(const SensitivityFactor& factor) {
  std::string text = fmt::format("{} .. {}", end_text(factor, factor.low_text, factor.factor.low),
                                 end_text(factor, factor.high_text, factor.factor.high));
  if (!factor.base_text.empty()) text += fmt::format(" (now {})", factor.base_text);
  return text;
}

std::string heading(const SensitivityPlan& plan, const SensitivityOutcome& outcome) {
  switch (plan.method) {
    case SensitivityMethod::tornado:
      return fmt::format(
          "One parameter after the other at both ends of its range: what that does to the mean against the "
          "scenario as it is, with {:.0f} % intervals of {} paired replications.",
          100.0 * plan.confidence, outcome.replications);
    case SensitivityMethod::morris:
      return fmt::format(
          "Morris screening, {} trajectories: mu* is the mean size of what moving a parameter through its "
          "range does, with its {:.0f} % bootstrap interval; sigma is large where that depends on the "
          "others.",
          plan.trajectories, 100.0 * plan.confidence);
    case SensitivityMethod::sobol:
      break;
  }
  return fmt::format(
      "Sobol indices, {} rows: the share of the variance over all ranges that a parameter explains alone "
      "(first) and with all its interactions (total), with {:.0f} % bootstrap intervals.",
      plan.rows, 100.0 * plan.confidence);
}

std::string factor_lines(const SensitivityPlan& plan, const MeasureSensitivity& measure, std::size_t i,
                         double scale) {
  switch (plan.method) {
    case SensitivityMethod::tornado: {
      const TornadoBar& bar = *std::ranges::find(measure.tornado, i, &TornadoBar::factor);
      return row("  low", difference_text(bar.at_low.mean, bar.at_low.interval, scale) +
                              fmt::format(", n = {}", bar.at_low.count)) +
             row("  high", difference_text(bar.at_high.mean, bar.at_high.interval, scale) +
                               fmt::format(", n = {}", bar.at_high.count));
    }
    case SensitivityMethod::morris: {
      const MorrisEffect& effect = measure.morris[i];
      if (std::isnan(effect.mean_magnitude))
        return row("  mu*", fmt::format("not defined, n = {}", effect.effects));
      return row("  mu*",
                 fmt::format("{:.3g} ({:.3g} to {:.3g}), sigma {:.3g}, n = {}", effect.mean_magnitude * scale,
                             effect.magnitude_interval.low * scale, effect.magnitude_interval.high * scale,
                             effect.standard_deviation * scale, effect.effects));
    }
    case SensitivityMethod::sobol:
      break;
  }
  const SobolIndex& index = measure.sobol.factors[i];
  return row("  total", index_text(index.total, index.total_interval)) +
         row("  first", index_text(index.first_order, index.first_order_interval) +
                            fmt::format(", n = {}", measure.sobol.rows));
}

/// How many of a tornado's differences are more than chance.
std::string chance_text(const SensitivityPlan& plan, const MeasureSensitivity& measure) {
  std::size_t told = 0;
  std::size_t all = 0;
  for (const TornadoBar& bar : measure.tornado)
    for (const PairedDifference* end : {&bar.at_low, &bar.at_high}) {
      if (std::isnan(end->mean) || (end->interval.low == 0.0 && end->interval.high == 0.0)) continue;
      ++all;
      told += end->interval.low > 0.0 || end->interval.high < 0.0 ? 1 : 0;
    }
  if (all == 0) return "  No parameter changes anything.\n";
  return wrapped(
      fmt::format("Of the {} differences that are not nothing, {} {} an interval without 0; by "
                  "chance alone {:.2g} would.",
                  all, told, told == 1 ? "has" : "have", (1.0 - plan.confidence) * static_cast<double>(all)),
      2);
}

/// "percentage points", "h/week".
std::string unit_text(peer_support::Measure measure) {
  if (is_share(measure)) return "percentage points";
  const std::string_view unit = peer_support::info_of(measure).unit;
  return unit == "1" ? std::string{} : std::string{unit};
}

void write_interval(yaml::JsonWriter& json, std::string_view name, const Interval& interval) {
  json.key(fmt::format("{}_ci_low", name)).value(interval.low);
  json.key(fmt::format("{}_ci_high", name)).value(interval.high);
}

void write_effect(yaml::JsonWriter& json, const SensitivityPlan& plan, const MeasureSensitivity& measure,
                  std::size_t i) {
  switch (plan.method) {
    case SensitivityMethod::tornado: {
      const TornadoBar& bar = *std::ranges::find(measure.tornado, i, &TornadoBar::factor);
      json.key("swing").value(bar.swing);
      json.key("n_low").value(bar.at_low.count);
      json.key("at_low").value(bar.at_low.mean);
      write_interval(json, "at_low", bar.at_low.interval);
      json.key("n_high").value(bar.at_high.count);
      json.key("at_high").value(bar.at_high.mean);
      write_interval(json, "at_high", bar.at_high.interval);
      break;
    }
    case SensitivityMethod::morris: {
      const MorrisEffect& effect = measure.morris[i];
      json.key("n").value(effect.effects);
      json.key("mu").value(effect.mean);
      json.key("mu_star").value(effect.mean_magnitude);
      write_interval(json, "mu_star", effect.magnitude_interval);
      json.key("sigma").value(effect.standard_deviation);
      break;
    }
    case SensitivityMethod::sobol: {
      const SobolIndex& index = measure.sobol.factors[i];
      json.key("n").value(static_cast<std::int64_t>(measure.sobol.rows));
      json.key("first_order").value(index.first_order);
      write_interval(json, "first_order", index.first_order_interval);
      json.key("total").value(index.total);
      write_interval(json, "total", index.total_interval);
      break;
    }
  }
}

}  // namespace

std::string sensitivity_report(const Study& study, const FactorChoice& choice, const SensitivityPlan& plan,
                               const SensitivityOutcome& outcome) {
  std::string text = wrapped(fmt::format("{}: on which {} does the answer hang?", study.spec.name,
                                         choice.is_usual ? "assumptions" : "parameters"));
  text += wrapped(heading(plan, outcome));
  if (choice.is_usual)
    text += wrapped(fmt::format(
        "The study varies nothing, so these are the {} parameters whose defaults are assumptions, each moved "
        "to both sides by a share of its value, within what is allowed.{}",
        choice.factors.size(),
        choice.left_out.empty()
            ? ""
            : fmt::format(
                  " {} are left out (at 0, or different in each item of a list); a study can vary them.",
                  choice.left_out.size())));
  for (const MeasureSensitivity& measure : outcome.measures) {
    const double scale = is_share(measure.measure) ? 100.0 : 1.0;
    const std::string unit = unit_text(measure.measure);
    text += fmt::format("\n{}{}\n", peer_support::info_of(measure.measure).long_name,
                        unit.empty() || plan.method == SensitivityMethod::sobol ? "" : ", " + unit);
    if (plan.method == SensitivityMethod::tornado)
      text += row("as it is", fmt::format("{:.4g} ({:.4g} to {:.4g}), n = {}", measure.base.mean * scale,
                                          measure.base.mean_interval.low * scale,
                                          measure.base.mean_interval.high * scale, measure.base.count));
    const auto order = ranking(plan, measure, choice.factors.size());
    for (std::size_t k = 0; k < std::min(order.size(), most_shown); ++k) {
      const SensitivityFactor& factor = choice.factors[order[k]];
      text += row(factor.path, range_text(factor));
      text += factor_lines(plan, measure, order[k], scale);
    }
    if (order.size() > most_shown)
      text += fmt::format("  and {} more, which move it less\n", order.size() - most_shown);
    if (plan.method == SensitivityMethod::tornado) text += chance_text(plan, measure);
  }
  if (outcome.failed_points > 0)
    text += "\n" + wrapped(fmt::format("{} of {} points failed and are left out.", outcome.failed_points,
                                       outcome.points));
  text += fmt::format("\n{} points with {} replications each in {}\n",
                      count_text(static_cast<double>(outcome.points)), outcome.replications,
                      duration_text(outcome.seconds));
  return text;
}

std::string sensitivity_json(const Study& study, const FactorChoice& choice, const SensitivityPlan& plan,
                             const SensitivityOutcome& outcome) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-sensitivity/1");
  json.key("study").value(study.spec.name);
  json.key("method").value(to_string(plan.method));
  json.key("points").value(static_cast<std::int64_t>(outcome.points));
  json.key("replications").value(outcome.replications);
  json.key("failed_points").value(static_cast<std::int64_t>(outcome.failed_points));
  json.key("confidence").value(plan.confidence);
  json.key("left_out").begin_array();
  for (const auto& [path, why] : choice.left_out) {
    json.begin_object();
    json.key("parameter").value(path);
    json.key("why").value(why);
    json.end_object();
  }
  json.end_array();
  json.key("measures").begin_array();
  for (const MeasureSensitivity& measure : outcome.measures) {
    json.begin_object();
    json.key("measure").value(peer_support::info_of(measure.measure).name);
    json.key("unit").value(peer_support::info_of(measure.measure).unit);
    if (plan.method == SensitivityMethod::tornado) json.key("base").value(measure.base.mean);
    if (plan.method == SensitivityMethod::sobol) {
      json.key("mean").value(measure.sobol.mean);
      json.key("variance").value(measure.sobol.variance);
    }
    json.key("parameters").begin_array();
    for (const std::size_t i : ranking(plan, measure, choice.factors.size())) {
      const SensitivityFactor& factor = choice.factors[i];
      json.begin_object();
      json.key("parameter").value(factor.path);
      json.key("low").value(factor.low_text);
      json.key("high").value(factor.high_text);
      json.key("base").value(factor.base_text);
      write_effect(json, plan, measure, i);
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("seconds").value(outcome.seconds);
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
