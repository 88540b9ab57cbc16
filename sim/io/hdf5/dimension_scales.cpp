#include "sim/io/hdf5/dimension_scales.h"

#include <fmt/format.h>

#include "sim/io/hdf5/hdf5_attributes.h"
#include "sim/io/hdf5/hdf5_error.h"
#include "sim/io/hdf5/hdf5_handle.h"

namespace peercap {
namespace {

constexpr const char* list_attribute = "DIMENSION_LIST";

/// For each axis, references to its scales.
class ScaleLists {
 public:
  ScaleLists(hid_t dataset, std::size_t rank, const std::string& path) : lists_(rank) {
    const Hdf5Attribute attribute{H5Aopen(dataset, list_attribute, H5P_DEFAULT), "read the dimensions of",
                                  path};
    const Hdf5Type type{H5Aget_type(attribute.id()), "read the dimensions of", path};
    space_ = {H5Aget_space(attribute.id()), "read the dimensions of", path};
    if (H5Tget_class(type.id()) != H5T_VLEN ||
        H5Sget_simple_extent_npoints(space_.id()) != static_cast<hssize_t>(rank))
      throw Hdf5Error("read " + path, "its list of dimensions is none");
    const Hdf5Type of{H5Tget_super(type.id()), "read the dimensions of", path};
    if (hdf5_check(H5Tequal(of.id(), H5T_STD_REF_OBJ), "read the dimensions of", path) == 0)
      throw Hdf5Error("read " + path, "its list of dimensions holds no references");
    type_ = {H5Tvlen_create(H5T_STD_REF_OBJ), "read the dimensions of", path};
    hdf5_check(H5Aread(attribute.id(), type_.id(), lists_.data()), "read the dimensions of", path);
  }
  ~ScaleLists() { H5Dvlen_reclaim(type_.id(), space_.id(), H5P_DEFAULT, lists_.data()); }
  ScaleLists(const ScaleLists&) = delete;
  ScaleLists& operator=(const ScaleLists&) = delete;

  [[nodiscard]] const hvl_t& of_axis(std::size_t axis) const { return lists_[axis]; }

 private:
  Hdf5Space space_;
  Hdf5Type type_;
  std::vector<hvl_t> lists_;
};

}  // namespace

bool is_dimension_scale(hid_t dataset) {
  return read_text_attribute(dataset, "CLASS").value_or("") == "DIMENSION_SCALE";
}

std::vector<std::string> dimension_names(hid_t dataset, std::size_t rank, const std::string& path) {
  if (rank == 0) return {};
  const auto refuse_axis = [&](std::size_t axis) {
    throw Hdf5Error("read " + path, fmt::format("axis {} has no dimension scale", axis));
  };
  if (hdf5_check(H5Aexists(dataset, list_attribute), "read the dimensions of", path) == 0) refuse_axis(0);
  const ScaleLists lists{dataset, rank, path};
  std::vector<std::string> names;
  for (std::size_t axis = 0; axis < rank; ++axis) {
    const hvl_t& list = lists.of_axis(axis);
    if (list.len == 0 || list.p == nullptr) refuse_axis(axis);
    const Hdf5Object scale{H5Rdereference2(dataset, H5P_DEFAULT, H5R_OBJECT, list.p),
                           "read the dimensions of", path};
    if (H5Iget_type(scale.id()) != H5I_DATASET || !is_dimension_scale(scale.id())) refuse_axis(axis);
    names.push_back(read_text_attribute(scale.id(), "NAME").value_or(""));
    if (names.back().empty()) refuse_axis(axis);
  }
  return names;
}

}  // namespace peercap
