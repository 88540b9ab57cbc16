#include "app/commands/scenario_arguments.h"

#include <map>
#include <vector>

#include <CLI/CLI.hpp>

namespace peercap::app {
namespace {

const std::map<std::string, EngineChoice>& engines() {
  static const std::map<std::string, EngineChoice> by_name{{"auto", EngineChoice::automatic},
                                                           {"sequential", EngineChoice::sequential},
                                                           {"windows", EngineChoice::windows}};
  return by_name;
}

std::vector<std::string> engine_names() {
  std::vector<std::string> names;
  for (const auto& [name, choice] : engines()) names.push_back(name);
  return names;
}

}  // namespace

void add_check_to(CLI::App& command, bool& check) {
  command
      .add_flag(
          "--check", check,
          "Check that nothing happens that must never happen: that every request ends once, nobody is in "
          "two sessions, hours and people add up; the result is the same")
      ->envname("PEERCAP_CHECK");
}

void ScenarioArguments::add_to(CLI::App& command) {
  command.add_option("SCENARIO", scenario, "Scenario file")->required();
  command.add_option("--replications,-r", replications, "Repetitions; the same as --set run.replications=N")
      ->type_name("N");
  command.add_option("--seed", seed, "Seed; the same as --set run.seed=N")->type_name("N");
  command.add_option("--threads", threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command
      .add_option(
          "--engine", engine,
          "How a replication runs: sequential (one queue), windows (partitions side by side), or auto; "
          "the result is the same")
      ->check(CLI::IsMember(engine_names()).description(""))
      ->type_name("auto|sequential|windows");
  command
      .add_option("--partitions", partitions,
                  "Run in windows, with about so many partitions; without it by the size of the organization")
      ->type_name("N")
      ->check(CLI::Range(1, 100'000));
  add_check_to(command, check);
  command.add_option("--set", load.overrides, "Set a parameter, for example supporters.count=80")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command.add_option("--variant", variant, "Apply this scenario of the file's `scenarios:`")
      ->type_name("NAME");
  command.add_flag("--quiet,-q", quiet, "No progress");
  command.add_flag("--json", json, "Print the summary as JSON");
}

peer_support::LoadOptions ScenarioArguments::load_options() const {
  peer_support::LoadOptions options = load;
  if (!variant.empty()) options.variant = variant;
  if (!seed.empty()) options.overrides.push_back("run.seed=" + seed);
  if (!replications.empty()) options.overrides.push_back("run.replications=" + replications);
  return options;
}

ExecutionRequest ScenarioArguments::execution_request() const {
  return {engines().at(engine), threads, partitions, check};
}

}  // namespace peercap::app
