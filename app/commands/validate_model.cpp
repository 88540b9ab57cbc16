#include "app/commands/validate_model.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/commands/scenario_arguments.h"
#include "app/terminal_style.h"
#include "app/validation/validation_report.h"
#include "app/verification/mapping_reader.h"

namespace peercap::app {
namespace {

std::vector<ValidationFile> choose(std::vector<ValidationFile> programs,
                                   const std::vector<std::string>& names, const std::string& folder,
                                   Diagnostics& diagnostics) {
  if (names.empty()) return programs;
  std::vector<std::string> known;
  for (const ValidationFile& program : programs) known.push_back(program.name);
  for (const std::string& name : names)
    if (std::ranges::find(known, name) == known.end())
      diagnostics.error({folder, 0, 0}, fmt::format("there is no program `{}`", name),
                        fmt::format("the programs are {}", fmt::join(known, ", ")));
  std::erase_if(programs, [&](const ValidationFile& program) {
    return std::ranges::find(names, program.name) == names.end();
  });
  return programs;
}

}  // namespace

ExitCode validate_model(const ValidateModelOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  std::vector<ValidationFile> programs;
  for (const std::string& file : yaml_files_of(options.folder, "published programs",
                                               "name the folder of the programs with --folder", diagnostics))
    if (auto program = read_validation(file, diagnostics)) programs.push_back(std::move(*program));
  if (!diagnostics.has_errors())
    programs = choose(std::move(programs), options.names, options.folder, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.run.color);
  if (diagnostics.has_errors()) return ExitCode::invalid_input;

  const ValidationOutcome outcome = run_validation(programs, options.run, err);
  if (outcome.code != ExitCode::done) return outcome.code;
  out << (options.form == OutputForm::json ? validation_json(programs, outcome)
                                           : validation_report(programs, outcome));
  return ExitCode::done;
}

void add_validate_model_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    ValidateModelOptions options;
    bool quiet = false;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "validate-model", "Hold the model against published programs: published, simulated, interval, inside");
  ValidateModelOptions& options = arguments->options;
  command->add_option("PROGRAM", options.names, "Published programs; without them all");
  command->add_option("--replications", options.run.replications, "Replications of each world")
      ->type_name("N")
      ->check(CLI::Range(2, 1000000));
  command->add_option("--folder", options.folder, "Where the files of the programs are")
      ->type_name("PATH")
      ->capture_default_str();
  add_check_to(*command, options.run.request.check_invariants);
  command->add_option("--threads", options.run.request.threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->add_flag("-q,--quiet", arguments->quiet, "No progress");
  command->add_flag("--json", arguments->json, "The tables as JSON");
  command->callback([arguments, &exit_code] {
    ValidateModelOptions& asked = arguments->options;
    asked.form = arguments->json ? OutputForm::json : OutputForm::text;
    asked.run.progress = choose_progress_style(arguments->quiet);
    asked.run.color = choose_color(Stream::error);
    exit_code = validate_model(asked, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
