#include "app/commands/compare.h"

#include <iostream>
#include <memory>
#include <optional>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/commands/study_arguments.h"
#include "app/commands/study_command.h"
#include "app/interruption.h"
#include "app/replications.h"
#include "app/studies/comparison_content.h"
#include "app/studies/comparison_report.h"
#include "app/studies/comparison_study.h"
#include "app/studies/rank_stability.h"
#include "app/studies/selection_study.h"
#include "app/studies/study_result.h"
#include "app/terminal_style.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::app {
namespace {

bool can_be_compared(const Study& study, Diagnostics& diagnostics) {
  const SourceLocation where{study.file, 0, 0};
  if (study.policies.size() < 2)
    diagnostics.error(
        where,
        fmt::format("there is nothing to compare: the study has {} polic{}", study.policies.size(),
                    study.policies.size() == 1 ? "y" : "ies"),
        "write `policies:` with `- name: today` and `- name: more, set: {supporters.count: 80}`");
  if (study.measures.empty())
    diagnostics.error(where, "there is no measure to compare by",
                      "write `measures: [contact_within_limit_share, ...]`, or `targets:`");
  if (!study.variants.empty())
    diagnostics.error(where, "`variant` varies: a comparison has variants as policies",
                      "write `policies:` with `- {name: ..., variant: ...}`");
  if (study.selection && (!study.vary.empty() || has_listed_points(study.spec.design.kind)))
    diagnostics.error(where, "`select` chooses among policies as they are: nothing can vary beside it",
                      "take `vary` and `design` out, or `select`");
  if (study.selection && (study.spec.replications > 0 || study.spec.precision.half_width.value > 0.0))
    diagnostics.error(where, "`select` finds the number of replications by itself",
                      "take `replications` and `precision` out, or `select`");
  if (study.selection && study.selection->budget > 0 &&
      study.selection->budget < first_selection_stage * static_cast<std::int64_t>(study.policies.size()))
    diagnostics.error(where,
                      fmt::format("a budget of {} does not give {} replications to each policy at first",
                                  study.selection->budget, first_selection_stage),
                      fmt::format("write `budget: {}` or more",
                                  first_selection_stage * static_cast<std::int64_t>(study.policies.size())));
  for (const VariedParameter& parameter : study.vary)
    for (const PolicySpec& policy : study.spec.policies)
      for (const auto& [path, value] : policy.set)
        if (path == parameter.path)
          diagnostics.error(where,
                            fmt::format("`{}` varies, but the policy `{}` sets it: the draws would take the "
                                        "policy's value away",
                                        path, policy.name),
                            "take it out of `vary`");
  return !diagnostics.has_errors();
}

/// The best policy alone, where the study asks for it.
ExitCode choose(const Study& study, const CompareOptions& options, const ComparisonStudyOptions& comparison,
                const InterruptionGuard& interruption, std::ostream& out, std::ostream& err) {
  try {
    const SelectionOutcome outcome = run_selection(study, comparison);
    out << (options.form == OutputForm::json ? selection_json(study, outcome)
                                             : selection_report(study, outcome) + assumed_values_line(study));
    return ExitCode::done;
  } catch (const StudyEnded& ended) {
    fmt::print(err, "{}\n", ended.what());
    return code_of(ended, interruption);
  }
}

}  // namespace

ExitCode compare(const CompareOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  auto study = load_study(options.file, options.load, diagnostics);
  if (study && !can_be_compared(*study, diagnostics)) study.reset();
  const auto source = study ? yaml::read_file_text(options.file, diagnostics) : std::nullopt;
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!study || !source) return ExitCode::invalid_input;

  InterruptionGuard interruption;
  if (const auto code = settle_warm_up(*study, options.request, interruption, err)) return *code;
  const ComparisonStudyOptions comparison{
      .request = options.request,
      .progress = options.progress,
      .stop = &interruption.stop_flag(),
      .tell = [&](const std::string& line) { fmt::print(err, "{}\n", line); }};
  if (study->selection) return choose(*study, options, comparison, interruption, out, err);
  StudyResultPlace place = options.result;
  settle_place(place, study->spec.name);
  ComparisonOutcome outcome = run_comparison(*study, comparison);
  std::optional<RankStability> stability;
  const bool goes_on = outcome.end != ComparisonEnd::interrupted && outcome.end != ComparisonEnd::out_of_time;
  const bool varies = !study->vary.empty() || has_listed_points(study->spec.design.kind);
  if (goes_on && varies) {
    stability = run_rank_stability(*study, comparison);
    if (!stability) outcome.end = ComparisonEnd::interrupted;
  }
  const std::int64_t all = outcome.replications * static_cast<std::int64_t>(study->policies.size());
  if (outcome.measures.empty())
    fmt::print(err, "{} before there was anything to compare\n", end_text(outcome.end));
  else if (outcome.failures == all)
    fmt::print(err, "every replication failed\n");
  else {
    write_study_result(place, *study, comparison_groups(*study, outcome, stability, *source),
                       std::string{end_text(outcome.end)},
                       static_cast<int>(thread_count(options.request.threads)), outcome.seconds);
    out << (options.form == OutputForm::json ? comparison_json(*study, outcome, stability)
                                             : comparison_report(*study, outcome, stability) +
                                                   assumed_values_line(*study) + place_line(place));
  }
  if (outcome.end == ComparisonEnd::interrupted) return interruption.exit_code();
  if (all > 0 && outcome.failures == all) return ExitCode::internal_error;
  if (stability && stability->failures > 0) return ExitCode::partial;
  if (outcome.failures > 0 || outcome.end == ComparisonEnd::out_of_time) return ExitCode::partial;
  return ExitCode::done;
}

void add_compare_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  auto arguments = std::make_shared<StudyArguments>();
  CLI::App* command = app.add_subcommand(
      "compare", "Policies against each other by the same chance: paired differences with intervals");
  arguments->add_file_to(*command, "STUDY");
  arguments->add_execution_to(*command, "Replications of each policy");
  arguments->add_result_to(*command, "comparison");
  command->callback([arguments, &exit_code, command_line] {
    CompareOptions options;
    options.file = arguments->file;
    options.load = arguments->load_options();
    options.request = arguments->execution_request();
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->quiet);
    options.color = choose_color(Stream::error);
    options.result = arguments->result_place("-comparison", command_line);
    exit_code = compare(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
