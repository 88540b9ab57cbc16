#include "sim/io/hdf5/result_reader.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <limits>
#include <map>
#include <set>
#include <span>
#include <utility>

#include <fmt/format.h>

#include "sim/io/hdf5/dimension_scales.h"
#include "sim/io/hdf5/hdf5_attributes.h"
#include "sim/io/hdf5/result_layout.h"

namespace peercap {
namespace {

// gzip makes at most 1032 bytes of one; the rest is for chunks that are larger than the data.
constexpr std::uint64_t largest_expansion = 1100;
constexpr std::uint64_t expansion_allowance = 64 * 1024;
constexpr int deepest_group = 16;

[[noreturn]] void refuse(const std::string& object, const std::string& reason) {
  throw Hdf5Error("read " + object, reason);
}

std::string text_or_empty(hid_t object, const char* name) {
  return read_text_attribute(object, name).value_or("");
}

std::pair<int, int> parse_version(const std::string& text) {
  int major = 0;
  int minor = 0;
  const char* end = text.data() + text.size();
  const auto [point, no_major] = std::from_chars(text.data(), end, major);
  if (no_major != std::errc{} || point == end || *point != '.' || major < 0)
    refuse("format_version", fmt::format("\"{}\" is no version", text));
  const auto [rest, no_minor] = std::from_chars(point + 1, end, minor);
  if (no_minor != std::errc{} || rest != end || minor < 0)
    refuse("format_version", fmt::format("\"{}\" is no version", text));
  return {major, minor};
}

/// The names of the members of a group, in the order of their creation where the file keeps it.
std::vector<std::string> member_names(hid_t group, const std::string& path) {
  const Hdf5Properties creation{H5Gget_create_plist(group), "read group", path};
  unsigned order = 0;
  hdf5_check(H5Pget_link_creation_order(creation.id(), &order), "read group", path);
  const H5_index_t index = (order & H5P_CRT_ORDER_INDEXED) != 0 ? H5_INDEX_CRT_ORDER : H5_INDEX_NAME;
  std::vector<std::string> names;
  const H5L_iterate_t note = [](hid_t, const char* name, const H5L_info_t* link, void* data) -> herr_t {
    if (link->type != H5L_TYPE_HARD) return 1;
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  };
  if (hdf5_check(H5Literate(group, index, H5_ITER_INC, nullptr, note, &names), "read group", path) > 0)
    refuse("group " + path, "it holds a link to another place, which result files never do");
  return names;
}

void collect_groups(hid_t group, const std::string& path, int depth, std::vector<std::string>& paths) {
  // Also what ends a walk through a group that holds itself.
  if (depth > deepest_group) refuse("group " + path, "groups are nested deeper than in any result file");
  for (const std::string& name : member_names(group, path.empty() ? "/" : path)) {
    const std::string member_path = path + "/" + name;
    const Hdf5Object member{H5Oopen(group, name.c_str(), H5P_DEFAULT), "open", member_path};
    if (H5Iget_type(member.id()) != H5I_GROUP) continue;
    if (read_text_attribute(member.id(), result_attribute::group_shape)) paths.push_back(member_path);
    collect_groups(member.id(), member_path, depth + 1, paths);
  }
}

/// Refuses data that lie outside of the file or need more than gzip and shuffle to be read.
void require_plain_storage(hid_t dataset, const std::string& path) {
  const Hdf5Properties creation{H5Dget_create_plist(dataset), "read", path};
  if (H5Pget_layout(creation.id()) == H5D_VIRTUAL || H5Pget_external_count(creation.id()) > 0)
    refuse(path, "its data lie in other files, which a result file's never do");
  const int filters = hdf5_check(H5Pget_nfilters(creation.id()), "read", path);
  for (unsigned i = 0; i < static_cast<unsigned>(filters); ++i) {
    unsigned flags = 0;
    unsigned configuration = 0;
    std::size_t count = 0;
    const H5Z_filter_t filter =
        H5Pget_filter2(creation.id(), i, &flags, &count, nullptr, 0, nullptr, &configuration);
    if (filter != H5Z_FILTER_DEFLATE && filter != H5Z_FILTER_SHUFFLE)
      refuse(path, "it is packed in another way than gzip and shuffle");
  }
}

ResultValues read_texts(hid_t dataset, hid_t space, std::size_t count, const std::string& path) {
  std::vector<char*> pointers(count, nullptr);
  const Hdf5Type type = make_text_type();
  const herr_t answer =
      H5Dread(dataset, type.id(), H5S_ALL, H5S_ALL, H5P_DEFAULT, static_cast<void*>(pointers.data()));
  std::vector<std::string> texts;
  if (answer >= 0) {
    texts.reserve(count);
    // The library gives no pointer for an empty text.
    for (const char* text : pointers) texts.emplace_back(text == nullptr ? "" : text);
  }
  H5Dvlen_reclaim(type.id(), space, H5P_DEFAULT, static_cast<void*>(pointers.data()));
  hdf5_check(answer, "read", path);
  return texts;
}

template <class T>
ResultValues read_numbers(hid_t dataset, hid_t memory_type, std::size_t count, const std::string& path) {
  std::vector<T> values(count);
  hdf5_check(H5Dread(dataset, memory_type, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data()), "read", path);
  return values;
}

ResultValues make_empty_values(H5T_class_t type_class) {
  if (type_class == H5T_FLOAT) return std::vector<double>{};
  if (type_class == H5T_INTEGER) return std::vector<std::int64_t>{};
  return std::vector<std::string>{};
}

/// Refuses what a result file never holds; else the number of values, and their class.
std::pair<std::uint64_t, H5T_class_t> check_values(hid_t dataset, std::uint64_t file_bytes,
                                                   const std::string& path) {
  const Hdf5Type type{H5Dget_type(dataset), "read", path};
  const Hdf5Space space{H5Dget_space(dataset), "read", path};
  const H5T_class_t type_class = H5Tget_class(type.id());
  const bool is_text = type_class == H5T_STRING && H5Tis_variable_str(type.id()) > 0;
  const bool is_double = type_class == H5T_FLOAT && H5Tget_size(type.id()) == 8;
  const bool is_integer =
      type_class == H5T_INTEGER && H5Tget_size(type.id()) == 8 && H5Tget_sign(type.id()) == H5T_SGN_2;
  if (!is_text && !is_double && !is_integer) refuse(path, "its type is none that result files hold");
  if (H5Sget_simple_extent_type(space.id()) == H5S_NULL) refuse(path, "it has no values");
  require_plain_storage(dataset, path);

  const auto count =
      static_cast<std::uint64_t>(hdf5_check(H5Sget_simple_extent_npoints(space.id()), "read", path));
  if (count > (file_bytes * largest_expansion + expansion_allowance) / 8)
    refuse(path, fmt::format("it claims {} values, more than the file has room for", count));
  return {count, type_class};
}

ResultValues read_values(hid_t dataset, std::uint64_t file_bytes, const std::string& path) {
  const auto [count, type_class] = check_values(dataset, file_bytes, path);
  if (count == 0) return make_empty_values(type_class);
  const Hdf5Space space{H5Dget_space(dataset), "read", path};
  if (type_class == H5T_FLOAT) return read_numbers<double>(dataset, H5T_NATIVE_DOUBLE, count, path);
  if (type_class == H5T_INTEGER) return read_numbers<std::int64_t>(dataset, H5T_NATIVE_INT64, count, path);
  return read_texts(dataset, space.id(), count, path);
}

std::vector<std::pair<std::string, std::string>> read_further_attributes(hid_t object) {
  std::vector<std::pair<std::string, std::string>> attributes;
  for (const std::string& name : attribute_names(object)) {
    if (is_reserved_attribute(name)) continue;
    // A later minor version may add attributes of other types; they mean nothing here.
    if (auto text = read_text_attribute(object, name)) attributes.emplace_back(name, *std::move(text));
  }
  return attributes;
}

GroupShape parse_shape(const std::string& text, const std::string& path) {
  for (const GroupShape shape : {GroupShape::arrays, GroupShape::table, GroupShape::texts}) {
    if (text == shape_name(shape)) return shape;
  }
  refuse("group " + path, fmt::format("\"{}\" is no shape of a group", text));
}

void require_matching_shapes(const ResultGroup& group,
                             const std::map<std::string, std::vector<hsize_t>>& shapes) {
  std::map<std::string, std::size_t> lengths;
  for (const ResultDimension& dimension : group.dimensions)
    lengths[dimension.name] = value_count(dimension.labels);
  for (const ResultVariable& variable : group.variables) {
    const std::vector<hsize_t>& shape = shapes.at(variable.name);
    for (std::size_t axis = 0; axis < shape.size(); ++axis) {
      const auto dimension = lengths.find(variable.dimensions[axis]);
      if (dimension == lengths.end() || dimension->second != shape[axis])
        refuse(group.path + "/" + variable.name,
               "it does not fit its dimension " + variable.dimensions[axis] + " in the same group");
    }
  }
}

std::vector<hsize_t> read_shape(hid_t dataset, const std::string& path) {
  const Hdf5Space space{H5Dget_space(dataset), "read", path};
  std::vector<hsize_t> shape(
      static_cast<std::size_t>(hdf5_check(H5Sget_simple_extent_ndims(space.id()), "read", path)));
  hdf5_check(H5Sget_simple_extent_dims(space.id(), shape.data(), nullptr), "read", path);
  return shape;
}

/// Reads values first .. first + values.size() - 1 of an array: whole rows of its first axis, of which what
/// was asked for is kept.
void read_piece(hid_t file, const std::string& path, std::uint64_t first, std::span<double> values) {
  if (values.empty()) return;
  const Hdf5Dataset dataset{H5Dopen2(file, path.c_str(), H5P_DEFAULT), "read", path};
  std::vector<hsize_t> extent = read_shape(dataset.id(), path);
  std::uint64_t row_length = 1;
  for (std::size_t axis = 1; axis < extent.size(); ++axis) row_length *= extent[axis];
  if (extent.empty() || row_length == 0 || first + values.size() > extent.front() * row_length)
    refuse(path, "it has fewer values than it had");
  const std::uint64_t row = first / row_length;
  std::vector<hsize_t> start(extent.size(), 0);
  start.front() = row;
  extent.front() = (first + values.size() - 1) / row_length - row + 1;
  const Hdf5Space file_space{H5Dget_space(dataset.id()), "read", path};
  hdf5_check(
      H5Sselect_hyperslab(file_space.id(), H5S_SELECT_SET, start.data(), nullptr, extent.data(), nullptr),
      "read", path);
  const hsize_t count = extent.front() * row_length;
  const Hdf5Space memory_space{H5Screate_simple(1, &count, nullptr), "read", path};
  const bool is_exact = count == values.size();
  std::vector<double> rows(is_exact ? 0 : count);
  hdf5_check(H5Dread(dataset.id(), H5T_NATIVE_DOUBLE, memory_space.id(), file_space.id(), H5P_DEFAULT,
                     is_exact ? values.data() : rows.data()),
             "read", path);
  if (!is_exact) std::copy_n(rows.data() + (first - row * row_length), values.size(), values.data());
}

}  // namespace

ResultContent ResultReader::read_header(std::string_view file_type, int newest_major) const {
  const Hdf5Group root{H5Gopen2(file_, "/", H5P_DEFAULT), "open the root group"};
  ResultContent content;
  const auto found_type = read_text_attribute(root.id(), result_attribute::file_type);
  if (!found_type) refuse("it", "it is an HDF5 file without a filetype, so none of peercap's");
  if (*found_type != file_type)
    refuse("it",
           "its filetype is \"" + *found_type + "\", and \"" + std::string{file_type} + "\" was expected");
  content.file_type = *found_type;
  const auto version = read_text_attribute(root.id(), result_attribute::format_version);
  if (!version) refuse("it", "it has no format_version");
  std::tie(content.format_major, content.format_minor) = parse_version(*version);
  if (content.format_major > newest_major)
    refuse("it", "its format version is " + *version + ", and this peercap reads versions up to " +
                     std::to_string(newest_major) + ".x: a newer peercap wrote it");
  for (const std::string& name : attribute_names(root.id())) {
    if (is_reserved_file_attribute(name)) continue;
    if (auto value = read_attribute(root.id(), name)) content.provenance.push_back({name, *std::move(value)});
  }
  return content;
}

std::vector<std::string> ResultReader::group_paths() const {
  const Hdf5Group root{H5Gopen2(file_, "/", H5P_DEFAULT), "open the root group"};
  std::vector<std::string> paths;
  collect_groups(root.id(), "", 1, paths);
  return paths;
}

ResultGroup ResultReader::read_group(const std::string& path) const {
  return read_group(path, std::numeric_limits<std::uint64_t>::max());
}

ResultGroup ResultReader::read_group(const std::string& path, std::uint64_t most_values) const {
  const Hdf5Group id{H5Gopen2(file_, path.c_str(), H5P_DEFAULT), "open group", path};
  ResultGroup group;
  group.path = path;
  group.description = text_or_empty(id.id(), result_attribute::description);
  group.shape = parse_shape(text_or_empty(id.id(), result_attribute::group_shape), path);
  std::map<std::string, std::vector<hsize_t>> shapes;
  for (const std::string& name : member_names(id.id(), path)) {
    const std::string member_path = path + "/" + name;
    const Hdf5Object member{H5Oopen(id.id(), name.c_str(), H5P_DEFAULT), "open", member_path};
    if (H5Iget_type(member.id()) != H5I_DATASET) continue;
    const hid_t dataset = member.id();
    std::vector<hsize_t> shape = read_shape(dataset, member_path);
    const std::string unit = text_or_empty(dataset, result_attribute::unit);
    const std::string long_name = text_or_empty(dataset, result_attribute::long_name);
    if (is_dimension_scale(dataset)) {
      if (shape.size() != 1) refuse(member_path, "a dimension scale has one axis");
      group.dimensions.push_back({name, unit, long_name, read_values(dataset, file_bytes_, member_path),
                                  read_further_attributes(dataset)});
    } else {
      group.variables.push_back({name, unit, long_name, text_or_empty(dataset, result_attribute::description),
                                 dimension_names(dataset, shape.size(), member_path), std::vector<double>{},
                                 read_further_attributes(dataset)});
      ResultVariable& variable = group.variables.back();
      const auto [count, type_class] = check_values(dataset, file_bytes_, member_path);
      if (type_class == H5T_FLOAT && count > most_values)
        variable.stream = {count, [file = file_, member_path](std::uint64_t first, std::span<double> values) {
                             read_piece(file, member_path, first, values);
                           }};
      else
        variable.values = read_values(dataset, file_bytes_, member_path);
      shapes.emplace(name, std::move(shape));
    }
  }
  require_matching_shapes(group, shapes);
  return group;
}

}  // namespace peercap
