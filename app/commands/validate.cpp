#include "app/commands/validate.h"

#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/evidence.h"
#include "app/terminal_style.h"
#include "models/peer_support/scenario_yaml/assumptions.h"
#include "models/peer_support/scenario_yaml/idle_settings.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

std::string_view severity_name(Severity severity) {
  switch (severity) {
    case Severity::error:
      return "error";
    case Severity::warning:
      return "warning";
    case Severity::note:
      break;
  }
  return "note";
}

void write_problems(yaml::JsonWriter& json, const Diagnostics& diagnostics) {
  json.key("problems").begin_array();
  for (const Problem& problem : diagnostics.sorted()) {
    json.begin_object();
    json.key("severity").value(severity_name(problem.severity));
    json.key("file").value(problem.where.file);
    json.key("line").value(problem.where.line);
    json.key("column").value(problem.where.column);
    json.key("what").value(problem.what);
    json.key("suggestion").value(problem.suggestion);
    json.end_object();
  }
  json.end_array();
}

/// What was set and changes nothing in this scenario.
void tell_idle_settings(const peer_support::LoadedScenario& loaded, Diagnostics& diagnostics) {
  for (peer_support::ScenarioProblem& note :
       peer_support::find_idle_settings(loaded.scenario, loaded.origins))
    diagnostics.add({note.severity, loaded.origins.at(note.path).where, std::move(note.what),
                     std::move(note.suggestion)});
}

}  // namespace

ExitCode validate(const ValidateOptions& options, std::ostream& out, std::ostream& err) {
  ExitCode result = ExitCode::done;
  yaml::JsonWriter json;
  json.begin_object().key("files").begin_array();
  for (const std::string& file : options.files) {
    Diagnostics diagnostics;
    const auto loaded = peer_support::load(file, {}, diagnostics);
    if (!loaded) result = ExitCode::invalid_input;
    if (loaded) tell_idle_settings(*loaded, diagnostics);
    if (options.form == OutputForm::json) {
      json.begin_object();
      json.key("file").value(file).key("ok").boolean(loaded.has_value());
      write_problems(json, diagnostics);
      if (loaded)
        json.key("assumed_values")
            .value(static_cast<std::int64_t>(peer_support::assumptions_of(*loaded).size()));
      json.end_object();
      continue;
    }
    yaml::SourceLines sources;
    err << yaml::render(diagnostics, sources, options.color);
    if (loaded)
      out << fmt::format(
          "{}: ok; {}\n", yaml::sanitize(file),
          assumed_values_text(peer_support::assumptions_of(*loaded).size(), yaml::sanitize(file)));
    else
      err << fmt::format("{}: {} error{}\n", yaml::sanitize(file), diagnostics.error_count(),
                         diagnostics.error_count() == 1 ? "" : "s");
  }
  json.end_array().end_object();
  if (options.form == OutputForm::json) out << json.take();
  return result;
}

void add_validate_command(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<ValidateOptions>();
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command = app.add_subcommand("validate", "Check scenario files; nothing is run");
  command->add_option("FILE", options->files, "Scenario files")->required();
  command->add_flag("--json", *as_json, "Print the problems as JSON");
  command->callback([options, as_json, &exit_code] {
    options->form = *as_json ? OutputForm::json : OutputForm::text;
    options->color = choose_color(Stream::error);
    exit_code = validate(*options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
