#pragma once

#include <string>
#include <string_view>

namespace peercap::app {

/// A number with its interval and enough digits to tell them apart: "73 % (72 to 74)", "1,350 (1,339 to
/// 1,361)". `unit` is that of the measure; "share" for shares, which are shown in percent, "difference" for
/// what may be negative. Without an interval "(n = 1)" stands there.
[[nodiscard]] std::string interval_text(double mean, double low, double high, std::string_view unit);

/// "1,350" with `digits` after the point.
[[nodiscard]] std::string with_thousands(double value, int digits);

}  // namespace peercap::app
