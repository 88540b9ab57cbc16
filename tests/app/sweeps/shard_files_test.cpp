#include "app/sweeps/shard_files.h"

#include <sstream>

#include <gmock/gmock.h>
#include <sys/resource.h>

#include "app/commands/merge.h"
#include "app/commands/sweep.h"
#include "app/sweeps/sweep_content.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;
namespace fs = std::filesystem;

/// 120 runs.
constexpr const char* sweep_of_many =
    "set: {run.horizon: 1 week, run.burn_in: 1 week}\n"
    "vary:\n"
    "  supporters.count: 2-7\n"
    "  supporters.protected_time: {range: [0.25 h/week, 2 h/week], points: 5}\n"
    "measures: [work_hours_per_week, episodes_per_year]\n"
    "replications: 4\n";

class ManyShards : public testing::StudyFiles {
 protected:
  fs::path sweep_shard(Shard shard) {
    const fs::path file =
        folder_ / (std::to_string(shard.number) + "-of-" + std::to_string(shard.of) + ".h5");
    std::ostringstream out;
    std::ostringstream err;
    SweepOptions options{.file = (folder_ / "study.yaml").string(), .shard = shard, .out = file};
    options.job.request.threads = 1;
    EXPECT_EQ(sweep(options, out, err), ExitCode::done) << err.str();
    return file;
  }
};

// A process may have so many files open, and each takes memory.
TEST_F(ManyShards, MergeWithFewOpenAtATime) {
  (void)write(sweep_of_many);
  const std::string expected = content_digest(read_result(sweep_shard({1, 1})));
  MergeOptions options;
  for (std::int64_t number = 1; number <= 24; ++number) options.files.push_back(sweep_shard({number, 24}));
  options.out = folder_ / "merged.h5";

  rlimit before{};
  ASSERT_EQ(::getrlimit(RLIMIT_NOFILE, &before), 0);
  const rlimit few{24, before.rlim_max};
  ASSERT_EQ(::setrlimit(RLIMIT_NOFILE, &few), 0);
  std::ostringstream out;
  std::ostringstream err;
  EXPECT_EQ(merge(options, out, err), ExitCode::done) << err.str();
  EXPECT_EQ(::setrlimit(RLIMIT_NOFILE, &before), 0);
  EXPECT_EQ(content_digest(read_result(*options.out)), expected);
}

// Those that are too long for memory: some stay open, the others are opened again and again.
TEST_F(ManyShards, LongOnesAreReadFromTheirFiles) {
  constexpr std::uint64_t length = 5000;
  const auto number_of = [](std::size_t file, std::uint64_t i) {
    return static_cast<double>(file * length) + static_cast<double>(i);
  };
  ShardFiles files;
  for (std::size_t file = 0; file < ShardFiles::most_kept + 3; ++file) {
    std::vector<double> values(length);
    for (std::uint64_t i = 0; i < length; ++i) values[i] = number_of(file, i);
    ResultContent content;
    content.file_type = shard_file_type;
    content.groups.push_back({"/runs", "", GroupShape::arrays, {}, {}});
    content.groups.back().dimensions.push_back({"run", "1", "", std::vector<std::int64_t>(length)});
    content.groups.back().variables.push_back({"a", "1", "", "", {"run"}, std::move(values)});
    const fs::path path = folder_ / (std::to_string(file) + ".h5");
    write_result(path, content, {});
    EXPECT_EQ(files.add(path), file);
  }
  for (int pass = 0; pass < 2; ++pass)
    for (std::size_t file = 0; file < ShardFiles::most_kept + 3; ++file)
      for (const std::uint64_t first : {std::uint64_t{0}, length - 2}) {
        std::vector<double> values(2);
        files.read(file, "/runs", 0, first, values);
        EXPECT_THAT(values, ::testing::ElementsAre(number_of(file, first), number_of(file, first + 1)));
      }
  EXPECT_EQ(files.open_count(), ShardFiles::most_kept + 1);
  std::vector<double> values(2);
  EXPECT_THROW(files.read(0, "/runs", 0, length - 1, values), InputOutputError);
}

TEST_F(ManyShards, AFileThatHasChangedIsSaid) {
  (void)write(sweep_of_many);
  ShardFiles files;
  const std::size_t file = files.add(sweep_shard({1, 30}));
  std::vector<double> values(4);
  files.read(file, "/runs", 1, 0, values);
  EXPECT_EQ(files.open_count(), 0U);  // it is short
  values.resize(5);
  EXPECT_THROW(files.read(file, "/runs", 1, 0, values), InputOutputError);
  EXPECT_THROW(files.read(file, "/runs", 2, 0, values), InputOutputError);
  EXPECT_THROW(files.read(file, "/walks", 0, 0, values), InputOutputError);
}

}  // namespace
}  // namespace peercap::app
