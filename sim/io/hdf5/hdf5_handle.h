#pragma once

#include <utility>

#include <hdf5.h>

#include "sim/io/hdf5/hdf5_error.h"

namespace peercap {

/// Owns one identifier of the HDF5 library. `Close` is the library's function that gives it back; a type of
/// its own for each kind keeps a dataset from being closed as a group.
template <herr_t (*Close)(hid_t)>
class Hdf5Handle {
 public:
  Hdf5Handle() = default;

  /// Takes what a library call returned; Hdf5Error when that call failed. `operation` completes "cannot ...".
  Hdf5Handle(hid_t id, const char* operation) : id_{hdf5_check(id, operation)} {}
  Hdf5Handle(hid_t id, const char* operation, const std::string& object)
      : id_{hdf5_check(id, operation, object)} {}

  Hdf5Handle(Hdf5Handle&& other) noexcept : id_{std::exchange(other.id_, H5I_INVALID_HID)} {}
  Hdf5Handle& operator=(Hdf5Handle&& other) noexcept {
    std::swap(id_, other.id_);
    return *this;
  }
  ~Hdf5Handle() {
    if (id_ >= 0) Close(id_);
  }

  [[nodiscard]] hid_t id() const { return id_; }

  /// Closes now and reports failure, which a destructor cannot: closing is when the library writes what it
  /// kept back.
  void close(const char* operation) { hdf5_check(Close(std::exchange(id_, H5I_INVALID_HID)), operation); }

 private:
  hid_t id_ = H5I_INVALID_HID;
};

using Hdf5File = Hdf5Handle<H5Fclose>;
using Hdf5Group = Hdf5Handle<H5Gclose>;
using Hdf5Dataset = Hdf5Handle<H5Dclose>;
using Hdf5Attribute = Hdf5Handle<H5Aclose>;
using Hdf5Space = Hdf5Handle<H5Sclose>;
using Hdf5Type = Hdf5Handle<H5Tclose>;
using Hdf5Properties = Hdf5Handle<H5Pclose>;
using Hdf5Object = Hdf5Handle<H5Oclose>;
using Hdf5Driver = Hdf5Handle<H5FDunregister>;

}  // namespace peercap
