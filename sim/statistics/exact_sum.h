#pragma once

#include <array>
#include <cstddef>
#include <cstdint>

namespace peercap {

/// The exact sum of finite doubles: no rounding, hence the same bits in whatever order and split they are
/// added.
///
/// A fixed-point number in base 2^32 that spans every double, from 2^-1074 to beyond 2^1024, with room for
/// 2^62 summands of the largest magnitude. About 560 bytes.
class ExactSum {
 public:
  /// Throws ContractViolation unless `x` is finite.
  void add(double x);

  /// Adds a * b, exactly where no part of the product lies below 2^-1074 (so for |a b| above 1e-290, or zero)
  /// and |a b| does not overflow; throws ContractViolation where it does.
  void add_product(double a, double b);

  void merge(const ExactSum& other);

  /// The sum, rounded once, to the nearest double (ties to even); infinite beyond the largest double.
  [[nodiscard]] double value() const;

  /// Whether the exact sums are equal.
  friend bool operator==(const ExactSum& a, const ExactSum& b);

 private:
  static constexpr std::size_t digit_count = 68;
  using Digits = std::array<std::int64_t, digit_count>;

  [[nodiscard]] static Digits carried(Digits digits);
  void carry();

  Digits digits_{};  ///< digit i weighs 2^(32 i - 1088); may be negative or above 2^32 between carries
  std::uint32_t since_carry_ = 0;  ///< additions since all digits but the last were in [0, 2^32)
};

}  // namespace peercap
