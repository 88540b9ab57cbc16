#include "app/sweeps/sweep_folder.h"

#include <fstream>

#include <gmock/gmock.h>

#include "sim/io/checkpoint/checkpoint_file.h"
#include "tests/app/studies/studies_test_files.h"

namespace peercap::app {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

using SweepFolderTest = testing::StudyFiles;

/// Two measures and one column, of runs with two replications a point; measure m of run r is 100 m + r.
SweepBlock block_of(std::uint64_t first, std::uint64_t end) {
  SweepBlock block;
  block.range = {first, end};
  block.first_point = first / 2;
  block.measures.resize(2);
  block.design.resize(1);
  for (std::uint64_t run = first; run < end; ++run)
    for (std::size_t m = 0; m < 2; ++m) block.measures[m].push_back(static_cast<double>(100 * m + run));
  for (std::uint64_t point = first / 2; point <= (end - 1) / 2; ++point)
    block.design[0].push_back(static_cast<double>(point) / 8.0);
  return block;
}

TEST_F(SweepFolderTest, BlocksAreReadAsOneRangeWhereverTheyAreCut) {
  auto folder = SweepFolder::try_open(folder_ / "out.h5");
  ASSERT_TRUE(folder.has_value());
  EXPECT_FALSE(folder->is_used());
  folder->write_block("id", block_of(5, 9));  // out of order, and in the middle of points
  folder->write_block("id", block_of(0, 3));
  folder->write_block("id", block_of(3, 5));
  EXPECT_TRUE(folder->is_used());
  std::vector<std::string> notes;
  auto blocks = folder->blocks("id", 2, 1, notes);
  EXPECT_THAT(notes, IsEmpty());
  std::vector<SweepSegment> segments;
  for (SavedBlock& block : blocks) segments.push_back(std::move(block.segment));
  const SweepRuns runs{std::move(segments)};
  EXPECT_EQ(runs.range(), (RunRange{0, 9}));
  std::vector<double> values(5);
  runs.read_measure(1, 2, values);
  EXPECT_THAT(values, ElementsAre(102.0, 103.0, 104.0, 105.0, 106.0));
  std::vector<double> design(5);
  runs.read_design(0, 0, design);
  EXPECT_THAT(design, ElementsAre(0.0, 0.125, 0.25, 0.375, 0.5));
  runs.read_design(0, 2, std::span{design}.first(1));
  EXPECT_EQ(design[0], 0.25);
}

TEST_F(SweepFolderTest, ADamagedBlockIsMadeAgain) {
  auto folder = SweepFolder::try_open(folder_ / "out.h5");
  folder->write_block("id", block_of(0, 4));
  folder->write_block("id", block_of(4, 8));
  for (const auto& entry : std::filesystem::directory_iterator(folder->path())) {
    if (!entry.path().filename().string().ends_with("00004")) continue;
    std::fstream file{entry.path(), std::ios::in | std::ios::out | std::ios::binary};
    file.seekp(-100, std::ios::end);
    file.put('!');
  }
  std::vector<std::string> notes;
  const auto blocks = folder->blocks("id", 2, 1, notes);
  ASSERT_THAT(blocks, SizeIs(1));
  EXPECT_EQ(blocks[0].range, (RunRange{0, 4}));
  EXPECT_THAT(notes, SizeIs(1));
  notes.clear();
  EXPECT_THAT(folder->blocks("id", 2, 1, notes), SizeIs(1));
  EXPECT_THAT(notes, IsEmpty());
}

TEST_F(SweepFolderTest, OneProcessAtATimeAndNoTraceAfterwards) {
  auto folder = SweepFolder::try_open(folder_ / "out.h5");
  folder->write_manifest({.command_line = "peercap sweep", .runs = 8, .sittings = 2});
  folder->write_block("id", block_of(0, 8));
  ASSERT_TRUE(folder->manifest().has_value());
  EXPECT_EQ(folder->manifest()->runs, 8U);
  const auto path = folder->path();
  folder->remove();
  EXPECT_FALSE(std::filesystem::exists(path));
}

TEST(SweepFailures, OfOnePointAndOneReasonAreOne) {
  std::vector<SweepFailure> failures;
  add_failure(failures, {3, 1, "a"}, 5);
  add_failure(failures, {4, 1, "a"}, 5);
  add_failure(failures, {5, 1, "a"}, 5);  // the next point
  add_failure(failures, {6, 1, "b"}, 5);
  add_failure(failures, {8, 1, "b"}, 5);  // one between them is well
  EXPECT_THAT(failures, ElementsAre(SweepFailure{3, 2, "a"}, SweepFailure{5, 1, "a"}, SweepFailure{6, 1, "b"},
                                    SweepFailure{8, 1, "b"}));
}

}  // namespace
}  // namespace peercap::app
