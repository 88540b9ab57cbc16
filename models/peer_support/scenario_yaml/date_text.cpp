#include "models/peer_support/scenario_yaml/date_text.h"

namespace peercap::peer_support {

std::optional<yaml::ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                              DateOrNever& value) {
  if (text == "never") {
    value.date.reset();
    return std::nullopt;
  }
  CivilDate date;
  auto problem = yaml::parse_value(text, info, date);
  if (!problem) value.date = date;
  return problem;
}

std::string value_text(const DateOrNever& value, const ParameterInfo&) {
  return value.date ? value.date->to_string() : "never";
}

}  // namespace peercap::peer_support
