#include "sim/io/hdf5/hdf5_file_driver.h"

#include <algorithm>
#include <cstring>
#include <exception>
#include <functional>
#include <iterator>
#include <limits>
#include <memory>
#include <new>

namespace peercap {
namespace {

struct DriverFile {
  H5FD_t common = {};  // first: the library sees a DriverFile as an H5FD_t
  Hdf5Storage* storage = nullptr;
  haddr_t end_of_allocation = 0;
  haddr_t end_of_file = 0;
};

struct DriverInfo {
  Hdf5Storage* storage = nullptr;
};

DriverFile& as_file(H5FD_t* file) {
  return *reinterpret_cast<DriverFile*>(file);
}
const DriverFile& as_file(const H5FD_t* file) {
  return *reinterpret_cast<const DriverFile*>(file);
}

H5FD_t* open_file(const char*, unsigned flags, hid_t properties, haddr_t) {
  const auto* info = static_cast<const DriverInfo*>(H5Pget_driver_info(properties));
  if (info == nullptr) return nullptr;
  const std::int64_t size = (flags & H5F_ACC_TRUNC) != 0 ? 0 : info->storage->size();
  if (size < 0) return nullptr;
  std::unique_ptr<DriverFile> file{new (std::nothrow) DriverFile};
  if (file == nullptr) return nullptr;
  file->storage = info->storage;
  file->end_of_file = static_cast<haddr_t>(size);
  return &file.release()->common;
}

herr_t close_file(H5FD_t* file) {
  delete &as_file(file);
  return 0;
}

int compare_files(const H5FD_t* a, const H5FD_t* b) {
  const std::less<const Hdf5Storage*> less;
  const Hdf5Storage* first = as_file(a).storage;
  const Hdf5Storage* second = as_file(b).storage;
  return less(first, second) ? -1 : less(second, first) ? 1 : 0;
}

herr_t query_features(const H5FD_t*, unsigned long* flags) {
  *flags = H5FD_FEAT_AGGREGATE_METADATA | H5FD_FEAT_ACCUMULATE_METADATA | H5FD_FEAT_DATA_SIEVE |
           H5FD_FEAT_AGGREGATE_SMALLDATA;
  return 0;
}

haddr_t get_end_of_allocation(const H5FD_t* file, H5FD_mem_t) {
  return as_file(file).end_of_allocation;
}

herr_t set_end_of_allocation(H5FD_t* file, H5FD_mem_t, haddr_t end) {
  as_file(file).end_of_allocation = end;
  return 0;
}

haddr_t get_end_of_file(const H5FD_t* file, H5FD_mem_t) {
  return as_file(file).end_of_file;
}

herr_t read_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t offset, std::size_t count, void* buffer) {
  const std::int64_t got = as_file(file).storage->read(buffer, count, offset);
  if (got < 0) return -1;
  // What is allocated but not written yet reads as zeros.
  std::memset(static_cast<char*>(buffer) + got, 0, count - static_cast<std::size_t>(got));
  return 0;
}

herr_t write_bytes(H5FD_t* file, H5FD_mem_t, hid_t, haddr_t offset, std::size_t count, const void* buffer) {
  DriverFile& f = as_file(file);
  try {
    f.storage->write(buffer, count, offset);
  } catch (const std::exception&) {
    return -1;  // no memory; an exception must not pass through the library
  }
  f.end_of_file = std::max(f.end_of_file, offset + count);
  return 0;
}

herr_t truncate_file(H5FD_t* file, hid_t, hbool_t) {
  DriverFile& f = as_file(file);
  if (f.end_of_file == f.end_of_allocation) return 0;
  try {
    f.storage->truncate(f.end_of_allocation);
  } catch (const std::exception&) {
    return -1;
  }
  f.end_of_file = f.end_of_allocation;
  return 0;
}

H5FD_class_t make_driver_class() {
  H5FD_class_t driver = {};
  driver.name = "peercap_file";
  driver.maxaddr = static_cast<haddr_t>(std::numeric_limits<std::int64_t>::max());
  driver.fc_degree = H5F_CLOSE_STRONG;
  driver.fapl_size = sizeof(DriverInfo);
  driver.open = open_file;
  driver.close = close_file;
  driver.cmp = compare_files;
  driver.query = query_features;
  driver.get_eoa = get_end_of_allocation;
  driver.set_eoa = set_end_of_allocation;
  driver.get_eof = get_end_of_file;
  driver.read = read_bytes;
  driver.write = write_bytes;
  driver.truncate = truncate_file;
  constexpr H5FD_mem_t map[] = H5FD_FLMAP_DICHOTOMY;
  std::copy(std::begin(map), std::end(map), driver.fl_map);
  return driver;
}

}  // namespace

std::int64_t Hdf5MemoryStorage::read(void* bytes, std::size_t count, std::uint64_t offset) {
  if (offset >= image_.size()) return 0;
  const std::size_t available = std::min<std::size_t>(count, image_.size() - offset);
  std::memcpy(bytes, image_.data() + offset, available);
  return static_cast<std::int64_t>(available);
}

void Hdf5MemoryStorage::write(const void* bytes, std::size_t count, std::uint64_t offset) {
  if (image_.size() < offset + count) image_.resize(offset + count);
  std::memcpy(image_.data() + offset, bytes, count);
}

Hdf5Properties make_file_access(Hdf5Storage& storage) {
  const H5FD_class_t driver_class = make_driver_class();
  // The property list holds the driver from here on, so that this handle may go.
  const Hdf5Driver driver{H5FDregister(&driver_class), "register the file driver"};
  Hdf5Properties properties{H5Pcreate(H5P_FILE_ACCESS), "create properties"};
  const DriverInfo info{&storage};
  hdf5_check(H5Pset_driver(properties.id(), driver.id(), &info), "set the file driver");
  return properties;
}

}  // namespace peercap
