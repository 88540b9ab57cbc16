#include "app/validation/pattern_worlds.h"

#include <algorithm>
#include <functional>
#include <optional>
#include <ostream>

#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/replications.h"

namespace peercap::app {
namespace {

using namespace peer_support;

/// Each figure's values over the replications.
using FigureValues = std::array<std::vector<double>, pattern_figure_count>;

std::size_t index_of(PatternFigure figure) {
  return static_cast<std::size_t>(figure);
}

/// Loads and runs the worlds in which the figures are read.
class Worlds {
 public:
  Worlds(const PatternRequest& options, std::ostream& err) : options_{options}, err_{err} {}

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
    Rules rules{scenario};
    apply_checks(options_.request, rules);
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

  const PatternRequest& options_;
  std::ostream& err_;
  std::string name_;
  int supporters_ = 0;
  double flag_ = 0.0;
  FigureValues values_;
};

}  // namespace

PatternRun run_patterns(const PatternRequest& request, std::ostream& err) {
  PatternRun run;
  Worlds worlds{request, err};
  run.code = worlds.run();
  if (run.code != ExitCode::done) return run;
  run.scenario_name = worlds.name();
  run.replications = worlds.values()[0].size();
  for (std::size_t i = 0; i < pattern_figure_count; ++i) run.figures[i] = summarize(worlds.values()[i]);
  return run;
}

}  // namespace peercap::app
