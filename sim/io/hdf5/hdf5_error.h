#pragma once

#include <stdexcept>
#include <string>

#include <hdf5.h>

namespace peercap {

/// A call to the HDF5 library failed. Known inside sim/io/hdf5 only; users of it see InputOutputError, which
/// names the file as well.
class Hdf5Error : public std::runtime_error {
 public:
  /// `operation` completes "cannot ...".
  Hdf5Error(std::string operation, const std::string& reason)
      : std::runtime_error{reason}, operation_{std::move(operation)} {}

  [[nodiscard]] const std::string& operation() const { return operation_; }

 private:
  std::string operation_;
};

/// Keeps the library from printing its errors while it lives; this thread only.
class Hdf5Silence {
 public:
  Hdf5Silence();
  ~Hdf5Silence();
  Hdf5Silence(const Hdf5Silence&) = delete;
  Hdf5Silence& operator=(const Hdf5Silence&) = delete;

 private:
  H5E_auto2_t printer_ = nullptr;
  void* printer_data_ = nullptr;
};

/// Throws Hdf5Error with the messages of the library's error stack.
[[noreturn]] void throw_hdf5_error(const std::string& operation);

/// The answer of a library call, or Hdf5Error when it is negative. `operation` completes "cannot ...".
template <class Answer>
Answer hdf5_check(Answer answer, const char* operation) {
  if (answer < 0) throw_hdf5_error(operation);
  return answer;
}

template <class Answer>
Answer hdf5_check(Answer answer, const char* operation, const std::string& object) {
  if (answer < 0) throw_hdf5_error(std::string{operation} + " " + object);
  return answer;
}

}  // namespace peercap
