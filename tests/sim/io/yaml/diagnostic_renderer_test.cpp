#include "sim/io/yaml/diagnostic_renderer.h"

#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

namespace peercap::yaml {
namespace {

using testing::HasSubstr;
using testing::Not;

/// Member by member: GCC 12 warns of nested braces with texts.
Problem error_in(const std::string& file, int line, int column, const std::string& what,
                 const std::string& suggestion) {
  Problem problem;
  problem.where.file = file;
  problem.where.line = line;
  problem.where.column = column;
  problem.what = what;
  problem.suggestion = suggestion;
  return problem;
}

Problem error_at(int line, int column, const std::string& what, const std::string& suggestion) {
  return error_in("a.yaml", line, column, what, suggestion);
}

std::string render_one(const std::string& text, const Problem& problem, Color color = Color::never) {
  SourceLines sources;
  sources.add("a.yaml", text);
  Diagnostics diagnostics;
  diagnostics.add(problem);
  return render(diagnostics, sources, color);
}

TEST(Renderer, ShowsPlaceLineCaretAndSuggestion) {
  EXPECT_EQ(render_one("x: 1\nlength: 50\n", error_at(2, 9, "no unit", "write `50 min`")),
            "a.yaml:2:9: error: no unit\n"
            "    length: 50\n"
            "            ^\n"
            "  suggestion: write `50 min`\n");
}

TEST(Renderer, SortsByLineAndNamesSeverities) {
  SourceLines sources;
  sources.add("a.yaml", "x\ny\n");
  Diagnostics diagnostics;
  diagnostics.warning({"a.yaml", 2, 1}, "second");
  diagnostics.error({"a.yaml", 1, 1}, "first");
  diagnostics.note({"a.yaml", 2, 1}, "third");
  EXPECT_EQ(render(diagnostics, sources),
            "a.yaml:1:1: error: first\n    x\n    ^\n"
            "a.yaml:2:1: warning: second\n    y\n    ^\n"
            "a.yaml:2:1: note: third\n    y\n    ^\n");
}

TEST(Renderer, CutsLongLinesAroundTheCaret) {
  const std::string line = std::string(500, 'a') + "HERE" + std::string(500, 'b');
  const std::string text = render_one(line, error_at(1, 501, "bad", ""));
  EXPECT_THAT(text, HasSubstr("...aaa"));
  EXPECT_THAT(text, HasSubstr("bbb...\n"));
  EXPECT_LT(text.size(), 300U);
  const auto source = text.find("    ...");
  const auto caret = text.find('^');
  const auto source_end = text.find('\n', source);
  EXPECT_EQ(text.find("HERE") - source, caret - (source_end + 1));
}

TEST(Renderer, ControlCharactersNeverReachTheTerminal) {
  const std::string text =
      render_one("a: \x1b[2J\xC2\x9b\xE2\x80\xAE\xFF", error_at(1, 1, "got \x1b[31m", "\x07"));
  EXPECT_THAT(text, Not(HasSubstr("\x1b")));
  EXPECT_THAT(text, Not(HasSubstr("\x07")));
  EXPECT_THAT(text, Not(HasSubstr("\xC2\x9b")));
  EXPECT_THAT(text, Not(HasSubstr("\xE2\x80\xAE")));
  EXPECT_THAT(text, HasSubstr("a: ?[2J???\n"));
}

TEST(Renderer, CaretCountsCharacters) {
  EXPECT_THAT(render_one("\xC3\xBC: x\n", error_at(1, 4, "bad", "")), HasSubstr("\n       ^\n"));
}

TEST(Renderer, ColorOnlyWhenAsked) {
  const Problem problem = error_at(1, 1, "bad", "");
  EXPECT_THAT(render_one("x", problem), Not(HasSubstr("\033[")));
  EXPECT_THAT(render_one("x", problem, Color::always), HasSubstr("\033[1;31merror"));
}

TEST(Renderer, ProblemWithoutLineNamesOnlyItsSource) {
  EXPECT_EQ(render_one("", error_in("--set a=1", 0, 0, "unknown", "")), "--set a=1: error: unknown\n");
}

TEST(Renderer, PlaceBeyondTheTextIsHarmless) {
  EXPECT_EQ(render_one("x\n", error_at(9, 9, "bad", "")), "a.yaml:9:9: error: bad\n");
  EXPECT_THAT(render_one("x\n", error_at(1, 99, "bad", "")), HasSubstr("    x\n     ^\n"));
}

}  // namespace
}  // namespace peercap::yaml
