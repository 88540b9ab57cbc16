#pragma once

#include <string>
#include <string_view>

#include "sim/observe/result_content.h"

namespace peercap {

/// The names of attributes by which a result file is laid out; docs/formats/result_file.md is their
/// description.
namespace result_attribute {
inline constexpr const char* file_type = "filetype";
inline constexpr const char* format_version = "format_version";
inline constexpr const char* conventions = "Conventions";
inline constexpr const char* group_shape = "group_shape";
inline constexpr const char* unit = "units";
inline constexpr const char* long_name = "long_name";
inline constexpr const char* description = "description";
inline constexpr const char* fill_value = "_FillValue";
inline constexpr const char* encoding_type = "encoding-type";
inline constexpr const char* encoding_version = "encoding-version";
inline constexpr const char* index_column = "_index";
inline constexpr const char* column_order = "column-order";
}  // namespace result_attribute

/// The name of the one dimension of a table.
inline constexpr const char* row_dimension = "row";

/// The text of a group's `group_shape`.
[[nodiscard]] const char* shape_name(GroupShape shape);

/// Whether the layout uses an attribute of this name at variables and dimensions, so that content must not.
[[nodiscard]] bool is_reserved_attribute(std::string_view name);

/// Whether the layout uses an attribute of this name at the whole file.
[[nodiscard]] bool is_reserved_file_attribute(std::string_view name);

/// Throws ContractViolation unless `content` can be laid out: names are unique, storable and without slashes,
/// dimensions exist, shapes and numbers of values agree, tables have one dimension `row`, text groups scalar
/// texts.
void require_well_formed(const ResultContent& content);

}  // namespace peercap
