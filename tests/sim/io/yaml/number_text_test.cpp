#include "sim/io/yaml/number_text.h"

#include <bit>
#include <cstdint>
#include <limits>
#include <string>

#include <gtest/gtest.h>

namespace peercap::yaml {
namespace {

double read(const std::string& text) {
  double value = -999;
  EXPECT_FALSE(parse_number(text, value).has_value()) << text;
  return value;
}

TEST(Numbers, AreReadExactly) {
  EXPECT_EQ(read("0"), 0.0);
  EXPECT_EQ(read("-0.5"), -0.5);
  EXPECT_EQ(read(".5"), 0.5);
  EXPECT_EQ(read("1e3"), 1000.0);
  EXPECT_EQ(read("2.5E-3"), 2.5e-3);
  EXPECT_EQ(read("5e-324"), std::numeric_limits<double>::denorm_min());
  EXPECT_EQ(read("1.7976931348623157e308"), std::numeric_limits<double>::max());
}

class RefusedNumber : public testing::TestWithParam<const char*> {};
TEST_P(RefusedNumber, IsRefusedAndChangesNothing) {
  double value = 7;
  EXPECT_TRUE(parse_number(GetParam(), value).has_value());
  EXPECT_EQ(value, 7);
  std::int64_t whole = 7;
  EXPECT_TRUE(parse_whole_number(GetParam(), whole).has_value());
  EXPECT_EQ(whole, 7);
}
INSTANTIATE_TEST_SUITE_P(Forms, RefusedNumber,
                         testing::Values("", "-", "+1", "012", "-012", "00", "0x10", "0o17", "0b11", "1_000",
                                         "1,5", "1,000", ".nan", "nan", "NaN", ".inf", "-.Inf", "inf",
                                         "infinity", "1e999", "1e-999", "-1e999", "1.2.3", "1e", "1 2", "--1",
                                         "one", "1e5x"));

TEST(Numbers, WholeNumbersHaveNoFraction) {
  std::int64_t value = 0;
  const auto problem = parse_whole_number("1e3", value);
  ASSERT_TRUE(problem.has_value());
  EXPECT_EQ(problem->corrected, "1000");
  std::uint64_t seed = 0;
  EXPECT_FALSE(parse_whole_number("18446744073709551615", seed).has_value());
  EXPECT_EQ(seed, std::numeric_limits<std::uint64_t>::max());
  EXPECT_TRUE(parse_whole_number("18446744073709551616", seed).has_value());
}

TEST(Numbers, CorrectionsSayWhatToWrite) {
  double value = 0;
  EXPECT_EQ(parse_number("+1.5", value)->corrected, "1.5");
  EXPECT_EQ(parse_number("-007", value)->corrected, "-7");
  EXPECT_EQ(parse_number("1_000", value)->corrected, "1000");
  EXPECT_EQ(parse_number("0,5", value)->corrected, "0.5");
}

TEST(Numbers, TextsReadBackToTheSameBits) {
  std::uint64_t bits = 0x9e3779b97f4a7c15U;
  for (int i = 0; i < 2000; ++i) {
    bits = bits * 6364136223846793005U + 1442695040888963407U;
    const double value = std::bit_cast<double>(bits);
    if (!(value - value == 0)) continue;
    EXPECT_EQ(read(number_text(value)), value);
  }
  EXPECT_EQ(number_text(0.0002), "0.0002");
  EXPECT_EQ(number_text(1e-30), "1e-30");
  EXPECT_EQ(number_text(1560), "1560");
}

TEST(Numbers, AreSplitFromTheirUnits) {
  const auto expect = [](const char* text, const char* number, const char* unit) {
    const auto split = split_unit(text);
    EXPECT_EQ(split.number, number) << text;
    EXPECT_EQ(split.unit, unit) << text;
  };
  expect("50 min", "50", "min");
  expect("50min", "50", "min");
  expect("0.05/week", "0.05", "/week");
  expect("0.05 /week", "0.05", "/week");
  expect("1e3 days", "1e3", "days");
  expect("1e-3days", "1e-3", "days");
  expect("3 e", "3", "e");
  expect("85%", "85", "%");
  expect(" 14.5 o'clock ", "14.5", "o'clock");
  expect("many", "", "many");
  expect("", "", "");
}

}  // namespace
}  // namespace peercap::yaml
