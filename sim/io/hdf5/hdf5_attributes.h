#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include <hdf5.h>

#include "sim/io/hdf5/hdf5_handle.h"

namespace peercap {

/// The type of every text in a result file: variable length, UTF-8.
[[nodiscard]] Hdf5Type make_text_type();

void write_text_attribute(hid_t object, const std::string& name, std::string_view value);
/// An array of texts of one dimension, which may be empty.
void write_texts_attribute(hid_t object, const std::string& name, const std::vector<std::string>& values);
/// A number as an attribute of one element, which is how netCDF writes it, or of none (a scalar).
enum class AttributeForm { scalar, one_element };
void write_number_attribute(hid_t object, const std::string& name, double value, AttributeForm form);
void write_integer_attribute(hid_t object, const std::string& name, std::int64_t value);

/// The text of an attribute; nothing when there is none of that name or it is no single text.
[[nodiscard]] std::optional<std::string> read_text_attribute(hid_t object, const std::string& name);

/// The single text, integer or number of an attribute; nothing when it is something else.
[[nodiscard]] std::optional<std::variant<std::string, std::int64_t, double>> read_attribute(
    hid_t object, const std::string& name);

/// The names of all attributes of an object, in the order of their creation where the file keeps it, else by
/// name.
[[nodiscard]] std::vector<std::string> attribute_names(hid_t object);

}  // namespace peercap
