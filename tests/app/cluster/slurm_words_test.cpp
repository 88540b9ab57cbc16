#include "app/cluster/slurm_words.h"

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

using std::chrono::seconds;

TEST(SlurmWords, TimeLimitsAreThoseOfSbatch) {
  EXPECT_EQ(parse_time_limit("90"), seconds{90 * 60});
  EXPECT_EQ(parse_time_limit("2:30"), seconds{150});
  EXPECT_EQ(parse_time_limit("1:30:05"), seconds{5405});
  EXPECT_EQ(parse_time_limit("1-12"), seconds{36 * 3600});
  EXPECT_EQ(parse_time_limit("1-12:30"), seconds{36 * 3600 + 30 * 60});
  EXPECT_EQ(parse_time_limit("2-0:0:1"), seconds{2 * 86'400 + 1});
  for (const char* text : {"", "0", "-5", "1-", "-", "1:2:3:4", "1 h", "1h", "1:", ":1", "1-2-3", "0:0", "+5",
                           "99999999999", "UNLIMITED"})
    EXPECT_FALSE(parse_time_limit(text).has_value()) << text;
}

TEST(SlurmWords, ATimeLimitIsWrittenSoThatItIsReadBack) {
  EXPECT_EQ(time_limit_text(seconds{90 * 60}), "01:30:00");
  EXPECT_EQ(time_limit_text(seconds{86'400 + 61}), "1-00:01:01");
  for (const int value : {1, 59, 60, 3599, 3600, 86'399, 86'400, 1'000'000})
    EXPECT_EQ(parse_time_limit(time_limit_text(seconds{value})), seconds{value});
}

TEST(SlurmWords, MemoryIsThatOfSbatch) {
  EXPECT_EQ(parse_memory("2048"), 2048U);
  EXPECT_EQ(parse_memory("512M"), 512U);
  EXPECT_EQ(parse_memory("4G"), 4096U);
  EXPECT_EQ(parse_memory("4g"), 4096U);
  EXPECT_EQ(parse_memory("1T"), 1U << 20U);
  EXPECT_EQ(parse_memory("1025K"), 2U);
  for (const char* text : {"", "0", "G", "4 G", "4GB", "-1", "1.5G", "4X"})
    EXPECT_FALSE(parse_memory(text).has_value()) << text;
}

TEST(SlurmWords, WhatSbatchWouldReadOtherwiseIsEscaped) {
  EXPECT_EQ(directive_word("--partition=short"), "--partition=short");
  EXPECT_EQ(directive_word("--chdir=/data/a b#c"), "\"--chdir=/data/a b\\#c\"");
  EXPECT_EQ(directive_word("it's \"1\" \\ $x"), "\"it\\'s \\\"1\\\" \\\\ \\$x\"");
  EXPECT_EQ(directive_word("kl\xC3\xADnica"), "kl\xC3\xADnica");
}

TEST(SlurmWords, LineEndsAreSeen) {
  EXPECT_TRUE(has_control_character("a\nb"));
  EXPECT_TRUE(has_control_character("a\tb"));
  EXPECT_FALSE(has_control_character("kl\xC3\xADnica 'a' $b"));
}

}  // namespace
}  // namespace peercap::app
