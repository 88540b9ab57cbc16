#include "app/studies/measure_names.h"

#include <algorithm>
#include <array>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "sim/io/yaml/number_text.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {
namespace {

using peer_support::info_of;
using peer_support::Measure;
using peer_support::measure_infos;

constexpr std::array twin_measures{Measure::distressed_days_averted_without_effect,
                                   Measure::distressed_days_averted,
                                   Measure::exhausted_share_averted,
                                   Measure::leavers_averted_per_year,
                                   Measure::cost_per_distressed_day_averted,
                                   Measure::net_benefit_per_year,
                                   Measure::net_benefit_low_per_year,
                                   Measure::net_benefit_high_per_year};

std::vector<std::string_view> words_of(std::string_view name) {
  std::vector<std::string_view> words;
  while (!name.empty()) {
    const auto end = std::min(name.find('_'), name.size());
    if (end > 0) words.push_back(name.substr(0, end));
    name.remove_prefix(std::min(end + 1, name.size()));
  }
  return words;
}

}  // namespace

std::optional<Measure> find_measure(std::string_view name) {
  const auto& infos = measure_infos();
  const auto found = std::ranges::find(infos, name, &peer_support::MeasureInfo::name);
  if (found == infos.end()) return std::nullopt;
  return static_cast<Measure>(found - infos.begin());
}

std::string suggest_measure(std::string_view name) {
  std::vector<std::string> names;
  for (const auto& info : measure_infos()) names.emplace_back(info.name);
  if (const auto similar = yaml::find_similar(name, names))
    return fmt::format("did you mean `{}`?", *similar);
  const auto wanted = words_of(name);
  std::vector<std::pair<std::size_t, std::string>> ranked;
  for (const std::string& candidate : names) {
    const auto words = words_of(candidate);
    const auto shared = std::ranges::count_if(
        wanted, [&](std::string_view word) { return std::ranges::find(words, word) != words.end(); });
    if (shared > 0) ranked.emplace_back(static_cast<std::size_t>(shared), candidate);
  }
  std::ranges::stable_sort(ranked, std::greater{}, &std::pair<std::size_t, std::string>::first);
  if (ranked.size() > 3) ranked.resize(3);
  std::string text;
  for (const auto& [shared, candidate] : ranked)
    text += fmt::format("{}`{}`", text.empty() ? "" : ", ", candidate);
  return text.empty() ? "`peercap describe measures` lists them" : "perhaps one of " + text;
}

bool is_share(Measure measure) {
  const auto& info = info_of(measure);
  return info.unit == "1" &&
         (info.name.ends_with("_share") || info.name.find("_incidence_") != std::string_view::npos ||
          measure == Measure::distress_point_prevalence);
}

bool needs_twin(Measure measure) {
  return std::ranges::find(twin_measures, measure) != twin_measures.end();
}

std::string_view shown_unit(Measure measure) {
  return is_share(measure) ? "share" : info_of(measure).unit;
}

std::string measure_value_text(Measure measure, double value) {
  if (is_share(measure)) {
    // 100 times a decimal share is a decimal again, but not always in a double.
    const std::string rounded = fmt::format("{:.12g}", 100.0 * value);
    return rounded + " %";
  }
  const std::string_view unit = info_of(measure).unit;
  if (unit == "1") return yaml::number_text(value);
  if (unit.starts_with("1/")) return fmt::format("{} per {}", yaml::number_text(value), unit.substr(2));
  return fmt::format("{} {}", yaml::number_text(value), unit);
}

}  // namespace peercap::app
