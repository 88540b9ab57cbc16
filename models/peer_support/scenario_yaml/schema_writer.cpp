#include "models/peer_support/scenario_yaml/schema_writer.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

#include "sim/io/yaml/time_units.h"

namespace peercap::peer_support {
namespace {

constexpr std::string_view positive_number = R"(((0|[1-9][0-9]*)(\.[0-9]*)?|\.[0-9]+)([eE][-+]?[0-9]+)?)";

/// "(year|years|...)" of the units for which `wanted` holds.
template <class Wanted>
std::string unit_alternatives(Wanted wanted) {
  std::string names;
  for (const yaml::TimeUnit& unit : yaml::time_units) {
    if (!wanted(unit)) continue;
    std::vector<std::string_view> seen;
    for (const auto name : unit.names) {
      if (name.empty() || std::ranges::find(seen, name) != seen.end()) continue;
      seen.push_back(name);
      names += fmt::format("{}{}", names.empty() ? "" : "|", name);
    }
  }
  return "(" + names + ")";
}

std::string all_units() {
  return unit_alternatives([](const yaml::TimeUnit&) { return true; });
}

}  // namespace

std::string duration_pattern() {
  return fmt::format("^{} *{}$", positive_number, all_units());
}
std::string rate_pattern() {
  return fmt::format("^{} *(/|per ) *{}$", positive_number, all_units());
}
std::string weekly_hours_pattern() {
  const auto up_to_an_hour =
      unit_alternatives([](const yaml::TimeUnit& unit) { return unit.ticks <= hours(1).ticks(); });
  const auto week =
      unit_alternatives([](const yaml::TimeUnit& unit) { return unit.ticks == weeks(1).ticks(); });
  return fmt::format("^{} *{} *(/|per ) *{}$", positive_number, up_to_an_hour, week);
}

std::string percent_pattern() {
  return fmt::format("^{} *(%|percent)$", positive_number);
}

std::string unit_pattern(std::string_view unit) {
  std::string pattern;
  if (unit.starts_with("per ")) {
    pattern = "(/|per ) *";
    unit.remove_prefix(4);
  }
  if (unit.ends_with('s')) unit.remove_suffix(1);
  return fmt::format("^-?{} *{}{}s?$", positive_number, pattern, unit);
}

void write_schema_bounds(yaml::JsonWriter& json, const Range& range) {
  if (std::isfinite(range.low))
    json.key(range.low_excluded ? "exclusiveMinimum" : "minimum").value(range.low);
  if (std::isfinite(range.high)) json.key("maximum").value(range.high);
}

void write_schema_pattern(yaml::JsonWriter& json, const std::string& pattern) {
  json.key("type").value("string").key("pattern").value(pattern);
}

void close_schema_mapping(yaml::JsonWriter& json) {
  json.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
  json.key("additionalProperties").boolean(false);
}

std::string schema_description(const ParameterInfo& info, const std::string& range) {
  std::string text{info.meaning};
  if (!range.empty()) text += fmt::format("; {}", range);
  text += fmt::format(". Default: {}", to_string(info.grade));
  if (!info.evidence.empty()) text += fmt::format(" ({})", info.evidence);
  return text;
}

}  // namespace peercap::peer_support
