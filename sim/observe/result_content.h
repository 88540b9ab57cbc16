#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <span>
#include <string>
#include <utility>
#include <variant>
#include <vector>

namespace peercap {

/// The values of one column or array, row-major where there are several dimensions.
using ResultValues = std::variant<std::vector<double>, std::vector<std::int64_t>, std::vector<std::string>>;

[[nodiscard]] inline std::size_t value_count(const ResultValues& values) {
  return std::visit([](const auto& v) { return v.size(); }, values);
}

/// Numbers that are made when they are needed, so that a large array is never in memory as a whole.
struct NumberStream {
  std::uint64_t count = 0;
  /// Fills in the values from number `first` on, in row-major order: the same ones at every call.
  std::function<void(std::uint64_t first, std::span<double> values)> read = {};

  [[nodiscard]] explicit operator bool() const { return static_cast<bool>(read); }
};

/// Calls `take(first, values)` for all numbers of a stream, some at a time, in their order.
template <class Take>
void for_each_piece(const NumberStream& stream, Take&& take) {
  constexpr std::uint64_t most = std::uint64_t{1} << 17;
  std::vector<double> values;
  for (std::uint64_t first = 0; first < stream.count; first += most) {
    values.resize(static_cast<std::size_t>(std::min(most, stream.count - first)));
    stream.read(first, values);
    take(first, std::span<const double>{values});
  }
}

/// A named, self-describing array. `unit` is a UDUNITS text ("1" for pure numbers, empty for text).
struct ResultVariable {
  std::string name;
  std::string unit;
  std::string long_name;                ///< a few words, for axis labels
  std::string description;              ///< the definition, one or two sentences
  std::vector<std::string> dimensions;  ///< names of dimensions of the same group
  ResultValues values;
  std::vector<std::pair<std::string, std::string>> attributes = {};  ///< further text attributes ("calendar")
  NumberStream stream = {};  ///< where it has any, in place of `values`, which is an empty array of numbers
};

[[nodiscard]] inline std::size_t value_count(const ResultVariable& variable) {
  return variable.stream ? static_cast<std::size_t>(variable.stream.count) : value_count(variable.values);
}

/// A dimension with its coordinate: labels, numbers or times along it.
struct ResultDimension {
  std::string name;
  std::string unit;
  std::string long_name;
  ResultValues labels;
  std::vector<std::pair<std::string, std::string>> attributes = {};
};

enum class GroupShape {
  arrays,  ///< variables over any of the group's dimensions
  table,   ///< one dimension, `row`; every variable is a column
  texts,   ///< scalar text variables (no dimensions)
};

/// One group of a result file.
struct ResultGroup {
  std::string path;  ///< "/replications"
  std::string description;
  GroupShape shape = GroupShape::arrays;
  std::vector<ResultDimension> dimensions;
  std::vector<ResultVariable> variables;
};

/// An attribute of the whole file.
struct ResultAttribute {
  std::string name;
  std::variant<std::string, std::int64_t, double> value;
};

/// All that a result file holds, knowing nothing of files. Equal logical content means equal groups: paths,
/// types, shapes, values; provenance (which holds times and hosts) is left out of that comparison.
struct ResultContent {
  std::string file_type;  ///< "peercap-result"
  int format_major = 1;
  int format_minor = 0;
  std::vector<ResultAttribute> provenance;
  std::vector<ResultGroup> groups;
};

/// A table's column.
[[nodiscard]] inline ResultVariable column(std::string name, std::string unit, std::string long_name,
                                           std::string description, ResultValues values) {
  return {std::move(name),        std::move(unit), std::move(long_name),
          std::move(description), {"row"},         std::move(values)};
}

}  // namespace peercap
