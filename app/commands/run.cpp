#include "app/commands/run.h"

#include <chrono>
#include <csignal>
#include <iostream>
#include <memory>
#include <system_error>
#include <thread>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/interruption.h"
#include "app/provenance.h"
#include "app/run_report.h"
#include "app/scenario_content.h"
#include "app/summary_json.h"
#include "app/terminal_style.h"
#include "models/peer_support/model.h"
#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/kernel/sequential_engine.h"
#include "sim/study/replication_runner.h"

namespace peercap::app {
namespace {

using peer_support::LoadedScenario;
using peer_support::ReplicationOutcome;
using peer_support::ResultBuilder;
using peer_support::Rules;

struct Execution {
  DeliveryReport delivery;
  std::string first_failure;
  int signal = 0;
  double wall_seconds = 0.0;
};

Execution execute(const RunOptions& options, const Rules& rules, int threads, ResultBuilder& results,
                  std::ostream& err) {
  Execution execution;
  Progress progress{options.progress, "replication"};
  InterruptionGuard interruption;
  RunnerOptions runner;
  runner.threads = threads;
  runner.failure_policy = FailurePolicy::skip;
  runner.stop = &interruption.stop_flag();
  runner.progress = [&](std::size_t done, std::size_t total) { progress.update(done, total); };
  runner.failure = [&](const TaskFailure& failure) {
    progress.clear();
    fmt::print(err, "replication {} failed: {}\n", failure.index, failure.reason);
    if (execution.first_failure.empty()) execution.first_failure = failure.reason;
  };
  const auto begin = std::chrono::steady_clock::now();
  execution.delivery = run_replications(
      static_cast<std::size_t>(rules.scenario.run.replications), runner,
      [&](std::size_t index) {
        SequentialEngine engine;
        return run_replication(rules, static_cast<std::uint32_t>(index), engine, &interruption.stop_flag());
      },
      [&](std::size_t, ReplicationOutcome&& outcome) { results.add(outcome); });
  execution.wall_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  execution.signal = interruption.signal();
  return execution;
}

std::string status_text(const Execution& execution) {
  const DeliveryReport& d = execution.delivery;
  if (d.end == DeliveryEnd::stopped)
    return fmt::format("interrupted after {} of {} replications", d.delivered - d.failed, d.total);
  if (d.failed > 0) return fmt::format("{} of {} replications failed", d.failed, d.total);
  return "complete";
}

ResultContent make_content(const RunOptions& options, const LoadedScenario& loaded,
                           const ResultBuilder& results, const Execution& execution, int threads) {
  RunProvenance provenance;
  provenance.command_line = options.command_line;
  provenance.seed = loaded.scenario.run.seed;
  provenance.threads = threads;
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

ExitCode exit_code_of(const Execution& execution) {
  if (execution.signal == SIGINT) return ExitCode::interrupted;
  if (execution.signal != 0) return ExitCode::terminated;
  return execution.delivery.failed > 0 ? ExitCode::partial : ExitCode::done;
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

  const int threads = options.threads > 0
                          ? options.threads
                          : std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  const Rules rules{loaded->scenario};
  ResultBuilder results{rules};
  const Execution execution = execute(options, rules, threads, results, err);
  if (results.replication_count() == 0) {
    if (execution.signal != 0) {
      fmt::print(err, "interrupted before the first replication was complete; nothing was written\n");
      return exit_code_of(execution);
    }
    fmt::print(err, "every replication failed; nothing was written\n");
    return ExitCode::internal_error;
  }

  write_result(file, make_content(options, *loaded, results, execution, threads), write_options);
  const auto clinicians = peer_support::count_clinicians(loaded->scenario);
  if (options.form == OutputForm::json) {
    out << summary_json(loaded->scenario, clinicians, results, file.string(), status_text(execution));
  } else {
    out << run_report(loaded->scenario, clinicians, results);
    fmt::print(out, "\n{} replications in {:.1f} s on {} threads. Everything is in {}\n",
               results.replication_count(), execution.wall_seconds, threads,
               file.lexically_normal().string());
  }
  if (execution.delivery.end == DeliveryEnd::stopped)
    fmt::print(err, "{}: they are saved in {}. The whole again, under another name:\n  {} --out {}\n",
               status_text(execution), file.lexically_normal().string(), options.command_line,
               free_result_name(file.parent_path(), loaded->scenario.name).lexically_normal().string());
  return exit_code_of(execution);
}

void add_run_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    RunOptions options;
    std::string variant;
    std::string out;
    std::string seed;
    std::string replications;
    bool force = false;
    bool quiet = false;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("run", "Run a scenario: one result file, and the answer on the terminal");
  command->add_option("SCENARIO", arguments->options.scenario, "Scenario file")->required();
  command
      ->add_option("--out,-o", arguments->out,
                   "Result file; without it NAME-001.h5, NAME-002.h5, ... in this folder")
      ->type_name("FILE");
  command
      ->add_option("--replications,-r", arguments->replications,
                   "Repetitions; the same as --set run.replications=N")
      ->type_name("N");
  command->add_option("--seed", arguments->seed, "Seed; the same as --set run.seed=N")->type_name("N");
  command->add_option("--threads", arguments->options.threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command
      ->add_option("--set", arguments->options.load.overrides,
                   "Set a parameter, for example supporters.count=80")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--variant", arguments->variant, "Apply this scenario of the file's `scenarios:`")
      ->type_name("NAME");
  command->add_flag("--force", arguments->force, "Replace the result file if it exists");
  command->add_flag("--quiet,-q", arguments->quiet, "No progress");
  command->add_flag("--json", arguments->json, "Print the summary as JSON");
  command->callback([arguments, &exit_code, command_line] {
    RunOptions& options = arguments->options;
    if (!arguments->variant.empty()) options.load.variant = arguments->variant;
    if (!arguments->out.empty()) options.out = arguments->out;
    if (!arguments->seed.empty()) options.load.overrides.push_back("run.seed=" + arguments->seed);
    if (!arguments->replications.empty())
      options.load.overrides.push_back("run.replications=" + arguments->replications);
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->quiet);
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = run(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
