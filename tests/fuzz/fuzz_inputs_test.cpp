#include <algorithm>
#include <cctype>
#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/fuzz/targets.h"
#include "tests/sim/io/files/temporary_folder.h"

// Gives every target what is kept in inputs/TARGET/: seeds, and what once was a finding. Each file is a test
// of its own; a broken promise ends the process.

namespace peercap::fuzz {
namespace {

namespace fs = std::filesystem;

const fs::path inputs = fs::path{PEERCAP_SOURCE_DIR} / "tests/fuzz/inputs";

/// "TARGET/FILE" of all, sorted.
std::vector<std::string> list_inputs() {
  std::vector<std::string> names;
  for (const auto& entry : fs::recursive_directory_iterator(inputs))
    if (entry.is_regular_file()) names.push_back(fs::relative(entry.path(), inputs).string());
  std::ranges::sort(names);
  return names;
}

class FuzzInputs : public ::testing::TestWithParam<std::string> {};

TEST_P(FuzzInputs, KeepsEveryPromise) {
  const std::string target_name = GetParam().substr(0, GetParam().find('/'));
  const auto* const target = std::ranges::find(targets, target_name, &Target::name);
  ASSERT_NE(target, std::end(targets)) << "there is no such target";
  const std::string bytes = read_bytes(inputs / GetParam());
  target->run({reinterpret_cast<const std::uint8_t*>(bytes.data()), bytes.size()});
}

INSTANTIATE_TEST_SUITE_P(Kept, FuzzInputs, ::testing::ValuesIn(list_inputs()), [](const auto& one) {
  std::string name = one.param;
  std::ranges::replace_if(
      name, [](char c) { return std::isalnum(static_cast<unsigned char>(c)) == 0; }, '_');
  return name;
});

TEST(FuzzInputFolders, EveryTargetHasSome) {
  std::set<std::string> folders;
  for (const std::string& name : list_inputs()) folders.insert(name.substr(0, name.find('/')));
  for (const Target& target : targets) EXPECT_TRUE(folders.contains(std::string{target.name})) << target.name;
}

}  // namespace
}  // namespace peercap::fuzz
