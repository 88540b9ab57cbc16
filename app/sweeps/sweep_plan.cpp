#include "app/sweeps/sweep_plan.h"

#include <algorithm>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "sim/io/yaml/number_text.h"
#include "sim/support/build_info.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

using peer_support::FactorKind;
using peer_support::ParameterType;

/// floor(total * number / of) without overflow.
std::uint64_t share(std::uint64_t total, std::int64_t number, std::int64_t of) {
  const auto n = static_cast<std::uint64_t>(number);
  const auto parts = static_cast<std::uint64_t>(of);
  return total / parts * n + total % parts * n / parts;
}

/// Everything by which one sweep differs from another, beside the scenario, a line each.
std::string sweep_text(const Study& study, std::uint64_t replications) {
  std::string text = "sweep:\n";
  const auto line = [&](std::string_view key, const std::string& value) {
    text += fmt::format("  {}: {}\n", key, value);
  };
  line("replications", std::to_string(replications));
  line("design", std::string{level_names(DesignKind{})[static_cast<std::size_t>(study.spec.design.kind)]});
  line("points", std::to_string(study.spec.design.points));
  std::vector<std::string_view> measures;
  for (const peer_support::Measure measure : study.measures)
    measures.push_back(peer_support::info_of(measure).name);
  line("measures", fmt::format("{}", fmt::join(measures, ", ")));
  for (const VariedParameter& parameter : study.vary)
    line("vary " + parameter.path,
         parameter.values.empty()
             ? fmt::format("from {:a} to {:a}, {}, {} points", parameter.low, parameter.high,
                           level_names(VaryScale{})[static_cast<std::size_t>(parameter.scale)],
                           parameter.points)
             : fmt::format("{}", fmt::join(parameter.values, ", ")));
  for (std::size_t i = 0; i < study.points.size(); ++i)
    for (const auto& [path, value] : study.points[i]) line(fmt::format("point {} {}", i, path), value);
  return text;
}

}  // namespace

std::optional<Shard> parse_shard(std::string_view text) {
  const auto slash = text.find('/');
  if (slash == std::string_view::npos) return std::nullopt;
  Shard shard;
  constexpr std::int64_t most = 1'000'000;
  if (yaml::parse_whole_number(text.substr(0, slash), shard.number) ||
      yaml::parse_whole_number(text.substr(slash + 1), shard.of) || shard.of < 1 || shard.of > most ||
      shard.number < 1 || shard.number > shard.of)
    return std::nullopt;
  return shard;
}

SweepPlan::SweepPlan(const Study& study, Shard shard)
    : study_{study},
      design_{study},
      shard_{shard},
      replications_{static_cast<std::uint64_t>(study.spec.replications > 0 ? study.spec.replications
                                                                           : default_sweep_replications)} {
  require(!study.measures.empty(), "SweepPlan: a sweep has a measure");
  range_ = {share(runs(), shard.number - 1, shard.of), share(runs(), shard.number, shard.of)};
  for (const VariedParameter& parameter : study.vary) {
    add_column(parameter.path, parameter.kind);
    for (const std::string& text : parameter.values) add_level(columns_.back(), text);
  }
  for (const auto& point : study.points)
    for (const auto& [path, text] : point) {
      if (!column_by_path_.contains(path)) {
        const auto info = peer_support::find_factor(study.base, path);
        add_column(path, info ? info->kind : FactorKind::categorical);
      }
      add_level(columns_[column_by_path_.at(path)], text);
    }

  const BuildInfo& build = build_info();
  identity_.program = fmt::format("peercap {} (git {})", build.version, build.git_hash);
  peer_support::Scenario scenario = study.base;
  scenario.run.replications = 1;
  identity_.scenario = peer_support::resolved_text(scenario) + sweep_text(study, replications_);
  for (const auto& [name, variant] : study.variants)
    identity_.scenario += fmt::format("variant {}:\n{}", name, peer_support::resolved_text(variant));
  if (scenario.roster_data) identity_.roster_sha256 = scenario.roster_data->sha256;
  identity_.replications = replications_;
}

void SweepPlan::add_column(const std::string& path, FactorKind kind) {
  column_by_path_.emplace(path, columns_.size());
  DesignColumn& column = columns_.emplace_back();
  column.path = path;
  column.kind = kind;
  if (kind == FactorKind::categorical) return;
  column.unit = "1";
  const auto* entry = peer_support::find_in_catalogue(path);
  if (entry == nullptr) return;
  if (entry->type == ParameterType::duration) {
    column.unit = "d";
    column.scale = 1.0 / static_cast<double>(days(1).ticks());
  } else if (entry->type == ParameterType::rate) {
    column.unit = "1/d";
  } else if (entry->type == ParameterType::weekly_hours) {
    column.unit = "h/week";
  }
}

void SweepPlan::add_level(DesignColumn& column, const std::string& text) {
  if (column.kind != FactorKind::categorical) return;
  if (std::ranges::find(column.levels, text) == column.levels.end()) column.levels.push_back(text);
}

std::vector<double> SweepPlan::coordinates(std::uint64_t index) const {
  std::vector<double> values(columns_.size(), std::numeric_limits<double>::quiet_NaN());
  const peer_support::ParameterSettings settings = design_.settings(index);
  std::vector<bool> is_set(columns_.size(), false);
  for (const auto& [path, text] : settings) {
    const std::size_t position = column_by_path_.at(path);
    const DesignColumn& column = columns_[position];
    is_set[position] = true;
    if (column.kind == FactorKind::categorical) {
      values[position] = static_cast<double>(std::ranges::find(column.levels, text) - column.levels.begin());
    } else if (const auto number = peer_support::number_of_text(study_.base, path, text)) {
      values[position] = *number * column.scale;
    }
  }
  for (std::size_t i = 0; i < columns_.size(); ++i) {
    if (is_set[i] || columns_[i].kind == FactorKind::categorical) continue;
    const auto info = peer_support::find_factor(study_.base, columns_[i].path);
    if (info && info->number) values[i] = *info->number * columns_[i].scale;
  }
  return values;
}

RunIdentity SweepPlan::shard_identity() const {
  RunIdentity identity = identity_;
  identity.scenario += fmt::format("  shard: {}/{}\n", shard_.number, shard_.of);
  return identity;
}

}  // namespace peercap::app
