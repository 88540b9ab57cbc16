// sim/README.md shows one program. It is compiled and run as kernel.readme_example; here the texts are
// compared.
#include <fstream>
#include <sstream>
#include <string>

#include <gtest/gtest.h>

namespace peercap {
namespace {

std::string text_of(const std::string& path) {
  std::ifstream file{std::string{PEERCAP_SOURCE_DIR} + "/" + path};
  EXPECT_TRUE(file) << path;
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

/// What stands in the first fenced block of the given language.
std::string fenced_block(const std::string& page, const std::string& language) {
  const std::string fence = "```" + language + "\n";
  const std::size_t begin = page.find(fence);
  if (begin == std::string::npos) return {};
  const std::size_t first = begin + fence.size();
  return page.substr(first, page.find("```\n", first) - first);
}

TEST(KernelReadme, ShowsTheExampleThatIsCompiled) {
  const std::string shown = fenced_block(text_of("sim/README.md"), "cpp");
  ASSERT_FALSE(shown.empty());
  EXPECT_EQ(shown, text_of("tests/sim/kernel/readme_example.cpp"));
}

}  // namespace
}  // namespace peercap
