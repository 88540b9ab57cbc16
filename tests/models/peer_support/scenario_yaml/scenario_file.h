#pragma once

#include <filesystem>
#include <fstream>
#include <string>

#include <gtest/gtest.h>
#include <unistd.h>

namespace peercap::peer_support {

/// A folder of scenario files that lasts as long as a test.
class ScenarioFolder {
 public:
  ScenarioFolder() {
    static int count = 0;  // a test may hold several
    const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
    folder_ = std::filesystem::path{::testing::TempDir()} /
              (std::string{"peercap_"} + test->name() + "_" + std::to_string(::getpid()) + "_" +
               std::to_string(++count));
    std::filesystem::create_directories(folder_);
  }
  ScenarioFolder(const ScenarioFolder&) = delete;
  ScenarioFolder& operator=(const ScenarioFolder&) = delete;
  ~ScenarioFolder() { std::filesystem::remove_all(folder_); }

  /// Writes a file and returns its path.
  [[nodiscard]] std::string write(const std::string& name, const std::string& text) const {
    const auto path = folder_ / name;
    std::filesystem::create_directories(path.parent_path());
    std::ofstream{path} << text;
    return path.string();
  }

 private:
  std::filesystem::path folder_;
};

/// Nine lines: a scenario of 100 clinicians and 5 supporters without a mistake.
inline const std::string small_scenario = R"(format: peercap-scenario/1
organization:
  sites:
    - name: main
      departments:
        - name: icu
          units: 4
supporters:
  count: 5
)";

}  // namespace peercap::peer_support
