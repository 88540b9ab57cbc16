#include "models/peer_support/scenario_yaml/json_schema.h"

#include <algorithm>
#include <cmath>
#include <string_view>
#include <type_traits>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/format_version.h"
#include "models/peer_support/scenario_yaml/parameter_type.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/time_units.h"
#include "sim/io/yaml/value_range.h"

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

/// A plain number's unit, singular or plural, "per" or "/".
std::string unit_pattern(std::string_view unit) {
  std::string pattern;
  if (unit.starts_with("per ")) {
    pattern = "(/|per ) *";
    unit.remove_prefix(4);
  }
  if (unit.ends_with('s')) unit.remove_suffix(1);
  return fmt::format("^-?{} *{}{}s?$", positive_number, pattern, unit);
}

void write_bounds(yaml::JsonWriter& json, const Range& range) {
  if (std::isfinite(range.low))
    json.key(range.low_excluded ? "exclusiveMinimum" : "minimum").value(range.low);
  if (std::isfinite(range.high)) json.key("maximum").value(range.high);
}

void write_pattern(yaml::JsonWriter& json, const std::string& pattern) {
  json.key("type").value("string").key("pattern").value(pattern);
}

/// The members of the schema of a bare value of type T.
template <class T>
void write_value_schema(yaml::JsonWriter& json, const T& value, const ParameterInfo& info) {
  if constexpr (std::is_same_v<T, SimDuration>)
    write_pattern(json, duration_pattern());
  else if constexpr (std::is_same_v<T, Rate>)
    write_pattern(json, rate_pattern());
  else if constexpr (std::is_same_v<T, WeeklyHours>)
    write_pattern(json, weekly_hours_pattern());
  else if constexpr (std::is_same_v<T, Probability>) {
    json.key("anyOf").begin_array().begin_object().key("type").value("number");
    write_bounds(json, yaml::effective_range<T>(info.range));
    json.end_object().begin_object();
    write_pattern(json, fmt::format("^{} *(%|percent)$", positive_number));
    json.end_object().end_array();
  } else if constexpr (std::is_same_v<T, double>) {
    if (info.unit.empty()) {
      json.key("type").value("number");
      write_bounds(json, info.range);
    } else {
      write_pattern(json, unit_pattern(info.unit));
    }
  } else if constexpr (std::is_same_v<T, int>) {
    json.key("type").value("integer");
    write_bounds(json, info.range);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    json.key("type").value("integer").key("minimum").value(0);
  } else if constexpr (std::is_same_v<T, CivilDate>) {
    write_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  } else if constexpr (std::is_same_v<T, DateOrNever>) {
    write_pattern(json, "^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$");
  } else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
    json.key("type").value("array").key("items").begin_object();
    write_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    json.end_object();
  } else if constexpr (std::is_enum_v<T>) {
    json.key("enum").begin_array();
    for (const auto level : level_names(value)) json.value(level);
    json.end_array();
  } else {
    json.key("type").value("string");
  }
}

std::string describe_parameter(const ParameterInfo& info, const std::string& range) {
  std::string text{info.meaning};
  if (!range.empty()) text += fmt::format("; {}", range);
  text += fmt::format(". Default: {}", to_string(info.grade));
  if (!info.evidence.empty()) text += fmt::format(" ({})", info.evidence);
  return text;
}

/// Visitor that writes the properties of one mapping. Groups at the top become definitions, so that named
/// patches can use them too.
class SchemaWriter {
 public:
  enum class Level { top, inner };
  SchemaWriter(yaml::JsonWriter& json, Level level) : json_{json}, level_{level} {}

  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    using yaml::value_text;
    std::string range;
    if constexpr (parameter_type<T>() <= ParameterType::integer) range = yaml::range_text<T>(info);
    json_.key(name).begin_object();
    json_.key("description").value(describe_parameter(info, range));
    write_default(value, info);
    json_.key("anyOf").begin_array().begin_object();
    write_value_schema(json_, value, info);
    json_.end_object().begin_object();
    json_.key("type").value("object").key("properties").begin_object().key("value").begin_object();
    write_value_schema(json_, value, info);
    json_.end_object();
    json_.key("source").begin_object().key("type").value("string").end_object();
    json_.key("note").begin_object().key("type").value("string").end_object().end_object();
    json_.key("required").begin_array().value("value").end_array();
    close_mapping();
    json_.end_object().end_array().end_object();
  }

  void shares(std::string_view name, Shares&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(describe_parameter(info, {}));
    json_.key("type").value("object");
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties")
        .begin_object()
        .key("type")
        .begin_array()
        .value("number")
        .value("object")
        .end_array();
    write_bounds(json_, info.range);
    json_.end_object().end_object();
  }

  void settings(std::string_view name, ParameterSettings&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(describe_parameter(info, {}));
    json_.key("type").value("object");
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties").begin_object().key("type").begin_array();
    json_.value("number").value("string").value("object").end_array().end_object().end_object();
  }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view meaning) {
    json_.key(name).begin_object();
    if (level_ == Level::top)
      json_.key("$ref").value(fmt::format("#/definitions/{}", name));
    else
      write_group(group, meaning);
    json_.end_object();
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(fmt::format("{}; merged by name", info.meaning));
    json_.key("type").value("array").key("items").begin_object();
    json_.key("type").value("object").key("properties").begin_object();
    json_.key("name").begin_object().key("type").value("string").key("minLength").value(1).end_object();
    Item item;
    SchemaWriter inner{json_, Level::inner};
    describe(inner, item);
    json_.end_object();
    json_.key("required").begin_array().value("name").end_array();
    close_mapping();
    json_.end_object().end_object();
  }

  template <class Group>
  void write_group(Group& group, std::string_view meaning) {
    json_.key("description").value(meaning).key("type").value("object").key("properties").begin_object();
    SchemaWriter inner{json_, Level::inner};
    describe(inner, group);
    json_.end_object();
    close_mapping();
  }

  void close_mapping() {
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties").boolean(false);
  }

 private:
  template <class T>
  void write_default(const T& value, const ParameterInfo& info) {
    using yaml::value_text;
    json_.key("default");
    if constexpr (std::is_same_v<T, Probability>)
      json_.value(value.value);
    else if constexpr (std::is_same_v<T, int>)
      json_.value(value);
    else if constexpr (std::is_same_v<T, std::uint64_t>)
      json_.value(static_cast<std::int64_t>(value));
    else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
      json_.begin_array();
      for (const CivilDate date : value) json_.value(date.to_string());
      json_.end_array();
    } else if constexpr (std::is_same_v<T, double>) {
      if (info.unit.empty())
        json_.value(value);
      else
        json_.value(value_text(value, info));
    } else {
      json_.value(value_text(value, info));
    }
  }

  yaml::JsonWriter& json_;
  Level level_;
};

/// Visitor that writes the groups at the top as definitions.
class DefinitionWriter {
 public:
  explicit DefinitionWriter(yaml::JsonWriter& json) : json_{json} {}

  template <class T>
  void field(std::string_view, T&, const ParameterInfo&) {}
  void shares(std::string_view, Shares&, const ParameterInfo&) {}
  void settings(std::string_view, ParameterSettings&, const ParameterInfo&) {}
  template <class Item>
  void list(std::string_view, std::vector<Item>&, const ParameterInfo&) {}

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view meaning) {
    json_.key(name).begin_object();
    SchemaWriter{json_, SchemaWriter::Level::inner}.write_group(group, meaning);
    json_.end_object();
  }

 private:
  yaml::JsonWriter& json_;
};

}  // namespace

std::string scenario_json_schema() {
  yaml::JsonWriter json;
  Scenario scenario;
  SchemaWriter top{json, SchemaWriter::Level::top};
  json.begin_object();
  json.key("$schema").value("http://json-schema.org/draft-07/schema#");
  json.key("title").value("peercap scenario");
  json.key("description")
      .value("One simulated organization with its peer-support program; values carry their units.");
  json.key("type").value("object");
  json.key("properties").begin_object();
  json.key("format")
      .begin_object()
      .key("description")
      .value("must be the first key")
      .key("const")
      .value(scenario_format)
      .end_object();
  json.key("extends")
      .begin_object()
      .key("description")
      .value("a scenario file on which this one builds, relative to it");
  json.key("type").value("string").end_object();
  json.key("scenarios")
      .begin_object()
      .key("description")
      .value("named patches of this file, chosen by --variant");
  json.key("type").value("object");
  json.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
  json.key("additionalProperties")
      .begin_object()
      .key("$ref")
      .value("#/definitions/patch")
      .end_object()
      .end_object();
  describe(top, scenario);
  json.end_object();
  json.key("required").begin_array().value("format").end_array();
  top.close_mapping();
  json.key("definitions").begin_object();
  DefinitionWriter definitions{json};
  describe(definitions, scenario);
  json.key("patch").begin_object().key("type").value("object").key("properties").begin_object();
  describe(top, scenario);
  json.end_object();
  top.close_mapping();
  json.end_object().end_object().end_object();
  return json.take();
}

}  // namespace peercap::peer_support
