#include "sim/io/yaml/value_range.h"

#include <cmath>

#include <fmt/format.h>

namespace peercap::yaml {
namespace {

template <class T>
std::string describe_range(const Range& range, const ParameterInfo& info) {
  const bool low = std::isfinite(range.low);
  const bool high = std::isfinite(range.high);
  const auto text = [&](double bound) { return bound_text(bound, info, T{}); };
  if (low && high)
    return range.low_excluded ? fmt::format("above {} and at most {}", text(range.low), text(range.high))
                              : fmt::format("between {} and {}", text(range.low), text(range.high));
  if (low) return fmt::format("{} {}", range.low_excluded ? "above" : "at least", text(range.low));
  if (high) return fmt::format("at most {}", text(range.high));
  return {};
}

}  // namespace

std::string bound_text(double bound, const ParameterInfo&, SimDuration) {
  return value_text(duration_from_days(bound));
}
std::string bound_text(double bound, const ParameterInfo&, Rate) {
  return value_text(per_day(bound));
}
std::string bound_text(double bound, const ParameterInfo&, WeeklyHours) {
  return value_text(WeeklyHours{bound});
}
std::string bound_text(double bound, const ParameterInfo&, Probability) {
  return number_text(bound);
}
std::string bound_text(double bound, const ParameterInfo& info, double) {
  return value_text(bound, info);
}
std::string bound_text(double bound, const ParameterInfo&, int) {
  return fmt::format("{:.0f}", bound);
}

template <class T>
std::string range_text(const ParameterInfo& info) {
  return describe_range<T>(effective_range<T>(info.range), info);
}

template std::string range_text<SimDuration>(const ParameterInfo&);
template std::string range_text<Rate>(const ParameterInfo&);
template std::string range_text<WeeklyHours>(const ParameterInfo&);
template std::string range_text<Probability>(const ParameterInfo&);
template std::string range_text<double>(const ParameterInfo&);
template std::string range_text<int>(const ParameterInfo&);

}  // namespace peercap::yaml
