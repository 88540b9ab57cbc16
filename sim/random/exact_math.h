#pragma once

#include <bit>
#include <cstddef>
#include <cstdint>
#include <limits>

/// Elementary functions with equal bits on every processor and compiler: a fixed sequence of IEEE additions,
/// multiplications and divisions, never fused (the build uses -ffp-contract=off). The C library's functions
/// pick another instruction sequence by processor at run time and differ in the last bit.
namespace peercap::exact {
namespace detail {

inline constexpr double ln2_high =
    0x1.62e42fefa0000p-1;  // the last 16 bits are zero: n * ln2_high is exact for |n| < 2^16
inline constexpr double ln2_low = 0x1.cf79abc9e3b3ap-40;

/// Horner's scheme over coefficients from the highest power down.
template <std::size_t N>
[[nodiscard]] constexpr double horner(const double (&coefficients)[N], double x) {
  double sum = coefficients[0];
  for (std::size_t i = 1; i < N; ++i) sum = sum * x + coefficients[i];
  return sum;
}

}  // namespace detail

/// Natural logarithm, within 1 unit in the last place for normal positive numbers. log(0) is -infinity;
/// negative numbers and NaN give NaN. Method: x = 2^k m with m in [sqrt(1/2), sqrt(2)); with s = (m-1)/(m+1),
/// log m = 2 (s + s^3/3 + s^5/5 + ...), which for |s| < 0.1716 needs eleven terms.
[[nodiscard]] constexpr double log(double x) {
  if (!(x > 0.0)) {
    return x == 0.0 ? -std::numeric_limits<double>::infinity() : std::numeric_limits<double>::quiet_NaN();
  }
  if (x == std::numeric_limits<double>::infinity()) return x;
  int shift = 0;
  if (x < std::numeric_limits<double>::min()) {
    x *= 0x1p54;
    shift = -54;
  }
  const auto bits = std::bit_cast<std::uint64_t>(x);
  // Offset so that the mantissa that remains lies in [sqrt(1/2), sqrt(2)).
  const std::uint64_t offset_bits = bits - 0x3fe6a09e667f3bcdULL;
  const auto exponent = static_cast<std::int64_t>(offset_bits) >> 52;
  const double m = std::bit_cast<double>(bits - (static_cast<std::uint64_t>(exponent) << 52));
  const double f = m - 1.0;
  const double s = f / (2.0 + f);
  const double z = s * s;
  constexpr double series[] = {2.0 / 23, 2.0 / 21, 2.0 / 19, 2.0 / 17, 2.0 / 15, 2.0 / 13,
                               2.0 / 11, 2.0 / 9,  2.0 / 7,  2.0 / 5,  2.0 / 3};
  const double tail = z * detail::horner(series, z);
  // log m = f - f^2/2 + s (f^2/2 + tail): keeps the leading term exact.
  const double half_square = 0.5 * f * f;
  const double k = static_cast<double>(exponent + shift);
  return k * detail::ln2_high - ((half_square - (s * (half_square + tail) + k * detail::ln2_low)) - f);
}

/// e to the power x, within 1 unit in the last place; 0 below about -745.1, infinity above about 709.8.
/// Method: x = k ln 2 + r with |r| <= ln(2)/2, Taylor polynomial of degree 13, scaled by 2^k.
[[nodiscard]] constexpr double exp(double x) {
  if (!(x == x)) return x;
  if (x > 709.782712893384) return std::numeric_limits<double>::infinity();
  if (x < -745.1332191019412) return 0.0;
  constexpr double inverse_ln2 = 0x1.71547652b82fep+0;
  // Adding and taking away 1.5 * 2^52 rounds to the nearest integer without a library call.
  constexpr double rounder = 0x1.8p52;
  const double shifted = x * inverse_ln2 + rounder;
  const double k = shifted - rounder;
  const auto power = static_cast<std::int64_t>(k);
  const double r_high = x - k * detail::ln2_high;
  const double r_low = k * detail::ln2_low;
  const double r = r_high - r_low;
  const double r_error = (r_high - r) - r_low;
  constexpr double series[] = {1.0 / 6227020800.0, 1.0 / 479001600.0, 1.0 / 39916800.0, 1.0 / 3628800.0,
                               1.0 / 362880.0,     1.0 / 40320.0,     1.0 / 5040.0,     1.0 / 720.0,
                               1.0 / 120.0,        1.0 / 24.0,        1.0 / 6.0,        0.5};
  const double tail = (r * r) * detail::horner(series, r) + r_error;
  const double mantissa = 1.0 + (r + tail);
  if (power > -1022) {
    const auto high = power > 1023 ? 1023 : power;
    const double scaled = mantissa * std::bit_cast<double>(static_cast<std::uint64_t>(high + 1023) << 52);
    return power > 1023 ? scaled * 2.0 : scaled;
  }
  return mantissa * std::bit_cast<double>(static_cast<std::uint64_t>(power + 1023 + 64) << 52) * 0x1p-64;
}

}  // namespace peercap::exact
