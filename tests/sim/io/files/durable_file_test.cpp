#include "sim/io/files/durable_file.h"

#include <cerrno>
#include <filesystem>
#include <functional>
#include <string>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include "sim/io/input_output_error.h"
#include "tests/sim/io/files/failing_calls.h"
#include "tests/sim/io/files/temporary_folder.h"

namespace peercap {
namespace {

using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

void write_text(const std::filesystem::path& file, ExistingFile existing, const std::string& text,
                FileSystemCalls& calls = operating_system()) {
  DurableFile output{file, existing, calls};
  output.reserve_exactly(text.size());
  output.write(text.data(), text.size(), 0);
  output.publish();
}

/// The message of the InputOutputError that `action` throws.
std::string error_of(const std::function<void()>& action) {
  try {
    action();
  } catch (const InputOutputError& error) {
    return error.what();
  }
  return "no error";
}

TEST(DurableFile, AppearsOnlyWhenPublished) {
  const TemporaryFolder folder;
  {
    DurableFile output{folder / "a", ExistingFile::refuse, operating_system()};
    output.write("text", 4, 0);
    EXPECT_FALSE(std::filesystem::exists(folder / "a"));
    EXPECT_EQ(folder.names().size(), 1u);
    output.publish();
  }
  EXPECT_THAT(folder.names(), ElementsAre("a"));
  EXPECT_EQ(read_bytes(folder / "a"), "text");
}

TEST(DurableFile, LeavesNothingWhenAbandoned) {
  const TemporaryFolder folder;
  { DurableFile{folder / "a", ExistingFile::refuse, operating_system()}.write("text", 4, 0); }
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(DurableFile, RefusesToOverwriteBeforeAnyWork) {
  const TemporaryFolder folder;
  write_bytes(folder / "a", "former");
  FailingCalls calls{FailingCalls::never, 0};
  EXPECT_THAT(error_of([&] { write_text(folder / "a", ExistingFile::refuse, "new", calls); }),
              HasSubstr("it exists already"));
  EXPECT_EQ(calls.call_count(), 0);
  EXPECT_EQ(read_bytes(folder / "a"), "former");
}

TEST(DurableFile, RefusesToOverwriteWhatAppearedMeanwhile) {
  const TemporaryFolder folder;
  DurableFile output{folder / "a", ExistingFile::refuse, operating_system()};
  output.write("new", 3, 0);
  write_bytes(folder / "a", "of another process");
  EXPECT_THAT(error_of([&] { output.publish(); }), HasSubstr("another process"));
  EXPECT_EQ(read_bytes(folder / "a"), "of another process");
}

TEST(DurableFile, ReplacesWhenAsked) {
  const TemporaryFolder folder;
  write_bytes(folder / "a", "former");
  write_text(folder / "a", ExistingFile::replace, "new");
  EXPECT_EQ(read_bytes(folder / "a"), "new");
  EXPECT_THAT(folder.names(), ElementsAre("a"));
  write_text(folder / "b", ExistingFile::replace, "first");
  EXPECT_EQ(read_bytes(folder / "b"), "first");
}

TEST(DurableFile, FollowsASymbolicLinkAndKeepsIt) {
  const TemporaryFolder folder;
  write_bytes(folder / "a", "former");
  std::filesystem::create_symlink("a", folder / "link");
  EXPECT_THAT(error_of([&] { write_text(folder / "link", ExistingFile::refuse, "new"); }),
              HasSubstr("it exists already"));
  write_text(folder / "link", ExistingFile::replace, "new");
  EXPECT_TRUE(std::filesystem::is_symlink(folder / "link"));
  EXPECT_EQ(read_bytes(folder / "a"), "new");

  std::filesystem::create_symlink("nowhere", folder / "dangling");
  EXPECT_THAT(error_of([&] { write_text(folder / "dangling", ExistingFile::replace, "new"); }),
              HasSubstr("symbolic link to nothing"));
}

TEST(DurableFile, RefusesWhatIsNoRegularFileEvenWhenAskedToReplace) {
  const TemporaryFolder folder;
  ASSERT_EQ(::mkfifo((folder / "pipe").c_str(), 0600), 0);
  std::filesystem::create_directory(folder / "folder");
  for (const char* name : {"pipe", "folder"}) {
    EXPECT_THAT(error_of([&] { write_text(folder / name, ExistingFile::replace, "new"); }),
                HasSubstr("not a regular file"));
  }
  EXPECT_TRUE(std::filesystem::is_fifo(folder / "pipe"));
  EXPECT_THAT(error_of([&] { write_text(folder / "folder/", ExistingFile::replace, "new"); }),
              HasSubstr("names a folder"));
}

TEST(DurableFile, CreatesMissingFolders) {
  const TemporaryFolder folder;
  write_text(folder / "one/two/three/a", ExistingFile::refuse, "text");
  EXPECT_EQ(read_bytes(folder / "one/two/three/a"), "text");
  EXPECT_THAT(error_of([&] { write_text(folder / "one/two/three/a/b", ExistingFile::refuse, "text"); }),
              HasSubstr("one/two/three/a is not a folder; choose another folder"));
}

TEST(DurableFile, LinksWhereTheFileSystemCannotRenameSafely) {
  for (const int error : {EINVAL, ENOSYS}) {
    const TemporaryFolder folder;
    // The calls are: create, reserve, write, read, synchronize, close, rename.
    FailingCalls calls{6, error};
    write_text(folder / "a", ExistingFile::refuse, "text", calls);
    EXPECT_EQ(calls.failed_call(), "rename_without_replacing");
    EXPECT_EQ(read_bytes(folder / "a"), "text");
    EXPECT_THAT(folder.names(), ElementsAre("a"));
  }
}

TEST(DurableFile, WritesWhereTheFileSystemCannotReserve) {
  const TemporaryFolder folder;
  FailingCalls calls{1, EOPNOTSUPP};
  write_text(folder / "a", ExistingFile::refuse, "text", calls);
  EXPECT_EQ(calls.failed_call(), "reserve");
  EXPECT_EQ(read_bytes(folder / "a"), "text");
}

TEST(DurableFile, WritesAllBytesInShortWrites) {
  const TemporaryFolder folder;
  FailingCalls calls{FailingCalls::never, 0, 7};
  const std::string text(1000, 'x');
  write_text(folder / "a", ExistingFile::refuse, text, calls);
  EXPECT_EQ(read_bytes(folder / "a"), text);
}

TEST(DurableFile, KeepsTheSizeWhenAnUpperBoundIsReserved) {
  const TemporaryFolder folder;
  DurableFile output{folder / "a", ExistingFile::refuse, operating_system()};
  output.reserve_at_most(1 << 20);
  output.write("text", 4, 0);
  output.truncate(4);
  output.publish();
  EXPECT_EQ(read_bytes(folder / "a"), "text");
}

TEST(DurableFile, AcceptsTheLongestNames) {
  const TemporaryFolder folder;
  const std::string name(255, 'n');
  write_text(folder / name, ExistingFile::refuse, "text");
  write_text(folder / name, ExistingFile::replace, "new");
  EXPECT_THAT(folder.names(), ElementsAre(name));
  EXPECT_THAT(error_of([&] { write_text(folder / std::string(300, 'n'), ExistingFile::refuse, "text"); }),
              HasSubstr("File name too long"));
}

TEST(DurableFile, NamesFileOperationReasonAndAdvice) {
  const TemporaryFolder folder;
  FailingCalls calls{2, ENOSPC};
  try {
    write_text(folder / "a", ExistingFile::refuse, "text", calls);
    FAIL() << "a failed write went unnoticed";
  } catch (const InputOutputError& error) {
    EXPECT_EQ(error.file(), folder / "a");
    EXPECT_EQ(error.operation(), "write");
    EXPECT_EQ(error.reason(), "No space left on device");
    EXPECT_THAT(error.advice(), HasSubstr("free some space"));
    EXPECT_EQ(error.what(),
              (folder / "a").string() +
                  ": cannot write: No space left on device; free some space or choose another folder");
  }
}

TEST(DurableFile, AnyFailureLeavesTheTargetAsItWas) {
  enum class Former { absent, present };
  for (const Former former : {Former::absent, Former::present}) {
    bool was_reached = true;
    int failures = 0;
    for (int k = 0; was_reached; ++k) {
      const TemporaryFolder folder;
      const auto target = folder / "a";
      if (former == Former::present) write_bytes(target, "former");
      const ExistingFile existing = former == Former::present ? ExistingFile::replace : ExistingFile::refuse;
      FailingCalls calls{k, EIO, 2};
      const std::string error = error_of([&] { write_text(target, existing, "new text", calls); });
      SCOPED_TRACE(calls.failed_call());
      was_reached = !calls.failed_call().empty();
      if (error == "no error") {
        EXPECT_EQ(read_bytes(target), "new text");
        // What remains undone after the file is safe: a second name is not removed, a descriptor is not
        // closed.
        EXPECT_THAT(calls.failed_call(), ::testing::AnyOf("", "remove", "close_folder"));
        continue;
      }
      ++failures;
      EXPECT_THAT(error, HasSubstr("Input/output error"));
      if (former == Former::present)
        EXPECT_EQ(read_bytes(target), "former");
      else
        EXPECT_FALSE(std::filesystem::exists(target));
      EXPECT_EQ(folder.names().size(), former == Former::present ? 1u : 0u);
    }
    EXPECT_GE(failures, 9);
  }
}

TEST(CheckWritable, AcceptsAFreshPathAndLeavesOnlyTheFolder) {
  const TemporaryFolder folder;
  check_writable(folder / "runs/a", ExistingFile::refuse, 1000);
  EXPECT_THAT(folder.names(), ElementsAre("runs"));
  EXPECT_TRUE(std::filesystem::is_empty(folder / "runs"));
}

TEST(CheckWritable, RefusesAnExistingFileUnlessItIsToBeReplaced) {
  const TemporaryFolder folder;
  write_bytes(folder / "a", "former");
  EXPECT_THROW(check_writable(folder / "a", ExistingFile::refuse, 0), InputOutputError);
  check_writable(folder / "a", ExistingFile::replace, 0);
  EXPECT_EQ(read_bytes(folder / "a"), "former");
}

TEST(CheckWritable, RefusesWhatTheDiskHasNoRoomFor) {
  const TemporaryFolder folder;
  const std::string error =
      error_of([&] { check_writable(folder / "a", ExistingFile::refuse, std::uint64_t{1} << 60); });
  EXPECT_THAT(error, HasSubstr("it may need 1152921504606846976 bytes and its folder has"));
  EXPECT_THAT(folder.names(), IsEmpty());
}

TEST(CheckWritable, RefusesAFolderWhereNoFileCanBeMade) {
  const TemporaryFolder folder;
  FailingCalls calls{0, EROFS};
  EXPECT_THAT(error_of([&] { check_writable(folder / "a", ExistingFile::refuse, 0, calls); }),
              HasSubstr("Read-only file system; choose a folder that you may write to"));
}

}  // namespace
}  // namespace peercap
