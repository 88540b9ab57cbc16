#include <algorithm>
#include <cerrno>
#include <filesystem>
#include <iterator>
#include <optional>
#include <ostream>
#include <string>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "tests/sim/io/files/failing_calls.h"
#include "tests/sim/io/files/small_disk.h"
#include "tests/sim/io/files/temporary_folder.h"
#include "tests/sim/io/hdf5/sample_content.h"

// What happens to a result when the disk does not do its part.

namespace peercap {
namespace {

using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::StartsWith;

enum class Former { absent, present };

/// How the file is laid out and whether one stands there before.
struct Case {
  std::uint64_t largest_image_bytes;
  Former former;
};

std::string name_of(const Case& way) {
  return std::string(way.largest_image_bytes == 0 ? "PieceByPiece" : "Image") +
         (way.former == Former::absent ? "New" : "Replacing");
}

/// For messages; without it they show the bytes of a Case, padding included.
void PrintTo(const Case& way, std::ostream* out) {
  *out << name_of(way);
}

class ResultOnBadDisk : public ::testing::TestWithParam<Case> {
 protected:
  [[nodiscard]] WriteOptions options() const {
    return {.existing = GetParam().former == Former::present ? ExistingFile::replace : ExistingFile::refuse,
            .largest_image_bytes = GetParam().largest_image_bytes};
  }

  void prepare(const std::filesystem::path& target) const {
    std::filesystem::remove(target);
    if (GetParam().former == Former::present) write_bytes(target, former_bytes_);
  }

  void expect_untouched(const std::filesystem::path& target) const {
    if (GetParam().former == Former::absent)
      EXPECT_FALSE(std::filesystem::exists(target));
    else
      EXPECT_EQ(content_digest(read_result(target)), content_digest(former_));
  }

  const ResultContent former_ = make_numbered_content(50, 1);
  const ResultContent content_ = make_sample_content(500);
  const std::string former_bytes_ = [this] {
    const TemporaryFolder folder;
    write_result(folder / "former.h5", former_);
    return read_bytes(folder / "former.h5");
  }();
};

INSTANTIATE_TEST_SUITE_P(Way, ResultOnBadDisk,
                         ::testing::Values(Case{std::uint64_t{1} << 28, Former::absent},
                                           Case{std::uint64_t{1} << 28, Former::present},
                                           Case{0, Former::absent}, Case{0, Former::present}),
                         [](const auto& way) { return name_of(way.param); });

/// The message of the failure, nothing when there was none.
std::optional<std::string> try_to_write(const std::filesystem::path& target, const ResultContent& content,
                                        const WriteOptions& options, FileSystemCalls& calls) {
  try {
    write_result(target, content, options, calls);
  } catch (const InputOutputError& error) {
    return error.what();
  }
  return std::nullopt;
}

TEST_P(ResultOnBadDisk, AnyFailingCallLeavesTheFormerFileAndNoOther) {
  for (const int error : {ENOSPC, EIO}) {
    bool was_reached = true;
    int failures = 0;
    for (int k = 0; was_reached; ++k) {
      const TemporaryFolder folder;
      const auto target = folder / "result.h5";
      prepare(target);
      FailingCalls calls{k, error};
      const auto message = try_to_write(target, content_, options(), calls);
      SCOPED_TRACE(calls.failed_call() + " as call " + std::to_string(k));
      was_reached = !calls.failed_call().empty();
      if (!message) {
        EXPECT_EQ(content_digest(read_result(target)), content_digest(content_));
        // That an upper bound cannot be reserved, or a spare name not removed, costs nobody a result.
        EXPECT_THAT(calls.failed_call(),
                    AnyOf("", "remove", "close_folder", error == ENOSPC ? "reserve_beyond_end" : ""));
        continue;
      }
      ++failures;
      EXPECT_THAT(*message, StartsWith(target.string() + ": cannot "));
      EXPECT_THAT(*message, HasSubstr(error == ENOSPC ? "No space left on device" : "Input/output error"));
      expect_untouched(target);
      EXPECT_EQ(folder.names().size(), GetParam().former == Former::present ? 1u : 0u);
    }
    EXPECT_GT(failures, 30);
  }
}

/// A disk on which one write is lost although it was reported to have succeeded.
class ForgetfulCalls : public FailingCalls {
 public:
  explicit ForgetfulCalls(int lost_write) : FailingCalls{never, 0}, lost_write_{lost_write} {}

  std::int64_t write(int descriptor, const void* bytes, std::size_t count, std::uint64_t offset) override {
    const std::size_t taken = std::min<std::size_t>(count, 4096);
    if (writes_++ != lost_write_) return FileSystemCalls::write(descriptor, bytes, taken, offset);
    has_lost_ = true;
    const std::string zeros(taken, '\0');
    return FileSystemCalls::write(descriptor, zeros.data(), taken, offset);
  }
  [[nodiscard]] bool has_lost() const { return has_lost_; }

 private:
  int lost_write_;
  int writes_ = 0;
  bool has_lost_ = false;
};

TEST_P(ResultOnBadDisk, ASilentlyLostWriteIsNoticed) {
  int noticed = 0;
  for (int k = 0;; ++k) {
    const TemporaryFolder folder;
    const auto target = folder / "result.h5";
    prepare(target);
    ForgetfulCalls calls{k};
    const auto message = try_to_write(target, content_, options(), calls);
    if (!calls.has_lost()) break;
    SCOPED_TRACE(k);
    if (message) {
      ++noticed;
      EXPECT_THAT(*message, HasSubstr("Input/output error"));
      expect_untouched(target);
    } else {
      // Only what is zero anyhow, or written over later, can be lost without harm.
      EXPECT_EQ(content_digest(read_result(target)), content_digest(content_));
    }
  }
  EXPECT_GT(noticed, 20);
}

TEST_P(ResultOnBadDisk, AFullDiskIsReportedAndHarmsNothing) {
  int written = 0;
  int refused = 0;
  for (int kilobytes = 12; kilobytes <= 400; kilobytes += 4) {
    const TemporaryFolder folder;
    const SmallDisk disk{folder / "disk", kilobytes};
    if (disk.failure() != 0) GTEST_SKIP() << "no small disk can be mounted here: " << disk.reason();
    SCOPED_TRACE(std::to_string(kilobytes) + " kB");
    const auto target = folder / "disk/result.h5";
    prepare(target);
    const auto message = try_to_write(target, content_, options(), operating_system());
    if (message) {
      ++refused;
      EXPECT_THAT(*message, HasSubstr("No space left on device; free some space or choose another folder"));
      expect_untouched(target);
    } else {
      ++written;
      EXPECT_EQ(content_digest(read_result(target)), content_digest(content_));
    }
    const auto left = std::distance(std::filesystem::directory_iterator(folder / "disk"), {});
    EXPECT_EQ(left, message && GetParam().former == Former::absent ? 0 : 1);
  }
  EXPECT_GT(refused, 10);
  EXPECT_GT(written, 10);
}

TEST(ResultOnOddTargets, DevicesArePreserved) {
  for (const char* device : {"/dev/full", "/dev/null"}) {
    EXPECT_THROW(write_result(device, make_numbered_content(5, 1)), InputOutputError);
    EXPECT_TRUE(std::filesystem::is_character_file(device));
  }
}

TEST(ResultCheckWritable, TellsBeforeALongRun) {
  const TemporaryFolder folder;
  const ResultContent content = make_sample_content();
  check_writable(folder / "runs/a.h5", {}, estimate_result_bytes(content));
  write_result(folder / "runs/a.h5", content);
  EXPECT_THROW(check_writable(folder / "runs/a.h5", {}, 0), InputOutputError);
  check_writable(folder / "runs/a.h5", {.existing = ExistingFile::replace}, 0);
  EXPECT_THROW(check_writable(folder / "b.h5", {}, std::uint64_t{1} << 60), InputOutputError);
}

}  // namespace
}  // namespace peercap
