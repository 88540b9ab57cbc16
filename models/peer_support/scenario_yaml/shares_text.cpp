#include "models/peer_support/scenario_yaml/shares_text.h"

#include <algorithm>
#include <utility>

namespace peercap::peer_support {

double& weight_of(Shares& shares, std::string_view name) {
  const auto found = std::ranges::find(shares.weights, name,
                                       [](const auto& weight) { return std::string_view{weight.first}; });
  if (found != shares.weights.end()) return found->second;
  return shares.weights.emplace_back(std::string{name}, 0.0).second;
}

std::optional<yaml::ValueProblem> parse_value(std::string_view text, const ParameterInfo& info,
                                              Shares& value) {
  text = yaml::trim(text);
  if (text.starts_with('{') && text.ends_with('}')) text = yaml::trim(text.substr(1, text.size() - 2));
  Shares parsed;
  while (!text.empty()) {
    const auto comma = std::min(text.find(','), text.size());
    const auto pair = text.substr(0, comma);
    const auto colon = pair.find(':');
    const auto name = yaml::trim(pair.substr(0, colon));
    if (colon == std::string_view::npos || name.empty())
      return yaml::ValueProblem{
          "is not a mix of names with weights", {}, "write it like `nurse: 0.6, physician: 0.4`"};
    double weight = 0;
    if (auto problem = yaml::parse_value(yaml::trim(pair.substr(colon + 1)), info, weight)) {
      problem->corrected.clear();
      return problem;
    }
    weight_of(parsed, name) = weight;
    text = yaml::trim(text.substr(std::min(comma + 1, text.size())));
  }
  value = std::move(parsed);
  return std::nullopt;
}

std::string value_text(const Shares& value, const ParameterInfo&) {
  std::string text = "{";
  for (const auto& [name, weight] : value.weights)
    text += (text.size() > 1 ? ", " : "") + name + ": " + yaml::number_text(weight);
  return text + "}";
}

}  // namespace peercap::peer_support
