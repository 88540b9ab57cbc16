#pragma once

#include <string>
#include <type_traits>
#include <vector>

#include "models/peer_support/scenario/organization_spec.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "sim/support/quantity.h"
#include "sim/time/civil_date.h"
#include "sim/time/sim_time.h"
#include "sim/time/weekly_windows.h"

namespace peercap::peer_support {

/// The catalogue's word for a C++ type. A parameter of a type without one does not compile.
template <class T>
[[nodiscard]] constexpr ParameterType parameter_type() {
  if constexpr (std::is_same_v<T, SimDuration>)
    return ParameterType::duration;
  else if constexpr (std::is_same_v<T, Rate>)
    return ParameterType::rate;
  else if constexpr (std::is_same_v<T, WeeklyHours>)
    return ParameterType::weekly_hours;
  else if constexpr (std::is_same_v<T, Probability>)
    return ParameterType::probability;
  else if constexpr (std::is_same_v<T, double>)
    return ParameterType::number;
  else if constexpr (std::is_same_v<T, int>)
    return ParameterType::integer;
  else if constexpr (std::is_same_v<T, std::uint64_t>)
    return ParameterType::seed;
  else if constexpr (std::is_same_v<T, std::string>)
    return ParameterType::text;
  else if constexpr (std::is_same_v<T, CivilDate> || std::is_same_v<T, DateOrNever>)
    return ParameterType::date;
  else if constexpr (std::is_same_v<T, std::vector<CivilDate>>)
    return ParameterType::date_list;
  else if constexpr (std::is_same_v<T, WeeklyWindows>)
    return ParameterType::weekly_windows;
  else if constexpr (std::is_same_v<T, Shares>)
    return ParameterType::shares;
  else {
    static_assert(std::is_enum_v<T>, "a parameter type the catalogue does not know");
    return ParameterType::level;
  }
}

}  // namespace peercap::peer_support
