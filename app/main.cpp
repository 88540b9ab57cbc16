#include <cerrno>
#include <cstdio>
#include <exception>
#include <iostream>
#include <string>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/command_line.h"
#include "app/commands/calibrate.h"
#include "app/commands/compare.h"
#include "app/commands/describe.h"
#include "app/commands/estimate.h"
#include "app/commands/evaluate.h"
#include "app/commands/evidence.h"
#include "app/commands/export.h"
#include "app/commands/merge.h"
#include "app/commands/patterns.h"
#include "app/commands/presets.h"
#include "app/commands/report.h"
#include "app/commands/run.h"
#include "app/commands/schema.h"
#include "app/commands/sensitivity.h"
#include "app/commands/show.h"
#include "app/commands/size.h"
#include "app/commands/submit.h"
#include "app/commands/sweep.h"
#include "app/commands/validate.h"
#include "app/commands/validate_model.h"
#include "app/commands/verify.h"
#include "app/exit_code.h"
#include "app/provenance.h"
#include "sim/io/input_output_error.h"
#include "sim/kernel/run_failure.h"

namespace {

using peercap::app::ExitCode;

int run_program(int argc, char** argv) {
  CLI::App app{
      "peercap: how much peer support does an organization need, and what will it do to the people who give "
      "it?",
      "peercap"};
  app.set_version_flag("--version", peercap::app::version_text());
  app.require_subcommand(1);
  app.failure_message(CLI::FailureMessage::help);
  app.footer(
      "Exit codes: 0 done, 1 internal error, 2 usage, 3 invalid input, 4 a required target is not met, 5 "
      "partial, 6 input/output, 130/143 interrupted.");
  ExitCode exit_code = ExitCode::done;
  const std::string command_line = peercap::app::join_arguments(argc, argv);
  peercap::app::add_new_command(app, exit_code);
  peercap::app::add_presets_command(app, exit_code);
  peercap::app::add_run_command(app, exit_code, command_line);
  peercap::app::add_size_command(app, exit_code, command_line);
  peercap::app::add_estimate_command(app, exit_code);
  peercap::app::add_compare_command(app, exit_code, command_line);
  peercap::app::add_sweep_command(app, exit_code, command_line);
  peercap::app::add_merge_command(app, exit_code, command_line);
  peercap::app::add_submit_command(app, exit_code, command_line);
  peercap::app::add_sensitivity_command(app, exit_code, command_line);
  peercap::app::add_evaluate_command(app, exit_code);
  peercap::app::add_report_command(app, exit_code);
  peercap::app::add_export_command(app, exit_code);
  peercap::app::add_calibrate_command(app, exit_code);
  peercap::app::add_patterns_command(app, exit_code);
  peercap::app::add_validate_command(app, exit_code);
  peercap::app::add_show_command(app, exit_code);
  peercap::app::add_verify_command(app, exit_code);
  peercap::app::add_validate_model_command(app, exit_code);
  peercap::app::add_describe_command(app, exit_code);
  peercap::app::add_evidence_command(app, exit_code);
  peercap::app::add_schema_command(app, exit_code);
  try {
    app.parse(argc, argv);
  } catch (const CLI::ParseError& error) {
    const bool asked_for_help = error.get_exit_code() == 0;
    if (asked_for_help) {
      app.exit(error);
      return 0;
    }
    fmt::print(stderr, "peercap: {}\nTry peercap --help, or peercap COMMAND --help.\n", error.what());
    return static_cast<int>(ExitCode::usage);
  }
  return static_cast<int>(exit_code);
}

/// The exit code, which tells of an answer that did not get out: only the end of writing knows of a full
/// disk.
int with_answer_written(int code) {
  errno = 0;
  std::cout.flush();
  const bool is_written = std::fflush(stdout) == 0 && std::cout.good() && std::ferror(stdout) == 0;
  if (is_written) return code;
  fmt::print(stderr, "peercap: cannot write the answer to standard output: {}\n",
             errno == 0 ? "not all of it was taken" : std::generic_category().message(errno));
  return code == static_cast<int>(ExitCode::done) ? static_cast<int>(ExitCode::input_output) : code;
}

}  // namespace

int main(int argc, char** argv) {
  try {
    return with_answer_written(run_program(argc, argv));
  } catch (const peercap::InputOutputError& error) {
    fmt::print(stderr, "peercap: {}\n", error.what());
    return static_cast<int>(ExitCode::input_output);
  } catch (const std::exception& error) {
    fmt::print(stderr,
               "peercap: internal error: {}\nPlease report this with the scenario and the command line.\n",
               error.what());
    return static_cast<int>(ExitCode::internal_error);
  }
}
