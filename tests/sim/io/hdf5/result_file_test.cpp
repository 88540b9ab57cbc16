#include "sim/io/hdf5/result_file.h"

#include <cmath>
#include <cstdint>
#include <filesystem>
#include <functional>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "sim/support/contract.h"
#include "tests/sim/io/files/temporary_folder.h"
#include "tests/sim/io/hdf5/sample_content.h"

namespace peercap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr WriteOptions piece_by_piece{.existing = ExistingFile::refuse, .largest_image_bytes = 0};

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputOutputError& error) {
    return error.what();
  }
  return "no error";
}

std::string reading_error_of(const std::filesystem::path& file) {
  return error_of([&] { static_cast<void>(read_result(file)); });
}

template <class Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

void expect_same(const ResultContent& found, const ResultContent& written) {
  EXPECT_EQ(content_digest(found), content_digest(written));
  EXPECT_EQ(found.file_type, written.file_type);
  EXPECT_EQ(found.format_major, written.format_major);
  EXPECT_EQ(found.format_minor, written.format_minor);
  ASSERT_EQ(found.provenance.size(), written.provenance.size());
  for (std::size_t i = 0; i < found.provenance.size(); ++i) {
    EXPECT_EQ(found.provenance[i].name, written.provenance[i].name);
    EXPECT_EQ(found.provenance[i].value, written.provenance[i].value) << found.provenance[i].name;
  }
  // The digest does not see the order in which things stand.
  ASSERT_EQ(found.groups.size(), written.groups.size());
  for (std::size_t i = 0; i < found.groups.size(); ++i) {
    EXPECT_EQ(found.groups[i].path, written.groups[i].path);
    EXPECT_EQ(names_of(found.groups[i].dimensions), names_of(written.groups[i].dimensions));
    EXPECT_EQ(names_of(found.groups[i].variables), names_of(written.groups[i].variables));
  }
}

class ResultFileInBothWays : public ::testing::TestWithParam<std::uint64_t> {
 protected:
  [[nodiscard]] WriteOptions options(ExistingFile existing = ExistingFile::refuse) const {
    return {.existing = existing, .largest_image_bytes = GetParam()};
  }
  TemporaryFolder folder_;
};

INSTANTIATE_TEST_SUITE_P(Way, ResultFileInBothWays, ::testing::Values(std::uint64_t{256} << 20, 0),
                         [](const auto& way) { return way.param == 0 ? "PieceByPiece" : "Image"; });

TEST_P(ResultFileInBothWays, ReadsBackWhatWasWritten) {
  for (const std::size_t rows : {0u, 1u, 2u, 300u, 5000u}) {
    SCOPED_TRACE(rows);
    const ResultContent content = make_sample_content(rows);
    const auto file = folder_ / std::to_string(rows);
    write_result(file, content, options());
    expect_same(read_result(file), content);
  }
}

TEST_P(ResultFileInBothWays, KeepsSpecialNumbersAndTexts) {
  const ResultContent content = make_sample_content();
  write_result(folder_ / "a", content, options());
  const ResultContent found = read_result(folder_ / "a");
  const ResultGroup& replications = found.groups.at(1);
  const auto& waits = std::get<std::vector<double>>(replications.variables.at(0).values);
  EXPECT_EQ(waits[0], 1.5);
  EXPECT_TRUE(std::isnan(waits[1]));
  EXPECT_TRUE(waits[3] == 0 && std::signbit(waits[3]));
  EXPECT_EQ(waits[5], std::numeric_limits<double>::denorm_min());
  const auto& cases = std::get<std::vector<std::int64_t>>(replications.variables.at(1).values);
  EXPECT_EQ(cases[4], std::numeric_limits<std::int64_t>::max());
  EXPECT_EQ(cases[5], std::numeric_limits<std::int64_t>::min());
  EXPECT_THAT(std::get<std::vector<std::string>>(replications.variables.at(2).values),
              ElementsAre("done", "", "dönë", "完了", "done", "stopped"));
}

TEST_P(ResultFileInBothWays, KeepsLargeArraysOfManyChunks) {
  ResultContent content = make_numbered_content(10, 3);
  ResultGroup group;
  group.path = "/replications";
  group.dimensions = {
      {.name = "point", .unit = "1", .long_name = "", .labels = std::vector<std::int64_t>(7)},
      {.name = "replication", .unit = "1", .long_name = "", .labels = std::vector<double>(60'000)}};
  std::vector<double> values(7 * 60'000);
  for (std::size_t i = 0; i < values.size(); ++i) values[i] = 1.0 / static_cast<double>(i + 1);
  group.variables = {{.name = "share",
                      .unit = "1",
                      .long_name = "share",
                      .description = "Of something.",
                      .dimensions = {"point", "replication"},
                      .values = values},
                     {.name = "by_replication",
                      .unit = "1",
                      .long_name = "by replication",
                      .description = "One axis.",
                      .dimensions = {"replication"},
                      .values = std::vector<double>(60'000, 0.5)}};
  content.groups.push_back(group);
  write_result(folder_ / "a", content, options());
  expect_same(read_result(folder_ / "a"), content);
}

TEST_P(ResultFileInBothWays, WritesTheSameBytesEachTime) {
  write_result(folder_ / "a", make_sample_content(3000), options());
  write_result(folder_ / "b", make_sample_content(3000), options());
  EXPECT_EQ(read_bytes(folder_ / "a"), read_bytes(folder_ / "b"));
}

TEST_P(ResultFileInBothWays, NeverOverwritesUnlessAsked) {
  write_result(folder_ / "a", make_numbered_content(10, 1), options());
  const std::string before = read_bytes(folder_ / "a");
  EXPECT_THAT(error_of([&] { write_result(folder_ / "a", make_numbered_content(10, 2), options()); }),
              HasSubstr("a: cannot write: it exists already"));
  EXPECT_EQ(read_bytes(folder_ / "a"), before);
  write_result(folder_ / "a", make_numbered_content(10, 2), options(ExistingFile::replace));
  expect_same(read_result(folder_ / "a"), make_numbered_content(10, 2));
  EXPECT_THAT(folder_.names(), ElementsAre("a"));
}

TEST_P(ResultFileInBothWays, RepairsTextsThatAreNotUtf8InsteadOfLosingTheResult) {
  ResultContent content = make_sample_content();
  content.groups[0].variables[0].values = std::vector<std::string>{"name: M\xFCnchen"};
  content.provenance[0].value = std::string("a\0b", 3);
  write_result(folder_ / "a", content, options());
  const ResultContent found = read_result(folder_ / "a");
  EXPECT_EQ(content_digest(found), content_digest(content));
  EXPECT_THAT(std::get<2>(found.groups[0].variables[0].values), ElementsAre("name: M\uFFFDnchen"));
  EXPECT_EQ(std::get<std::string>(found.provenance[0].value), "a\uFFFDb");
}

TEST_P(ResultFileInBothWays, TakesManyAttributesAndVariables) {
  ResultContent content = make_numbered_content(4, 0);
  for (int i = 0; i < 200; ++i) {
    content.provenance.push_back({"attribute_" + std::to_string(i), std::int64_t{i}});
    content.groups[0].variables.push_back(
        column("column_" + std::to_string(i), "1", "column", "One of many.", std::vector<double>(4, i)));
  }
  write_result(folder_ / "a", content, options());
  expect_same(read_result(folder_ / "a"), content);
}

TEST(ResultFile, EstimateIsAnUpperBoundOfTheSize) {
  const TemporaryFolder folder;
  for (const std::size_t rows : {0u, 10u, 3000u}) {
    const ResultContent content = make_sample_content(rows);
    for (const std::uint64_t image : {std::uint64_t{0}, std::uint64_t{1} << 30}) {
      write_result(folder / "a", content, {.existing = ExistingFile::replace, .largest_image_bytes = image});
      EXPECT_LE(std::filesystem::file_size(folder / "a"), estimate_result_bytes(content));
    }
  }
}

TEST(ResultFile, GivesUnusedReservedSpaceBack) {
  const TemporaryFolder folder;
  ResultContent content = make_numbered_content(2'000'000, 0);  // 32 MB that gzip makes small
  write_result(folder / "a", content, piece_by_piece);
  struct stat status = {};
  ASSERT_EQ(::stat((folder / "a").c_str(), &status), 0);
  EXPECT_GT(estimate_result_bytes(content), 30u << 20);
  EXPECT_LT(status.st_size, 16 << 20);
  constexpr int block_bytes = 512;  // the unit of st_blocks, whatever the file system's is
  EXPECT_LT(status.st_blocks * block_bytes, status.st_size + (1 << 20));
}

TEST(ReadResult, RefusesStrangersByWhatTheyAre) {
  const TemporaryFolder folder;
  write_bytes(folder / "text.h5", "time,value\n1,2\n");
  EXPECT_THAT(reading_error_of(folder / "text.h5"),
              HasSubstr("text.h5: cannot read: it is not an HDF5 file"));
  write_bytes(folder / "empty.h5", "");
  EXPECT_THAT(reading_error_of(folder / "empty.h5"), HasSubstr("it is empty"));
  EXPECT_THAT(reading_error_of(folder / "none.h5"), HasSubstr("cannot open: No such file or directory"));
  EXPECT_THAT(reading_error_of(folder.path()), HasSubstr("it is not a regular file"));
  EXPECT_THAT(reading_error_of("/dev/null"), HasSubstr("it is not a regular file"));
}

TEST(ReadResult, RefusesAnotherFileType) {
  const TemporaryFolder folder;
  ResultContent content = make_sample_content();
  content.file_type = "peercap-design";
  write_result(folder / "a", content);
  EXPECT_THAT(reading_error_of(folder / "a"),
              HasSubstr("its filetype is \"peercap-design\", and \"peercap-result\" was expected"));
  EXPECT_EQ(read_result(folder / "a", "peercap-design").file_type, "peercap-design");
}

TEST(ReadResult, RefusesANewerMajorVersionAndReadsANewerMinorOne) {
  const TemporaryFolder folder;
  ResultContent content = make_sample_content();
  content.format_minor = 12;
  write_result(folder / "minor", content);
  EXPECT_EQ(read_result(folder / "minor").format_minor, 12);
  content.format_major = result_format_major + 1;
  write_result(folder / "major", content);
  EXPECT_THAT(reading_error_of(folder / "major"),
              HasSubstr("its format version is 2.12, and this peercap reads versions up to 1.x"));
}

TEST(ReadResult, RefusesFilesCutOffAnywhere) {
  const TemporaryFolder folder;
  write_result(folder / "whole", make_sample_content());
  const std::string bytes = read_bytes(folder / "whole");
  int tried = 0;
  for (std::size_t length = 0; length < bytes.size(); length += 797, ++tried) {
    write_bytes(folder / "part", bytes.substr(0, length));
    EXPECT_THAT(reading_error_of(folder / "part"),
                ::testing::AnyOf(HasSubstr("damaged or not complete"), HasSubstr("it is empty")))
        << length;
  }
  write_bytes(folder / "part", bytes.substr(0, bytes.size() - 1));
  EXPECT_THAT(reading_error_of(folder / "part"), HasSubstr("damaged or not complete"));
  EXPECT_GT(tried, 100);
}

TEST(WriteResult, RefusesMalformedContent) {
  using Change = std::function<void(ResultContent&)>;
  const std::vector<std::pair<const char*, Change>> mistakes = {
      {"begins with a slash", [](ResultContent& c) { c.groups[0].path = "summary"; }},
      {"begins with a slash", [](ResultContent& c) { c.groups[0].path = "/"; }},
      {"a part that cannot be", [](ResultContent& c) { c.groups[0].path = "/a//b"; }},
      {"the path is used twice", [](ResultContent& c) { c.groups.push_back(c.groups[0]); }},
      {"cannot be the name", [](ResultContent& c) { c.groups[0].variables[0].name = "a/b"; }},
      {"cannot be the name", [](ResultContent& c) { c.groups[0].variables[0].name = ""; }},
      {"used twice", [](ResultContent& c) { c.groups[0].variables.push_back(c.groups[0].variables[0]); }},
      {"used twice", [](ResultContent& c) { c.groups[0].variables[0].name = "row"; }},
      {"another number of values",
       [](ResultContent& c) { c.groups[0].variables[0].values = std::vector<double>{1}; }},
      {"does not have", [](ResultContent& c) { c.groups[0].variables[0].dimensions = {"column"}; }},
      {"one dimension, row",
       [](ResultContent& c) { c.groups[0].dimensions.clear(), c.groups[0].variables.clear(); }},
      {"reserves",
       [](ResultContent& c) {
         c.groups[0].variables[0].attributes = {{"units", "s"}};
       }},
      {"is not a text", [](ResultContent& c) { c.groups[0].shape = GroupShape::texts; }},
      {"no dimensions",
       [](ResultContent& c) {
         c.groups[0].shape = GroupShape::texts;
         c.groups[0].variables.clear();
       }},
      {"reserved",
       [](ResultContent& c) {
         c.provenance = {{"filetype", "mine"}};
       }},
      {"used twice",
       [](ResultContent& c) {
         c.provenance = {{"a", "1"}, {"a", "2"}};
       }},
      {"a dataset and a group",
       [](ResultContent& c) {
         c.groups.push_back(c.groups[0]);
         c.groups[1].path = "/summary/number/more";
       }},
      {"a file type", [](ResultContent& c) { c.file_type = ""; }},
  };
  const TemporaryFolder folder;
  for (const auto& [message, change] : mistakes) {
    ResultContent content = make_numbered_content(3, 0);
    change(content);
    try {
      write_result(folder / "a", content);
      ADD_FAILURE() << "not refused: " << message;
    } catch (const ContractViolation& violation) {
      EXPECT_THAT(violation.what(), HasSubstr(message));
    }
  }
  EXPECT_THAT(folder.names(), IsEmpty());
}

}  // namespace
}  // namespace peercap
