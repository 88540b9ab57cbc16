// Results are promised to have equal bits with every compiler and processor. These values were made by GCC 12
// and are the same by Clang 14, with and without optimization, and with instructions for fused multiply-add
// at hand; where a compiler does fuse, some of them change.
#include <bit>
#include <cstdint>

#include <gtest/gtest.h>

#include "sim/random/exact_math.h"
#include "sim/random/normal_quantile.h"

namespace peercap {
namespace {

struct KnownBits {
  double argument;
  std::uint64_t result;
};

constexpr KnownBits logarithms[] = {
    {0x1p-1074, 0xc0874385446d71c3},
    {0x1.fffffffffffffp-1023, 0xc086232bdd7abcd2},
    {0x1p-1022, 0xc086232bdd7abcd2},
    {0x1p-53, 0xc0425e4f7b2737fa},
    {0x1.999999999999ap-4, 0xc0026bb1bbb55515},
    {0x1.5555555555555p-2, 0xbff193ea7aad030b},
    {0x1p-1, 0xbfe62e42fefa39ef},
    {0x1.6a09e667f3bccp-1, 0xbfd62e42fefa39f1},
    {0x1.6a09e667f3bcdp-1, 0xbfd62e42fefa39ee},
    {0x1.fffffffffffffp-1, 0xbca0000000000000},
    {0x1.0000000000001p+0, 0x3cafffffffffffff},
    {0x1.8p+0, 0x3fd9f323ecbf984c},
    {0x1.6a09e667f3bcdp+0, 0x3fd62e42fefa39f0},
    {0x1.5bf0a8b145769p+1, 0x3ff0000000000000},
    {0x1.921fb54442d18p+1, 0x3ff250d048e7a1bd},
    {0x1.4p+3, 0x40026bb1bbb55516},
    {0x1.e848p+19, 0x402ba18a998fffa0},
    {0x1.4b3a6c2f9d1e7p+100, 0x405164a15a68d060},
    {0x1.65d8d898eac57p+0, 0x3fd56f76d0978072},
    {0x1.fffffffffffffp+1023, 0x40862e42fefa39ef},
};

constexpr KnownBits exponentials[] = {
    {-0x1.749p+9, 0x0000000000000001},
    {-0x1.7p+9, 0x0000000000001215},
    {-0x1.624p+9, 0x000e6cf6d08897ac},
    {-0x1.62p+9, 0x0017c8ab2288c9ab},
    {-0x1.9p+6, 0x36ea8c1f14e2af5d},
    {-0x1.4p+3, 0x3f07cd79b5647c9a},
    {-0x1p+0, 0x3fd78b56362cef38},
    {-0x1.62e42fefa39efp-2, 0x3fe6a09e667f3bcc},
    {-0x1.999999999999ap-4, 0x3fecf46d99d52b3a},
    {-0x1p-30, 0x3fefffffff800000},
    {0x1p-60, 0x3ff0000000000000},
    {0x1p-53, 0x3ff0000000000000},
    {0x1.5555555555555p-2, 0x3ff6546db1ba2d13},
    {0x1.62e42fefa39efp-2, 0x3ff6a09e667f3bcc},
    {0x1.62e42fefa39efp-1, 0x4000000000000000},
    {0x1p+0, 0x4005bf0a8b14576a},
    {0x1.921fb54442d18p+1, 0x403724046eb09339},
    {0x1.4p+4, 0x41bceb088b68e804},
    {0x1.c70e611e7a358p+8, 0x68f6bdeb27c165e6},
    {0x1.62e42fefa39efp+9, 0x7fefffffffffff2a},
};

/// The argument as the program reads it at run time, so that the compiler cannot compute the result itself.
double at_run_time(double argument) {
  volatile double hidden = argument;
  return hidden;
}

TEST(ExactLog, HasTheKnownBits) {
  for (const auto& [argument, result] : logarithms)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(exact::log(at_run_time(argument))), result)
        << std::hexfloat << argument;
}

TEST(ExactExp, HasTheKnownBits) {
  for (const auto& [argument, result] : exponentials)
    EXPECT_EQ(std::bit_cast<std::uint64_t>(exact::exp(at_run_time(argument))), result)
        << std::hexfloat << argument;
}

TEST(ExactMath, HasTheSameBitsAtCompileTime) {
  constexpr double known_log = exact::log(0x1.5555555555555p-2);
  constexpr double known_exp = exact::exp(0x1.921fb54442d18p+1);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(known_log), 0xbff193ea7aad030bULL);
  EXPECT_EQ(std::bit_cast<std::uint64_t>(known_exp), 0x403724046eb09339ULL);
}

// A long sum of bits over many arguments: what twenty values miss, this does not.
TEST(ExactMath, HasTheKnownBitsOverManyArguments) {
  std::uint64_t log_sum = 0;
  std::uint64_t exp_sum = 0;
  std::uint64_t quantile_sum = 0;
  std::uint64_t state = 1;
  for (int i = 0; i < 100'000; ++i) {
    state = state * 6364136223846793005ULL + 1442695040888963407ULL;
    const double u = at_run_time((static_cast<double>(state >> 12) + 0.5) * 0x1p-52);
    log_sum = std::rotl(log_sum, 7) ^ std::bit_cast<std::uint64_t>(exact::log(u));
    exp_sum = std::rotl(exp_sum, 7) ^ std::bit_cast<std::uint64_t>(exact::exp(40.0 * u - 20.0));
    quantile_sum = std::rotl(quantile_sum, 7) ^ std::bit_cast<std::uint64_t>(normal_quantile(u));
  }
  EXPECT_EQ(log_sum, 0xe8a8c94ff8150cdcULL);
  EXPECT_EQ(exp_sum, 0xeccee42b225db7c9ULL);
  EXPECT_EQ(quantile_sum, 0x4731ca2e9fe687c3ULL);
}

}  // namespace
}  // namespace peercap
