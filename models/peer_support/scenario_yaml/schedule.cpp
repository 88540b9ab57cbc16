#include "models/peer_support/scenario_yaml/schedule.h"

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/bound_schedule.h"

namespace peercap::peer_support {
namespace {

std::string date_text(std::int64_t day) {
  return CivilDate{static_cast<std::int32_t>(day)}.to_string();
}

/// The days of a run, by day number.
struct RunDays {
  explicit RunDays(const RunSpec& run) : begin{date_of(begin_of(run)).day_number()} {
    const SimTime last = run.start.midnight() + run.horizon - microseconds(1);
    end = date_of(last).day_number() + 1;
  }
  [[nodiscard]] bool hold(std::int64_t day) const { return day >= begin && day < end; }

  std::int64_t begin;
  std::int64_t end;  ///< the first that does not belong to it
};

/// Whether the earlier of two changes in the list is there for good before the other begins, which then
/// builds on it: steps of one stair, not a conflict.
bool builds_on(const ChangeCourse& later, const ChangeCourse& earlier) {
  return !earlier.back() && earlier.complete() <= later.begin();
}

void warn_of_overlaps(const Scenario& scenario, BoundSchedule& bound) {
  std::set<std::pair<std::size_t, std::size_t>> told;
  const auto& settings = bound.settings;
  for (std::size_t i = 0; i < settings.size(); ++i)
    for (std::size_t j = i + 1; j < settings.size() && settings[j].leaf == settings[i].leaf; ++j) {
      const ChangeCourse& earlier = bound.courses[settings[i].change];
      const ChangeCourse& later = bound.courses[settings[j].change];
      const std::int64_t begin = std::max(earlier.begin(), later.begin());
      if (begin >= std::min(earlier.end(), later.end()) || builds_on(later, earlier)) continue;
      if (!told.emplace(settings[i].change, settings[j].change).second) continue;
      const ScheduledChange& winner = scenario.schedule[settings[j].change];
      const std::string& name = scenario.schedule[settings[i].change].name;
      bound.problems.push_back(
          {path_of(winner, settings[j].setting), Severity::warning,
           fmt::format(
               "`{}` and `{}` both change `{}`, and overlap from {} on; `{}`, the later in the list, wins",
               name, winner.name, settings[j].path, date_text(begin), winner.name),
           fmt::format("let `{}` begin where the other has ended",
                       begin == later.begin() ? winner.name : name)});
    }
}

void note_what_never_shows(const Scenario& scenario, const RunDays& run, BoundSchedule& bound) {
  for (std::size_t i = 0; i < scenario.schedule.size(); ++i) {
    const ChangeCourse& course = bound.courses[i];
    if (course.begin() < run.end && course.end() > run.begin) continue;
    bound.problems.push_back(
        {path_of(scenario.schedule[i]) + ".at",
         Severity::note,
         fmt::format("the change `{}` lies outside the run, which lasts from {} until {}",
                     scenario.schedule[i].name, date_text(run.begin), date_text(run.end - 1)),
         {}});
  }
}

/// The midnights at which something changes; the run's begin is one if something has changed before.
std::set<std::int64_t> days_of_change(const BoundSchedule& bound, const RunDays& run) {
  std::set<std::int64_t> days;
  const auto add = [&](std::int64_t day) {
    if (day > run.begin && day < run.end) days.insert(day);
  };
  for (const BoundSetting& setting : bound.settings) {
    const ChangeCourse& course = bound.courses[setting.change];
    if (setting.target ? course.weight(run.begin) > 0.0 : course.switched(run.begin)) days.insert(run.begin);
    const std::int64_t first = setting.target ? std::min<std::int64_t>(course.steps(), 1) : 0;
    const std::int64_t last = setting.target ? course.steps() : 0;
    for (std::int64_t k = first; k <= last; ++k) {
      if (!course.back() || course.begin() + k <= *course.back()) add(course.begin() + k);
      if (course.back()) add(*course.back() + k);
    }
  }
  return days;
}

}  // namespace

std::vector<ScenarioProblem> build_phases(Scenario& scenario) {
  scenario.phases.reset();
  if (scenario.schedule.empty()) return {};
  BoundSchedule bound = bind_schedule(scenario);
  const auto has_errors = [&bound] {
    return std::ranges::any_of(bound.problems, [](const auto& p) { return p.severity == Severity::error; });
  };
  if (has_errors()) return std::move(bound.problems);
  const RunDays run{scenario.run};
  warn_of_overlaps(scenario, bound);
  note_what_never_shows(scenario, run, bound);
  const auto days = days_of_change(bound, run);
  if (days.size() > max_phases) {
    bound.problems.push_back(
        {"schedule", Severity::error,
         fmt::format("the schedule changes parameters at {} midnights; at most {} can be simulated",
                     days.size(), max_phases),
         "shorten ramps (`over`) or leave changes out"});
    return std::move(bound.problems);
  }
  if (days.empty()) return std::move(bound.problems);
  std::vector<ScenarioPhase> phases;
  phases.reserve(days.size());
  Scenario as_written = scenario;
  as_written.schedule.clear();
  for (const std::int64_t day : days) {
    phases.push_back({CivilDate{static_cast<std::int32_t>(day)}.midnight(), as_written});
    apply_schedule(bound, day, phases.back().scenario);
  }
  scenario.phases = std::make_shared<const std::vector<ScenarioPhase>>(std::move(phases));
  return std::move(bound.problems);
}

}  // namespace peercap::peer_support
