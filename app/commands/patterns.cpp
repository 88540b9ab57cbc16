#include "app/commands/patterns.h"

#include <array>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/commands/scenario_arguments.h"
#include "app/terminal_style.h"
#include "app/validation/validation_report.h"
#include "models/peer_support/observation/patterns.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using namespace peer_support;

using FigureSummaries = std::array<Summary, pattern_figure_count>;

bool pattern_agrees(int pattern, const FigureSummaries& summaries) {
  for (std::size_t i = 0; i < pattern_figure_count; ++i) {
    const PatternFigureInfo& info = pattern_figure_infos()[i];
    if (info.pattern == pattern && !agrees(info, summaries[i])) return false;
  }
  return true;
}

int count_inside(const FigureSummaries& summaries) {
  int inside = 0;
  for (int pattern = 1; pattern <= pattern_count; ++pattern) inside += pattern_agrees(pattern, summaries);
  return inside;
}

std::string text_of(const std::string& name, std::size_t replications, const FigureSummaries& summaries) {
  std::string text = fmt::format(
      "Scenario {}, {} replications: what was published, and what the model makes of it\n"
      "(mean and its 95 % interval; fitted: a default was fitted to it; set: an input makes its\n"
      "direction; predicted: nothing was fitted to it)\n",
      name, replications);
  for (int pattern = 1; pattern <= pattern_count; ++pattern) {
    text += fmt::format("\n{:<4} {:<84} {}\n", fmt::format("P{}", pattern), pattern_title(pattern),
                        inside_text(pattern_agrees(pattern, summaries)));
    for (std::size_t i = 0; i < pattern_figure_count; ++i) {
      const PatternFigureInfo& info = pattern_figure_infos()[i];
      if (info.pattern != pattern) continue;
      text += fmt::format("     {}\n", info.meaning);
      text += fmt::format("       published  {}{}\n", info.published,
                          info.evidence.empty() ? "" : fmt::format(" [{}]", info.evidence));
      text += fmt::format("       simulated  {:<40} {:<10} {}\n", simulated_text(summaries[i], info.is_share),
                          to_string(info.origin), inside_text(agrees(info, summaries[i])));
    }
  }
  return text + fmt::format("\n{} of {} patterns inside.\n", count_inside(summaries), pattern_count);
}

std::string json_of(const std::string& name, std::size_t replications, const FigureSummaries& summaries) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-patterns/1");
  json.key("scenario").value(name);
  json.key("replications").value(static_cast<std::int64_t>(replications));
  json.key("patterns").begin_array();
  for (int pattern = 1; pattern <= pattern_count; ++pattern) {
    json.begin_object();
    json.key("pattern").value(fmt::format("P{}", pattern));
    json.key("title").value(pattern_title(pattern));
    json.key("inside").boolean(pattern_agrees(pattern, summaries));
    json.key("figures").begin_array();
    for (std::size_t i = 0; i < pattern_figure_count; ++i) {
      const PatternFigureInfo& info = pattern_figure_infos()[i];
      if (info.pattern != pattern) continue;
      const Summary& s = summaries[i];
      json.begin_object();
      json.key("name").value(info.name);
      json.key("meaning").value(info.meaning);
      json.key("published").value(info.published);
      json.key("evidence").value(info.evidence);
      json.key("accepted_low").value(info.accepted.low);
      json.key("accepted_high").value(info.accepted.high);
      json.key("n").value(s.count);
      json.key("mean").value(s.mean);
      json.key("ci_low").value(s.mean_interval.low);
      json.key("ci_high").value(s.mean_interval.high);
      json.key("origin").value(to_string(info.origin));
      json.key("inside").boolean(agrees(info, s));
      json.end_object();
    }
    json.end_array();
    json.end_object();
  }
  json.end_array();
  json.key("inside").value(count_inside(summaries));
  json.end_object();
  return json.take();
}

}  // namespace

ExitCode patterns(const PatternOptions& options, std::ostream& out, std::ostream& err) {
  const PatternRun run = run_patterns(options.run, err);
  if (run.code != ExitCode::done) return run.code;
  out << (options.form == OutputForm::json ? json_of(run.scenario_name, run.replications, run.figures)
                                           : text_of(run.scenario_name, run.replications, run.figures));
  return ExitCode::done;
}

void add_patterns_command(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<ScenarioArguments>();
  CLI::App* command = app.add_subcommand(
      "patterns", "Hold a scenario against published figures of peer-support programs (P1-P10)");
  arguments->add_to(*command);
  command->callback([arguments, &exit_code] {
    PatternOptions options;
    options.run = {.scenario = arguments->scenario,
                   .load = arguments->load_options(),
                   .request = arguments->execution_request(),
                   .progress = choose_progress_style(arguments->quiet),
                   .color = choose_color(Stream::error)};
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    exit_code = patterns(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
