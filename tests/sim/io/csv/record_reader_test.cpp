#include "sim/io/csv/record_reader.h"

#include <filesystem>
#include <fstream>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <unistd.h>

namespace peercap::csv {
namespace {

using testing::ElementsAre;
using testing::HasSubstr;

using namespace std::string_literals;

/// A file that lasts as long as the object.
class TableFile {
 public:
  explicit TableFile(std::string_view text) {
    const auto* const test = testing::UnitTest::GetInstance()->current_test_info();
    std::string name = std::string{"peercap_csv_"} + test->name() + "_" + std::to_string(::getpid()) + ".csv";
    for (char& c : name)
      if (c == '/') c = '_';
    path_ = (std::filesystem::path{testing::TempDir()} / name).string();
    std::ofstream{path_, std::ios::binary} << text;
  }
  TableFile(const TableFile&) = delete;
  TableFile& operator=(const TableFile&) = delete;
  ~TableFile() { std::filesystem::remove(path_); }
  [[nodiscard]] const std::string& path() const { return path_; }

 private:
  std::string path_;
};

struct Table {
  std::vector<std::string> header;
  std::vector<Record> records;
  std::vector<Problem> problems;
};

Table read(std::string_view text, const Limits& limits = {}) {
  const TableFile file{text};
  Diagnostics diagnostics;
  Table table;
  if (auto reader = RecordReader::open(file.path(), limits, diagnostics)) {
    table.header = reader->header().fields;
    for (Record record; reader->next(record);) table.records.push_back(record);
  }
  table.problems = diagnostics.sorted();
  return table;
}

Table read_good(std::string_view text) {
  Table table = read(text);
  for (const Problem& problem : table.problems) ADD_FAILURE() << problem.where.line << ": " << problem.what;
  return table;
}

TEST(RecordReader, ReadsRecordsWithTheirLines) {
  const Table table = read_good("a,b\n1,2\n,\n3, x y \n");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  ASSERT_EQ(table.records.size(), 3U);
  EXPECT_THAT(table.records[0].fields, ElementsAre("1", "2"));
  EXPECT_THAT(table.records[1].fields, ElementsAre("", ""));
  EXPECT_THAT(table.records[2].fields, ElementsAre("3", " x y "));
  EXPECT_EQ(table.records[2].line, 4);
}

TEST(RecordReader, QuotedFieldsHoldCommasQuotesAndLineEnds) {
  const Table table =
      read_good("\"a\",\"b\"\n\"x,y\",\"say \"\"hi\"\"\"\n\"two\r\nlines\",\"\"\nlast,\"\"\"\"\n");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  ASSERT_EQ(table.records.size(), 3U);
  EXPECT_THAT(table.records[0].fields, ElementsAre("x,y", "say \"hi\""));
  EXPECT_THAT(table.records[1].fields, ElementsAre("two\nlines", ""));
  EXPECT_EQ(table.records[1].line, 3);
  EXPECT_THAT(table.records[2].fields, ElementsAre("last", "\""));
  EXPECT_EQ(table.records[2].line, 5);
}

TEST(RecordReader, AcceptsByteOrderMarkWindowsLineEndsAndNoLastLineEnd) {
  const Table table = read_good(
      "\xEF\xBB\xBF"
      "a,b\r\n\xC3\xBC,2");
  EXPECT_THAT(table.header, ElementsAre("a", "b"));
  ASSERT_EQ(table.records.size(), 1U);
  EXPECT_THAT(table.records[0].fields, ElementsAre("\xC3\xBC", "2"));
}

TEST(RecordReader, ReadsAcrossItsBlocks) {
  std::string text = "a,b\n";
  for (int i = 0; i < 30'000; ++i) text += std::to_string(i) + ",\"x\"\r\n";
  const Table table = read_good(text);
  ASSERT_EQ(table.records.size(), 30'000U);
  for (int i = 0; i < 30'000; ++i) {
    ASSERT_THAT(table.records[static_cast<std::size_t>(i)].fields, ElementsAre(std::to_string(i), "x"));
    ASSERT_EQ(table.records[static_cast<std::size_t>(i)].line, i + 2);
  }
}

TEST(RecordReader, TellsSizeAndHashOfWhatItRead) {
  const TableFile file{"abc\n"};
  Diagnostics diagnostics;
  auto reader = RecordReader::open(file.path(), {}, diagnostics);
  ASSERT_TRUE(reader.has_value());
  Record record;
  EXPECT_FALSE(reader->next(record));
  EXPECT_EQ(reader->bytes(), 4U);
  EXPECT_EQ(reader->take_sha256(), sha256("abc\n"));
}

TEST(RecordReader, GoesOnBehindABrokenRow) {
  const Table table = read("a,b\n1\n2,3\n4,5,6\n7,8\"\n9,10\n");
  ASSERT_EQ(table.records.size(), 2U);
  EXPECT_EQ(table.records[0].line, 3);
  EXPECT_EQ(table.records[1].line, 6);
  ASSERT_EQ(table.problems.size(), 3U);
  EXPECT_EQ(table.problems[0].where.line, 2);
  EXPECT_EQ(table.problems[1].where.line, 4);
  EXPECT_EQ(table.problems[2].where.line, 5);
}

TEST(RecordReader, StopsReadingWhereTooManyProblemsAre) {
  const Table table = read("a,b\n1\n2\n3\n4,4\n5\n", {.max_problems = 2});
  ASSERT_EQ(table.problems.size(), 3U);
  EXPECT_EQ(table.problems[2].severity, Severity::note);
  EXPECT_TRUE(table.records.empty());
}

TEST(RecordReader, RefusesTooManyRecords) {
  EXPECT_TRUE(read("a\n1\n2\n", {.max_records = 2}).problems.empty());
  const Table table = read("a\n1\n2\n3\n4\n", {.max_records = 2});
  ASSERT_EQ(table.problems.size(), 1U);
  EXPECT_EQ(table.problems[0].where.line, 4);
  EXPECT_EQ(table.problems[0].what, "more than 2 rows");
}

TEST(RecordReader, ALineMayBeAsLongAsTheLimitAndNoLonger) {
  const Limits limits{.max_line_bytes = 8};
  EXPECT_TRUE(read("a\n12345678\r\n", limits).problems.empty());
  const Table table = read("a\n123456789\n1\n", limits);
  ASSERT_EQ(table.problems.size(), 1U);
  EXPECT_EQ(table.problems[0].where.line, 2);
  EXPECT_THAT(table.problems[0].what, HasSubstr("more than 8 bytes"));
  // A record of several lines counts as a whole.
  EXPECT_EQ(read("a\n\"123\n45678\"\n", limits).problems.size(), 1U);
}

TEST(RecordReader, AFolderIsNoFile) {
  Diagnostics diagnostics;
  EXPECT_FALSE(
      RecordReader::open(testing::TempDir(), {}, diagnostics, {.file = "a.yaml", .line = 3}).has_value());
  const auto problems = diagnostics.sorted();
  ASSERT_EQ(problems.size(), 1U);
  EXPECT_EQ(problems[0].where, (SourceLocation{"a.yaml", 3, 0}));
  EXPECT_THAT(problems[0].what, HasSubstr("is a folder"));
}

struct BadTable {
  std::string name;
  std::string text;
  int line;
  int column;
  std::string what;
};

void PrintTo(const BadTable& bad, std::ostream* out) {
  *out << bad.name;
}

class BadTables : public testing::TestWithParam<BadTable> {};

TEST_P(BadTables, AreRefusedWithPlace) {
  const Table table = read(GetParam().text);
  ASSERT_EQ(table.problems.size(), 1U);
  EXPECT_EQ(table.problems[0].where.line, GetParam().line);
  EXPECT_EQ(table.problems[0].where.column, GetParam().column);
  EXPECT_THAT(table.problems[0].what, HasSubstr(GetParam().what));
}

INSTANTIATE_TEST_SUITE_P(
    Each, BadTables,
    testing::Values(BadTable{"Empty", "", 1, 0, "the file is empty"},
                    BadTable{"OnlyLineEnd", "\n", 1, 0, "the file is empty"},
                    BadTable{"OnlyMark", "\xEF\xBB\xBF", 1, 0, "the file is empty"},
                    BadTable{"Utf16",
                             "\xFF\xFE"
                             "a\0\n\0"s,
                             1, 1, "UTF-16"},
                    BadTable{"Utf16BigEndian", "\xFE\xFF\0a\0\n"s, 1, 1, "UTF-16"},
                    BadTable{"Latin1", "a,b\n1,2\n\xC3\xBC,\xFC\n", 3, 3, "byte 0xfc is not UTF-8"},
                    BadTable{"Nul", "a,b\n1,\0\n"s, 2, 3, "a NUL byte"},
                    BadTable{"Escape", "a,b\n\x1b,2\n", 2, 1, "control character (byte 0x1b)"},
                    BadTable{"LoneReturn", "a,b\n1,2\r3,4\n", 2, 4, "carriage return"},
                    BadTable{"TooFew", "a,b\n1\n", 2, 0, "the row has 1 field; the header has 2"},
                    BadTable{"TooMany", "a,b\n1,2,3\n", 2, 0, "the row has 3 fields; the header has 2"},
                    BadTable{"EmptyLine", "a,b\n1,2\n\n", 3, 0, "an empty line"},
                    BadTable{"QuoteInside", "a,b\n1,x\"y\n", 2, 4, "a quote inside a field"},
                    BadTable{"TextBehindQuote", "a,b\n1,\"x\"y\n", 2, 6, "text behind a closing quote"},
                    BadTable{"TextBehindLateQuote", "a,b\n1,\"x\nx\"y\n", 3, 3, "begun in line 2"},
                    BadTable{"OpenQuote", "a,b\n1,\"x\n2,3\n", 2, 3, "never closed"},
                    BadTable{"OpenQuoteInHeader", "a,\"b\n1,2\n", 1, 3, "never closed"}),
    [](const auto& test) { return test.param.name; });

}  // namespace
}  // namespace peercap::csv
