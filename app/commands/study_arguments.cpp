#include "app/commands/study_arguments.h"

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/scenario_arguments.h"

namespace peercap::app {

void StudyArguments::add_file_to(CLI::App& command, const std::string& what) {
  command.add_option(what, file, "Study or scenario file")->required();
  command.add_option("--set", overrides, "Set a parameter of the scenario, for example supporters.count=80")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--variant", variant, "Apply this scenario of the scenario file's `scenarios:`")
      ->type_name("NAME");
  command.add_flag("--json", json, "Print the answer as JSON");
}

void StudyArguments::add_target_to(CLI::App& command) {
  command
      .add_option("--target", targets,
                  "What is wanted, in place of the study's targets: 'contact_within_limit_share >= 95 %', "
                  "'p95(overload_hours_per_week) <= 2 h/week', 'P(waiting_p95 <= 5) >= 0.9'")
      ->type_name("TARGET")
      ->allow_extra_args(false);
}

void StudyArguments::add_chance_to(CLI::App& command, const std::string& replications_meaning) {
  command.add_option("--replications,-r", replications, replications_meaning)
      ->type_name("N")
      ->check(CLI::Range(2, 1'000'000));
  command.add_option("--seed", seed, "Seed in place of the scenario's")
      ->type_name("N")
      ->check(CLI::PositiveNumber.description(""));
}

void StudyArguments::add_execution_to(CLI::App& command, const std::string& replications_meaning) {
  add_chance_to(command, replications_meaning);
  command.add_option("--threads", threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  add_check_to(command, check);
  command.add_flag("--quiet,-q", quiet, "No progress");
}

void StudyArguments::add_result_to(CLI::App& command, const std::string& what) {
  command
      .add_option("--out,-o", out,
                  fmt::format("Result file; without it NAME-{}-001.h5, ... in this folder", what))
      ->type_name("FILE");
  command.add_flag("--force", force, "Replace the result file if it exists");
}

StudyResultPlace StudyArguments::result_place(const std::string& suffix,
                                              const std::string& command_line) const {
  StudyResultPlace place;
  if (out.empty())
    place.suffix = suffix;
  else
    place.file = out;
  place.existing = force ? ExistingFile::replace : ExistingFile::refuse;
  place.command_line = command_line;
  return place;
}

StudyLoadOptions StudyArguments::load_options() const {
  StudyLoadOptions options;
  options.overrides = overrides;
  if (!variant.empty()) options.variant = variant;
  options.targets = targets;
  options.search = search;
  if (replications > 0) options.replications = replications;
  if (seed > 0) options.seed = seed;
  return options;
}

}  // namespace peercap::app
