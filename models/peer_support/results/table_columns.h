#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/result_content.h"

namespace peercap::peer_support {

/// Helpers for the tables of a result file.
using Texts = std::vector<std::string>;
using Numbers = std::vector<double>;
using Integers = std::vector<std::int64_t>;

inline constexpr double ticks_per_hour = 3.6e9;
inline constexpr double ticks_per_day = 8.64e10;
inline constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

inline void number_rows(ResultGroup& group, std::size_t count) {
  Integers rows(count);
  for (std::size_t i = 0; i < count; ++i) rows[i] = static_cast<std::int64_t>(i);
  group.dimensions.push_back({"row", "1", "row", std::move(rows)});
}

/// One integer column from a member of each row.
template <class Row, class Read>
Integers integers(const std::vector<Row>& rows, Read&& read) {
  Integers values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(static_cast<std::int64_t>(read(row)));
  return values;
}

template <class Row, class Read>
Numbers numbers(const std::vector<Row>& rows, Read&& read) {
  Numbers values;
  values.reserve(rows.size());
  for (const Row& row : rows) values.push_back(read(row));
  return values;
}

inline double per(double sum, double count) {
  return count > 0.0 ? sum / count : undefined;
}

}  // namespace peercap::peer_support
