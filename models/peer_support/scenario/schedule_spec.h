#pragma once

#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/support/parameter.h"
#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"

namespace peercap::peer_support {

/// A day, or never.
struct DateOrNever {
  std::optional<CivilDate> date;

  friend bool operator==(const DateOrNever&, const DateOrNever&) = default;
};

/// Paths of parameters and the values they are set to, as written, in the order written.
using ParameterSettings = std::vector<std::pair<std::string, std::string>>;

/// Parameters that change at a date, and may change back at another.
struct ScheduledChange {
  std::string name;
  DateOrNever at;     ///< midnight; a change without a date is an error
  SimDuration over;   ///< whole days in which numbers move there, and back
  DateOrNever until;  ///< from then on the earlier values again
  ParameterSettings settings;
};

template <class Visitor>
void describe(Visitor& v, ScheduledChange& p) {
  v.field("at", p.at,
          {.meaning = "day at whose midnight the change begins",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.field("over", p.over,
          {.meaning = "time in which numbers move to their new values, a step each midnight; 0 for at once",
           .range = between(0, 3650),
           .grade = Grade::setting});
  v.field("until", p.until,
          {.meaning = "day at whose midnight the change back begins, in the same time",
           .grade = Grade::setting,
           .sweepable = Sweepable::no});
  v.settings("set", p.settings,
             {.meaning = "the parameters that change, by path, and their new values",
              .grade = Grade::setting,
              .sweepable = Sweepable::no});
}

}  // namespace peercap::peer_support
