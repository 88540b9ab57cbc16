#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>

#include "app/studies/study_file.h"

namespace peercap::app::testing {

inline std::string small_clinic() {
  return PEERCAP_SOURCE_DIR "/configs/scenarios/small_clinic.yaml";
}

/// A folder of the running test, removed when it ends.
class StudyFiles : public ::testing::Test {
 protected:
  StudyFiles() {
    const auto* info = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path{::testing::TempDir()} /
              ("peercap_study_" + std::string{info->test_suite_name()} + "_" + info->name());
    std::filesystem::remove_all(folder_);
    std::filesystem::create_directories(folder_);
  }
  ~StudyFiles() override { std::filesystem::remove_all(folder_); }

  /// A study of the small clinic with these lines added.
  [[nodiscard]] std::string write(const std::string& lines,
                                  const std::string& scenario = small_clinic()) const {
    const auto path = folder_ / "study.yaml";
    std::ofstream{path} << "format: peercap-study/1\nname: test\nscenario: " << scenario << "\n" << lines;
    return path.string();
  }

  /// The study, which has no error.
  [[nodiscard]] static Study load(const std::string& path, const StudyLoadOptions& options = {}) {
    Diagnostics diagnostics;
    auto study = load_study(path, options, diagnostics);
    for (const Problem& problem : diagnostics.sorted())
      EXPECT_NE(problem.severity, Severity::error) << problem.what;
    EXPECT_TRUE(study.has_value());
    return study ? std::move(*study) : Study{};
  }

  std::filesystem::path folder_;
};

}  // namespace peercap::app::testing
