#pragma once

#include <cstdint>

#include <hdf5.h>

#include "sim/io/hdf5/hdf5_handle.h"
#include "sim/observe/result_content.h"

namespace peercap {

/// Creation properties of a result file: the order of attributes and groups is kept, times are not.
[[nodiscard]] Hdf5Properties make_file_creation();

/// Sets the versions of the HDF5 format that a result file may use.
void set_format_bounds(const Hdf5Properties& file_access);

/// Writes what is not in groups: file type, version, provenance. Throws Hdf5Error, as all functions here.
void write_file_attributes(hid_t file, const ResultContent& content);

/// Writes one group with its dimensions and variables; require_well_formed() holds for the content.
void write_group(hid_t file, const ResultGroup& group);

/// An upper bound of the size of the file, in bytes (compression is not counted on).
[[nodiscard]] std::uint64_t estimate_file_bytes(const ResultContent& content);

}  // namespace peercap
