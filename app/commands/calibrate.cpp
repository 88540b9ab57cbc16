#include "app/commands/calibrate.h"

#include <iostream>
#include <memory>
#include <utility>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/calibration/calibration_report.h"
#include "app/calibration/calibration_study.h"
#include "app/command_line.h"
#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/terminal_style.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

/// What a posterior takes on the disk at least.
constexpr std::uint64_t smallest_file = 64 * 1024;

bool can_be_fitted(const Study& study, Diagnostics& diagnostics) {
  const SourceLocation where{study.file, 0, 0};
  const CalibrationSpec& spec = study.calibration;
  if (spec.parameters.empty() || spec.observed.empty())
    diagnostics.error(where, "the study does not say what is fitted to what",
                      "write `calibrate:` with `parameters:` and `observed:`");
  else if (spec.observed.size() < spec.parameters.size())
    diagnostics.warning(
        where,
        fmt::format("{} parameters are fitted to {} figure{}: many sets of them will fit as well",
                    spec.parameters.size(), spec.observed.size(), spec.observed.size() == 1 ? "" : "s"));
  // A generation more than the simulations allow is numbered, and the fitted sets are run afresh.
  constexpr double most_runs = 4e9;
  if (static_cast<double>(spec.simulations + 2 * spec.population) * calibration_replications(study) >
      most_runs)
    diagnostics.error(where,
                      fmt::format("{} simulations of {} replications are more than there are numbers for",
                                  spec.simulations, calibration_replications(study)),
                      "take fewer of one of them");
  if (spec.fit == FitKind::posterior && spec.simulations < spec.population)
    diagnostics.error(where,
                      fmt::format("{} simulations are fewer than the {} sets of parameters of a generation",
                                  spec.simulations, spec.population),
                      fmt::format("write `simulations: {}` or more", 10 * spec.population));
  return !diagnostics.has_errors();
}

std::string quoted(const fs::path& path) {
  return shell_word(path.lexically_normal().string());
}

/// The folder of this calibration; nothing where it cannot begin, which is said.
std::optional<CalibrationFolder> take_folder(const CalibrateOptions& options, const fs::path& result,
                                             std::ostream& err) {
  const fs::path path = CalibrationFolder::path_for(result);
  std::error_code error;
  const bool stood_there = fs::exists(path, error);
  if (options.unfinished == UnfinishedRun::resume && !stood_there) {
    fmt::print(err,
               "there is nothing to resume: {} holds no unfinished calibration; begin it without --resume\n",
               quoted(path));
    return std::nullopt;
  }
  auto folder = CalibrationFolder::try_open(result);
  if (!folder) {
    fmt::print(err, "{} is in use by {}: wait for it, or give this calibration another name with --out\n",
               quoted(path), FolderLock::holder(path));
    return std::nullopt;
  }
  if (!folder->is_used()) return folder;
  if (options.unfinished == UnfinishedRun::refuse) {
    fmt::print(
        err,
        "{} holds an unfinished calibration. Repeat the command with --resume to go on with it, or with "
        "--discard-partial to give it up\n",
        quoted(path));
    return std::nullopt;
  }
  if (options.unfinished == UnfinishedRun::discard) {
    folder->remove();
    folder.reset();
    folder = CalibrationFolder::try_open(result);
  }
  return folder;
}

/// That it cannot be removed is told, and no failure: the posterior stands.
void remove_folder(CalibrationFolder& folder, std::ostream& err) {
  try {
    folder.remove();
  } catch (const InputOutputError& error) {
    fmt::print(err, "{}\n", error.what());
  }
}

void write_text(const fs::path& file, const std::string& text, ExistingFile existing) {
  DurableFile durable{file, existing, operating_system()};
  durable.write(text.data(), text.size(), 0);
  durable.publish();
}

}  // namespace

ExitCode calibrate(const CalibrateOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  if (study && !can_be_fitted(*study, diagnostics)) study.reset();
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study) return ExitCode::invalid_input;

  InterruptionGuard interruption;
  if (const auto code = settle_warm_up(*study, options.request, interruption, err)) return *code;
  const fs::path result = options.out ? *options.out : fs::path{study->spec.name + ".posterior.json"};
  check_writable(result, options.existing, smallest_file);
  auto folder = take_folder(options, result, err);
  if (!folder) return ExitCode::input_output;

  try {
    const CalibrationOutcome outcome = run_calibration(*study, {.request = options.request,
                                                                .progress = options.progress,
                                                                .stop = &interruption.stop_flag(),
                                                                .folder = &*folder,
                                                                .identity = calibration_identity(*study)});
    write_text(result, posterior_json(*study, outcome), options.existing);
    remove_folder(*folder, err);
    out << (options.form == OutputForm::json ? posterior_json(*study, outcome)
                                             : calibration_report(*study, outcome));
    if (options.form == OutputForm::text) fmt::print(out, "saved in {}\n", quoted(result));
    return ExitCode::done;
  } catch (const StudyEnded& ended) {
    fmt::print(err, "{}; what was simulated is in {}: repeat the command with --resume to go on\n",
               ended.what(), quoted(folder->path()));
    return code_of(ended, interruption);
  }
}

void add_calibrate_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    StudyArguments common;
    std::string out;
    bool force = false;
    bool resume = false;
    bool discard = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "calibrate", "Fits parameters to observed figures; the sets that fit become a file to draw from");
  arguments->common.add_file_to(*command, "STUDY");
  arguments->common.add_execution_to(*command, "Replications of each set of parameters");
  command->add_option("--out,-o", arguments->out, "The file to write; without it NAME.posterior.json")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace an existing file");
  auto* resume =
      command->add_flag("--resume", arguments->resume, "Go on with what an interrupted calibration left");
  command->add_flag("--discard-partial", arguments->discard, "Give up what an interrupted calibration left")
      ->excludes(resume);
  command->callback([arguments, &exit_code] {
    CalibrateOptions options;
    options.file = arguments->common.file;
    options.load = arguments->common.load_options();
    options.request = arguments->common.execution_request();
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.unfinished = arguments->resume    ? UnfinishedRun::resume
                         : arguments->discard ? UnfinishedRun::discard
                                              : UnfinishedRun::refuse;
    options.form = arguments->common.json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->common.quiet);
    options.color = choose_color(Stream::error);
    exit_code = calibrate(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
