#include "sim/statistics/exact_sum.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/support/contract.h"

namespace peercap {
namespace {

constexpr int digit_bits = 32;
constexpr int lowest_exponent = -1088;  // of the lowest bit held; a multiple of 32 below -1074
constexpr std::int64_t base = std::int64_t{1} << digit_bits;
constexpr std::uint64_t digit_mask = 0xffffffffULL;
/// Each addition changes a digit by less than 2^32: this many leave a factor of two to spare in 64 bits.
constexpr std::uint32_t additions_between_carries = 1U << 30;

}  // namespace

ExactSum::Digits ExactSum::carried(Digits digits) {
  for (std::size_t i = 0; i + 1 < digit_count; ++i) {
    const std::int64_t carry = digits[i] >> digit_bits;  // rounds down: the digit left is not negative
    digits[i] -= carry * base;
    digits[i + 1] += carry;
  }
  return digits;
}

void ExactSum::carry() {
  digits_ = carried(digits_);
  since_carry_ = 0;
}

void ExactSum::add(double x) {
  require(std::isfinite(x), "ExactSum::add: not a finite number");
  const auto bits = std::bit_cast<std::uint64_t>(x);
  const auto biased = static_cast<int>((bits >> 52) & 0x7ff);
  std::uint64_t mantissa = bits & ((std::uint64_t{1} << 52) - 1);
  if (biased > 0) mantissa |= std::uint64_t{1} << 52;
  const int position = std::max(biased, 1) - 1075 - lowest_exponent;
  const auto digit = static_cast<std::size_t>(position / digit_bits);
  const int shift = position % digit_bits;

  const std::uint64_t low = (mantissa & digit_mask) << shift;
  const std::uint64_t high = ((mantissa >> digit_bits) << shift) + (low >> digit_bits);
  const std::int64_t sign = x < 0 ? -1 : 1;
  digits_[digit] += sign * static_cast<std::int64_t>(low & digit_mask);
  digits_[digit + 1] += sign * static_cast<std::int64_t>(high & digit_mask);
  digits_[digit + 2] += sign * static_cast<std::int64_t>(high >> digit_bits);
  if (++since_carry_ == additions_between_carries) carry();
}

void ExactSum::add_product(double a, double b) {
  const double product = a * b;
  require(std::isfinite(product), "ExactSum::add_product: the product overflows");
  add(product);
  add(std::fma(a, b, -product));  // what the rounding of the product took away, exactly
}

void ExactSum::merge(const ExactSum& other) {
  carry();
  const Digits others = carried(other.digits_);
  for (std::size_t i = 0; i < digit_count; ++i) digits_[i] += others[i];
  since_carry_ = 1;
}

double ExactSum::value() const {
  Digits digits = carried(digits_);
  const bool negative = digits.back() < 0;
  if (negative) {
    for (std::int64_t& digit : digits) digit = -digit;
    digits = carried(digits);
  }
  int top = static_cast<int>(digit_count) - 1;
  while (top >= 0 && digits[static_cast<std::size_t>(top)] == 0) --top;
  if (top < 0) return 0.0;

  const auto bit = [&](int position) {
    return (digits[static_cast<std::size_t>(position / digit_bits)] >> (position % digit_bits)) & 1;
  };
  const auto top_digit = static_cast<std::uint64_t>(digits[static_cast<std::size_t>(top)]);
  const int highest = top * digit_bits + static_cast<int>(std::bit_width(top_digit)) - 1;
  // A double has 53 bits, none of them below 2^-1074.
  const int lowest = std::max(highest - 52, -1074 - lowest_exponent);
  std::int64_t mantissa = 0;
  for (int position = highest; position >= lowest; --position) mantissa = 2 * mantissa + bit(position);
  const auto any_below = [&](int position) {
    const int whole = position / digit_bits;
    for (int i = 0; i < whole; ++i)
      if (digits[static_cast<std::size_t>(i)] != 0) return true;
    return (digits[static_cast<std::size_t>(whole)] & ((std::int64_t{1} << (position % digit_bits)) - 1)) !=
           0;
  };
  if (bit(lowest - 1) != 0 && ((mantissa & 1) != 0 || any_below(lowest - 1))) ++mantissa;
  const double magnitude = std::ldexp(static_cast<double>(mantissa), lowest + lowest_exponent);
  return negative ? -magnitude : magnitude;
}

bool operator==(const ExactSum& a, const ExactSum& b) {
  return ExactSum::carried(a.digits_) == ExactSum::carried(b.digits_);
}

}  // namespace peercap
