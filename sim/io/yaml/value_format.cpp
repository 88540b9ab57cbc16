#include <utility>

#include <fmt/format.h>

#include "sim/io/yaml/time_units.h"
#include "sim/io/yaml/value_text.h"

namespace peercap::yaml {
namespace {

/// The shortest decimal that is near `value` and for which `convert(decimal) == target`; empty where there is
/// none.
template <class Convert>
std::string find_exact_text(double value, double target, Convert convert) {
  for (int digits = 1; digits <= 17; ++digits) {
    const std::string rounded = fmt::format("{:.{}g}", value, digits);
    double read = 0;
    if (!parse_number(rounded, read) && convert(read) == target) return number_text(read);
  }
  return {};
}

}  // namespace

std::string value_text(SimDuration value, const ParameterInfo&) {
  if (value.ticks() == 0) return "0 min";
  for (const TimeUnit& unit : time_units) {
    if (value.ticks() % unit.ticks != 0) continue;
    const auto count = value.ticks() / unit.ticks;
    return fmt::format("{} {}", count, unit.names[count == 1 || count == -1 ? 0 : 1]);
  }
  return "?";
}

std::string value_text(Rate value, const ParameterInfo&) {
  // The unit in which the text is shortest; a tie goes to the longer unit, in which rates of people are
  // published.
  std::string best;
  for (const TimeUnit& unit : time_units) {
    if (unit.ticks < days(1).ticks()) break;
    // A whole number of days; exact for the day itself, so that there is a text for every value.
    const double in_unit = value.per_day * static_cast<double>(unit.ticks / days(1).ticks());
    const auto number =
        find_exact_text(in_unit, value.per_day, [&](double read) { return rate_per(read, unit).per_day; });
    if (number.empty()) continue;
    std::string text = fmt::format("{} per {}", number, unit.names.front());
    if (best.empty() || text.size() < best.size()) best = std::move(text);
  }
  return best;
}

std::string value_text(WeeklyHours value, const ParameterInfo&) {
  return fmt::format("{} h/week", number_text(value.hours_per_week));
}

std::string value_text(Probability value, const ParameterInfo&) {
  return number_text(value.value);
}

std::string value_text(double value, const ParameterInfo& info) {
  if (info.unit.empty()) return number_text(value);
  return fmt::format("{} {}", number_text(value), info.unit);
}

std::string value_text(int value, const ParameterInfo&) {
  return fmt::format("{}", value);
}
std::string value_text(std::uint64_t value, const ParameterInfo&) {
  return fmt::format("{}", value);
}
std::string value_text(CivilDate value, const ParameterInfo&) {
  return value.to_string();
}
std::string value_text(const WeeklyWindows& value, const ParameterInfo&) {
  return value.to_string();
}
std::string value_text(const std::string& value, const ParameterInfo&) {
  return value;
}

std::string value_text(const std::vector<CivilDate>& value, const ParameterInfo&) {
  std::string text = "[";
  for (const CivilDate date : value) text += (text.size() > 1 ? ", " : "") + date.to_string();
  return text + "]";
}

}  // namespace peercap::yaml
