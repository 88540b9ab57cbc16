#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/io/csv/problem_report.h"
#include "sim/io/csv/record_reader.h"

namespace peercap::peer_support {

/// The columns that a roster can have; those before `career_stage` are required.
enum class RosterColumn : std::uint8_t {
  id,
  site,
  department,
  unit,
  profession,
  career_stage,
  shift_pattern,
  team,
  role,
  reports_to,
};
[[nodiscard]] constexpr auto level_names(RosterColumn) {
  return std::array<std::string_view, 10>{"id",         "site",         "department",    "unit",
                                          "profession", "career_stage", "shift_pattern", "team",
                                          "role",       "reports_to"};
}

/// Where the columns of one file stand.
class RosterColumns {
 public:
  /// Finds them by name. Columns that begin with `x_` are passed over; unknown, duplicate and missing ones
  /// are reported, and nothing is returned.
  [[nodiscard]] static std::optional<RosterColumns> find(const csv::Record& header,
                                                         csv::ProblemReport& problems);

  /// The field, or an empty text where the file has no such column.
  [[nodiscard]] const std::string& field(const csv::Record& record, RosterColumn column) const;

 private:
  static constexpr std::size_t count = level_names(RosterColumn{}).size();
  std::array<std::optional<std::size_t>, count> places_;
};

}  // namespace peercap::peer_support
