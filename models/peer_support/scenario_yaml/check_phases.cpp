#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/bound_schedule.h"
#include "models/peer_support/scenario_yaml/change_course.h"
#include "models/peer_support/scenario_yaml/schedule.h"

namespace peercap::peer_support {
namespace {

/// What in the schedule to look at for a problem of this parameter on this day: the setting of it, else the
/// last change in force.
std::string find_cause(const Scenario& scenario, const std::string& parameter, std::int64_t day) {
  std::string cause = "schedule";
  for (const ScheduledChange& change : scenario.schedule) {
    const ChangeCourse course{change};
    if (course.weight(day) <= 0.0 && !course.switched(day)) continue;
    cause = path_of(change);
    for (std::size_t i = 0; i < change.settings.size(); ++i)
      if (change.settings[i].first == parameter) return path_of(change, i);
  }
  return cause;
}

double clinical_rate(const Scenario& scenario) {
  return scenario.environment.exposure_rate.per_day * (1.0 - scenario.environment.personal_share.value);
}

}  // namespace

std::vector<ScenarioProblem> check_phases(const Scenario& scenario, DemandMemory* memory) {
  std::vector<ScenarioProblem> problems;
  if (scenario.phases == nullptr) return problems;
  std::set<std::string> told;
  const auto fail = [&](const ScenarioPhase& phase, const std::string& path, const std::string& what,
                        std::string suggestion) {
    if (!told.insert(path).second) return;
    const CivilDate day = date_of(phase.begin);
    problems.push_back({find_cause(scenario, path, day.day_number()), Severity::error,
                        fmt::format("from {} on: {}", day.to_string(), what), std::move(suggestion)});
  };
  // Events of later phases are candidates of the first, scaled.
  const ScenarioPhase& first = scenario.phases->front();
  const bool from_begin = first.begin <= begin_of(scenario.run);
  const bool starts_without_events = clinical_rate(from_begin ? first.scenario : scenario) <= 0.0;
  for (const ScenarioPhase& phase : *scenario.phases) {
    for (const ScenarioProblem& problem : check(phase.scenario, memory))
      if (problem.severity == Severity::error) fail(phase, problem.path, problem.what, problem.suggestion);
    if (starts_without_events && clinical_rate(phase.scenario) > 0.0)
      fail(phase, "environment.exposure_rate",
           "clinical events cannot begin during a run that starts without any",
           "begin with a small rate, such as `environment.exposure_rate: 0.001 per year`");
  }
  return problems;
}

}  // namespace peercap::peer_support
