#include "sim/io/yaml/number_text.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <cmath>
#include <system_error>

#include <fmt/format.h>

namespace peercap::yaml {
namespace {

bool is_digit(char c) {
  return c >= '0' && c <= '9';
}
bool is_letter(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

std::string lower(std::string_view text) {
  std::string result{text};
  for (char& c : result) c = static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  return result;
}

bool is_special_number(std::string_view text) {
  std::string word = lower(text);
  if (!word.empty() && (word.front() == '-' || word.front() == '+')) word.erase(0, 1);
  return word == ".nan" || word == "nan" || word == ".inf" || word == "inf" || word == "infinity";
}

std::string without(std::string_view text, char removed) {
  std::string result{text};
  std::erase(result, removed);
  return result;
}

/// The forms that other readers take for numbers and this one refuses, each with its reason.
std::optional<ValueProblem> find_refused_form(std::string_view text) {
  if (text.empty()) return ValueProblem{"has no number", {}, {}};
  if (is_special_number(text)) return ValueProblem{"is not a finite number", {}, "write a finite number"};
  if (text.front() == '+') return ValueProblem{"has a leading `+`", std::string{text.substr(1)}, {}};
  const auto digits = text.front() == '-' ? text.substr(1) : text;
  if (digits.size() > 1 && digits[0] == '0' && is_letter(digits[1]) && digits[1] != 'e' && digits[1] != 'E')
    return ValueProblem{"is not a decimal number (hexadecimal, octal and binary numbers are refused)",
                        {},
                        "write it as a decimal number"};
  if (text.find('_') != std::string_view::npos)
    return ValueProblem{"has underscores between its digits", without(text, '_'), {}};
  if (std::ranges::count(text, ',') > 0) {
    std::string corrected;
    if (std::ranges::count(text, ',') == 1 && text.find('.') == std::string_view::npos) {
      corrected = text;
      std::ranges::replace(corrected, ',', '.');
    }
    return ValueProblem{"has a comma", corrected,
                        "write a decimal point and no separators between thousands"};
  }
  if (digits.size() > 1 && digits[0] == '0' && is_digit(digits[1])) {
    auto rest = digits;
    while (rest.size() > 1 && rest[0] == '0' && is_digit(rest[1])) rest.remove_prefix(1);
    return ValueProblem{"has a leading zero (some readers take such a number as octal)",
                        std::string{text.front() == '-' ? "-" : ""} + std::string{rest},
                        {}};
  }
  return std::nullopt;
}

/// Of a number that from_chars finds out of range: whether it is too small rather than too large.
bool is_underflow(std::string_view text) {
  const auto e = text.find_first_of("eE");
  if (e != std::string_view::npos) return e + 1 < text.size() && text[e + 1] == '-';
  return text.starts_with("0.") || text.starts_with("-0.") || text.starts_with('.');
}

template <class Whole>
std::optional<ValueProblem> parse_whole(std::string_view text, Whole& value) {
  if (auto problem = find_refused_form(text)) return problem;
  Whole parsed{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (error == std::errc::result_out_of_range) return ValueProblem{"is too large for a whole number", {}, {}};
  if (error == std::errc{} && end == text.data() + text.size()) {
    value = parsed;
    return std::nullopt;
  }
  double real = 0;
  if (parse_number(text, real)) return ValueProblem{"is not a whole number", {}, "write digits only"};
  std::string corrected;
  if (std::abs(real) < 1e15 && real == std::floor(real) && (real >= 0 || std::is_signed_v<Whole>))
    corrected = fmt::format("{:.0f}", real);
  return ValueProblem{"is not a whole number", corrected, "write digits only"};
}

}  // namespace

std::string_view trim(std::string_view text) {
  constexpr std::string_view blanks = " \t\r\n";
  const auto first = text.find_first_not_of(blanks);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(blanks) - first + 1);
}

std::optional<ValueProblem> parse_number(std::string_view text, double& value) {
  if (auto problem = find_refused_form(text)) return problem;
  double parsed = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), parsed);
  if (error == std::errc::result_out_of_range) {
    if (is_underflow(text))
      return ValueProblem{
          "is too small for a number of double precision (underflow)", {}, "write 0 if that is meant"};
    return ValueProblem{"is too large for a number of double precision", {}, {}};
  }
  if (error != std::errc{} || end != text.data() + text.size())
    return ValueProblem{"is not a number", {}, {}};
  value = parsed;
  return std::nullopt;
}

std::optional<ValueProblem> parse_whole_number(std::string_view text, std::int64_t& value) {
  return parse_whole(text, value);
}

std::optional<ValueProblem> parse_whole_number(std::string_view text, std::uint64_t& value) {
  if (text.starts_with('-') && text.size() > 1 && is_digit(text[1]))
    return ValueProblem{"is negative; a whole number from 0 on is due", {}, {}};
  return parse_whole(text, value);
}

std::string number_text(double value) {
  // 0.0002 reads better than 2e-04; beyond a dozen characters the exponent does.
  constexpr std::ptrdiff_t longest_fixed = 12;
  std::array<char, 400> digits{};
  const auto fixed =
      std::to_chars(digits.data(), digits.data() + digits.size(), value, std::chars_format::fixed);
  if (fixed.ec == std::errc{} && fixed.ptr - digits.data() <= longest_fixed)
    return {digits.data(), fixed.ptr};
  const auto shortest = std::to_chars(digits.data(), digits.data() + digits.size(), value);
  return {digits.data(), shortest.ptr};
}

NumberAndUnit split_unit(std::string_view text) {
  text = trim(text);
  if (const auto blank = text.find_first_of(" \t"); blank != std::string_view::npos) {
    const auto number = text.substr(0, blank);
    // "50min /week" is a number glued to its unit, then more of the unit: cut at the unit, as without the
    // blank.
    if (std::ranges::none_of(number, [](char c) { return c == '/' || c == '%'; }))
      if (number.find_first_of("0123456789") != std::string_view::npos && !is_letter(number.back()))
        return {number, trim(text.substr(blank))};
  }
  if (is_special_number(text)) return {text, {}};
  const auto is_exponent = [&](std::size_t i) {
    if (text[i] != 'e' && text[i] != 'E') return false;
    const std::size_t next =
        i + 1 < text.size() && (text[i + 1] == '-' || text[i + 1] == '+') ? i + 2 : i + 1;
    return i > 0 && next < text.size() && is_digit(text[next]);
  };
  std::size_t i = 0;
  while (i < text.size() && (is_digit(text[i]) || text[i] == '.' || text[i] == '_' || text[i] == ',' ||
                             text[i] == '-' || text[i] == '+' || is_exponent(i)))
    ++i;
  if (i == 1 && text[0] == '0' && text.size() > 2 && (text[1] == 'x' || text[1] == 'o' || text[1] == 'b'))
    i = std::min(text.find(' '), text.size());
  return {text.substr(0, i), trim(text.substr(i))};
}

}  // namespace peercap::yaml
