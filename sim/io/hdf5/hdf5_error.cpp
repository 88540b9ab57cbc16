#include "sim/io/hdf5/hdf5_error.h"

namespace peercap {
namespace {

/// The two ends of the error stack: what the outermost call could not do, and why the innermost one failed.
struct StackEnds {
  std::string outermost;
  std::string innermost;
};

herr_t note_stack_entry(unsigned n, const H5E_error2_t* entry, void* data) {
  auto& ends = *static_cast<StackEnds*>(data);
  const std::string text = entry->desc != nullptr ? entry->desc : "";
  if (n == 0) ends.outermost = text;
  ends.innermost = text;
  return 0;
}

}  // namespace

Hdf5Silence::Hdf5Silence() {
  H5Eget_auto2(H5E_DEFAULT, &printer_, &printer_data_);
  H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
}

Hdf5Silence::~Hdf5Silence() {
  H5Eset_auto2(H5E_DEFAULT, printer_, printer_data_);
}

void throw_hdf5_error(const std::string& operation) {
  StackEnds ends;
  H5Ewalk2(H5E_DEFAULT, H5E_WALK_DOWNWARD, note_stack_entry, &ends);
  H5Eclear2(H5E_DEFAULT);
  std::string reason = ends.outermost;
  if (ends.innermost != ends.outermost) reason += ": " + ends.innermost;
  throw Hdf5Error(operation, reason.empty() ? "the HDF5 library gives no reason" : reason);
}

}  // namespace peercap
