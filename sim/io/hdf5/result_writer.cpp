#include "sim/io/hdf5/result_writer.h"

#include <algorithm>
#include <deque>
#include <limits>
#include <map>
#include <span>
#include <string>
#include <variant>
#include <vector>

#include <hdf5_hl.h>

#include "sim/io/hdf5/hdf5_attributes.h"
#include "sim/io/hdf5/result_layout.h"
#include "sim/observe/content_digest.h"

namespace peercap {
namespace {

// Every text and every number takes a multiple of this in a dataset: numbers 8 bytes, references to texts 16.
constexpr std::size_t number_bytes = 8;
constexpr std::size_t text_reference_bytes = 16;

// The index of a chunked dataset takes some kilobytes, more than compression could save on less than this.
constexpr std::size_t smallest_chunked_bytes = 4096;
constexpr std::size_t chunk_bytes = std::size_t{1} << 20;
constexpr unsigned deflate_level = 4;

using Shape = std::vector<hsize_t>;

std::size_t element_bytes(const ResultValues& values) {
  return std::holds_alternative<std::vector<std::string>>(values) ? text_reference_bytes : number_bytes;
}

void keep_creation_order(const Hdf5Properties& group_creation) {
  constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  hdf5_check(H5Pset_link_creation_order(group_creation.id(), tracked), "set properties");
  hdf5_check(H5Pset_attr_creation_order(group_creation.id(), tracked), "set properties");
  hdf5_check(H5Pset_obj_track_times(group_creation.id(), false), "set properties");
}

/// Chunks of about chunk_bytes: the trailing dimensions whole as far as possible, cut along the leading ones.
Shape choose_chunks(const Shape& shape, std::size_t bytes_of_element) {
  hsize_t left = chunk_bytes / bytes_of_element;
  Shape chunks(shape.size());
  for (std::size_t i = shape.size(); i-- > 0;) {
    chunks[i] = std::clamp<hsize_t>(left, 1, shape[i]);
    left /= chunks[i];
  }
  return chunks;
}

bool is_chunked(const Shape& shape, std::size_t count, std::size_t bytes_of_element) {
  return !shape.empty() && count * bytes_of_element > smallest_chunked_bytes;
}

Hdf5Properties make_dataset_creation(const ResultValues& values, std::size_t count, const Shape& shape) {
  Hdf5Properties creation{H5Pcreate(H5P_DATASET_CREATE), "create properties"};
  constexpr unsigned tracked = H5P_CRT_ORDER_TRACKED | H5P_CRT_ORDER_INDEXED;
  hdf5_check(H5Pset_attr_creation_order(creation.id(), tracked), "set properties");
  hdf5_check(H5Pset_obj_track_times(creation.id(), false), "set properties");
  if (std::holds_alternative<std::vector<double>>(values)) {
    constexpr double missing = std::numeric_limits<double>::quiet_NaN();
    hdf5_check(H5Pset_fill_value(creation.id(), H5T_NATIVE_DOUBLE, &missing), "set the fill value");
  }
  if (!is_chunked(shape, count, element_bytes(values))) return creation;
  const Shape chunks = choose_chunks(shape, element_bytes(values));
  hdf5_check(H5Pset_chunk(creation.id(), static_cast<int>(chunks.size()), chunks.data()), "set chunks");
  hdf5_check(H5Pset_shuffle(creation.id()), "set the shuffle filter");
  hdf5_check(H5Pset_deflate(creation.id(), deflate_level), "set the gzip filter");
  // Chunks at the edge reach beyond the data; filled, their bytes do not depend on what the memory held.
  hdf5_check(H5Pset_fill_time(creation.id(), H5D_FILL_TIME_ALLOC), "set the fill time");
  return creation;
}

Hdf5Type make_stored_type(const ResultValues& values) {
  if (std::holds_alternative<std::vector<std::string>>(values)) return make_text_type();
  const bool is_double = std::holds_alternative<std::vector<double>>(values);
  return {H5Tcopy(is_double ? H5T_IEEE_F64LE : H5T_STD_I64LE), "make a type"};
}

void write_elements(hid_t dataset, const std::vector<double>& values) {
  hdf5_check(H5Dwrite(dataset, H5T_NATIVE_DOUBLE, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
             "write numbers");
}

void write_elements(hid_t dataset, const std::vector<std::int64_t>& values) {
  hdf5_check(H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()),
             "write integers");
}

void write_elements(hid_t dataset, const std::vector<std::string>& values) {
  std::deque<std::string> repaired;  // keeps the addresses of its elements
  std::vector<const char*> texts;
  texts.reserve(values.size());
  for (const std::string& value : values)
    texts.push_back(is_storable_text(value) ? value.c_str()
                                            : repaired.emplace_back(storable_text(value)).c_str());
  const Hdf5Type type = make_text_type();
  hdf5_check(
      H5Dwrite(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<const void*>(texts.data())),
      "write texts");
}

/// An array without its values; `values` says of which type they are.
Hdf5Dataset create_dataset(hid_t group, const std::string& name, const ResultValues& values,
                           std::size_t count, const Shape& shape) {
  const Hdf5Space space{shape.empty()
                            ? H5Screate(H5S_SCALAR)
                            : H5Screate_simple(static_cast<int>(shape.size()), shape.data(), nullptr),
                        "create a dataspace"};
  const Hdf5Type type = make_stored_type(values);
  const Hdf5Properties creation = make_dataset_creation(values, count, shape);
  return {H5Dcreate2(group, name.c_str(), type.id(), space.id(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
          "create dataset", name};
}

void write_all(hid_t dataset, const ResultValues& values) {
  if (value_count(values) > 0) std::visit([&](const auto& v) { write_elements(dataset, v); }, values);
}

/// Writes the stream along the first axis, a row of chunks at a time, so that no chunk is packed twice.
void write_stream(hid_t dataset, const NumberStream& stream, const Shape& shape) {
  const hsize_t rows = shape.empty() ? 1 : shape.front();
  if (stream.count == 0) return;
  const hsize_t row_length = stream.count / rows;
  const hsize_t most_rows = shape.empty() ? 1 : choose_chunks(shape, number_bytes).front();
  const Hdf5Space file_space{H5Dget_space(dataset), "write numbers"};
  std::vector<double> values;
  for (hsize_t row = 0; row < rows; row += most_rows) {
    Shape start(shape.size(), 0);
    Shape extent = shape;
    if (!shape.empty()) {
      start.front() = row;
      extent.front() = std::min(most_rows, rows - row);
      hdf5_check(
          H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr),
          "write numbers");
    }
    const hsize_t count = (shape.empty() ? 1 : extent.front()) * row_length;
    values.resize(count);
    stream.read(row * row_length, values);
    const Hdf5Space memory_space{H5Screate_simple(1, &count, nullptr), "write numbers"};
    hdf5_check(
        H5Dwrite(dataset, H5T_NATIVE_DOUBLE, memory_space.id(), file_space.id(), H5P_DEFAULT, values.data()),
        "write numbers");
  }
}

Hdf5Dataset write_dataset(hid_t group, const std::string& name, const ResultValues& values,
                          const Shape& shape) {
  Hdf5Dataset dataset = create_dataset(group, name, values, value_count(values), shape);
  write_all(dataset.id(), values);
  return dataset;
}

void write_given_attribute(hid_t object, const char* name, const std::string& value) {
  if (!value.empty()) write_text_attribute(object, name, value);
}

/// The attributes that dimensions and variables have in common.
template <class Item>
void write_item_attributes(hid_t dataset, const Item& item) {
  write_given_attribute(dataset, result_attribute::long_name, item.long_name);
  write_given_attribute(dataset, result_attribute::unit, item.unit);
  for (const auto& [name, value] : item.attributes) write_text_attribute(dataset, name, value);
}

Hdf5Dataset write_dimension(hid_t group, const ResultDimension& dimension) {
  Hdf5Dataset scale = write_dataset(group, dimension.name, dimension.labels, {value_count(dimension.labels)});
  hdf5_check(H5DSset_scale(scale.id(), dimension.name.c_str()), "make a dimension scale of", dimension.name);
  write_item_attributes(scale.id(), dimension);
  return scale;
}

using Scales = std::map<std::string, Hdf5Dataset>;

void write_variable(hid_t group, const ResultVariable& variable, const Shape& shape, const Scales& scales) {
  Hdf5Dataset dataset = create_dataset(group, variable.name, variable.values, value_count(variable), shape);
  if (variable.stream)
    write_stream(dataset.id(), variable.stream, shape);
  else
    write_all(dataset.id(), variable.values);
  write_item_attributes(dataset.id(), variable);
  write_given_attribute(dataset.id(), result_attribute::description, variable.description);
  if (std::holds_alternative<std::vector<double>>(variable.values))
    write_number_attribute(dataset.id(), result_attribute::fill_value,
                           std::numeric_limits<double>::quiet_NaN(), AttributeForm::one_element);
  for (unsigned axis = 0; axis < variable.dimensions.size(); ++axis) {
    const hid_t scale = scales.at(variable.dimensions[axis]).id();
    hdf5_check(H5DSattach_scale(dataset.id(), scale, axis), "attach a dimension scale to", variable.name);
  }
  dataset.close("close a dataset");
}

/// Creates the group and its parents; one that exists, as the parent of a group before it, is opened.
Hdf5Group open_or_create_group(hid_t file, const std::string& path) {
  const Hdf5Properties creation{H5Pcreate(H5P_GROUP_CREATE), "create properties"};
  keep_creation_order(creation);
  Hdf5Group group;
  for (std::size_t end = path.find('/', 1);; end = path.find('/', end + 1)) {
    const std::string part = path.substr(0, end);
    const bool exists = hdf5_check(H5Lexists(file, part.c_str(), H5P_DEFAULT), "look for group", part) > 0;
    group = Hdf5Group{exists ? H5Gopen2(file, part.c_str(), H5P_DEFAULT)
                             : H5Gcreate2(file, part.c_str(), H5P_DEFAULT, creation.id(), H5P_DEFAULT),
                      "create group", part};
    if (end == std::string::npos) return group;
  }
}

void write_group_attributes(hid_t id, const ResultGroup& group) {
  write_text_attribute(id, result_attribute::group_shape, shape_name(group.shape));
  write_given_attribute(id, result_attribute::description, group.description);
  if (group.shape != GroupShape::table) return;
  std::vector<std::string> columns;
  for (const ResultVariable& variable : group.variables) columns.push_back(variable.name);
  write_text_attribute(id, result_attribute::encoding_type, "dataframe");
  write_text_attribute(id, result_attribute::encoding_version, "0.2.0");
  write_text_attribute(id, result_attribute::index_column, row_dimension);
  write_texts_attribute(id, result_attribute::column_order, columns);
}

std::uint64_t estimate_values(const ResultValues& values) {
  const auto* texts = std::get_if<std::vector<std::string>>(&values);
  std::uint64_t bytes = value_count(values) * element_bytes(values);
  if (texts != nullptr) {
    constexpr std::uint64_t heap_object_overhead = 24;  // header and padding in the global heap
    for (const std::string& text : *texts) bytes += text.size() + heap_object_overhead;
  }
  return bytes;
}

}  // namespace

Hdf5Properties make_file_creation() {
  Hdf5Properties creation{H5Pcreate(H5P_FILE_CREATE), "create properties"};
  keep_creation_order(creation);
  return creation;
}

void set_format_bounds(const Hdf5Properties& file_access) {
  hdf5_check(H5Pset_libver_bounds(file_access.id(), H5F_LIBVER_V18, H5F_LIBVER_V110),
             "set the format's version");
}

void write_file_attributes(hid_t file, const ResultContent& content) {
  const Hdf5Group root{H5Gopen2(file, "/", H5P_DEFAULT), "open the root group"};
  write_text_attribute(root.id(), result_attribute::file_type, content.file_type);
  write_text_attribute(root.id(), result_attribute::format_version,
                       std::to_string(content.format_major) + "." + std::to_string(content.format_minor));
  write_text_attribute(root.id(), result_attribute::conventions, "CF-1.10");
  for (const ResultAttribute& attribute : content.provenance) {
    if (const auto* text = std::get_if<std::string>(&attribute.value))
      write_text_attribute(root.id(), attribute.name, *text);
    else if (const auto* integer = std::get_if<std::int64_t>(&attribute.value))
      write_integer_attribute(root.id(), attribute.name, *integer);
    else
      write_number_attribute(root.id(), attribute.name, std::get<double>(attribute.value),
                             AttributeForm::scalar);
  }
}

void write_group(hid_t file, const ResultGroup& group) {
  Hdf5Group id = open_or_create_group(file, group.path);
  write_group_attributes(id.id(), group);
  Scales scales;
  std::map<std::string, hsize_t> lengths;
  for (const ResultDimension& dimension : group.dimensions) {
    scales.emplace(dimension.name, write_dimension(id.id(), dimension));
    lengths.emplace(dimension.name, value_count(dimension.labels));
  }
  for (const ResultVariable& variable : group.variables) {
    Shape shape;
    for (const std::string& dimension : variable.dimensions) shape.push_back(lengths.at(dimension));
    write_variable(id.id(), variable, shape, scales);
  }
  for (auto& [name, scale] : scales) scale.close("close a dimension scale");
  id.close("close a group");
}

std::uint64_t estimate_file_bytes(const ResultContent& content) {
  constexpr std::uint64_t overhead = 8192;  // headers, indices and attributes of one object
  std::uint64_t bytes = overhead;
  for (const ResultAttribute& attribute : content.provenance) {
    if (const auto* text = std::get_if<std::string>(&attribute.value)) bytes += text->size();
  }
  for (const ResultGroup& group : content.groups) {
    bytes += overhead;
    for (const ResultDimension& dimension : group.dimensions)
      bytes += overhead + estimate_values(dimension.labels);
    for (const ResultVariable& variable : group.variables)
      bytes += overhead + estimate_values(variable.values) + variable.stream.count * number_bytes +
               variable.description.size();
  }
  return bytes;
}

}  // namespace peercap
