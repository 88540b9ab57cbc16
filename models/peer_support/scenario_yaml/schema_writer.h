#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "models/peer_support/scenario/schedule_spec.h"
#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/parameter_type.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/value_range.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/parameter.h"
#include "sim/support/quantity.h"
#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

// Regular expressions of values with their units.
[[nodiscard]] std::string duration_pattern();
[[nodiscard]] std::string rate_pattern();
[[nodiscard]] std::string weekly_hours_pattern();
/// A share in percent.
[[nodiscard]] std::string percent_pattern();
/// A plain number's unit, singular or plural, "per" or "/".
[[nodiscard]] std::string unit_pattern(std::string_view unit);

// Members of the object that is open in `json`.
void write_schema_bounds(yaml::JsonWriter& json, const Range& range);
void write_schema_pattern(yaml::JsonWriter& json, const std::string& pattern);
/// What every mapping of a file allows: keys that begin with `x-`, and no others that are not named.
void close_schema_mapping(yaml::JsonWriter& json);

/// Meaning, range where one is given, grade and evidence.
[[nodiscard]] std::string schema_description(const ParameterInfo& info, const std::string& range);

/// The members of the schema of a bare value of type T.
template <class T>
void write_value_schema(yaml::JsonWriter& json, const T& value, const ParameterInfo& info) {
  if constexpr (std::is_same_v<T, SimDuration>)
    write_schema_pattern(json, duration_pattern());
  else if constexpr (std::is_same_v<T, Rate>)
    write_schema_pattern(json, rate_pattern());
  else if constexpr (std::is_same_v<T, WeeklyHours>)
    write_schema_pattern(json, weekly_hours_pattern());
  else if constexpr (std::is_same_v<T, Probability>) {
    json.key("anyOf").begin_array().begin_object().key("type").value("number");
    write_schema_bounds(json, yaml::effective_range<T>(info.range));
    json.end_object().begin_object();
    write_schema_pattern(json, percent_pattern());
    json.end_object().end_array();
  } else if constexpr (std::is_same_v<T, double>) {
    if (info.unit.empty()) {
      json.key("type").value("number");
      write_schema_bounds(json, info.range);
    } else {
      write_schema_pattern(json, unit_pattern(info.unit));
    }
  } else if constexpr (std::is_same_v<T, int>) {
    json.key("type").value("integer");
    write_schema_bounds(json, info.range);
  } else if constexpr (std::is_same_v<T, std::uint64_t>) {
    json.key("type").value("integer").key("minimum").value(0);
  } else if constexpr (std::is_same_v<T, CivilDate>) {
    write_schema_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
  } else if constexpr (std::is_same_v<T, DateOrNever>) {
    write_schema_pattern(json, "^([0-9]{4}-[0-9]{2}-[0-9]{2}|never)$");
  } else if constexpr (std::is_same_v<T, std::vector<CivilDate>>) {
    json.key("type").value("array").key("items").begin_object();
    write_schema_pattern(json, "^[0-9]{4}-[0-9]{2}-[0-9]{2}$");
    json.end_object();
  } else if constexpr (std::is_enum_v<T>) {
    json.key("enum").begin_array();
    for (const auto level : level_names(value)) json.value(level);
    json.end_array();
  } else {
    json.key("type").value("string");
  }
}

/// Visitor for describe() that writes the properties of one mapping: of a scenario, or of anything else that
/// is described in the same way. Groups at the top become references to definitions, so that named patches
/// can use them too; groups within are written where they stand.
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
    json_.key("description").value(schema_description(info, range));
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
    close_schema_mapping(json_);
    json_.end_object().end_array().end_object();
  }

  void shares(std::string_view name, Shares&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(schema_description(info, {}));
    json_.key("type").value("object");
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties")
        .begin_object()
        .key("type")
        .begin_array()
        .value("number")
        .value("object")
        .end_array();
    write_schema_bounds(json_, info.range);
    json_.end_object().end_object();
  }

  void settings(std::string_view name, ParameterSettings&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(schema_description(info, {}));
    json_.key("type").value("object");
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties").begin_object().key("type").begin_array();
    json_.value("number").value("string").value("object").end_array().end_object().end_object();
  }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view meaning) {
    json_.key(name).begin_object();
    if (level_ == Level::top)
      json_.key("$ref").value("#/definitions/" + std::string{name});
    else
      write_group(group, meaning);
    json_.end_object();
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>&, const ParameterInfo& info) {
    json_.key(name).begin_object();
    json_.key("description").value(std::string{info.meaning} + "; merged by name");
    json_.key("type").value("array").key("items").begin_object();
    json_.key("type").value("object").key("properties").begin_object();
    json_.key("name").begin_object().key("type").value("string").key("minLength").value(1).end_object();
    Item item;
    SchemaWriter inner{json_, Level::inner};
    describe(inner, item);
    json_.end_object();
    json_.key("required").begin_array().value("name").end_array();
    close_schema_mapping(json_);
    json_.end_object().end_object();
  }

  template <class Group>
  void write_group(Group& group, std::string_view meaning) {
    json_.key("description").value(meaning).key("type").value("object").key("properties").begin_object();
    SchemaWriter inner{json_, Level::inner};
    describe(inner, group);
    json_.end_object();
    close_schema_mapping(json_);
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

}  // namespace peercap::peer_support
