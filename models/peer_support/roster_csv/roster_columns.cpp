#include "models/peer_support/roster_csv/roster_columns.h"

#include <algorithm>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/io/yaml/similar.h"

namespace peercap::peer_support {
namespace {

constexpr auto names = level_names(RosterColumn{});
constexpr auto required = static_cast<std::size_t>(RosterColumn::career_stage);

std::string suggest_column(const std::string& name, const csv::Record& header) {
  if (header.fields.size() == 1 && name.find_first_of(";\t|") != std::string::npos)
    return "separate the columns by commas";
  if (const auto similar = yaml::find_similar(name, {names.begin(), names.end()}))
    return fmt::format("did you mean `{}`?", *similar);
  return fmt::format("known are {}; begin the name of a column of your own with `x_`",
                     fmt::join(names, ", "));
}

}  // namespace

std::optional<RosterColumns> RosterColumns::find(const csv::Record& header, csv::ProblemReport& problems) {
  RosterColumns columns;
  const int before = problems.count();
  for (std::size_t i = 0; i < header.fields.size(); ++i) {
    const std::string& name = header.fields[i];
    if (name.starts_with("x_")) continue;
    const auto known = std::ranges::find(names, name);
    if (known == names.end()) {
      problems.error(header.line,
                     name.empty() ? fmt::format("column {} has no name", i + 1)
                                  : fmt::format("unknown column `{}`", name),
                     suggest_column(name, header));
      continue;
    }
    auto& place = columns.places_[static_cast<std::size_t>(known - names.begin())];
    if (place)
      problems.error(
          header.line,
          fmt::format("the column `{}` stands twice, at place {} and at place {}", name, *place + 1, i + 1),
          "remove one of them");
    else
      place = i;
  }
  for (std::size_t c = 0; c < required; ++c)
    if (!columns.places_[c])
      problems.error(header.line, fmt::format("the column `{}` is missing", names[c]),
                     fmt::format("a roster needs the columns {}",
                                 fmt::join(names.begin(), names.begin() + required, ", ")));
  return problems.count() == before ? std::optional{columns} : std::nullopt;
}

const std::string& RosterColumns::field(const csv::Record& record, RosterColumn column) const {
  static const std::string nothing;
  const auto& place = places_[static_cast<std::size_t>(column)];
  return place ? record.fields[*place] : nothing;
}

}  // namespace peercap::peer_support
