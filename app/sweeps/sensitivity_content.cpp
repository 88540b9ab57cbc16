#include "app/sweeps/sensitivity_content.h"

#include <algorithm>
#include <functional>
#include <memory>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/resolved_text.h"

namespace peercap::app {
namespace {

using Integers = std::vector<std::int64_t>;
using Numbers = std::vector<double>;
using Texts = std::vector<std::string>;

Integers counted(std::uint64_t count) {
  Integers numbers(count);
  std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
  return numbers;
}

ResultVariable text_variable(std::string name, std::string long_name, std::string text) {
  return {std::move(name), "", std::move(long_name), "", {}, Texts{std::move(text)}};
}

ResultGroup factors_group(const FactorChoice& choice) {
  ResultGroup group{"/factors", "what was moved, and how far", GroupShape::table, {}, {}};
  Texts paths;
  Texts lows;
  Texts highs;
  Texts bases;
  for (const SensitivityFactor& factor : choice.factors) {
    paths.push_back(factor.path);
    lows.push_back(factor.low_text);
    highs.push_back(factor.high_text);
    bases.push_back(factor.base_text);
  }
  group.dimensions.push_back({"row", "1", "row", counted(choice.factors.size())});
  auto& v = group.variables;
  v.push_back(column("path", "", "parameter", "path of the parameter", std::move(paths)));
  v.push_back(column("low", "", "low end", "value at the low end of its range", std::move(lows)));
  v.push_back(column("high", "", "high end", "value at the high end of its range", std::move(highs)));
  v.push_back(column("base", "", "as it is", "value in the scenario; empty where the path names several",
                     std::move(bases)));
  return group;
}

/// A column of /effects: a figure of a factor for a measure.
struct EffectColumn {
  std::string name;
  std::string long_name;
  std::string description;
  std::function<double(const MeasureSensitivity& measure, std::size_t factor)> of;
};

std::vector<EffectColumn> columns_of(SensitivityMethod method) {
  switch (method) {
    case SensitivityMethod::tornado: {
      const auto bar = [](const MeasureSensitivity& m, std::size_t i) -> const TornadoBar& {
        return *std::ranges::find(m.tornado, i, &TornadoBar::factor);
      };
      std::vector<EffectColumn> columns;
      const auto add = [&](std::string name, std::string description, auto member) {
        columns.push_back({name, name, std::move(description),
                           [=](const MeasureSensitivity& m, std::size_t i) { return member(bar(m, i)); }});
      };
      add("swing", "size of the difference between both ends", [](const TornadoBar& b) { return b.swing; });
      add("at_low", "mean at the low end minus that of the scenario as it is",
          [](const TornadoBar& b) { return b.at_low.mean; });
      add("at_low_ci_low", "low end of its interval",
          [](const TornadoBar& b) { return b.at_low.interval.low; });
      add("at_low_ci_high", "high end of its interval",
          [](const TornadoBar& b) { return b.at_low.interval.high; });
      add("at_high", "mean at the high end minus that of the scenario as it is",
          [](const TornadoBar& b) { return b.at_high.mean; });
      add("at_high_ci_low", "low end of its interval",
          [](const TornadoBar& b) { return b.at_high.interval.low; });
      add("at_high_ci_high", "high end of its interval",
          [](const TornadoBar& b) { return b.at_high.interval.high; });
      add("n_low", "pairs of replications at the low end",
          [](const TornadoBar& b) { return static_cast<double>(b.at_low.count); });
      add("n_high", "pairs of replications at the high end",
          [](const TornadoBar& b) { return static_cast<double>(b.at_high.count); });
      return columns;
    }
    case SensitivityMethod::morris: {
      std::vector<EffectColumn> columns;
      const auto add = [&](std::string name, std::string description, auto member) {
        columns.push_back(
            {name, name, std::move(description),
             [=](const MeasureSensitivity& m, std::size_t i) { return member(m.morris.at(i)); }});
      };
      add("mu", "mean elementary effect over the whole range", [](const MorrisEffect& e) { return e.mean; });
      add("mu_star", "mean size of the elementary effects",
          [](const MorrisEffect& e) { return e.mean_magnitude; });
      add("mu_star_ci_low", "low end of its bootstrap interval",
          [](const MorrisEffect& e) { return e.magnitude_interval.low; });
      add("mu_star_ci_high", "high end of its bootstrap interval",
          [](const MorrisEffect& e) { return e.magnitude_interval.high; });
      add("sigma", "standard deviation of the elementary effects",
          [](const MorrisEffect& e) { return e.standard_deviation; });
      add("n", "elementary effects that told",
          [](const MorrisEffect& e) { return static_cast<double>(e.effects); });
      return columns;
    }
    case SensitivityMethod::sobol:
      break;
  }
  std::vector<EffectColumn> columns;
  const auto add = [&](std::string name, std::string description, auto member) {
    columns.push_back({name, name, std::move(description), [=](const MeasureSensitivity& m, std::size_t i) {
                         return member(m.sobol.factors.at(i));
                       }});
  };
  add("first_order", "share of the variance that the factor explains alone",
      [](const SobolIndex& s) { return s.first_order; });
  add("first_order_ci_low", "low end of its bootstrap interval",
      [](const SobolIndex& s) { return s.first_order_interval.low; });
  add("first_order_ci_high", "high end of its bootstrap interval",
      [](const SobolIndex& s) { return s.first_order_interval.high; });
  add("total", "share of the variance that the factor explains with all its interactions",
      [](const SobolIndex& s) { return s.total; });
  add("total_ci_low", "low end of its bootstrap interval",
      [](const SobolIndex& s) { return s.total_interval.low; });
  add("total_ci_high", "high end of its bootstrap interval",
      [](const SobolIndex& s) { return s.total_interval.high; });
  columns.push_back({"n", "n", "rows that told", [](const MeasureSensitivity& m, std::size_t) {
                       return static_cast<double>(m.sobol.rows);
                     }});
  return columns;
}

ResultGroup effects_group(const FactorChoice& choice, const SensitivityPlan& plan,
                          const SensitivityOutcome& outcome) {
  ResultGroup group{"/effects",
                    "what each factor does to each measure, by " + std::string{to_string(plan.method)},
                    GroupShape::table,
                    {},
                    {}};
  const std::size_t rows = outcome.measures.size() * choice.factors.size();
  Texts measures;
  Texts paths;
  for (const MeasureSensitivity& measure : outcome.measures)
    for (const SensitivityFactor& factor : choice.factors) {
      measures.emplace_back(peer_support::info_of(measure.measure).name);
      paths.push_back(factor.path);
    }
  group.dimensions.push_back({"row", "1", "row", counted(rows)});
  group.variables.push_back(column("measure", "", "measure", "name of the measure", std::move(measures)));
  group.variables.push_back(column("path", "", "parameter", "path of the factor", std::move(paths)));
  for (const EffectColumn& effect : columns_of(plan.method)) {
    Numbers values;
    for (const MeasureSensitivity& measure : outcome.measures)
      for (std::size_t i = 0; i < choice.factors.size(); ++i) values.push_back(effect.of(measure, i));
    group.variables.push_back(
        column(effect.name, "1", effect.long_name, effect.description, std::move(values)));
  }
  return group;
}

ResultGroup points_group(const Study& study, const FactorChoice& choice, const SensitivityPlan& plan,
                         const SensitivityOutcome& outcome) {
  ResultGroup group{"/points",
                    "every point of the design: where the factors are, and the mean of each measure",
                    GroupShape::arrays,
                    {},
                    {}};
  const std::size_t factors = choice.factors.size();
  Texts paths;
  for (const SensitivityFactor& factor : choice.factors) paths.push_back(factor.path);
  group.dimensions.push_back({"point", "1", "point", counted(outcome.points)});
  group.dimensions.push_back({"factor", "", "parameter", std::move(paths)});
  ResultVariable places{"place",
                        "1",
                        "place in the range",
                        "from 0 at the low end to 1 at the high end; NaN where it is as the scenario has it",
                        {"point", "factor"},
                        Numbers{}};
  places.stream = {outcome.points * factors,
                   [design = std::make_shared<SensitivityDesign>(plan, factors, study.base.run.seed),
                    factors](std::uint64_t first, std::span<double> values) {
                     while (!values.empty()) {
                       const std::vector<double> point = design->places(first / factors);
                       const auto begin = first % factors;
                       const auto count = std::min<std::uint64_t>(values.size(), factors - begin);
                       std::copy_n(point.begin() + static_cast<std::ptrdiff_t>(begin), count, values.begin());
                       values = values.subspan(count);
                       first += count;
                     }
                   }};
  group.variables.push_back(std::move(places));
  for (std::size_t m = 0; m < study.measures.size(); ++m) {
    const auto& info = peer_support::info_of(study.measures[m]);
    group.variables.push_back({std::string{info.name},
                               std::string{info.unit},
                               std::string{info.long_name},
                               std::string{info.description},
                               {"point"},
                               outcome.means[m]});
  }
  return group;
}

}  // namespace

std::vector<ResultGroup> sensitivity_groups(const Study& study, const FactorChoice& choice,
                                            const SensitivityPlan& plan, const SensitivityOutcome& outcome,
                                            const std::string& source) {
  ResultGroup of_study{"/study", "what was run", GroupShape::texts, {}, {}};
  of_study.variables.push_back(text_variable("name", "name of the study", study.spec.name));
  of_study.variables.push_back(text_variable("source", "study file as given", source));
  of_study.variables.push_back(text_variable("scenario", "every parameter of the scenario as it is",
                                             peer_support::resolved_text(study.base)));
  of_study.variables.push_back(
      text_variable("plan", "method and size",
                    fmt::format("{}, {} points with {} replications each", to_string(plan.method),
                                outcome.points, outcome.replications)));
  std::vector<ResultGroup> groups;
  groups.push_back(std::move(of_study));
  groups.push_back(factors_group(choice));
  groups.push_back(effects_group(choice, plan, outcome));
  groups.push_back(points_group(study, choice, plan, outcome));
  return groups;
}

}  // namespace peercap::app
