#include <cmath>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "sim/support/contract.h"
#include "tests/sim/io/files/temporary_folder.h"

// Arrays that are never in memory as a whole.

namespace peercap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;

std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputOutputError& error) {
    return error.what();
  }
  return "no error";
}

/// A table and an array of which all numbers come from functions; `shift` makes another content.
ResultContent make_streamed_content(std::uint64_t rows, std::uint64_t columns, double shift) {
  ResultContent content;
  content.file_type = "peercap-result";
  ResultGroup group{"/values", "numbers", GroupShape::arrays, {}, {}};
  std::vector<std::int64_t> points(rows);
  std::vector<std::int64_t> replications(columns);
  for (std::uint64_t i = 0; i < rows; ++i) points[i] = static_cast<std::int64_t>(i);
  for (std::uint64_t i = 0; i < columns; ++i) replications[i] = static_cast<std::int64_t>(i);
  group.dimensions.push_back({"point", "1", "", points});
  group.dimensions.push_back({"replication", "1", "", replications});
  group.variables.push_back({"a", "1", "", "", {"point", "replication"}, std::vector<double>{}});
  group.variables.back().stream = {rows * columns, [shift](std::uint64_t first, std::span<double> values) {
                                     for (double& value : values)
                                       value = shift + std::sqrt(static_cast<double>(first++));
                                   }};
  content.groups.push_back(group);
  return content;
}

/// The same with the numbers in memory.
ResultContent held(ResultContent content) {
  for (ResultGroup& group : content.groups)
    for (ResultVariable& variable : group.variables) {
      if (!variable.stream) continue;
      std::vector<double> values(variable.stream.count);
      variable.stream.read(0, values);
      variable.values = std::move(values);
      variable.stream = {};
    }
  return content;
}

TEST(StreamedResult, IsTheSameAsOneFromMemory) {
  const TemporaryFolder folder;
  for (const auto& [rows, columns] : {std::pair{0U, 3U}, {1U, 1U}, {70'000U, 7U}, {3U, 200'000U}}) {
    SCOPED_TRACE(rows);
    const ResultContent streamed = make_streamed_content(rows, columns, 0.5);
    EXPECT_EQ(content_digest(streamed), content_digest(held(streamed)));
    EXPECT_NE(content_digest(streamed), content_digest(make_streamed_content(rows, columns + 1, 0.5)));
    EXPECT_EQ(estimate_result_bytes(streamed), estimate_result_bytes(held(streamed)));
    for (const std::uint64_t image : {std::uint64_t{0}, std::uint64_t{1} << 30}) {
      const auto file =
          folder.path() / ("streamed" + std::to_string(rows) + "_" + std::to_string(image) + ".h5");
      write_result(file, streamed, {.largest_image_bytes = image});
      EXPECT_EQ(content_digest(read_result(file)), content_digest(held(streamed)));
    }
  }
}

TEST(StreamedResult, IsReadPieceByPiece) {
  const TemporaryFolder folder;
  const auto file = folder.path() / "streamed.h5";
  const ResultContent written = make_streamed_content(70'000, 7, 0.0);
  write_result(file, written);
  OpenResult opened{file};
  OpenResult moved{std::move(opened)};
  const ResultVariable& variable = moved.content().groups.at(0).variables.at(0);
  ASSERT_TRUE(static_cast<bool>(variable.stream));
  EXPECT_EQ(content_digest(moved.content()), content_digest(written));
  std::vector<double> values(3);
  variable.stream.read(489'990, values);  // within two rows
  EXPECT_THAT(values, ElementsAre(std::sqrt(489'990.0), std::sqrt(489'991.0), std::sqrt(489'992.0)));
  EXPECT_THAT(error_of([&] { variable.stream.read(489'998, values); }), HasSubstr("streamed.h5"));
}

TEST(StreamedResult, AStreamWithValuesOfItsOwnIsNoContent) {
  ResultContent content = make_streamed_content(2, 2, 0.0);
  content.groups[0].variables[0].values = std::vector<double>(4);
  const TemporaryFolder folder;
  EXPECT_THROW(write_result(folder.path() / "a.h5", content), ContractViolation);
  content = make_streamed_content(2, 2, 0.0);
  content.groups[0].variables[0].stream.count = 3;
  EXPECT_THROW(write_result(folder.path() / "a.h5", content), ContractViolation);
}

}  // namespace
}  // namespace peercap
