#pragma once

#include <cstddef>
#include <optional>
#include <string>
#include <vector>

#include "models/peer_support/scenario/check.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/change_course.h"

namespace peercap::peer_support {

/// One parameter of one scheduled change.
struct BoundSetting {
  std::size_t leaf = 0;          ///< number of the parameter in visit_leaves()
  std::size_t change = 0;        ///< index in the schedule
  std::size_t setting = 0;       ///< index in the change's settings
  std::string path;              ///< of the parameter
  std::optional<double> target;  ///< of a number; the rest cannot move step by step
  std::string text;              ///< the new value
};

/// A schedule whose paths have been found and whose values have been read.
struct BoundSchedule {
  std::vector<ChangeCourse> courses;   ///< by change
  std::vector<BoundSetting> settings;  ///< by leaf, and by change within one
  std::vector<ScenarioProblem> problems;
};

[[nodiscard]] BoundSchedule bind_schedule(const Scenario& scenario);

/// Gives every scheduled parameter of a scenario, which is as written, the value of this day.
void apply_schedule(const BoundSchedule& schedule, std::int64_t day, Scenario& scenario);

/// `schedule[wave]`, and `schedule[wave].set.environment.isolation` for one of its settings.
[[nodiscard]] std::string path_of(const ScheduledChange& change);
[[nodiscard]] std::string path_of(const ScheduledChange& change, std::size_t setting);

}  // namespace peercap::peer_support
