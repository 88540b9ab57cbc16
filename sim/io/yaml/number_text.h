#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

namespace peercap::yaml {

/// Why a text is not the value that is due. `what` follows the quoted text ("has no unit"); `corrected` is
/// the value as it should be written, where that can be said; `hint` is said otherwise.
struct ValueProblem {
  std::string what;
  std::string corrected;
  std::string hint;
};

/// A decimal number exactly as it reads: no octal, hexadecimal, infinities, digit groups, leading `+` or
/// zeros; refused where it is beyond the range of a double on either side. Returns the problem, or sets
/// `value`.
[[nodiscard]] std::optional<ValueProblem> parse_number(std::string_view text, double& value);
[[nodiscard]] std::optional<ValueProblem> parse_whole_number(std::string_view text, std::int64_t& value);
[[nodiscard]] std::optional<ValueProblem> parse_whole_number(std::string_view text, std::uint64_t& value);

/// The shortest text that reads back as this number.
[[nodiscard]] std::string number_text(double value);

/// `text` without blanks at either end.
[[nodiscard]] std::string_view trim(std::string_view text);

/// A number and what follows it: "50 min" and "50min" give "50" and "min".
struct NumberAndUnit {
  std::string_view number;
  std::string_view unit;
};
[[nodiscard]] NumberAndUnit split_unit(std::string_view text);

}  // namespace peercap::yaml
