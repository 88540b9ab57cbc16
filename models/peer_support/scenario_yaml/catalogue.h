#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "sim/support/parameter.h"

namespace peercap::peer_support {

enum class ParameterType {
  duration,
  rate,
  weekly_hours,
  probability,
  number,
  integer,
  seed,
  text,
  date,
  date_list,
  weekly_windows,
  level,
  shares,
  settings
};

/// The word used in listings: "duration", "weekly hours", ...
[[nodiscard]] std::string_view to_string(ParameterType type);

/// One parameter of a scenario. Items of lists stand for all: `organization.sites[].departments[].units`.
struct CatalogueEntry {
  std::string path;
  ParameterType type = ParameterType::number;
  std::string unit;  ///< of `range`: "days", "1/day", "h/week", "points"; empty for pure numbers and text
  Range range;       ///< as it is enforced
  std::string range_text;    ///< in words; empty where everything goes
  std::string default_text;  ///< as one would write it; empty text for empty defaults
  std::string meaning;
  std::string evidence;  ///< key in configs/evidence.yaml; may be empty
  Grade grade = Grade::setting;
  Sweepable sweepable = Sweepable::no;
  std::string fixed_because;        ///< why it cannot change during a run; empty where it can be scheduled
  std::vector<std::string> levels;  ///< of a categorical parameter, in order of value
};

/// A group of parameters or a list of items with parameters: `supporters.exit`, `organization.sites[]`.
struct CatalogueGroup {
  std::string path;
  std::string meaning;
};

/// Every parameter there is, in the order of description; made once from the structs' describe() functions.
/// The names of list items are in it, as type text.
[[nodiscard]] const std::vector<CatalogueEntry>& catalogue();
[[nodiscard]] const std::vector<CatalogueGroup>& catalogue_groups();

/// The entry that describes this parameter, or null; `path` may name items of lists or leave them out.
[[nodiscard]] const CatalogueEntry* find_in_catalogue(std::string_view path);

/// The entries that a topic names: a parameter or all of a group by its path, or else those whose last part
/// of the path it is, which is how people speak of a parameter.
[[nodiscard]] std::vector<const CatalogueEntry*> entries_called(const std::string& topic);

}  // namespace peercap::peer_support
