#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include <hdf5.h>

namespace peercap {

/// Reads dimension scales (HDF5 Dimension Scale specification 1.0) by the attributes that make them up. The
/// functions of HDF5's high-level library for it trust the types of these attributes, and crash on a file
/// that has others. Both functions throw Hdf5Error.

[[nodiscard]] bool is_dimension_scale(hid_t dataset);

/// The names of the first scales attached to each of the `rank` axes of the dataset at `path`.
[[nodiscard]] std::vector<std::string> dimension_names(hid_t dataset, std::size_t rank,
                                                       const std::string& path);

}  // namespace peercap
