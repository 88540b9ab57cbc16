#include "app/sweeps/sensitivity_factors.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <optional>
#include <set>
#include <string>

#include <fmt/format.h>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

using peer_support::CatalogueEntry;
using peer_support::FactorKind;
using peer_support::ParameterType;

SensitivityFactor of_levels(std::string path, FactorKind kind, std::vector<std::string> levels) {
  SensitivityFactor factor{.path = std::move(path), .kind = kind, .levels = std::move(levels)};
  factor.factor = {0.0, static_cast<double>(factor.levels.size() - 1), FactorScale::integer};
  factor.low_text = factor.levels.front();
  factor.high_text = factor.levels.back();
  return factor;
}

void set_range(SensitivityFactor& factor, const peer_support::Scenario& base, Factor range) {
  factor.factor = range;
  factor.low_text = peer_support::text_of_number(base, factor.path, range.low);
  factor.high_text = peer_support::text_of_number(base, factor.path, range.high);
}

SensitivityFactor of_varied(const Study& study, const VariedParameter& parameter) {
  if (!parameter.values.empty()) return of_levels(parameter.path, parameter.kind, parameter.values);
  SensitivityFactor factor{.path = parameter.path, .kind = parameter.kind};
  const bool is_whole = parameter.kind == FactorKind::whole || parameter.scale == VaryScale::integer;
  set_range(factor, study.base,
            {parameter.low, parameter.high,
             is_whole                            ? FactorScale::integer
             : parameter.scale == VaryScale::log ? FactorScale::logarithmic
                                                 : FactorScale::linear});
  return factor;
}

/// The allowed range in the numbers of gradual_value.h.
Range allowed_numbers(const CatalogueEntry& entry) {
  Range range = entry.range;
  if (entry.type != ParameterType::duration) return range;
  const auto ticks_per_day = static_cast<double>(days(1).ticks());
  range.low *= ticks_per_day;
  range.high *= ticks_per_day;
  return range;
}

/// To six digits: a quarter more or less is not meant more exactly, and reads better.
double rounded(double number) {
  return std::stod(fmt::format("{:.6g}", number));
}

/// Moves a number by a share of itself; nothing where that leads nowhere.
std::optional<Factor> usual_range(const CatalogueEntry& entry, FactorKind kind, double number,
                                  UsualSpan span) {
  const double reach = span.share * std::abs(number);
  double low = rounded(number - reach);
  double high = rounded(number + reach);
  if (kind == FactorKind::whole) {
    low = std::floor(low);
    high = std::ceil(high);
  }
  const Range allowed = allowed_numbers(entry);
  if (low <= allowed.low) low = allowed.low_excluded ? number : allowed.low;
  if (high > allowed.high) high = allowed.high;
  if (kind == FactorKind::whole && low == high) return std::nullopt;
  if (!(low < high)) return std::nullopt;
  return Factor{low, high, kind == FactorKind::whole ? FactorScale::integer : FactorScale::linear};
}

class UsualFactors {
 public:
  UsualFactors(const Study& study, UsualSpan span, FactorChoice& choice)
      : study_{study}, span_{span}, choice_{choice} {
    for (const auto& [path, value] : peer_support::all_values(study.base))
      values_[peer_support::generic_path(path)].insert(value);
  }

  void take(const CatalogueEntry& entry) {
    std::string path = entry.path;
    for (auto at = path.find("[]"); at != std::string::npos; at = path.find("[]", at + 3))
      path.replace(at, 2, "[*]");
    const auto info = peer_support::find_factor(study_.base, path);
    if (!info) return;  // the scenario has no such item, or it is a mix or a list
    const auto values = values_.find(entry.path);
    if (values == values_.end()) return;
    if (values->second.size() > 1) return leave_out(path, "its items differ");
    SensitivityFactor factor;
    if (!info->levels.empty()) {
      const std::vector<std::string> levels = fitting_levels(path, info->levels);
      if (levels.size() < 2) return leave_out(path, "its other levels do not fit the rest of the scenario");
      factor = of_levels(path, info->kind, levels);
    } else if (info->number) {
      const auto range = usual_range(entry, info->kind, *info->number, span_);
      if (!range)
        return leave_out(path, *info->number == 0.0 ? "it is 0, of which a share is nothing"
                                                    : "it cannot be moved within its range");
      factor.path = path;
      factor.kind = info->kind;
      factor.base_number = *info->number;
      set_range(factor, study_.base, *range);
    } else {
      return leave_out(path, "it is neither a number nor a choice");
    }
    factor.base_text = *values->second.begin();
    choice_.factors.push_back(std::move(factor));
  }

 private:
  /// The levels that make a scenario that passes its checks.
  [[nodiscard]] std::vector<std::string> fitting_levels(const std::string& path,
                                                        const std::vector<std::string>& levels) const {
    std::vector<std::string> fitting;
    for (const std::string& level : levels) {
      peer_support::Scenario scenario = study_.base;
      Diagnostics diagnostics;
      peer_support::set_value(scenario, path, level, diagnostics);
      const bool is_refused = std::ranges::any_of(peer_support::check(scenario), [](const auto& problem) {
        return problem.severity == Severity::error;
      });
      if (!diagnostics.has_errors() && !is_refused) fitting.push_back(level);
    }
    return fitting;
  }

  void leave_out(const std::string& path, std::string why) {
    choice_.left_out.emplace_back(path, std::move(why));
  }

  const Study& study_;
  UsualSpan span_;
  FactorChoice& choice_;
  std::map<std::string, std::set<std::string>> values_;  ///< by generic path
};

}  // namespace

std::pair<std::string, std::string> SensitivityFactor::setting_at(const peer_support::Scenario& base,
                                                                  double unit) const {
  const double value = factor.value_at(unit);
  if (levels.empty()) return {path, peer_support::text_of_number(base, path, value)};
  return {path, levels.at(static_cast<std::size_t>(std::lround(value)))};
}

FactorChoice choose_factors(const Study& study, UsualSpan span) {
  FactorChoice choice;
  if (!study.vary.empty()) {
    for (const VariedParameter& parameter : study.vary) {
      choice.factors.push_back(of_varied(study, parameter));
      SensitivityFactor& factor = choice.factors.back();
      factor.base_text = peer_support::get_value(study.base, parameter.path).value_or("");
      if (const auto info = peer_support::find_factor(study.base, parameter.path))
        factor.base_number = info->number.value_or(factor.base_number);
    }
    return choice;
  }
  choice.is_usual = true;
  UsualFactors usual{study, span, choice};
  for (const CatalogueEntry& entry : peer_support::catalogue())
    if (entry.grade == Grade::assumed && entry.sweepable == Sweepable::yes) usual.take(entry);
  return choice;
}

}  // namespace peercap::app
