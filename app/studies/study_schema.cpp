#include "app/studies/study_schema.h"

#include <string_view>

#include "app/studies/calibration_spec.h"
#include "app/studies/study_file.h"
#include "app/studies/study_spec.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/schema_writer.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using peer_support::CatalogueEntry;
using peer_support::SchemaWriter;
using peer_support::write_schema_pattern;

/// Both ends as "10-80" or "10..80".
constexpr const char* whole_range = R"(^[0-9]+ *(-|\.\.) *[0-9]+$)";

class StudySchema {
 public:
  std::string write() {
    StudySpec spec;
    json_.begin_object();
    json_.key("$schema").value("http://json-schema.org/draft-07/schema#");
    json_.key("title").value("peercap study");
    json_.key("description").value("What is asked of a scenario; values carry their units.");
    json_.key("type").value("object");
    json_.key("properties").begin_object();
    json_.key("format").begin_object();
    json_.key("description").value("must be the first key");
    json_.key("const").value(study_format).end_object();
    SchemaWriter writer{json_, SchemaWriter::Level::inner};
    describe(writer, spec);
    add_texts("measures", "what is measured, beside the measures of targets", "#/definitions/measure");
    add_texts("targets",
              "what is wanted: `contact_within_limit_share >= 95 %`, `p95(overload_hours_per_week) <= 2 "
              "h/week`, `P(waiting_p95 <= 5) >= 0.9`",
              "#/definitions/target");
    add_parameters("vary", "parameters that differ between points", "#/definitions/varied");
    add_points();
    add_parameters("search", "parameters that `peercap size` chooses", "#/definitions/searched");
    add_selection();
    add_calibration();
    json_.end_object();
    json_.key("required").begin_array().value("format").value("scenario").end_array();
    peer_support::close_schema_mapping(json_);
    json_.key("definitions").begin_object();
    add_definitions();
    json_.end_object().end_object();
    return json_.take();
  }

 private:
  void add_reference(std::string_view target) { json_.key("$ref").value(target); }

  /// A text, or a list of them.
  void add_texts(std::string_view key, std::string_view meaning, std::string_view item) {
    json_.key(key).begin_object();
    json_.key("description").value(meaning);
    json_.key("anyOf").begin_array().begin_object();
    add_reference(item);
    json_.end_object().begin_object();
    json_.key("type").value("array").key("items").begin_object();
    add_reference(item);
    json_.end_object().end_object().end_array().end_object();
  }

  /// A mapping whose keys are the paths of parameters that can vary; those of list items have their names in
  /// brackets.
  void add_parameters(std::string_view key, std::string_view meaning, std::string_view value) {
    json_.key(key).begin_object();
    json_.key("description").value(meaning);
    add_paths(value);
    json_.end_object();
  }

  void add_paths(std::string_view value) {
    json_.key("type").value("object").key("propertyNames").begin_object();
    add_reference("#/definitions/path");
    json_.end_object();
    json_.key("patternProperties").begin_object().key("^x-").begin_object().end_object().end_object();
    json_.key("additionalProperties").begin_object();
    add_reference(value);
    json_.end_object();
  }

  void add_points() {
    json_.key("points").begin_object();
    json_.key("description").value("the points of a design `list`, a mapping of parameters each");
    json_.key("type").value("array").key("items").begin_object();
    add_paths("#/definitions/value");
    json_.end_object().end_object();
  }

  void add_selection() {
    SelectSpec select;
    json_.key("select").begin_object();
    json_.key("description").value("by which measure `peercap compare` chooses the best policy");
    begin_mapping(select);
    add_member("measure", "#/definitions/measure");
    add_member("indifference", "#/definitions/value");
    end_mapping();
    json_.key("required").begin_array().value("measure").end_array();
    json_.end_object();
  }

  void add_calibration() {
    CalibrationSpec calibration;
    json_.key("calibrate").begin_object();
    json_.key("description").value("what `peercap calibrate` fits, and to what");
    begin_mapping(calibration);
    add_parameters("parameters", "what is fitted, and what is thought of it beforehand",
                   "#/definitions/prior");
    json_.key("observed")
        .begin_object()
        .key("description")
        .value("measures, and what they should come out as");
    json_.key("type").value("object").key("propertyNames").begin_object().key("anyOf").begin_array();
    json_.begin_object();
    add_reference("#/definitions/measure");
    json_.end_object().begin_object().key("pattern").value("^x-").end_object();
    json_.end_array().end_object().end_object();
    end_mapping();
    json_.key("required").begin_array().value("parameters").value("observed").end_array();
    json_.end_object();
  }

  void add_definitions() {
    json_.key("path").begin_object().key("anyOf").begin_array();
    json_.begin_object().key("enum").begin_array();
    for (const CatalogueEntry& entry : peer_support::catalogue())
      if (entry.sweepable == Sweepable::yes && entry.path.find('[') == std::string::npos)
        json_.value(entry.path);
    json_.end_array().end_object();
    for (const char* pattern : {R"(\[.+\])", "^variant$", "^x-"})
      json_.begin_object().key("pattern").value(pattern).end_object();
    json_.end_array().end_object();

    json_.key("measure").begin_object().key("enum").begin_array();
    for (const auto& measure : peer_support::measure_infos()) json_.value(measure.name);
    json_.end_array().end_object();

    json_.key("target").begin_object();
    write_schema_pattern(json_, "(<=|>=)");
    json_.end_object();

    json_.key("value").begin_object().key("type").begin_array().value("number").value("string");
    json_.value("boolean").end_array().end_object();
    json_.key("values").begin_object().key("type").value("array").key("minItems").value(1);
    json_.key("items").begin_object();
    add_reference("#/definitions/value");
    json_.end_object().end_object();

    json_.key("range").begin_object().key("anyOf").begin_array().begin_object();
    write_schema_pattern(json_, whole_range);
    json_.end_object().begin_object();
    json_.key("type").value("array").key("minItems").value(2).key("maxItems").value(2);
    json_.key("items").begin_object();
    add_reference("#/definitions/value");
    json_.end_object().end_object().end_array().end_object();

    json_.key("varied").begin_object().key("anyOf").begin_array().begin_object();
    add_reference("#/definitions/values");
    json_.end_object().begin_object();
    write_schema_pattern(json_, whole_range);
    json_.end_object().begin_object();
    VarySpec vary;
    begin_mapping(vary);
    add_member("values", "#/definitions/values");
    json_.key("levels").begin_object().key("anyOf").begin_array().begin_object();
    json_.key("const").value("all").end_object().begin_object();
    add_reference("#/definitions/values");
    json_.end_object().end_array().end_object();
    add_member("range", "#/definitions/range");
    end_mapping();
    json_.end_object().end_array().end_object();

    json_.key("prior").begin_object().key("anyOf").begin_array().begin_object();
    add_reference("#/definitions/range");
    json_.end_object().begin_object();
    json_.key("type").value("object").key("properties").begin_object();
    add_member("range", "#/definitions/range");
    for (const char* key : {"mean", "sd"}) add_member(key, "#/definitions/value");
    json_.key("scale").begin_object().key("enum").begin_array();
    for (const auto level : level_names(VaryScale{})) json_.value(level);
    json_.end_array().end_object();
    end_mapping();
    json_.end_object().end_array().end_object();

    json_.key("searched").begin_object().key("anyOf").begin_array().begin_object();
    add_reference("#/definitions/range");
    json_.end_object().begin_object();
    SearchSpec search;
    begin_mapping(search);
    add_member("range", "#/definitions/range");
    add_member("step", "#/definitions/value");
    end_mapping();
    json_.end_object().end_array().end_object();
  }

  template <class Spec>
  void begin_mapping(Spec& spec) {
    json_.key("type").value("object").key("properties").begin_object();
    SchemaWriter writer{json_, SchemaWriter::Level::inner};
    describe(writer, spec);
  }
  void add_member(std::string_view key, std::string_view target) {
    json_.key(key).begin_object();
    add_reference(target);
    json_.end_object();
  }
  void end_mapping() {
    json_.end_object();
    peer_support::close_schema_mapping(json_);
  }

  yaml::JsonWriter json_;
};

}  // namespace

std::string study_json_schema() {
  return StudySchema{}.write();
}

}  // namespace peercap::app
