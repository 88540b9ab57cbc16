#include <filesystem>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <hdf5.h>
#include <hdf5_hl.h>

#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "tests/sim/io/files/temporary_folder.h"
#include "tests/sim/io/hdf5/sample_content.h"

// HDF5 files that another program made, or changed, in ways that no result file has.

namespace peercap {
namespace {

using ::testing::HasSubstr;

using Change = std::function<void(hid_t file)>;

std::string reading_error_of(const std::filesystem::path& file) {
  try {
    static_cast<void>(read_result(file));
  } catch (const InputOutputError& error) {
    return error.what();
  }
  return "no error";
}

void set_text(hid_t object, const char* name, const char* text) {
  if (H5Aexists(object, name) > 0) H5Adelete(object, name);
  const hid_t type = H5Tcopy(H5T_C_S1);
  H5Tset_size(type, H5T_VARIABLE);
  const hid_t space = H5Screate(H5S_SCALAR);
  const hid_t attribute = H5Acreate2(object, name, type, space, H5P_DEFAULT, H5P_DEFAULT);
  ASSERT_GE(H5Awrite(attribute, type, static_cast<const void*>(&text)), 0);
  H5Aclose(attribute);
  H5Sclose(space);
  H5Tclose(type);
}

/// A dataset in /summary that the sample does not have; its dimension is the table's when `with_scale`.
enum class Scale { attached, missing };
void add_dataset(hid_t file, hid_t type, hsize_t length, hid_t creation, Scale scale) {
  const hid_t space = H5Screate_simple(1, &length, nullptr);
  const hid_t dataset = H5Dcreate2(file, "/summary/added", type, space, H5P_DEFAULT, creation, H5P_DEFAULT);
  ASSERT_GE(dataset, 0);
  if (scale == Scale::attached) {
    const hid_t row = H5Dopen2(file, "/summary/row", H5P_DEFAULT);
    ASSERT_GE(H5DSattach_scale(dataset, row, 0), 0);
    H5Dclose(row);
  }
  H5Dclose(dataset);
  H5Sclose(space);
}

std::string error_after(const Change& change) {
  const TemporaryFolder folder;
  const auto path = folder / "a.h5";
  write_result(path, make_sample_content());
  const hid_t file = H5Fopen(path.c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  EXPECT_GE(file, 0);
  change(file);
  EXPECT_GE(H5Fclose(file), 0);
  return reading_error_of(path);
}

TEST(ForeignFile, AnHdf5FileOfAnotherProgramIsRefused) {
  const TemporaryFolder folder;
  const auto path = folder / "other.h5";
  H5Fclose(H5Fcreate(path.c_str(), H5F_ACC_TRUNC, H5P_DEFAULT, H5P_DEFAULT));
  EXPECT_THAT(reading_error_of(path), HasSubstr("an HDF5 file without a filetype"));
}

TEST(ForeignFile, ReadingAfterAHarmlessChangeWorks) {
  EXPECT_EQ(error_after([](hid_t file) { set_text(file, "note", "added by hand"); }), "no error");
}

TEST(ForeignFile, OddVersionsAreRefused) {
  for (const char* version : {"", "1", "1.", ".0", "one.two", "1.0.0", "-1.0", "99999999999.0"}) {
    EXPECT_THAT(error_after([&](hid_t file) { set_text(file, "format_version", version); }),
                HasSubstr("is no version"))
        << version;
  }
  EXPECT_THAT(error_after([](hid_t file) { H5Adelete(file, "format_version"); }),
              HasSubstr("no format_version"));
}

TEST(ForeignFile, LinksToOtherPlacesAreNotFollowed) {
  EXPECT_THAT(
      error_after([](hid_t file) { H5Lcreate_soft("/summary", file, "soft", H5P_DEFAULT, H5P_DEFAULT); }),
      HasSubstr("a link to another place"));
  EXPECT_THAT(error_after([](hid_t file) {
                H5Lcreate_external("/etc/passwd", "/", file, "outside", H5P_DEFAULT, H5P_DEFAULT);
              }),
              HasSubstr("a link to another place"));
}

TEST(ForeignFile, AGroupThatHoldsItselfIsNotWalkedForEver) {
  EXPECT_THAT(error_after([](hid_t file) {
                H5Lcreate_hard(file, "/units", file, "/units/again", H5P_DEFAULT, H5P_DEFAULT);
              }),
              HasSubstr("nested deeper"));
}

TEST(ForeignFile, DataInOtherFilesAreNotRead) {
  EXPECT_THAT(error_after([](hid_t file) {
                const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
                H5Pset_external(creation, "/etc/passwd", 0, 48);
                add_dataset(file, H5T_STD_I64LE, 6, creation, Scale::attached);
                H5Pclose(creation);
              }),
              HasSubstr("/summary/added: its data lie in other files"));
}

TEST(ForeignFile, OtherFiltersAreRefused) {
  EXPECT_THAT(error_after([](hid_t file) {
                const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
                constexpr hsize_t chunk = 6;
                H5Pset_chunk(creation, 1, &chunk);
                H5Pset_scaleoffset(creation, H5Z_SO_INT, 0);
                add_dataset(file, H5T_STD_I64LE, 6, creation, Scale::attached);
                H5Pclose(creation);
              }),
              HasSubstr("packed in another way"));
}

TEST(ForeignFile, MoreValuesThanTheFileHasRoomForAreRefused) {
  EXPECT_THAT(error_after([](hid_t file) {
                const hid_t creation = H5Pcreate(H5P_DATASET_CREATE);
                constexpr hsize_t chunk = 1024;
                H5Pset_chunk(creation, 1, &chunk);
                add_dataset(file, H5T_IEEE_F64LE, hsize_t{1} << 50, creation, Scale::attached);
                H5Pclose(creation);
              }),
              HasSubstr("claims 1125899906842624 values, more than the file has room for"));
}

TEST(ForeignFile, TypesThatResultFilesDoNotHoldAreRefused) {
  for (const hid_t type : {H5T_STD_U64LE, H5T_STD_I32LE, H5T_IEEE_F32LE, H5T_C_S1}) {
    EXPECT_THAT(error_after([&](hid_t file) { add_dataset(file, type, 6, H5P_DEFAULT, Scale::attached); }),
                HasSubstr("/summary/added: its type is none that result files hold"));
  }
}

TEST(ForeignFile, AnAxisWithoutItsDimensionIsRefused) {
  EXPECT_THAT(
      error_after([](hid_t file) { add_dataset(file, H5T_STD_I64LE, 6, H5P_DEFAULT, Scale::missing); }),
      HasSubstr("axis 0 has no dimension scale"));
  EXPECT_THAT(
      error_after([](hid_t file) { add_dataset(file, H5T_STD_I64LE, 7, H5P_DEFAULT, Scale::attached); }),
      HasSubstr("does not fit its dimension row"));
}

TEST(ForeignFile, AnUnknownShapeOfAGroupIsRefused) {
  EXPECT_THAT(error_after([](hid_t file) {
                const hid_t group = H5Gopen2(file, "/summary", H5P_DEFAULT);
                set_text(group, "group_shape", "tree");
                H5Gclose(group);
              }),
              HasSubstr("\"tree\" is no shape of a group"));
}

}  // namespace
}  // namespace peercap
