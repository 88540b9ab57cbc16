#include "app/commands/sweep.h"

#include <chrono>
#include <iostream>
#include <memory>
#include <variant>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/command_line.h"
#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/provenance.h"
#include "app/replications.h"
#include "app/sweeps/sweep_checks.h"
#include "app/sweeps/sweep_content.h"
#include "app/sweeps/sweep_estimate.h"
#include "app/sweeps/sweep_place.h"
#include "app/sweeps/sweep_report.h"
#include "app/terminal_style.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/yaml/file_text.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::app {
namespace {

/// Beyond this a file is written piece by piece, so that memory stays small.
constexpr std::uint64_t largest_image = std::uint64_t{16} << 20;

const ParameterInfo& interval_info() {
  static const ParameterInfo info{.meaning = "time between two blocks", .range = above(0.0)};
  return info;
}

/// What is wrong with the text, empty if nothing is.
std::string interval_problem(const std::string& text) {
  SimDuration interval = minutes(1);
  const auto problem = yaml::parse_value(text, interval_info(), interval);
  if (!problem) return {};
  return fmt::format(
      "{}{}{}", problem->what,
      problem->corrected.empty() ? "" : fmt::format("; did you mean `{}`?", problem->corrected),
      problem->hint.empty() ? "" : "; " + problem->hint);
}

std::string shard_option(Shard shard) {
  return fmt::format("--shard {}/{}", shard.number, shard.of);
}

/// A sweep whose plan and place are known.
class SweepRunner {
 public:
  SweepRunner(const SweepOptions& options, const SweepPlan& plan, SweepPlace& place, std::string source,
              std::ostream& out, std::ostream& err)
      : options_{options},
        plan_{plan},
        place_{place},
        header_{header_of(plan, source)},
        out_{out},
        err_{err} {}

  ExitCode run() {
    InterruptionGuard interruption;
    SweepJobOptions job = options_.job;
    job.stop = &interruption.stop_flag();
    job.tell = [this](const std::string& line) { fmt::print(err_, "{}\n", line); };
    try {
      outcome_ = run_sweep(plan_, place_.folder, place_.manifest, job);
    } catch (const InputOutputError&) {
      fmt::print(err_, "what was complete is kept in {}. To go on:\n  {}\n",
                 place_.folder.path().lexically_normal().string(),
                 command_with(options_.command_line, "--resume", place_.result));
      throw;
    }
    if (outcome_.end != SweepEnd::complete) {
      leave_unfinished();
      if (outcome_.end == SweepEnd::interrupted) return interruption.exit_code();
      return ExitCode::partial;
    }
    std::vector<SweepSegment> segments;
    for (SavedBlock& block : outcome_.blocks) segments.push_back(std::move(block.segment));
    const SweepRuns runs{std::move(segments)};
    const std::uint64_t failed = failed_runs(outcome_.failures);
    out_ << write(runs, failed);
    remove_folder();
    return failed > 0 ? ExitCode::partial : ExitCode::done;
  }

 private:
  void leave_unfinished() {
    const char* why = outcome_.end == SweepEnd::interrupted   ? "interrupted"
                      : outcome_.end == SweepEnd::out_of_time ? "the time budget is spent"
                                                              : "stopped at a failure";
    if (outcome_.done == 0) {
      fmt::print(err_, "{} before any run was complete; nothing was written\n", why);
      place_.folder.remove();
      return;
    }
    fmt::print(err_, "{}: {} of {} runs are kept in {}. To go on:\n  {}\n", why, outcome_.done,
               plan_.range().count(), place_.folder.path().lexically_normal().string(),
               command_with(options_.command_line, "--resume", place_.result));
    if (outcome_.end == SweepEnd::stopped_by_failure)
      fmt::print(err_, "With `--on-error skip` it records what fails and goes on.\n");
  }

  /// Writes the result, and gives the answer for the terminal. That reads the blocks as well: once the result
  /// stands nothing can fail any more.
  std::string write(const SweepRuns& runs, std::uint64_t failed) {
    RunProvenance provenance;
    provenance.command_line = options_.command_line;
    provenance.seed = plan_.study().base.run.seed;
    provenance.threads = static_cast<int>(thread_count(options_.job.request.threads));
    provenance.status =
        failed == 0 ? "complete" : fmt::format("complete, but {} of {} runs failed", failed, outcome_.done);
    provenance.sittings = static_cast<int>(place_.manifest.sittings);
    provenance.wall_seconds = outcome_.wall_seconds;
    provenance.processor_seconds = outcome_.processor_seconds;
    ResultContent content;
    content.file_type = plan_.shard().is_whole() ? result_file_type : shard_file_type;
    content.format_major = result_format_major;
    content.provenance = provenance_attributes(provenance);
    try {
      content.groups = plan_.shard().is_whole()
                           ? sweep_groups(header_, runs, outcome_.failures)
                           : shard_groups(header_, plan_.shard(), runs, outcome_.failures);
      std::string answer = answer_text(runs, failed);
      write_result(place_.result, content,
                   {.existing = options_.existing, .largest_image_bytes = largest_image});
      return answer;
    } catch (const InputOutputError&) {
      fmt::print(err_, "the result could not be written, but all of it is kept in {}. To write it:\n  {}\n",
                 place_.folder.path().lexically_normal().string(),
                 command_with(options_.command_line, "--resume", place_.result));
      throw;
    }
  }

  std::string answer_text(const SweepRuns& runs, std::uint64_t failed) const {
    const SweepAnswer answer{place_.result, failed, outcome_.wall_seconds};
    if (!plan_.shard().is_whole())
      return fmt::format(
          "shard {} of {}: {} runs in {:.1f} s, in {}. `peercap merge` makes one result of all\n",
          plan_.shard().number, plan_.shard().of, outcome_.done, outcome_.wall_seconds,
          place_.result.lexically_normal().string());
    return options_.form == OutputForm::json
               ? sweep_json(header_, runs, answer)
               : sweep_report(header_, runs, answer) + assumed_values_line(plan_.study());
  }

  void remove_folder() {
    try {
      place_.folder.remove();
    } catch (const InputOutputError& error) {
      fmt::print(err_, "{}\n", error.what());  // the result stands
    }
  }

  const SweepOptions& options_;
  const SweepPlan& plan_;
  SweepPlace& place_;
  const SweepHeader header_;
  std::ostream& out_;
  std::ostream& err_;
  SweepOutcome outcome_;
};

}  // namespace

ExitCode sweep(const SweepOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  if (study && !can_be_swept(*study, options.shard.of, shard_option(options.shard), diagnostics))
    study.reset();
  const auto source = study ? yaml::read_file_text(options.file, diagnostics) : std::nullopt;
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study || !source) return ExitCode::invalid_input;

  {  // every shard finds the same by itself
    const InterruptionGuard interruption;
    if (const auto code = settle_warm_up(*study, options.job.request, interruption, err)) return *code;
  }
  const SweepPlan plan{*study, options.shard};
  if (options.action == SweepAction::estimate) {
    const SweepEstimate estimate = estimate_sweep(plan, options.job.request);
    out << (options.form == OutputForm::json ? estimate_json(plan, estimate)
                                             : estimate_report(plan, estimate));
    return ExitCode::done;
  }
  auto found =
      find_sweep_place({options.out, options.existing, options.unfinished, options.command_line}, plan, err);
  if (const auto* code = std::get_if<ExitCode>(&found)) return *code;
  return SweepRunner{options, plan, std::get<SweepPlace>(found), *source, out, err}.run();
}

void add_sweep_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    StudyArguments study;
    std::string out;
    std::string shard;
    std::string on_error = "skip";
    std::string checkpoint_every = "10 s";
    bool dry_run = false;
    bool resume = false;
    bool discard = false;
    bool force = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("sweep", "Every point of a study's design, each with its replications, in one file");
  arguments->study.add_file_to(*command, "STUDY");
  arguments->study.add_execution_to(*command, "Replications of each point");
  command
      ->add_option("--out,-o", arguments->out,
                   "Result file; without it NAME-001.h5, ... in this folder, or NAME.shard-I-of-N.h5")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace the result file if it exists");
  command->add_flag("--dry-run", arguments->dry_run,
                    "Only tell how many points and runs there are, and what they would take");
  command
      ->add_option("--shard", arguments->shard, "Run only this part of the sweep; `peercap merge` joins them")
      ->type_name("I/N")
      ->check([](const std::string& text) {
        return parse_shard(text) ? std::string{} : "a shard is written `2/7`: the second of seven";
      });
  command->add_option("--on-error", arguments->on_error, "When a run fails: record it and go on, or stop")
      ->capture_default_str()
      ->check(CLI::IsMember({"skip", "stop"}).description(""))
      ->type_name("skip|stop");
  command
      ->add_option("--checkpoint-every", arguments->checkpoint_every,
                   "How often finished runs are brought to the disk, in RESULT.partial beside the result")
      ->capture_default_str()
      ->check(interval_problem)
      ->type_name("DURATION");
  CLI::Option* resume =
      command->add_flag("--resume", arguments->resume, "Go on with the sweep that lies in RESULT.partial");
  command->add_flag("--discard-partial", arguments->discard, "Give up an unfinished sweep, and begin anew")
      ->excludes(resume);
  command->callback([arguments, &exit_code, command_line] {
    SweepOptions options;
    options.file = arguments->study.file;
    options.load = arguments->study.load_options();
    options.action = arguments->dry_run ? SweepAction::estimate : SweepAction::run;
    options.shard = parse_shard(arguments->shard).value_or(Shard{});
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.unfinished = arguments->resume    ? UnfinishedRun::resume
                         : arguments->discard ? UnfinishedRun::discard
                                              : UnfinishedRun::refuse;
    options.job.request = arguments->study.execution_request();
    options.job.on_error = arguments->on_error == "stop" ? FailurePolicy::stop : FailurePolicy::skip;
    SimDuration interval = minutes(1);
    if (!yaml::parse_value(arguments->checkpoint_every, interval_info(), interval))
      options.job.block_time =
          std::chrono::duration_cast<std::chrono::milliseconds>(std::chrono::microseconds{interval.ticks()});
    options.job.progress = choose_progress_style(arguments->study.quiet);
    options.form = arguments->study.json ? OutputForm::json : OutputForm::text;
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = sweep(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
