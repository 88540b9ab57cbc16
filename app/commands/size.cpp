#include "app/commands/size.h"

#include <algorithm>
#include <cmath>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/replications.h"
#include "app/studies/closed_form.h"
#include "app/studies/sizing_content.h"
#include "app/studies/sizing_report.h"
#include "app/studies/sizing_study.h"
#include "app/studies/study_result.h"
#include "app/studies/study_sections.h"
#include "app/terminal_style.h"
#include "models/peer_support/scenario/staffing.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::app {
namespace {

/// What is searched where the study says nothing: supporters, from those whose case loads hold the cases that
/// are open on average, up to several times those of today.
SearchComponent usual_component(const Study& study, const peer_support::StaffingLaw& law) {
  const auto recruitable = static_cast<std::int64_t>(peer_support::count_recruitable(study.base));
  const std::int64_t today = peer_support::count_supporters(study.base);
  const std::int64_t least = std::max<std::int64_t>(1, peer_support::count_roster_supporters(study.base));
  const std::int64_t high = std::max(least, std::min(recruitable, std::max<std::int64_t>(50, 10 * today)));
  const double loaded = std::ceil(law.estimate().open_cases / study.base.case_rules.max_cases);
  std::int64_t low = least;
  if (loaded > static_cast<double>(least))
    low = loaded < static_cast<double>(high) ? static_cast<std::int64_t>(loaded) : high;
  SearchComponent component = whole_component(study.base, "supporters.count", low, high);
  if (low > least)
    component.below =
        fmt::format("{:.3g} cases are open at any time if nobody gives up, and a supporter takes {} at most",
                    law.estimate().open_cases, study.base.case_rules.max_cases);
  else
    component.below = least > 1 ? "the roster names so many" : "a program has one at least";
  return component;
}

bool is_sized(const Study& study, Diagnostics& diagnostics) {
  const SourceLocation where{study.file, 0, 0};
  if (study.targets.empty())
    diagnostics.error(where, "there is no target: every size would do",
                      "write `targets:` in the study, or `--target 'contact_within_limit_share >= 95 %'`");
  if (study.base.program.enabled == peer_support::Switch::off)
    diagnostics.error(where, "there is no program in this scenario, and so nothing to size",
                      "write `set: {program.enabled: on}`");
  return !diagnostics.has_errors();
}

}  // namespace

ExitCode size(const SizeOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  if (study && !is_sized(*study, diagnostics)) study.reset();
  const auto source = study ? yaml::read_file_text(options.file, diagnostics) : std::nullopt;
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study || !source) return ExitCode::invalid_input;
  StudyResultPlace place = options.result;
  settle_place(place, study->spec.name);
  InterruptionGuard interruption;
  if (const auto code = settle_warm_up(*study, options.request, interruption, err)) return *code;
  const peer_support::StaffingLaw law{study->base};
  if (study->search.empty()) study->search.push_back(usual_component(*study, law));

  SizingStudyOptions sizing{.request = options.request,
                            .progress = options.progress,
                            .stop = &interruption.stop_flag(),
                            .tell = [&](const std::string& line) { fmt::print(err, "{}\n", line); }};
  if (study->search.size() == 1 && study->search.front().path == "supporters.count")
    sizing.start = closed_form_start(law, study->base, study->targets);
  try {
    const SizingOutcome outcome = run_sizing(*study, sizing);
    write_study_result(place, *study, sizing_groups(*study, outcome, law, *source), "complete",
                       static_cast<int>(thread_count(options.request.threads)), outcome.seconds);
    out << (options.form == OutputForm::json
                ? sizing_json(*study, outcome, law)
                : sizing_report(*study, outcome, law) + assumed_values_line(*study) + place_line(place));
    if (!outcome.is_found && options.targets == TargetUse::require) return ExitCode::target_not_met;
    return ExitCode::done;
  } catch (const StudyEnded& ended) {
    fmt::print(err, "{}\n", ended.what());
    return code_of(ended, interruption);
  }
}

void add_size_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    StudyArguments common;
    bool require = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "size", "How many supporters, how much protected time: the least that meets the targets");
  arguments->common.add_file_to(*command, "STUDY");
  arguments->common.add_target_to(*command);
  command
      ->add_option("--search", arguments->common.search,
                   "What to look for in place of the study's: a parameter and a range of whole numbers; "
                   "without either the number of supporters")
      ->type_name("PATH=LOW-HIGH")
      ->allow_extra_args(false);
  arguments->common.add_execution_to(*command, "Replications of a candidate at most");
  arguments->common.add_result_to(*command, "size");
  command->add_flag("--require", arguments->require, "Exit with 4 where nothing meets the targets");
  command->callback([arguments, &exit_code, command_line] {
    SizeOptions options;
    options.file = arguments->common.file;
    options.load = arguments->common.load_options();
    options.request = arguments->common.execution_request();
    options.targets = arguments->require ? TargetUse::require : TargetUse::report;
    options.form = arguments->common.json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->common.quiet);
    options.color = choose_color(Stream::error);
    options.result = arguments->common.result_place("-size", command_line);
    exit_code = size(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
