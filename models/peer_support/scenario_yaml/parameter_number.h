#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// What values a parameter of a scenario can take in a study.
enum class FactorKind {
  number,       ///< anything in between
  whole,        ///< whole numbers
  categorical,  ///< one of its levels, a switch, hours of the week, a text
};

/// A parameter as a factor of a study. `path` may name several with `[*]`: then it is the first.
struct FactorInfo {
  FactorKind kind = FactorKind::number;
  std::optional<double> number;     ///< its value now, as in gradual_value.h; nothing of categorical ones
  std::vector<std::string> levels;  ///< of a parameter with levels
};

/// Nothing where the path names no parameter, or something other than one value (a mix, a list of dates).
[[nodiscard]] std::optional<FactorInfo> find_factor(const Scenario& scenario, std::string_view path);

/// The number behind a value written as in a file; nothing where it cannot be read or is no number.
[[nodiscard]] std::optional<double> number_of_text(const Scenario& scenario, std::string_view path,
                                                   std::string_view text);

/// The other way: the text of a parameter with this number, which set_value() reads back. Counts and
/// durations are rounded. Throws ContractViolation where the path names no number.
[[nodiscard]] std::string text_of_number(const Scenario& scenario, std::string_view path, double number);

}  // namespace peercap::peer_support
