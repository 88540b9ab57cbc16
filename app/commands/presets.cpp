#include "app/commands/presets.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <span>
#include <string_view>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/presets/preset_library.h"
#include "sim/io/files/durable_file.h"
#include "sim/io/input_output_error.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

constexpr std::string_view usual_preset = "community_hospital";

ExitCode say_unknown(const std::string& name, std::ostream& err) {
  err << fmt::format("peercap: there is no preset `{}`", name);
  if (const std::string_view similar = similar_preset(name); !similar.empty())
    err << fmt::format("; did you mean `{}`?", similar);
  err << "\n  `peercap presets` lists them\n";
  return ExitCode::usage;
}

void print_list(std::string_view title, std::span<const Preset> presets, std::ostream& out) {
  std::size_t width = 0;
  for (const auto all : {program_presets(), example_presets()})
    for (const Preset& preset : all) width = std::max(width, preset.name.size());
  out << title << "\n\n";
  for (const Preset& preset : presets)
    out << fmt::format("  {:<{}}  {}\n", preset.name, width, description_of(preset));
  out << '\n';
}

void print_json(std::ostream& out) {
  yaml::JsonWriter json;
  json.begin_array();
  const auto add = [&json](std::string_view kind, std::span<const Preset> presets) {
    for (const Preset& preset : presets) {
      json.begin_object();
      json.key("name").value(preset.name).key("kind").value(kind);
      json.key("description").value(description_of(preset));
      json.end_object();
    }
  };
  add("program", program_presets());
  add("example", example_presets());
  json.end_array();
  out << json.take();
}

}  // namespace

ExitCode presets(const std::string& name, OutputForm form, std::ostream& out, std::ostream& err) {
  if (!name.empty()) {
    const Preset* preset = find_preset(name);
    if (preset == nullptr) return say_unknown(name, err);
    out << standalone_text(*preset);
    return ExitCode::done;
  }
  if (form == OutputForm::json) {
    print_json(out);
    return ExitCode::done;
  }
  print_list("Programs that the literature describes (a page about each: docs/presets):", program_presets(),
             out);
  print_list("Examples:", example_presets(), out);
  out << "`peercap presets NAME` prints one, `peercap new FILE --from NAME` begins a scenario of your own "
         "with it.\n";
  return ExitCode::done;
}

ExitCode new_scenario(const std::string& file, const std::string& name, std::ostream& out,
                      std::ostream& err) {
  const Preset* preset = find_preset(name);
  if (preset == nullptr) return say_unknown(name, err);
  const std::string text = standalone_text(*preset);
  try {
    DurableFile durable{file, ExistingFile::refuse, operating_system()};
    durable.write(text.data(), text.size(), 0);
    durable.publish();
  } catch (const InputOutputError& error) {
    err << fmt::format("peercap: {}\n", error.what());
    return ExitCode::input_output;
  }
  out << fmt::format(
      "{0} written, from {1}. Each value says where it comes from: change what is otherwise with you.\n\n"
      "  peercap validate {0}    checks it\n"
      "  peercap run {0}         simulates it\n"
      "  peercap size {0}        says how many supporters it takes\n",
      file, name);
  return ExitCode::done;
}

void add_presets_command(CLI::App& app, ExitCode& exit_code) {
  auto name = std::make_shared<std::string>();
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("presets", "Programs that the literature describes, ready to run, and examples");
  command->add_option("NAME", *name, "Print this one");
  command->add_flag("--json", *as_json, "The list as JSON");
  command->callback([name, as_json, &exit_code] {
    exit_code = presets(*name, *as_json ? OutputForm::json : OutputForm::text, std::cout, std::cerr);
  });
}

void add_new_command(CLI::App& app, ExitCode& exit_code) {
  auto file = std::make_shared<std::string>();
  auto from = std::make_shared<std::string>(usual_preset);
  CLI::App* command = app.add_subcommand("new", "Begin a scenario of your own, with comments, from a preset");
  command->add_option("FILE", *file, "The file to write; must not exist")->required();
  command->add_option("--from", *from, "A preset")->type_name("PRESET")->capture_default_str();
  command->callback(
      [file, from, &exit_code] { exit_code = new_scenario(*file, *from, std::cout, std::cerr); });
}

}  // namespace peercap::app
