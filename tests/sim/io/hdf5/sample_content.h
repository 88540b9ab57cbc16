#pragma once

#include <cstddef>

#include "sim/observe/result_content.h"

namespace peercap {

/// A content with every type, shape and oddity that a result file holds: arrays over (point, replication)
/// with missing values, a table with texts and numbers, a series on dates, scalar texts with characters of
/// many scripts, an empty table, a table without columns, a group within a group. `rows` is the length of the
/// tables.
[[nodiscard]] ResultContent make_sample_content(std::size_t rows = 6);

/// A content whose only group is a table of `rows` rows, each cell depending on `seed`.
[[nodiscard]] ResultContent make_numbered_content(std::size_t rows, std::int64_t seed);

}  // namespace peercap
