#include <array>
#include <cmath>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include <hdf5.h>
#include <hdf5_hl.h>

#include "app/sweeps/sweep_content.h"
#include "app/sweeps/sweep_merge.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/targets.h"
#include "tests/sim/io/hdf5/sample_content.h"

namespace peercap::fuzz {
namespace {

namespace fs = std::filesystem;

/// The only shard of a sweep of two points and three replications.
ResultContent make_shard() {
  app::SweepHeader header;
  header.name = "fuzzed";
  header.source = "format: peercap-study/1\n";
  header.scenario = "format: peercap-scenario/1\n";
  header.plan = "sweep:\n";
  header.identity = "identity";
  header.points = 2;
  header.replications = 3;
  header.columns = {{"supporters.count", "1", "supporters", "", {}, std::vector<double>{}}};
  header.measures = {{"asked", "1/a", "asked", "", {}, std::vector<double>{}}};
  const auto read = [](std::size_t, std::uint64_t first, std::span<double> values) {
    for (std::size_t i = 0; i < values.size(); ++i) values[i] = static_cast<double>(first + i);
  };
  const app::SweepRuns runs{{{{0, 6}, 0, 2, read, read}}};
  ResultContent content;
  content.file_type = app::shard_file_type;
  content.provenance = {{"seed", std::int64_t{7}}, {"wall_seconds", 1.0}};
  content.groups = app::shard_groups(header, {1, 1}, runs, {{1, 1, "failed"}});
  // Streams read from `runs`, which ends here.
  for (ResultGroup& group : content.groups)
    for (ResultVariable& variable : group.variables) {
      if (!variable.stream) continue;
      std::vector<double> values(variable.stream.count);
      variable.stream.read(0, values);
      variable.values = std::move(values);
      variable.stream = {};
    }
  return content;
}

enum class Base { shard, sample };

class BaseFiles {
 public:
  BaseFiles() {
    H5Eset_auto2(H5E_DEFAULT, nullptr, nullptr);
    write_result(path(Base::shard), make_shard());
    write_result(path(Base::sample), make_sample_content());
  }
  [[nodiscard]] fs::path path(Base base) const {
    return scratch_.path() / (base == Base::shard ? "shard.h5" : "sample.h5");
  }
  [[nodiscard]] fs::path changed() const { return scratch_.path() / "changed.h5"; }

 private:
  Scratch scratch_;
};

/// The paths of all groups and datasets, in their order.
std::vector<std::string> objects_of(hid_t file) {
  std::vector<std::string> paths{"/"};
  const H5O_iterate_t note = [](hid_t, const char* name, const H5O_info_t*, void* data) -> herr_t {
    if (std::string_view{name} != ".")
      static_cast<std::vector<std::string>*>(data)->push_back("/" + std::string{name});
    return 0;
  };
  H5Ovisit(file, H5_INDEX_NAME, H5_ITER_INC, note, &paths);
  return paths;
}

std::vector<std::string> attributes_of(hid_t object) {
  std::vector<std::string> names;
  hsize_t at = 0;
  const H5A_operator2_t note = [](hid_t, const char* name, const H5A_info_t*, void* data) -> herr_t {
    static_cast<std::vector<std::string>*>(data)->emplace_back(name);
    return 0;
  };
  H5Aiterate2(object, H5_INDEX_NAME, H5_ITER_INC, &at, note, &names);
  return names;
}

/// Makes changes that HDF5 itself allows; what it refuses has no effect.
class Changer {
 public:
  Changer(hid_t file, FuzzInput& input) : file_{file}, input_{input}, objects_{objects_of(file)} {}

  void change() {
    const std::string path = objects_[input_.below(objects_.size())];
    switch (input_.below(8)) {
      case 0:
        H5Ldelete(file_, path.c_str(), H5P_DEFAULT);
        break;
      case 1:
        delete_attribute(path);
        break;
      case 2:
        write_text_attribute(path);
        break;
      case 3:
        write_number_attribute(path);
        break;
      case 4:
        write_numbers(path);
        break;
      case 5:
        replace_dataset(path);
        break;
      case 6:
        link_again(path);
        break;
      default:
        attach_scale(path);
        break;
    }
  }

 private:
  template <class Work>
  void with_object(const std::string& path, Work work) {
    const hid_t object = H5Oopen(file_, path.c_str(), H5P_DEFAULT);
    if (object < 0) return;
    work(object);
    H5Oclose(object);
  }

  [[nodiscard]] std::string attribute_name(hid_t object) {
    const std::vector<std::string> names = attributes_of(object);
    const std::size_t choice = input_.below(names.size() + 1);
    return choice < names.size() ? names[choice] : "added";
  }

  void delete_attribute(const std::string& path) {
    with_object(path, [&](hid_t object) { H5Adelete(object, attribute_name(object).c_str()); });
  }

  void write_text_attribute(const std::string& path) {
    with_object(path, [&](hid_t object) {
      const std::string name = attribute_name(object);
      // A text that another file has there, or any.
      static constexpr std::array<const char*, 8> known{"table", "arrays",         "texts",         "1.0",
                                                        "2.0",   "peercap-result", "peercap-shard", ""};
      const std::size_t choice = input_.below(known.size() + 1);
      const std::string text = choice < known.size() ? known[choice] : input_.text();
      H5Adelete(object, name.c_str());
      const hid_t type = H5Tcopy(H5T_C_S1);
      H5Tset_size(type, input_.below(2) == 0 ? H5T_VARIABLE : text.size() + 1);
      const bool is_variable = H5Tis_variable_str(type) > 0;
      hsize_t length = input_.below(3);
      const hid_t space = length == 2 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr);
      const hid_t attribute = H5Acreate2(object, name.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT);
      const char* pointer = text.c_str();
      if (attribute >= 0 && length > 0)
        H5Awrite(attribute, type,
                 is_variable ? static_cast<const void*>(&pointer) : static_cast<const void*>(pointer));
      if (attribute >= 0) H5Aclose(attribute);
      H5Sclose(space);
      H5Tclose(type);
    });
  }

  [[nodiscard]] hid_t number_type() {
    const std::array<hid_t, 8> types{H5T_STD_I64LE,  H5T_IEEE_F64LE, H5T_STD_U64LE,   H5T_STD_I8LE,
                                     H5T_IEEE_F32LE, H5T_STD_I64BE,  H5T_NATIVE_CHAR, H5T_STD_REF_OBJ};
    return types[input_.below(types.size())];
  }

  void write_number_attribute(const std::string& path) {
    with_object(path, [&](hid_t object) {
      const std::string name = attribute_name(object);
      H5Adelete(object, name.c_str());
      const hsize_t length = input_.below(4);
      const hid_t space = length == 0 ? H5Screate(H5S_SCALAR) : H5Screate_simple(1, &length, nullptr);
      const hid_t attribute =
          H5Acreate2(object, name.c_str(), number_type(), space, H5P_DEFAULT, H5P_DEFAULT);
      const std::array<std::uint64_t, 4> value{input_.number(), 0, 0, 0};
      if (attribute >= 0) H5Awrite(attribute, H5T_NATIVE_UINT64, value.data());
      if (attribute >= 0) H5Aclose(attribute);
      H5Sclose(space);
    });
  }

  /// Other numbers in a dataset as it is.
  void write_numbers(const std::string& path) {
    const hid_t dataset = H5Dopen2(file_, path.c_str(), H5P_DEFAULT);
    if (dataset < 0) return;
    const hid_t type = H5Dget_type(dataset);
    const hid_t space = H5Dget_space(dataset);
    const hssize_t count = H5Sget_simple_extent_npoints(space);
    const H5T_class_t type_class = H5Tget_class(type);
    if (count > 0 && count < 1000 && (type_class == H5T_INTEGER || type_class == H5T_FLOAT)) {
      std::vector<std::int64_t> values(static_cast<std::size_t>(count));
      for (std::int64_t& value : values) value = static_cast<std::int64_t>(interesting_number());
      H5Dwrite(dataset, H5T_NATIVE_INT64, H5S_ALL, H5S_ALL, H5P_DEFAULT, values.data());
    }
    H5Sclose(space);
    H5Tclose(type);
    H5Dclose(dataset);
  }

  [[nodiscard]] std::uint64_t interesting_number() {
    const std::size_t choice = input_.below(12);
    if (choice < 8) return choice;
    if (choice == 8) return ~std::uint64_t{0};
    if (choice == 9) return std::uint64_t{1} << 63;
    if (choice == 10) return std::uint64_t{1} << 32;
    return input_.number();
  }

  /// A dataset of that name with another type or shape.
  void replace_dataset(const std::string& path) {
    H5Ldelete(file_, path.c_str(), H5P_DEFAULT);
    std::array<hsize_t, 3> lengths{};
    for (hsize_t& length : lengths) length = input_.below(8);
    const int rank = static_cast<int>(input_.below(4));
    const hid_t space = rank == 0 ? H5Screate(input_.below(2) == 0 ? H5S_SCALAR : H5S_NULL)
                                  : H5Screate_simple(rank, lengths.data(), nullptr);
    hid_t type = H5Tcopy(number_type());
    if (input_.below(3) == 0) {
      H5Tclose(type);
      type = H5Tcopy(H5T_C_S1);
      H5Tset_size(type, input_.below(2) == 0 ? H5T_VARIABLE : 4);
    }
    const hid_t dataset = H5Dcreate2(file_, path.c_str(), type, space, H5P_DEFAULT, H5P_DEFAULT, H5P_DEFAULT);
    if (dataset >= 0) {
      if (input_.below(2) == 0) H5DSset_scale(dataset, "row");
      for (int axis = 0; axis < rank; ++axis) attach(dataset, static_cast<unsigned>(axis));
      H5Dclose(dataset);
    }
    H5Tclose(type);
    H5Sclose(space);
  }

  void attach(hid_t dataset, unsigned axis) {
    const hid_t scale = H5Dopen2(file_, objects_[input_.below(objects_.size())].c_str(), H5P_DEFAULT);
    if (scale < 0) return;
    if (H5DSis_scale(scale) > 0) H5DSattach_scale(dataset, scale, axis);
    H5Dclose(scale);
  }

  void attach_scale(const std::string& path) {
    const hid_t dataset = H5Dopen2(file_, path.c_str(), H5P_DEFAULT);
    if (dataset < 0) return;
    attach(dataset, static_cast<unsigned>(input_.below(3)));
    H5Dclose(dataset);
  }

  /// The object under another name, in another place, or a link that leads nowhere.
  void link_again(const std::string& path) {
    const std::string target =
        objects_[input_.below(objects_.size())] + "/" + (input_.below(2) == 0 ? "again" : input_.text());
    if (input_.below(4) == 0)
      H5Lcreate_soft(path.c_str(), file_, target.c_str(), H5P_DEFAULT, H5P_DEFAULT);
    else
      H5Lcreate_hard(file_, path.c_str(), file_, target.c_str(), H5P_DEFAULT, H5P_DEFAULT);
  }

  hid_t file_;
  FuzzInput& input_;
  const std::vector<std::string> objects_;
};

/// What merge does with a shard once it was found to be all of a sweep.
void merge(app::OpenedShards& shards) {
  const app::SweepRuns runs{std::move(shards.segments)};
  ResultContent content;
  content.file_type = result_file_type;
  content.groups = app::sweep_groups(shards.header, runs, shards.failures);
  static_cast<void>(content_digest(content));
}

}  // namespace

void read_result_file(Bytes bytes) {
  static const BaseFiles files;
  FuzzInput input{bytes};
  const Base base = input.below(2) == 0 ? Base::shard : Base::sample;
  fs::copy_file(files.path(base), files.changed(), fs::copy_options::overwrite_existing);
  const hid_t file = H5Fopen(files.changed().c_str(), H5F_ACC_RDWR, H5P_DEFAULT);
  for (int changes = 0; changes < 40 && !input.is_empty(); ++changes) Changer{file, input}.change();
  H5Fclose(file);

  const std::string_view file_type = base == Base::shard ? app::shard_file_type : result_file_type;
  std::optional<std::string> digest;
  try {
    digest = content_digest(read_result(files.changed(), file_type));
  } catch (const InputOutputError&) {
  }
  try {
    const OpenResult opened{files.changed(), file_type, 2};
    expect(digest == content_digest(opened.content()), "a file read piece by piece is the same");
  } catch (const InputOutputError&) {
  }
  std::vector<std::string> problems;
  try {
    auto shards = app::open_shards({files.changed()}, problems);
    expect(shards.has_value() == problems.empty(), "what is refused has a reason, and nothing else has");
    if (shards) merge(*shards);
  } catch (const InputOutputError&) {
  }
}

}  // namespace peercap::fuzz
