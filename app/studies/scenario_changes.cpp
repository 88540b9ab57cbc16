#include "app/studies/scenario_changes.h"

#include <algorithm>
#include <utility>
#include <vector>

#include <fmt/format.h>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario_yaml/schedule.h"
#include "models/peer_support/scenario_yaml/set_value.h"

namespace peercap::app {
namespace {

using peer_support::ParameterSettings;
using peer_support::ScenarioProblem;

/// The longest beginning that two paths share, in characters.
std::size_t shared_length(std::string_view a, std::string_view b) {
  return static_cast<std::size_t>(std::ranges::mismatch(a, b).in1 - a.begin());
}

bool report_errors(std::vector<ScenarioProblem> problems, const ParameterSettings& settings,
                   const SettingPlace& place, Diagnostics& diagnostics) {
  bool is_sound = true;
  for (ScenarioProblem& problem : problems) {
    if (problem.severity != Severity::error) continue;
    is_sound = false;
    const std::string near = settings.empty() ? problem.path : nearest_setting(settings, problem.path);
    diagnostics.error(place(near),
                      problem.path.empty() || problem.path == near
                          ? std::move(problem.what)
                          : fmt::format("`{}`: {}", problem.path, problem.what),
                      std::move(problem.suggestion));
  }
  return is_sound;
}

}  // namespace

const std::string& nearest_setting(const ParameterSettings& settings, const std::string& path) {
  return std::ranges::max_element(settings, {},
                                  [&](const auto& setting) { return shared_length(setting.first, path); })
      ->first;
}

std::vector<ScenarioProblem> scenario_doubts(peer_support::Scenario scenario,
                                             peer_support::DemandMemory* memory) {
  std::vector<ScenarioProblem> doubts;
  const auto take = [&](std::vector<ScenarioProblem> problems) {
    for (ScenarioProblem& problem : problems) {
      const auto is_known = [&](const ScenarioProblem& known) {
        return known.path == problem.path && known.what == problem.what;
      };
      if (problem.severity != Severity::error && std::ranges::none_of(doubts, is_known))
        doubts.push_back(std::move(problem));
    }
  };
  take(peer_support::check(scenario, memory));
  take(peer_support::build_phases(scenario));
  take(peer_support::check_phases(scenario, memory));
  return doubts;
}

bool change_scenario(peer_support::Scenario& scenario, const ParameterSettings& settings,
                     peer_support::DemandMemory* memory, const SettingPlace& place,
                     Diagnostics& diagnostics) {
  bool is_sound = true;
  for (const auto& [path, text] : settings) {
    if (path == "organization.roster") {
      diagnostics.error(place(path), "a study cannot change the roster",
                        "write a scenario file with the other roster");
      is_sound = false;
    } else if (peer_support::set_value(scenario, path, text, diagnostics, place(path),
                                       peer_support::Assignment::colon)
                   .empty()) {
      is_sound = false;
    }
  }
  if (!is_sound) return false;
  if (!report_errors(peer_support::check(scenario, memory), settings, place, diagnostics)) return false;
  if (!report_errors(peer_support::build_phases(scenario), settings, place, diagnostics)) return false;
  return report_errors(peer_support::check_phases(scenario, memory), settings, place, diagnostics);
}

std::string change_scenario(peer_support::Scenario& scenario, const ParameterSettings& settings,
                            peer_support::DemandMemory* memory) {
  Diagnostics diagnostics;
  if (change_scenario(
          scenario, settings, memory, [](const std::string&) { return SourceLocation{}; }, diagnostics))
    return {};
  std::string text;
  for (const Problem& problem : diagnostics.sorted())
    text += fmt::format("{}{}{}{}", text.empty() ? "" : "\n", problem.what,
                        problem.suggestion.empty() ? "" : "; ", problem.suggestion);
  return text;
}

}  // namespace peercap::app
