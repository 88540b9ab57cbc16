#include "app/validation/validation_run.h"

#include <algorithm>
#include <ostream>
#include <utility>

#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include "app/replications.h"
#include "app/validation/pattern_worlds.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/scenario_yaml/load.h"

namespace peercap::app {
namespace {

/// [world][figure][replication]; empty where a figure is not read in a world.
using WorldValues = std::vector<std::vector<std::vector<double>>>;

bool is_read_in(const PublishedFigure& figure, std::size_t world) {
  return figure.world == world || figure.minus == world;
}

peer_support::LoadOptions load_options(const ValidationOptions& options, std::int64_t replications,
                                       std::vector<std::string> overrides) {
  overrides.push_back(
      fmt::format("run.replications={}", options.replications > 0 ? options.replications : replications));
  return {.overrides = std::move(overrides), .variant = {}};
}

ExitCode run_world(const ValidationFile& program, std::size_t world, const ValidationOptions& options,
                   std::ostream& err, WorldValues& values) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(
      program.scenario, load_options(options, program.replications, program.worlds[world].overrides),
      diagnostics);
  if (!loaded) {
    yaml::SourceLines sources;
    err << fmt::format("{}, world {}:\n", program.file, program.worlds[world].name)
        << yaml::render(diagnostics, sources, options.color);
    return ExitCode::invalid_input;
  }
  const peer_support::Scenario& scenario = loaded->scenario;
  peer_support::Rules rules{scenario};
  apply_checks(options.request, rules);
  const Execution execution = run_replications_of(
      rules,
      {.request = options.request,
       .progress = options.progress,
       .what = fmt::format("{} {} replication", program.name, program.worlds[world].name)},
      err, [&](const peer_support::ReplicationOutcome& outcome) {
        for (std::size_t i = 0; i < program.figures.size(); ++i)
          if (is_read_in(program.figures[i], world))
            values[world][i].push_back(program.figures[i].measured.value(outcome, scenario));
      });
  const ExitCode code = exit_code_of(execution);
  if (code != ExitCode::done) fmt::print(err, "{}: {}\n", program.name, status_text(execution));
  return code;
}

ValidationRow row_of(const ValidationFile& program, std::size_t index, const WorldValues& values) {
  const PublishedFigure& figure = program.figures[index];
  std::vector<double> read = values[figure.world][index];
  if (figure.minus)
    for (std::size_t r = 0; r < read.size(); ++r) read[r] -= values[*figure.minus][index].at(r);
  ValidationRow row{.program = program.name,
                    .name = figure.name,
                    .what = figure.what,
                    .published = figure.published,
                    .evidence = fmt::format("{}", fmt::join(figure.evidence, ", ")),
                    .because = figure.because,
                    .explained = figure.explained,
                    .accepted = figure.accepted,
                    .is_direction = figure.is_direction,
                    .is_share = figure.is_share,
                    .origin = figure.origin,
                    .simulated = summarize(read)};
  row.is_inside = peer_support::agrees(row.accepted, row.is_direction, row.simulated);
  return row;
}

ExitCode add_patterns(const ValidationFile& program, const ValidationOptions& options, std::ostream& err,
                      ValidationOutcome& outcome) {
  const PatternRun run = run_patterns({.scenario = program.scenario,
                                       .load = load_options(options, program.replications, {}),
                                       .request = options.request,
                                       .progress = options.progress,
                                       .color = options.color},
                                      err);
  if (run.code != ExitCode::done) return run.code;
  outcome.has_patterns = true;
  bool inside[peer_support::pattern_count];
  std::ranges::fill(inside, true);
  for (std::size_t i = 0; i < peer_support::pattern_figure_count; ++i) {
    const peer_support::PatternFigureInfo& info = peer_support::pattern_figure_infos()[i];
    const bool is_inside = peer_support::agrees(info, run.figures[i]);
    inside[info.pattern - 1] = inside[info.pattern - 1] && is_inside;
    outcome.rows.push_back({.program = program.name,
                            .name = std::string{info.name},
                            .pattern = info.pattern,
                            .what = std::string{info.meaning},
                            .published = std::string{info.published},
                            .evidence = std::string{info.evidence},
                            .because = {},
                            .explained = {},
                            .accepted = info.accepted,
                            .is_direction = info.whole_interval,
                            .is_share = info.is_share,
                            .origin = info.origin,
                            .simulated = run.figures[i],
                            .is_inside = is_inside});
  }
  outcome.patterns_inside = static_cast<int>(std::ranges::count(inside, true));
  return ExitCode::done;
}

}  // namespace

ValidationOutcome run_validation(const std::vector<ValidationFile>& programs,
                                 const ValidationOptions& options, std::ostream& err) {
  ValidationOutcome outcome;
  for (const ValidationFile& program : programs) {
    WorldValues values(program.worlds.size(), std::vector<std::vector<double>>(program.figures.size()));
    for (std::size_t world = 0; world < program.worlds.size(); ++world) {
      outcome.code = run_world(program, world, options, err, values);
      if (outcome.code != ExitCode::done) return outcome;
    }
    for (std::size_t i = 0; i < program.figures.size(); ++i)
      outcome.rows.push_back(row_of(program, i, values));
    if (!program.has_patterns) continue;
    outcome.code = add_patterns(program, options, err, outcome);
    if (outcome.code != ExitCode::done) return outcome;
  }
  return outcome;
}

}  // namespace peercap::app
