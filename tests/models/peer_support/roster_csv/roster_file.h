#pragma once

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <string_view>

#include <gtest/gtest.h>
#include <unistd.h>

#include "models/peer_support/roster_csv/read_roster.h"

namespace peercap::peer_support {

/// What came of reading a text as a roster.
struct RosterAnswer {
  std::string path;
  std::optional<Roster> roster;
  Diagnostics diagnostics;
};

/// Writes the text to a file, reads it and removes it.
inline RosterAnswer read_text(std::string_view text, const RosterLimits& limits = {}) {
  const auto* const test = ::testing::UnitTest::GetInstance()->current_test_info();
  std::string name =
      std::string{"peercap_roster_"} + test->name() + "_" + std::to_string(::getpid()) + ".csv";
  std::ranges::replace(name, '/', '_');
  RosterAnswer answer;
  answer.path = (std::filesystem::path{::testing::TempDir()} / name).string();
  std::ofstream{answer.path, std::ios::binary} << text;
  answer.roster = read_roster(answer.path, OrganizationSpec{}, answer.diagnostics, {}, limits);
  std::filesystem::remove(answer.path);
  return answer;
}

}  // namespace peercap::peer_support
