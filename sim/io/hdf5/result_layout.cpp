#include "sim/io/hdf5/result_layout.h"

#include <algorithm>
#include <array>
#include <cstddef>
#include <map>
#include <set>
#include <variant>
#include <vector>

#include <hdf5.h>

#include "sim/observe/content_digest.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// Checks one group; every message says where in the content the mistake stands.
class GroupCheck {
 public:
  explicit GroupCheck(const ResultGroup& group) : group_{group} {}

  void run() {
    check_path();
    for (const ResultDimension& dimension : group_.dimensions) check_dimension(dimension);
    for (const ResultVariable& variable : group_.variables) check_variable(variable);
    if (group_.shape == GroupShape::table)
      ensure(lengths_.size() == 1 && lengths_.contains(row_dimension), "", "a table has one dimension, row");
    if (group_.shape == GroupShape::texts) ensure(lengths_.empty(), "", "a group of texts has no dimensions");
  }

 private:
  void ensure(bool holds, const std::string& member, const char* what) const {
    if (!holds)
      throw ContractViolation{"result group " + group_.path + (member.empty() ? "" : "/" + member) + ": " +
                              what};
  }

  static bool is_usable_name(std::string_view name) {
    return !name.empty() && name != "." && name != ".." && name.find('/') == std::string_view::npos &&
           is_storable_text(name);
  }

  void check_path() const {
    std::string_view rest = group_.path;
    ensure(rest.size() > 1 && rest.front() == '/', "", "a path begins with a slash and names a group");
    while (!rest.empty()) {
      rest.remove_prefix(1);
      const std::string_view name = rest.substr(0, rest.find('/'));
      ensure(is_usable_name(name), "", "the path has a part that cannot be the name of a group");
      rest.remove_prefix(name.size());
    }
  }

  template <class Item>
  void check_item(const Item& item) {
    ensure(is_usable_name(item.name), item.name, "this cannot be the name of a dataset");
    ensure(names_.insert(item.name).second, item.name, "the name is used twice");
    std::set<std::string> attributes;
    for (const auto& [name, value] : item.attributes) {
      ensure(is_usable_name(name), item.name, "an attribute has an unusable name");
      ensure(!is_reserved_attribute(name), item.name, "an attribute has a name that the layout reserves");
      ensure(attributes.insert(name).second, item.name, "an attribute stands there twice");
    }
  }

  void check_dimension(const ResultDimension& dimension) {
    check_item(dimension);
    lengths_[dimension.name] = value_count(dimension.labels);
  }

  void check_variable(const ResultVariable& variable) {
    check_item(variable);
    ensure(variable.dimensions.size() <= H5S_MAX_RANK, variable.name, "too many dimensions");
    std::size_t expected = 1;
    for (const std::string& dimension : variable.dimensions) {
      const auto found = lengths_.find(dimension);
      ensure(found != lengths_.end(), variable.name, "it names a dimension that the group does not have");
      expected *= found->second;
    }
    if (variable.stream) {
      const auto* numbers = std::get_if<std::vector<double>>(&variable.values);
      ensure(numbers != nullptr && numbers->empty(), variable.name, "it has a stream and values of its own");
    }
    ensure(value_count(variable) == expected, variable.name,
           "its dimensions ask for another number of values");
    if (group_.shape == GroupShape::table)
      ensure(variable.dimensions.size() == 1, variable.name, "a column has one dimension, row");
    if (group_.shape == GroupShape::texts)
      ensure(std::holds_alternative<std::vector<std::string>>(variable.values), variable.name,
             "it is not a text");
  }

  const ResultGroup& group_;
  std::set<std::string> names_;
  std::map<std::string, std::size_t> lengths_;
};

}  // namespace

const char* shape_name(GroupShape shape) {
  switch (shape) {
    case GroupShape::arrays:
      return "arrays";
    case GroupShape::table:
      return "table";
    case GroupShape::texts:
      return "texts";
  }
  throw ContractViolation{"shape_name: no such shape of a group"};
}

bool is_reserved_attribute(std::string_view name) {
  static constexpr std::array<std::string_view, 9> reserved = {result_attribute::unit,
                                                               result_attribute::long_name,
                                                               result_attribute::description,
                                                               result_attribute::fill_value,
                                                               "CLASS",
                                                               "NAME",
                                                               "REFERENCE_LIST",
                                                               "DIMENSION_LIST",
                                                               "DIMENSION_LABELS"};
  return std::find(reserved.begin(), reserved.end(), name) != reserved.end() ||
         name.starts_with("_Netcdf4") || name.starts_with("_nc3");
}

bool is_reserved_file_attribute(std::string_view name) {
  return name == result_attribute::file_type || name == result_attribute::format_version ||
         name == result_attribute::conventions;
}

void require_well_formed(const ResultContent& content) {
  require(!content.file_type.empty() && is_storable_text(content.file_type), "a result has a file type");
  require(content.format_major >= 0 && content.format_minor >= 0, "versions of a format count from 0");
  std::set<std::string> attributes;
  for (const ResultAttribute& attribute : content.provenance) {
    if (attribute.name.empty() || !is_storable_text(attribute.name) ||
        is_reserved_file_attribute(attribute.name) || !attributes.insert(attribute.name).second)
      throw ContractViolation{"provenance " + attribute.name +
                              ": the name is reserved, unusable or used twice"};
  }
  std::set<std::string> occupied;
  for (const ResultGroup& group : content.groups) {
    GroupCheck{group}.run();
    if (!occupied.insert(group.path).second)
      throw ContractViolation{"result group " + group.path + ": the path is used twice"};
  }
  // A group must not have the name of another group's dataset.
  for (const ResultGroup& group : content.groups) {
    const auto ensure_free = [&](const std::string& name) {
      const std::string path = group.path + "/" + name;
      const auto below = occupied.lower_bound(path + "/");
      if (occupied.contains(path) || (below != occupied.end() && below->starts_with(path + "/")))
        throw ContractViolation{"result group " + group.path + ": " + name + " is a dataset and a group"};
    };
    for (const ResultDimension& dimension : group.dimensions) ensure_free(dimension.name);
    for (const ResultVariable& variable : group.variables) ensure_free(variable.name);
  }
}

}  // namespace peercap
