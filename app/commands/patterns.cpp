#include "app/commands/patterns.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <iostream>
#include <memory>
#include <optional>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/commands/scenario_arguments.h"
#include "app/replications.h"
#include "app/terminal_style.h"
#include "models/peer_support/observation/patterns.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {
namespace {

using namespace peer_support;

/// Each figure's values over the replications.
using FigureValues = std::array<std::vector<double>, pattern_figure_count>;
using FigureSummaries = std::array<Summary, pattern_figure_count>;

std::size_t index_of(PatternFigure figure) {
  return static_cast<std::size_t>(figure);
}

/// Loads and runs the worlds in which the figures are read.
class Worlds {
 public:
  Worlds(const PatternOptions& options, std::ostream& err) : options_{options}, err_{err} {}

  /// The scenario's name once it is known.
  [[nodiscard]] const std::string& name() const { return name_; }
  [[nodiscard]] const FigureValues& values() const { return values_; }

  ExitCode run() {
    if (const ExitCode code = run_usual(); code != ExitCode::done) return code;
    if (const ExitCode code = run_new_program(); code != ExitCode::done) return code;
    return run_pressed();
  }

 private:
  std::vector<double>& values_of(PatternFigure figure) { return values_[index_of(figure)]; }

  /// Nothing where the scenario does not hold with these values.
  std::optional<LoadedScenario> load_with(const std::vector<std::string>& overrides) {
    LoadOptions load = options_.load;
    load.overrides.insert(load.overrides.end(), overrides.begin(), overrides.end());
    Diagnostics diagnostics;
    auto loaded = peer_support::load(options_.scenario, load, diagnostics);
    yaml::SourceLines sources;
    if (name_.empty() || !loaded) err_ << yaml::render(diagnostics, sources, options_.color);
    if (loaded) name_ = loaded->scenario.name;
    return loaded;
  }

  ExitCode execute(const Scenario& scenario, const std::string& what,
                   const std::function<void(const ReplicationOutcome&)>& deliver) {
    const Rules rules{scenario};
    const Execution execution = run_replications_of(
        rules, {.request = options_.request, .progress = options_.progress, .what = what + " replication"},
        err_, deliver);
    const ExitCode code = exit_code_of(execution);
    if (code != ExitCode::done) fmt::print(err_, "{}: {}\n", what, status_text(execution));
    return code;
  }

  ExitCode run_usual() {
    const auto loaded = load_with({"run.horizon=156 weeks"});
    if (!loaded) return ExitCode::invalid_input;
    supporters_ = loaded->scenario.supporters.count;
    flag_ = loaded->scenario.activation.outreach.flag.value;
    return execute(loaded->scenario, "usual", [&](const ReplicationOutcome& outcome) {
      const auto figures = usual_figures(outcome.record, outcome.measures);
      for (std::size_t i = 0; i < figures.size(); ++i) values_[i].push_back(figures[i]);
    });
  }

  ExitCode run_new_program() {
    const auto loaded =
        load_with({"run.horizon=209 weeks", "run.burn_in=0 days", "activation.awareness.initial=0.1"});
    if (!loaded) return ExitCode::invalid_input;
    auto& growth = values_of(PatternFigure::self_referral_growth);
    growth.clear();
    return execute(loaded->scenario, "new program", [&](const ReplicationOutcome& outcome) {
      growth.push_back(growth_over_years(outcome.record.month_self_referrals));
    });
  }

  /// A tenth of the supporters, none of whom works unprotected hours, for three times the people named; and
  /// twice as many supporters by the same chance.
  ExitCode run_pressed() {
    const int few = std::max(1, supporters_ / 10);
    std::vector<RunRecord> before;
    auto& change = values_of(PatternFigure::downstream_pressure);
    change.clear();
    for (const int count : {few, 2 * few}) {
      const auto loaded = load_with({"run.horizon=156 weeks", fmt::format("supporters.count={}", count),
                                     "supporters.unprotected_work=refused",
                                     fmt::format("activation.outreach.flag={}", std::min(1.0, 3.0 * flag_)),
                                     "supporters.recruitment.enabled=off"});
      if (!loaded) return ExitCode::invalid_input;
      std::size_t number = 0;
      const ExitCode code = execute(loaded->scenario, "pressed", [&](const ReplicationOutcome& outcome) {
        if (count == few)
          before.push_back(outcome.record);
        else
          change.push_back(change_of_referrals(before.at(number++), outcome.record));
      });
      if (code != ExitCode::done) return code;
    }
    return ExitCode::done;
  }

  const PatternOptions& options_;
  std::ostream& err_;
  std::string name_;
  int supporters_ = 0;
  double flag_ = 0.0;
  FigureValues values_;
};

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

std::string_view verdict(bool inside) {
  return inside ? "inside" : "not inside";
}

std::string simulated_text(const PatternFigureInfo& info, const Summary& s) {
  if (s.count == 0) return "-";
  const double scale = info.is_share ? 100.0 : 1.0;
  const int digits = info.is_share ? 1 : 2;
  const auto number = [&](double value) { return fmt::format("{:.{}f}", value * scale, digits); };
  const std::string unit = info.is_share ? " %" : "";
  if (s.count == 1) return number(s.mean) + unit + " (n = 1)";
  return fmt::format("{}{} ({} to {})", number(s.mean), unit, number(s.mean_interval.low),
                     number(s.mean_interval.high));
}

std::string text_of(const std::string& name, std::size_t replications, const FigureSummaries& summaries) {
  std::string text = fmt::format(
      "Scenario {}, {} replications: what was published, and what the model makes of it\n"
      "(mean and its 95 % interval; fitted: a default was fitted to it; set: an input makes its\n"
      "direction; predicted: nothing was fitted to it)\n",
      name, replications);
  for (int pattern = 1; pattern <= pattern_count; ++pattern) {
    text += fmt::format("\n{:<4} {:<84} {}\n", fmt::format("P{}", pattern), pattern_title(pattern),
                        verdict(pattern_agrees(pattern, summaries)));
    for (std::size_t i = 0; i < pattern_figure_count; ++i) {
      const PatternFigureInfo& info = pattern_figure_infos()[i];
      if (info.pattern != pattern) continue;
      text += fmt::format("     {}\n", info.meaning);
      text += fmt::format("       published  {}{}\n", info.published,
                          info.evidence.empty() ? "" : fmt::format(" [{}]", info.evidence));
      text += fmt::format("       simulated  {:<40} {:<10} {}\n", simulated_text(info, summaries[i]),
                          to_string(info.origin), verdict(agrees(info, summaries[i])));
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
  Worlds worlds{options, err};
  if (const ExitCode code = worlds.run(); code != ExitCode::done) return code;
  FigureSummaries summaries;
  for (std::size_t i = 0; i < pattern_figure_count; ++i) summaries[i] = summarize(worlds.values()[i]);
  const std::size_t replications = worlds.values()[0].size();
  out << (options.form == OutputForm::json ? json_of(worlds.name(), replications, summaries)
                                           : text_of(worlds.name(), replications, summaries));
  return ExitCode::done;
}

void add_patterns_command(CLI::App& app, ExitCode& exit_code) {
  auto arguments = std::make_shared<ScenarioArguments>();
  CLI::App* command = app.add_subcommand(
      "patterns", "Hold a scenario against published figures of peer-support programs (P1-P10)");
  arguments->add_to(*command);
  command->callback([arguments, &exit_code] {
    PatternOptions options;
    options.scenario = arguments->scenario;
    options.load = arguments->load_options();
    options.request = arguments->execution_request();
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    options.progress = choose_progress_style(arguments->quiet);
    options.color = choose_color(Stream::error);
    exit_code = patterns(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
