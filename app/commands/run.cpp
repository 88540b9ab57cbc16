#include "app/commands/run.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <optional>
#include <variant>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/checkpoints/checkpoints.h"
#include "app/checkpoints/run_identity.h"
#include "app/command_line.h"
#include "app/commands/evidence.h"
#include "app/commands/scenario_arguments.h"
#include "app/memory_budget.h"
#include "app/provenance.h"
#include "app/replications.h"
#include "app/run_report.h"
#include "app/scenario_content.h"
#include "app/studies/posterior_file.h"
#include "app/summary_json.h"
#include "app/terminal_style.h"
#include "models/peer_support/model.h"
#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/scenario/staffing.h"
#include "models/peer_support/scenario_yaml/assumptions.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::app {
namespace {

using peer_support::LoadedScenario;
using peer_support::ReplicationOutcome;
using peer_support::ResultBuilder;
using peer_support::Rules;

PlaceRequest place_request(const RunOptions& options, const LoadedScenario& loaded, const Rules& rules) {
  PlaceRequest request;
  request.out = options.out;
  request.name = loaded.scenario.name;
  request.existing = options.existing;
  request.unfinished = options.unfinished;
  request.is_saved = options.checkpoint_every.has_value();
  request.manifest = {identity_of(loaded), options.command_line};
  request.manifest.identity.is_checked = rules.check_invariants;
  return request;
}

/// What to load, the values of a posterior before all others; nothing where it cannot be read.
std::optional<peer_support::LoadOptions> with_posterior(const RunOptions& options, Diagnostics& diagnostics) {
  peer_support::LoadOptions load = options.load;
  if (options.posterior.empty()) return load;
  const auto posterior = read_posterior(options.posterior, diagnostics);
  if (!posterior) return std::nullopt;
  const std::size_t draws = posterior->draws.size();
  if (options.posterior_draw > draws) {
    diagnostics.error(
        {"--draw", 0, 0}, fmt::format("{} has {} sets of parameters", options.posterior, draws),
        fmt::format("write `--draw N` with N from 1 to {}, or leave it out for the center", draws));
    return std::nullopt;
  }
  const auto& settings =
      options.posterior_draw == 0 ? posterior->center : posterior->draws[options.posterior_draw - 1];
  std::vector<std::string> overrides;
  for (const auto& [path, value] : settings) overrides.push_back(path + "=" + value);
  load.overrides.insert(load.overrides.begin(), overrides.begin(), overrides.end());
  return load;
}

const ParameterInfo& interval_info() {
  static const ParameterInfo info{.meaning = "time between two checkpoints", .range = above(0.0)};
  return info;
}

/// What is wrong with the text, empty if nothing is.
std::string checkpoint_interval_problem(const std::string& text) {
  SimDuration interval = minutes(10);
  if (text == "never") return {};
  const auto problem = yaml::parse_value(text, interval_info(), interval);
  if (!problem) return {};
  return fmt::format(
      "{}{}{}", problem->what,
      problem->corrected.empty() ? "" : fmt::format("; did you mean `{}`?", problem->corrected),
      problem->hint.empty() ? "" : "; " + problem->hint);
}

/// Of a text without a problem.
std::optional<std::chrono::milliseconds> checkpoint_interval(const std::string& text) {
  SimDuration interval = minutes(10);
  if (text == "never" || yaml::parse_value(text, interval_info(), interval)) return std::nullopt;
  return std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{interval.ticks()});
}

/// A run whose scenario and place are known.
class RunJob {
 public:
  RunJob(const RunOptions& options, const LoadedScenario& loaded, const Rules& rules, RunPlace& place,
         std::ostream& out, std::ostream& err)
      : options_{options}, loaded_{loaded}, rules_{rules}, place_{place}, out_{out}, err_{err} {}

  ExitCode run() {
    if (place_.folder) {
      constexpr std::chrono::milliseconds only_at_the_end = std::chrono::hours{24 * 365 * 100};
      checkpoints_.emplace(*place_.folder, place_.manifest, rules_, results_,
                           options_.checkpoint_every.value_or(only_at_the_end));
      if (place_.is_resumed)
        checkpoints_->resume([this](const std::string& note) { fmt::print(err_, "{}\n", note); });
    }
    const ExecutionOptions execution_options{.request = options_.request,
                                             .progress = options_.progress,
                                             .checkpoints = checkpoints_ ? &*checkpoints_ : nullptr};
    execution_ = run_replications_of(rules_, execution_options, err_,
                                     [this](const ReplicationOutcome& outcome) { results_.add(outcome); });
    if (execution_.delivery.end == DeliveryEnd::stopped && checkpoints_) return leave_unfinished();
    if (results_.replication_count() == 0) {
      fmt::print(err_, "{}; nothing was written\n",
                 execution_.delivery.end == DeliveryEnd::stopped
                     ? "interrupted before the first replication was complete"
                     : "every replication failed");
      remove_folder();
      return execution_.delivery.end == DeliveryEnd::stopped ? exit_code_of(execution_)
                                                             : ExitCode::internal_error;
    }
    if (checkpoints_) checkpoints_->save_before_result();
    write_the_result();
    remove_folder();
    report();
    return exit_code_of(execution_);
  }

 private:
  ExitCode leave_unfinished() {
    checkpoints_->save_finished();
    if (checkpoints_->has_saved()) {
      fmt::print(err_, "interrupted: {}, all in {}. To go on:\n  {}\n", checkpoints_->saved_text(),
                 place_.folder->path().lexically_normal().string(),
                 command_with(options_.command_line, "--resume", place_.result));
    } else {
      fmt::print(err_, "interrupted before anything was worth saving; nothing was written\n");
      place_.folder->remove_if_unused();
    }
    return exit_code_of(execution_);
  }

  void write_the_result() {
    const WriteOptions write_options{.existing = options_.existing};
    try {
      write_result(place_.result, make_content(), write_options);
    } catch (const InputOutputError&) {
      if (checkpoints_ && checkpoints_->save_finished())
        fmt::print(err_, "the result could not be written, but all of it is kept in {}. To write it:\n  {}\n",
                   place_.folder->path().lexically_normal().string(),
                   command_with(options_.command_line, "--resume", place_.result));
      throw;
    }
  }

  void remove_folder() {
    if (!place_.folder) return;
    try {
      place_.folder->remove();
    } catch (const InputOutputError& error) {
      fmt::print(err_, "{}\n", error.what());  // the result stands
    }
  }

  [[nodiscard]] ResultContent make_content() const {
    RunProvenance provenance;
    provenance.command_line = options_.command_line;
    provenance.seed = loaded_.scenario.run.seed;
    provenance.threads = static_cast<int>(execution_.threads);
    provenance.status = status_text(execution_);
    provenance.is_checked = rules_.check_invariants;
    provenance.wall_seconds = wall_seconds();
    provenance.processor_seconds = checkpoints_ ? checkpoints_->all_processor_seconds() : processor_seconds();
    if (checkpoints_) provenance.sittings = static_cast<int>(checkpoints_->books().sittings);
    ResultContent content;
    content.file_type = result_file_type;
    content.format_major = result_format_major;
    content.provenance = provenance_attributes(provenance);
    content.groups = scenario_groups(loaded_);
    for (ResultGroup& group : results_.groups()) content.groups.push_back(std::move(group));
    return content;
  }

  void report() {
    const std::filesystem::path& file = place_.result;
    const auto clinicians = peer_support::count_clinicians(loaded_.scenario);
    if (options_.form == OutputForm::json) {
      out_ << summary_json(loaded_.scenario, clinicians, results_, file.string(), status_text(execution_));
    } else {
      out_ << run_report(loaded_.scenario, clinicians, results_);
      fmt::print(out_, "\nThe scenario {}.\n",
                 assumed_values_text(peer_support::assumptions_of(loaded_).size(), options_.scenario));
      fmt::print(out_, "{} replications in {:.1f} s, {}. Everything is in {}\n", results_.replication_count(),
                 wall_seconds(), execution_.plan.text(), file.lexically_normal().string());
    }
    if (execution_.delivery.end == DeliveryEnd::stopped)
      fmt::print(err_, "{}: they are saved in {}. The whole again, under another name:\n  {} --out {}\n",
                 status_text(execution_), file.lexically_normal().string(), options_.command_line,
                 free_result_name(file.parent_path(), loaded_.scenario.name).lexically_normal().string());
  }

  [[nodiscard]] double wall_seconds() const {
    return checkpoints_ ? checkpoints_->wall_seconds() : execution_.wall_seconds;
  }

  const RunOptions& options_;
  const LoadedScenario& loaded_;
  const Rules& rules_;
  RunPlace& place_;
  std::ostream& out_;
  std::ostream& err_;
  ResultBuilder results_{rules_};
  std::optional<Checkpoints> checkpoints_;
  Execution execution_;
};

}  // namespace

ExitCode run(const RunOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto load_options = with_posterior(options, diagnostics);
  const auto loaded =
      load_options ? peer_support::load(options.scenario, *load_options, diagnostics) : std::nullopt;
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!loaded) return ExitCode::invalid_input;

  Rules rules{loaded->scenario};
  apply_checks(options.request, rules);
  const ExecutionPlan plan = plan_for(rules, options.request);
  if (const auto refusal = memory_refusal(rules, plan, {options.memory, available_memory()})) {
    fmt::print(err, "{}", *refusal);
    return ExitCode::invalid_input;
  }
  auto found = find_place(place_request(options, *loaded, rules), err);
  if (const auto* code = std::get_if<ExitCode>(&found)) return *code;
  RunPlace& place = std::get<RunPlace>(found);
  return RunJob{options, *loaded, rules, place, out, err}.run();
}

void add_run_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    ScenarioArguments common;
    std::string out;
    std::string checkpoint_every = "10 min";
    std::string memory;
    std::string posterior;
    std::size_t draw = 0;
    bool resume = false;
    bool discard = false;
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
  command
      ->add_option("--memory", arguments->memory,
                   "The most memory that the run may take, such as `4 GB`; without it what the machine has")
      ->check([](const std::string& text) {
        return parse_size(text) ? std::string{} : std::string{"a size is a number with B, KB, MB, GB or TB"};
      })
      ->type_name("SIZE");
  command
      ->add_option(
          "--checkpoint-every", arguments->checkpoint_every,
          "How often to save a long run, in RESULT.partial beside the result: a duration such as `10 "
          "min`, or `never`")
      ->capture_default_str()
      ->check(checkpoint_interval_problem)
      ->type_name("DURATION");
  CLI::Option* posterior =
      command
          ->add_option(
              "--posterior", arguments->posterior,
              "Take the parameters that `calibrate` fitted and saved in this file: their center, or one set")
          ->type_name("FILE");
  command->add_option("--draw", arguments->draw, "Which of the file's sets of parameters, from 1")
      ->type_name("N")
      ->check(CLI::PositiveNumber.description(""))
      ->needs(posterior);
  CLI::Option* resume = command->add_flag("--resume", arguments->resume,
                                          "Go on with the interrupted run that lies in RESULT.partial");
  command->add_flag("--discard-partial", arguments->discard, "Give up an interrupted run, and begin anew")
      ->excludes(resume);
  command->callback([arguments, &exit_code, command_line] {
    const ScenarioArguments& common = arguments->common;
    RunOptions options;
    options.scenario = common.scenario;
    options.load = common.load_options();
    options.posterior = arguments->posterior;
    options.posterior_draw = arguments->draw;
    options.request = common.execution_request();
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.unfinished = arguments->resume    ? UnfinishedRun::resume
                         : arguments->discard ? UnfinishedRun::discard
                                              : UnfinishedRun::refuse;
    options.checkpoint_every = checkpoint_interval(arguments->checkpoint_every);
    if (!arguments->memory.empty()) options.memory = parse_size(arguments->memory);
    options.form = common.json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(common.quiet);
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = run(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
