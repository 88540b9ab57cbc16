#include "sim/io/checkpoint/checkpoint_file.h"

#include <filesystem>
#include <random>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sim/io/checkpoint/checkpoint_layout.h"
#include "sim/io/checkpoint/crc32.h"
#include "sim/support/contract.h"
#include "tests/sim/io/checkpoint/sample_checkpoint.h"
#include "tests/sim/io/files/temporary_folder.h"

namespace peercap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
namespace fs = std::filesystem;

class CheckpointFile : public ::testing::Test {
 protected:
  void write(std::uint32_t seed, const CheckpointHeader& header = sample_header, std::size_t size = 1000) {
    write_checkpoint(file_, header, SampleState{seed, size}.blocks());
  }
  /// The message of the refusal, and its problem through `problem_`.
  std::string refusal(const CheckpointHeader& expected = sample_header) {
    const auto refused = refusal_of(file_, expected);
    if (!refused) return "not refused";
    problem_ = refused->problem();
    return refused->what();
  }

  TemporaryFolder folder_;
  fs::path file_ = folder_ / "state";
  CheckpointProblem problem_ = CheckpointProblem::absent;
};

/// The bytes with a head whose checksum is right again.
std::string with_right_checksum(std::string bytes) {
  const auto preface = detail::decode_preface(std::as_bytes(std::span{bytes}));
  const std::size_t end = preface.head_size - 4;
  const std::uint32_t sum = crc32(std::as_bytes(std::span{bytes}).first(end));
  for (std::size_t i = 0; i < 4; ++i) bytes[end + i] = static_cast<char>(sum >> (8 * i) & 0xffu);
  return bytes;
}

TEST_F(CheckpointFile, GivesBackWhatWasWritten) {
  write(1);
  const CheckpointContent content = read_checkpoint(file_, sample_header);
  EXPECT_TRUE(SampleState{1}.is_in(content));
  EXPECT_EQ(content.header, sample_header);
  EXPECT_EQ(content.note, "");
  EXPECT_EQ(content.blocks[2].name, "records");
  EXPECT_THAT(folder_.names(), ElementsAre("state"));
  EXPECT_THROW((void)content.block("other"), CheckpointRefused);
}

TEST_F(CheckpointFile, HoldsBlocksOfManyPieces) {
  constexpr std::size_t size = 2 * detail::checkpoint_piece + 17;
  write(2, sample_header, size);
  EXPECT_TRUE((SampleState{2, size}.is_in(read_checkpoint(file_, sample_header))));
  std::string bytes = read_bytes(file_);
  bytes[bytes.size() / 2] = static_cast<char>(bytes[bytes.size() / 2] ^ 1);
  write_bytes(file_, bytes);
  EXPECT_THAT(refusal(), HasSubstr("the checksum of its block `processes` differs"));
}

TEST_F(CheckpointFile, HoldsNoBlockAtAll) {
  write_checkpoint(file_, sample_header, {});
  EXPECT_TRUE(read_checkpoint(file_, sample_header).blocks.empty());
}

TEST_F(CheckpointFile, RefusesTwoBlocksOfOneName) {
  const std::vector<CheckpointBlock> blocks{{"a", {}}, {"a", {}}};
  EXPECT_THROW(write_checkpoint(file_, sample_header, blocks), ContractViolation);
  EXPECT_TRUE(folder_.names().empty());
}

TEST_F(CheckpointFile, KeepsTwoGenerations) {
  for (std::uint32_t seed : {1u, 2u, 3u}) write(seed);
  EXPECT_THAT(folder_.names(), ElementsAre("state", "state.previous"));
  EXPECT_TRUE(SampleState{3}.is_in(read_checkpoint(file_, sample_header)));
  EXPECT_TRUE(SampleState{2}.is_in(read_checkpoint(folder_ / "state.previous", sample_header)));
  remove_checkpoint(file_);
  EXPECT_TRUE(folder_.names().empty());
  remove_checkpoint(file_);
}

TEST_F(CheckpointFile, FallsBackToThePreviousGenerationAndSaysSo) {
  write(1);
  write(2);
  const std::string whole = read_bytes(file_);
  const auto expect_previous = [&](const std::string& reason) {
    const CheckpointContent content = read_checkpoint(file_, sample_header);
    EXPECT_TRUE(SampleState{1}.is_in(content));
    EXPECT_EQ(content.source, folder_ / "state.previous");
    EXPECT_EQ(content.note, file_.string() + ": " + reason + "; the state before it is taken, " +
                                (folder_ / "state.previous").string());
  };
  write_bytes(file_, whole.substr(0, whole.size() - 1));
  expect_previous("it is not complete: it ends after " + std::to_string(whole.size() - 1) + " bytes");
  write_bytes(file_, "a letter");
  expect_previous("it is not a checkpoint of peercap");
  fs::remove(file_);
  expect_previous("there is no such file");

  write_bytes(file_, "");
  write_bytes(folder_ / "state.previous", "a letter");
  EXPECT_EQ(refusal(), file_.string() +
                           ": cannot use this checkpoint: it is empty; nor can the one before it, " +
                           (folder_ / "state.previous").string() + ": it is not a checkpoint of peercap");
}

TEST_F(CheckpointFile, OfAnotherRunIsRefusedAndNotReplacedByThePrevious) {
  write(1);
  CheckpointHeader other = sample_header;
  other.identity = "fedcba";
  write(2, other);
  EXPECT_THAT(refusal(), HasSubstr("it belongs to another run"));
  EXPECT_EQ(problem_, CheckpointProblem::other_identity);
}

TEST_F(CheckpointFile, RefusesOtherKindsAndFormatsByName) {
  write(1);
  CheckpointHeader expected = sample_header;
  expected.kind = "sweep";
  EXPECT_THAT(refusal(expected), HasSubstr("it holds a sample of a state, not a sweep"));
  EXPECT_EQ(problem_, CheckpointProblem::other_kind);
  expected = sample_header;
  expected.format = 4;
  EXPECT_THAT(refusal(expected),
              HasSubstr("the format of the state in it is version 3, older than version 4, which this "
                        "peercap reads; go on with the peercap that wrote it, or start anew"));
  EXPECT_EQ(problem_, CheckpointProblem::older_format);
  expected.format = 2;
  EXPECT_THAT(refusal(expected), HasSubstr("version 3, newer than version 2"));
  EXPECT_EQ(problem_, CheckpointProblem::newer_format);
}

TEST_F(CheckpointFile, RefusesAnOlderAndANewerLayout) {
  write(1);
  std::string bytes = read_bytes(file_);
  bytes[8] = 2;
  write_bytes(file_, with_right_checksum(bytes));
  EXPECT_THAT(refusal(), HasSubstr("the format of the file is version 2, newer than version 1"));
  EXPECT_EQ(problem_, CheckpointProblem::newer_format);
  bytes[8] = 0;
  write_bytes(file_, with_right_checksum(bytes));
  EXPECT_THAT(refusal(), HasSubstr("version 0, older than version 1"));
  EXPECT_EQ(problem_, CheckpointProblem::older_format);
}

TEST_F(CheckpointFile, RefusesForeignFiles) {
  for (const std::string& bytes :
       {std::string{"format: peercap-scenario/1\nname: clinic\n"}, std::string{"a"},
        std::string("\x89HDF\r\n\x1a\n and more of it"), std::string(100, '\0')}) {
    write_bytes(file_, bytes);
    EXPECT_THAT(refusal(), HasSubstr("it is not a checkpoint of peercap"));
    EXPECT_EQ(problem_, CheckpointProblem::foreign);
  }
  fs::remove(file_);
  EXPECT_THAT(refusal(), HasSubstr("there is no such file"));
  EXPECT_EQ(problem_, CheckpointProblem::absent);
  fs::create_directory(file_);
  EXPECT_THAT(refusal(), HasSubstr("it is not a regular file"));
  fs::remove(file_);
  ASSERT_EQ(::mkfifo(file_.c_str(), 0600), 0);
  EXPECT_THAT(refusal(), HasSubstr("it is not a regular file"));
  EXPECT_EQ(problem_, CheckpointProblem::unreadable);
}

TEST_F(CheckpointFile, RefusesEveryTruncation) {
  write(1, sample_header, 200);
  const std::string bytes = read_bytes(file_);
  for (std::size_t size = 0; size < bytes.size(); ++size) {
    write_bytes(file_, bytes.substr(0, size));
    const std::string message = refusal();
    ASSERT_EQ(problem_, CheckpointProblem::truncated) << size << ": " << message;
  }
  write_bytes(file_, bytes + "x");
  EXPECT_THAT(refusal(), HasSubstr("something follows its end"));
}

TEST_F(CheckpointFile, RefusesEveryFlippedBitOfTheHeadAndMostElsewhere) {
  write(1, sample_header, 200);
  const std::string bytes = read_bytes(file_);
  std::mt19937 chance{11};
  const std::size_t head_bits =
      8 * std::size_t{detail::decode_preface(std::as_bytes(std::span{bytes})).head_size};
  const auto expect_refused = [&](std::size_t bit) {
    std::string flipped = bytes;
    flipped[bit / 8] = static_cast<char>(flipped[bit / 8] ^ (1 << (bit % 8)));
    write_bytes(file_, flipped);
    ASSERT_NE(refusal(), "not refused") << "bit " << bit;
    if (bit >= 8 * detail::checkpoint_preface) {
      EXPECT_EQ(problem_, CheckpointProblem::damaged);
    }
  };
  for (std::size_t bit = 0; bit < head_bits; ++bit) expect_refused(bit);
  for (int i = 0; i < 500; ++i) expect_refused(head_bits + chance() % (8 * bytes.size() - head_bits));
}

// Heads that are whole and lie: no memory may be taken for what cannot be there.
TEST_F(CheckpointFile, RefusesSizesBeyondTheFile) {
  write(1);
  const std::string bytes = read_bytes(file_);
  const std::size_t table_at =
      detail::checkpoint_preface + 8 + 4 + 2 + sample_header.kind.size() + 2 + sample_header.identity.size();
  const auto with_number = [&](std::size_t at, std::uint64_t value, std::size_t count) {
    std::string changed = bytes;
    for (std::size_t i = 0; i < count; ++i) changed[at + i] = static_cast<char>(value >> (8 * i) & 0xffu);
    return changed;
  };
  const std::size_t size_of_first_at = table_at + 4 + 2 + std::string{"processes"}.size();
  for (const std::uint64_t huge : {std::uint64_t{1001}, std::uint64_t{1} << 40, ~std::uint64_t{0}}) {
    for (const std::size_t at : {detail::checkpoint_preface, size_of_first_at}) {
      write_bytes(file_, with_right_checksum(with_number(at, huge, 8)));
      EXPECT_NE(refusal(), "not refused");
      EXPECT_THAT(problem_, ::testing::AnyOf(CheckpointProblem::damaged, CheckpointProblem::truncated));
    }
  }
  write_bytes(file_, with_right_checksum(with_number(table_at, 0xffffffffu, 4)));
  EXPECT_THAT(refusal(), HasSubstr("its head ends too early"));
  write_bytes(file_, with_right_checksum(with_number(table_at, 2, 4)));
  EXPECT_THAT(refusal(), HasSubstr("its head is longer than it says"));
  write_bytes(file_, with_number(12, 0xffffffffu, 4));  // size of the head
  EXPECT_THAT(refusal(), HasSubstr("it is not complete"));
  write_bytes(file_, with_number(12, 3, 4));
  EXPECT_THAT(refusal(), HasSubstr("its head has an impossible size"));
}

}  // namespace
}  // namespace peercap
