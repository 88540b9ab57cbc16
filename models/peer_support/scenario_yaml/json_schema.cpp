#include "models/peer_support/scenario_yaml/json_schema.h"

#include <string_view>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/format_version.h"
#include "models/peer_support/scenario_yaml/schema_writer.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::peer_support {
namespace {

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
  close_schema_mapping(json);
  json.key("definitions").begin_object();
  DefinitionWriter definitions{json};
  describe(definitions, scenario);
  json.key("patch").begin_object().key("type").value("object").key("properties").begin_object();
  describe(top, scenario);
  json.end_object();
  close_schema_mapping(json);
  json.end_object().end_object().end_object();
  return json.take();
}

}  // namespace peercap::peer_support
