#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>

#include "tests/app/support/broken_files.h"
#include "tests/app/support/hostile_files.h"
#include "tests/app/support/program_process.h"
#include "tests/sim/io/files/temporary_folder.h"

// The program, given files that are broken or made to harm: each is refused with its exit code and line,
// within a second of the processor and 200 MB. (Time of the processor, so that a busy machine fails nothing.)

namespace peercap {
namespace {

using app::testing::Words;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;
namespace fs = std::filesystem;

struct Cost {
  int code = 0;
  double seconds = 0.0;
  double megabytes = 0.0;
  std::string messages;
};

class HostileInput : public ::testing::Test {
 protected:
  [[nodiscard]] Cost run(const Words& words) const {
    const pid_t process = app::testing::start_program(words, folder_ / "messages");
    int status = 0;
    rusage used{};
    EXPECT_EQ(::wait4(process, &status, 0, &used), process);
    const auto seconds = [](const timeval& time) {
      return static_cast<double>(time.tv_sec) + 1e-6 * static_cast<double>(time.tv_usec);
    };
    return {WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status),
            seconds(used.ru_utime) + seconds(used.ru_stime), static_cast<double>(used.ru_maxrss) / 1024.0,
            read_bytes(folder_ / "messages")};
  }

  /// Refused as invalid, or as a file that cannot be used; cheaply; and in words.
  void expect_refused(const Words& words, const std::string& message) {
    const Cost cost = run(words);
    SCOPED_TRACE(::testing::PrintToString(words) + "\n" + cost.messages.substr(0, 2000));
    EXPECT_THAT(cost.code, AnyOf(3, 6));
    EXPECT_THAT(cost.messages, HasSubstr(message));
    EXPECT_THAT(cost.messages, Not(HasSubstr("internal error")));
    EXPECT_LT(cost.messages.size(), 100'000U) << "it must not fill the terminal";
#if !defined(__SANITIZE_ADDRESS__) && !defined(__SANITIZE_THREAD__) && defined(__OPTIMIZE__)
    EXPECT_LT(cost.seconds, 1.0);
    EXPECT_LT(cost.megabytes, 200.0);
#endif
    ++refused_;
    slowest_ = std::max(slowest_, cost.seconds);
    largest_ = std::max(largest_, cost.megabytes);
  }

  void expect_corpus_refused(const std::string& corpus, const std::string& command,
                             const std::string& format) {
    const fs::path folder = fs::path{PEERCAP_SOURCE_DIR} / corpus;
    for (const std::string& name : app::testing::list_corpus(folder)) {
      const fs::path file = folder / (name + ".yaml");
      const auto expected = app::testing::read_expectations(file);
      ASSERT_FALSE(expected.empty()) << file;
      const int line = expected.front().line;
      expect_refused({command, file.string()}, line > 0 ? ":" + std::to_string(line) + ":" : "error: ");
    }
    for (const app::testing::HostileFile& hostile : app::testing::hostile_files()) {
      const fs::path file = folder_ / (hostile.name + ".yaml");
      {
        std::ofstream out{file, std::ios::binary};
        hostile.write(out);
      }
      // Of another format than it is read as, the first line is refused where it is there.
      const bool is_its_format = format == "scenario";
      const std::string place = ":" + std::to_string(hostile.line) + ":";
      expect_refused({command, file.string()}, is_its_format && hostile.line > 0 ? place : "error: ");
      fs::remove(file);
    }
  }

  ~HostileInput() override {
    RecordProperty("refused", refused_);
    RecordProperty("slowest_ms", static_cast<int>(1000.0 * slowest_));
    RecordProperty("largest_mb", static_cast<int>(largest_));
  }

  TemporaryFolder folder_;
  int refused_ = 0;
  double slowest_ = 0.0;
  double largest_ = 0.0;
};

TEST_F(HostileInput, ScenariosAreRefused) {
  expect_corpus_refused("tests/app/scenario_commands/broken", "validate", "scenario");
  EXPECT_GE(refused_, 60);
}

TEST_F(HostileInput, StudiesAreRefused) {
  expect_corpus_refused("tests/app/studies/broken", "estimate", "study");
  EXPECT_GE(refused_, 60);
}

TEST_F(HostileInput, RostersAreRefused) {
  const std::string head = "id,site,department,unit,profession\n";
  const std::vector<std::pair<std::string, std::string>> rosters{
      {"empty", ""},
      {"nul", head + std::string{"P1,main,icu,ICU\0 1,nurse\n", 24}},
      {"invalid_utf8", head + "P1,main,icu,ICU \xff,nurse\n"},
      {"unclosed_quote", head + "P1,main,\"icu" + std::string(20'000'000, 'x')},
      {"long_line", head + std::string(20'000'000, ',')},
      {"many_columns", app::testing::repeat("x_a,", 1'000'000) + "\n"},
      {"million_bad_rows", head + app::testing::repeat("P1,main\n", 1'000'000)},
      {"same_person", head + app::testing::repeat("P1,main,icu,ICU 1,nurse\n", 200'000)},
      {"binary", std::string(100'000, '\x89')},
  };
  for (const auto& [name, text] : rosters) {
    write_bytes(folder_ / "roster.csv", text);
    write_bytes(folder_ / "scenario.yaml",
                "format: peercap-scenario/1\norganization: {roster: roster.csv}\nsupporters: {count: 0}\n");
    SCOPED_TRACE(name);
    expect_refused({"validate", (folder_ / "scenario.yaml").string()}, "roster.csv");
  }
}

TEST_F(HostileInput, FilesThatAreNoResultsAreRefused) {
  const std::string magic = "\x89HDF\r\n\x1a\n";
  for (const std::string& bytes : {std::string{}, std::string(1, '\0'), magic,
                                   magic + std::string(4096, '\xff'), std::string(5'000'000, 'x')}) {
    write_bytes(folder_ / "part.h5", bytes);
    expect_refused({"merge", (folder_ / "part.h5").string(), "--out", (folder_ / "whole.h5").string()},
                   "part.h5");
    EXPECT_FALSE(fs::exists(folder_ / "whole.h5"));
  }
  expect_refused({"merge", folder_.path().string(), "--out", (folder_ / "whole.h5").string()},
                 folder_.path().string());
}

TEST_F(HostileInput, FilesThatAreNoPosteriorsAreRefused) {
  const std::string scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
  const std::string head =
      "{\"format\": \"peercap-posterior/1\", \"center\": {\"supporters.count\": \"4\"}, \"draws\": ";
  for (const std::string& text :
       {std::string{}, std::string{"{}"}, head, head + std::string(3'000'000, '['), head + "[]}",
        head + "[{\"weight\": 1e999, \"set\": {\"a\": \"1\"}}]}",
        head + "[{\"weight\": nan, \"set\": {\"a\": \"1\"}}]}", head + "[{\"weight\": {}, \"set\": []}]}"}) {
    write_bytes(folder_ / "posterior.json", text);
    expect_refused({"run", scenario, "--posterior", (folder_ / "posterior.json").string(), "--out",
                    (folder_ / "whole.h5").string()},
                   "posterior.json");
  }
}

TEST_F(HostileInput, WhatLiesInThePlaceOfAnUnfinishedRunIsRefused) {
  const std::string scenario = PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
  const fs::path partial = folder_ / "whole.h5.partial";
  for (const std::string& bytes :
       {std::string{}, std::string{"\x89PCK\r\n\x1a\n"},
        std::string{"\x89PCK\r\n\x1a\n\x01\0\0\0\xff\xff\xff\xff", 16}, std::string(3'000'000, '\0')}) {
    fs::remove_all(partial);
    fs::create_directory(partial);
    write_bytes(partial / "manifest", bytes);
    expect_refused({"run", scenario, "--resume", "--out", (folder_ / "whole.h5").string()},
                   "whole.h5.partial");
  }
}

}  // namespace
}  // namespace peercap
