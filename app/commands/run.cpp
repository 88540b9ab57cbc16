#include "app/commands/run.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/commands/scenario_arguments.h"
#include "app/provenance.h"
#include "app/replications.h"
#include "app/run_report.h"
#include "app/scenario_content.h"
#include "app/summary_json.h"
#include "app/terminal_style.h"
#include "models/peer_support/model.h"
#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

using peer_support::LoadedScenario;
using peer_support::ReplicationOutcome;
using peer_support::ResultBuilder;
using peer_support::Rules;

ResultContent make_content(const RunOptions& options, const LoadedScenario& loaded,
                           const ResultBuilder& results, const Execution& execution) {
  RunProvenance provenance;
  provenance.command_line = options.command_line;
  provenance.seed = loaded.scenario.run.seed;
  provenance.threads = static_cast<int>(execution.threads);
  provenance.status = status_text(execution);
  provenance.wall_seconds = execution.wall_seconds;
  provenance.processor_seconds = processor_seconds();
  ResultContent content;
  content.file_type = result_file_type;
  content.format_major = result_format_major;
  content.provenance = provenance_attributes(provenance);
  content.groups = scenario_groups(loaded);
  for (ResultGroup& group : results.groups()) content.groups.push_back(std::move(group));
  return content;
}

}  // namespace

std::filesystem::path free_result_name(const std::filesystem::path& folder, const std::string& name) {
  for (int number = 1;; ++number) {
    auto candidate = folder / fmt::format("{}-{:03}.h5", name, number);
    if (!std::filesystem::exists(candidate)) return candidate;
  }
}

ExitCode run(const RunOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(options.scenario, options.load, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!loaded) return ExitCode::invalid_input;

  const std::filesystem::path file =
      options.out ? *options.out : free_result_name(".", loaded->scenario.name);
  const WriteOptions write_options{.existing = options.existing};
  constexpr std::uint64_t smallest_result = 1U << 20;
  check_writable(file, write_options, smallest_result);

  const Rules rules{loaded->scenario};
  ResultBuilder results{rules};
  const Execution execution =
      run_replications_of(rules, {.request = options.request, .progress = options.progress}, err,
                          [&](const ReplicationOutcome& outcome) { results.add(outcome); });
  if (results.replication_count() == 0) {
    if (execution.signal != 0) {
      fmt::print(err, "interrupted before the first replication was complete; nothing was written\n");
      return exit_code_of(execution);
    }
    fmt::print(err, "every replication failed; nothing was written\n");
    return ExitCode::internal_error;
  }

  write_result(file, make_content(options, *loaded, results, execution), write_options);
  const auto clinicians = peer_support::count_clinicians(loaded->scenario);
  if (options.form == OutputForm::json) {
    out << summary_json(loaded->scenario, clinicians, results, file.string(), status_text(execution));
  } else {
    out << run_report(loaded->scenario, clinicians, results);
    fmt::print(out, "\n{} replications in {:.1f} s, {}. Everything is in {}\n", results.replication_count(),
               execution.wall_seconds, execution.plan.text(), file.lexically_normal().string());
  }
  if (execution.delivery.end == DeliveryEnd::stopped)
    fmt::print(err, "{}: they are saved in {}. The whole again, under another name:\n  {} --out {}\n",
               status_text(execution), file.lexically_normal().string(), options.command_line,
               free_result_name(file.parent_path(), loaded->scenario.name).lexically_normal().string());
  return exit_code_of(execution);
}

void add_run_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    ScenarioArguments common;
    std::string out;
    bool force = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("run", "Run a scenario: one result file, and the answer on the terminal");
  arguments->common.add_to(*command);
  command
      ->add_option("--out,-o", arguments->out,
                   "Result file; without it NAME-001.h5, NAME-002.h5, ... in this folder")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace the result file if it exists");
  command->callback([arguments, &exit_code, command_line] {
    const ScenarioArguments& common = arguments->common;
    RunOptions options;
    options.scenario = common.scenario;
    options.load = common.load_options();
    options.request = common.execution_request();
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.form = common.json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(common.quiet);
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = run(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
