#include "app/commands/sensitivity.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/checkpoints/run_place.h"
#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/provenance.h"
#include "app/replications.h"
#include "app/studies/measure_names.h"
#include "app/studies/study_sections.h"
#include "app/sweeps/sensitivity_content.h"
#include "app/sweeps/sensitivity_report.h"
#include "app/terminal_style.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::app {
namespace {

constexpr std::uint64_t smallest_result = 1U << 20;

bool can_be_analyzed(const Study& study, const SensitivityPlan& plan, const FactorChoice& choice,
                     Diagnostics& diagnostics) {
  const SourceLocation where{study.file, 0, 0};
  if (study.measures.empty())
    diagnostics.error(where, "there is no measure whose sensitivity could be told",
                      "write `measures: [contact_within_limit_share, ...]`, or `--measure NAME`");
  if (!study.variants.empty())
    diagnostics.error(where, "`variant` varies, which is no parameter to move",
                      "sweep over variants, or compare them as policies");
  if (choice.factors.empty())
    diagnostics.error(where, "there is no parameter to move",
                      "write `vary:` with parameters and their ranges");
  else if (const auto problem = sensitivity_problem(plan, choice.factors.size()))
    diagnostics.error(
        {plan.method == SensitivityMethod::morris ? fmt::format("--trajectories {}", plan.trajectories)
                                                  : fmt::format("--rows {}", plan.rows),
         0, 0},
        *problem);
  return !diagnostics.has_errors();
}

void add_measures(Study& study, const std::vector<std::string>& names, Diagnostics& diagnostics) {
  for (const std::string& name : names) {
    if (const auto measure = find_measure(name))
      add_measure(study, *measure);
    else
      diagnostics.error({"--measure " + name, 0, 0}, fmt::format("there is no measure `{}`", name),
                        suggest_measure(name));
  }
}

}  // namespace

ExitCode sensitivity(const SensitivityCommandOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  FactorChoice choice;
  if (study) {
    add_measures(*study, options.measures, diagnostics);
    choice = choose_factors(*study, options.span);
    if (!can_be_analyzed(*study, options.plan, choice, diagnostics)) study.reset();
  }
  const auto source = study ? yaml::read_file_text(options.file, diagnostics) : std::nullopt;
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study || !source) return ExitCode::invalid_input;

  const std::filesystem::path result =
      options.out.value_or(free_result_name(".", study->spec.name + "-sensitivity"));
  check_writable(result, {.existing = options.existing}, smallest_result);
  const std::uint64_t points = point_count(options.plan, choice.factors.size());
  if (options.progress != ProgressStyle::silent)
    fmt::print(err, "{} parameters, {} points with {} replications each\n", choice.factors.size(), points,
               replications_of(options.plan, *study));
  InterruptionGuard interruption;
  if (const auto code = settle_warm_up(*study, options.request, interruption, err)) return *code;
  const SensitivityOutcome outcome =
      run_sensitivity(*study, choice.factors, options.plan,
                      {.request = options.request,
                       .progress = options.progress,
                       .stop = &interruption.stop_flag(),
                       .tell = [&](const std::string& line) { fmt::print(err, "{}\n", line); }});
  if (!outcome.is_complete) {
    fmt::print(err, "interrupted; nothing was written\n");
    return interruption.exit_code();
  }
  if (outcome.failed_points == outcome.points) {
    fmt::print(err, "every point failed; nothing was written\n");
    return ExitCode::internal_error;
  }
  RunProvenance provenance;
  provenance.command_line = options.command_line;
  provenance.seed = study->base.run.seed;
  provenance.threads = static_cast<int>(thread_count(options.request.threads));
  provenance.status = outcome.failed_points == 0 ? "complete"
                                                 : fmt::format("complete, but {} of {} points failed",
                                                               outcome.failed_points, outcome.points);
  provenance.wall_seconds = outcome.seconds;
  provenance.processor_seconds = processor_seconds();
  ResultContent content;
  content.file_type = result_file_type;
  content.format_major = result_format_major;
  content.provenance = provenance_attributes(provenance);
  content.groups = sensitivity_groups(*study, choice, options.plan, outcome, *source);
  write_result(result, content, {.existing = options.existing});
  if (options.form == OutputForm::json) {
    out << sensitivity_json(*study, choice, options.plan, outcome);
  } else {
    out << sensitivity_report(*study, choice, options.plan, outcome);
    fmt::print(out, "All parameters and points are in {}\n", result.lexically_normal().string());
  }
  return outcome.failed_points > 0 ? ExitCode::partial : ExitCode::done;
}

void add_sensitivity_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    StudyArguments study;
    std::string method = "tornado";
    std::uint64_t trajectories = SensitivityPlan{}.trajectories;
    std::uint64_t rows = SensitivityPlan{}.rows;
    double span_percent = 100.0 * UsualSpan{}.share;
    std::vector<std::string> measures;
    std::string out;
    bool force = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "sensitivity", "On which parameters does the answer hang? By default of all that are assumed");
  arguments->study.add_file_to(*command, "STUDY");
  arguments->study.add_execution_to(*command, "Replications of each point; 30 of a tornado, else 4");
  command
      ->add_option("--method", arguments->method,
                   "One parameter at a time, Morris screening, or Sobol indices of first order and total")
      ->capture_default_str()
      ->check(CLI::IsMember({"tornado", "morris", "sobol"}).description(""))
      ->type_name("tornado|morris|sobol");
  command->add_option("--trajectories", arguments->trajectories, "Of Morris screening; at least 10")
      ->capture_default_str()
      ->type_name("N");
  command->add_option("--rows", arguments->rows, "Of Sobol indices; at least 256, best a power of 2")
      ->capture_default_str()
      ->type_name("N");
  command
      ->add_option("--span", arguments->span_percent,
                   "How far assumed parameters are moved to both sides where the study varies nothing, in "
                   "percent of their values")
      ->capture_default_str()
      ->check(CLI::Range(0.1, 100.0).description(""))
      ->type_name("PERCENT");
  command->add_option("--measure", arguments->measures, "A measure beside those of the study")
      ->type_name("NAME")
      ->allow_extra_args(false);
  command
      ->add_option("--out,-o", arguments->out,
                   "Result file; without it NAME-sensitivity-001.h5, ... in this folder")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace the result file if it exists");
  command->callback([arguments, &exit_code, command_line] {
    SensitivityCommandOptions options;
    options.file = arguments->study.file;
    options.load = arguments->study.load_options();
    options.plan.method = arguments->method == "morris"  ? SensitivityMethod::morris
                          : arguments->method == "sobol" ? SensitivityMethod::sobol
                                                         : SensitivityMethod::tornado;
    options.plan.trajectories = arguments->trajectories;
    options.plan.rows = arguments->rows;
    options.span.share = arguments->span_percent / 100.0;
    options.measures = arguments->measures;
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.request = arguments->study.execution_request();
    options.form = arguments->study.json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->study.quiet);
    options.color = choose_color(Stream::error);
    options.command_line = command_line;
    exit_code = sensitivity(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
