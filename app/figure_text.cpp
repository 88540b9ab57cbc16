#include "app/figure_text.h"

#include <algorithm>
#include <cmath>

#include <fmt/format.h>

namespace peercap::app {
namespace {

/// Digits after the point so that the interval's width shows in its first place.
int digits_for(double mean, double low, double high) {
  const double width = high - low;
  if (!(width > 0.0) || !std::isfinite(width))
    return std::abs(mean) >= 10.0 || mean == std::round(mean) ? 0 : 2;
  return std::clamp(static_cast<int>(std::ceil(-std::log10(width))), 0, 4);
}

std::string_view unit_suffix(std::string_view unit) {
  if (unit == "1" || unit == "1/year") return "";
  if (unit == "h") return " h";
  if (unit == "d") return " d";
  if (unit == "h/week") return " h/week";
  if (unit == "d/year") return " d/year";
  return "";
}

}  // namespace

std::string with_thousands(double value, int digits) {
  std::string text = fmt::format("{:.{}f}", value, digits);
  const std::size_t begin = text[0] == '-' ? 1 : 0;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = point; i > begin + 3; i -= 3) text.insert(i - 3, ",");
  if (text.find_first_not_of("-0.,") == std::string::npos && text[0] == '-') text.erase(0, 1);
  return text;
}

std::string interval_text(double mean, double low, double high, std::string_view unit) {
  const bool share = unit == "share";
  const double scale = share ? 100.0 : 1.0;
  const int digits = digits_for(mean * scale, low * scale, high * scale);
  const std::string middle = with_thousands(mean * scale, digits);
  const std::string_view suffix = share ? " %" : unit_suffix(unit);
  if (!std::isfinite(low) || !std::isfinite(high)) return fmt::format("{}{} (n = 1)", middle, suffix);
  // Only differences are negative, and a share is not above 1, unless it is one of something granted
  // (protected time) and has been carried over from before: the interval is cut where the measure itself must
  // end.
  const double floor = unit == "difference" ? low : std::max(low, 0.0);
  const double ceiling = share && mean <= 1.0 ? std::min(high, 1.0) : high;
  return fmt::format("{}{} ({} to {})", middle, suffix, with_thousands(floor * scale, digits),
                     with_thousands(ceiling * scale, digits));
}

}  // namespace peercap::app
