#include "models/peer_support/roster_csv/read_roster.h"

#include <algorithm>
#include <cstdint>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "models/peer_support/roster_csv/reporting_cycles.h"
#include "models/peer_support/roster_csv/roster_columns.h"
#include "sim/io/csv/record_reader.h"
#include "sim/io/yaml/similar.h"

namespace peercap::peer_support {
namespace {

template <class Item>
std::vector<std::string> names_of(const std::vector<Item>& items) {
  std::vector<std::string> names;
  for (const Item& item : items) names.push_back(item.name);
  return names;
}

/// The value as it is shown in a message.
std::string quoted(std::string_view text) {
  constexpr std::size_t shown = 60;
  if (text.size() <= shown) return fmt::format("`{}`", text);
  return fmt::format("`{}...`", text.substr(0, shown));
}

std::string suggest(const std::string& word, const std::vector<std::string>& known) {
  if (const auto similar = yaml::find_similar(word, known))
    return fmt::format("did you mean `{}`?", *similar);
  return fmt::format("known are {}", fmt::join(known, ", "));
}

/// Why a text cannot be an id or a name; empty where it can.
std::string_view find_name_problem(std::string_view name) {
  if (name.empty()) return "is empty";
  if (name.size() > 100) return "is longer than 100 bytes";
  if (name.front() == ' ' || name.back() == ' ') return "has blanks at an end";
  if (name.find_first_of("\t\n") != std::string_view::npos) return "has a tab or a line end in it";
  return {};
}

class RosterReader {
 public:
  RosterReader(csv::RecordReader& records, const RosterColumns& columns, const OrganizationSpec& spec,
               const RosterLimits& limits)
      : records_{records},
        problems_{records.problems()},
        columns_{columns},
        limits_{limits},
        professions_{names_of(spec.professions)},
        stages_{names_of(spec.career_stages)} {
    for (const std::string_view name : level_names(ShiftPattern{})) patterns_.emplace_back(name);
    for (const std::string_view name : level_names(RosterRole{})) roles_.emplace_back(name);
  }

  /// The people of the file; complete only where no problem was reported.
  std::vector<RosterPerson> read() {
    csv::Record record;
    while (true) {
      const int before = problems_.count();
      const bool found = records_.next(record);
      rows_lost_ = rows_lost_ || before != problems_.count();  // the reader passed over a row, or stopped
      if (!found) break;
      read_row(record);
    }
    if (people_.empty() && problems_.count() == 0)
      problems_.error(records_.header().line, "the roster has no people, only a header",
                      "add a row for each person");
    settle_units();
    check_reporting_lines();
    return std::move(people_);
  }

 private:
  struct SeenUnit {
    std::size_t size = 0;
    ShiftPattern pattern = ShiftPattern::round_the_clock_8h;
    int pattern_line = 0;  // 0 where nobody has said the pattern yet
  };

  const std::string& field(const csv::Record& record, RosterColumn column) const {
    return columns_.field(record, column);
  }

  void read_row(const csv::Record& record) {
    RosterPerson person;
    person.line = record.line;
    read_id(record, person);
    // Each is read, whatever the others give: every problem is told.
    const bool has_site = read_name(record, RosterColumn::site, person.site);
    const bool has_department = read_name(record, RosterColumn::department, person.department);
    const bool has_unit = read_name(record, RosterColumn::unit, person.unit);
    const bool has_place = has_site && has_department && has_unit;
    read_word(record, RosterColumn::profession, professions_, "organization.professions", person.profession);
    if (!field(record, RosterColumn::career_stage).empty())
      read_word(record, RosterColumn::career_stage, stages_, "organization.career_stages",
                person.career_stage);
    person.role = read_level<RosterRole>(record, RosterColumn::role, roles_).value_or(RosterRole::none);
    person.team = field(record, RosterColumn::team);
    person.reports_to = field(record, RosterColumn::reports_to);
    const auto pattern = read_level<ShiftPattern>(record, RosterColumn::shift_pattern, patterns_);
    unit_of_.push_back(has_place ? enter_unit(person, pattern) : nobody);
    people_.push_back(std::move(person));
  }

  void read_id(const csv::Record& record, RosterPerson& person) {
    if (!read_name(record, RosterColumn::id, person.id)) return;
    const auto [known, is_new] = by_id_.emplace(person.id, static_cast<std::uint32_t>(people_.size()));
    if (!is_new)
      problems_.error(
          record.line,
          fmt::format("the id {} stands in line {} already", quoted(person.id), people_[known->second].line),
          "give each person an id of their own");
  }

  /// False where the field is no name, which is reported.
  bool read_name(const csv::Record& record, RosterColumn column, std::string& name) {
    name = field(record, column);
    const std::string_view problem = find_name_problem(name);
    if (problem.empty()) return true;
    const std::string_view column_name = level_names(column)[static_cast<std::size_t>(column)];
    if (name.empty())
      problems_.error(record.line, fmt::format("the `{}` is empty", column_name),
                      "every person has an id, a site, a department and a unit");
    else
      problems_.error(record.line, fmt::format("the `{}` {} {}", column_name, quoted(name), problem));
    return false;
  }

  void read_word(const csv::Record& record, RosterColumn column, const std::vector<std::string>& known,
                 std::string_view where, std::string& word) {
    word = field(record, column);
    if (std::ranges::find(known, word) != known.end()) return;
    const std::string_view column_name = level_names(column)[static_cast<std::size_t>(column)];
    problems_.error(record.line,
                    word.empty()
                        ? fmt::format("the `{}` is empty", column_name)
                        : fmt::format("the {} {} is not among `{}`", column_name, quoted(word), where),
                    suggest(word, known));
  }

  /// Nothing where the field is empty, and where it is none of the words, which is reported.
  template <class Level>
  std::optional<Level> read_level(const csv::Record& record, RosterColumn column,
                                  const std::vector<std::string>& words) {
    const std::string& word = field(record, column);
    if (word.empty()) return std::nullopt;
    const auto found = std::ranges::find(words, word);
    if (found != words.end()) return static_cast<Level>(found - words.begin());
    problems_.error(
        record.line,
        fmt::format("{} is no {}", quoted(word), column == RosterColumn::role ? "role" : "shift pattern"),
        suggest(word, words));
    return std::nullopt;
  }

  std::uint32_t enter_unit(const RosterPerson& person, std::optional<ShiftPattern> pattern) {
    constexpr char between = '\x1f';  // no text of the file holds control characters
    const std::string key = person.site + between + person.department + between + person.unit;
    const auto [found, is_new] = unit_numbers_.emplace(key, static_cast<std::uint32_t>(units_.size()));
    if (is_new) units_.emplace_back();
    SeenUnit& unit = units_[found->second];
    if (++unit.size == limits_.max_unit_size + 1)
      problems_.error(person.line,
                      fmt::format("the unit {} of {} has more than {} people", quoted(person.unit),
                                  quoted(person.department), limits_.max_unit_size),
                      "name smaller units: a unit is a group that shares events and shifts");
    if (!pattern) return found->second;
    if (unit.pattern_line == 0) {
      unit.pattern = *pattern;
      unit.pattern_line = person.line;
    } else if (unit.pattern != *pattern) {
      problems_.error(person.line,
                      fmt::format("the unit {} has the shift pattern `{}` here and `{}` in line {}",
                                  quoted(person.unit), patterns_[static_cast<std::size_t>(*pattern)],
                                  patterns_[static_cast<std::size_t>(unit.pattern)], unit.pattern_line),
                      "a unit has one shift pattern: write the same in each of its rows, or name two units");
    }
    return found->second;
  }

  /// Gives everybody the pattern of their unit and checks the teams against it.
  void settle_units() {
    for (std::size_t i = 0; i < people_.size(); ++i) {
      if (unit_of_[i] == nobody) continue;
      RosterPerson& person = people_[i];
      person.shift_pattern = units_[unit_of_[i]].pattern;
      if (person.team.empty() || find_team(person.team, person.shift_pattern)) continue;
      const std::size_t teams = team_count(person.shift_pattern);
      problems_.error(
          person.line,
          fmt::format("there is no team {} in a unit with the shift pattern `{}`", quoted(person.team),
                      patterns_[static_cast<std::size_t>(person.shift_pattern)]),
          teams == 1 ? std::string{"write `A`, or leave it empty"}
                     : fmt::format("write a letter from A to {} or a number from 1 to {}, or leave it empty",
                                   static_cast<char>('A' + teams - 1), teams));
    }
  }

  void check_reporting_lines() {
    std::vector<std::uint32_t> managers(people_.size(), nobody);
    for (std::size_t i = 0; i < people_.size(); ++i) {
      const RosterPerson& person = people_[i];
      if (person.reports_to.empty()) continue;
      if (person.reports_to == person.id) {
        problems_.error(person.line, fmt::format("{} reports to themself", quoted(person.id)),
                        "leave `reports_to` empty for those who report to nobody");
        continue;
      }
      if (const auto manager = by_id_.find(person.reports_to); manager != by_id_.end())
        managers[i] = manager->second;
      else if (!rows_lost_)
        problems_.error(person.line,
                        fmt::format("nobody has the id {}, to whom {} reports", quoted(person.reports_to),
                                    quoted(person.id)),
                        suggest_id(person.reports_to));
    }
    for (const auto& cycle : find_reporting_cycles(managers)) report_cycle(cycle);
  }

  std::string suggest_id(const std::string& id) const {
    constexpr std::size_t searched = 100'000;  // comparing one with very many takes long
    if (people_.size() <= searched) {
      std::vector<std::string> ids;
      for (const RosterPerson& person : people_) ids.push_back(person.id);
      if (const auto similar = yaml::find_similar(id, ids))
        return fmt::format("did you mean `{}`?", *similar);
    }
    return "add that person, or leave `reports_to` empty";
  }

  void report_cycle(const std::vector<std::uint32_t>& cycle) {
    constexpr std::size_t shown = 10;
    std::string chain;
    for (std::size_t i = 0; i < std::min(shown, cycle.size()); ++i)
      chain += fmt::format("{} (line {}) -> ", quoted(people_[cycle[i]].id), people_[cycle[i]].line);
    if (cycle.size() > shown) chain += fmt::format("{} more -> ", cycle.size() - shown);
    problems_.error(
        people_[cycle.front()].line,
        fmt::format("reporting lines go in a circle: {}{}", chain, quoted(people_[cycle.front()].id)),
        "empty `reports_to` of the one who stands above the others");
  }

  csv::RecordReader& records_;
  csv::ProblemReport& problems_;
  const RosterColumns& columns_;
  const RosterLimits& limits_;
  std::vector<std::string> professions_;
  std::vector<std::string> stages_;
  std::vector<std::string> patterns_;
  std::vector<std::string> roles_;
  std::vector<RosterPerson> people_;
  std::vector<std::uint32_t> unit_of_;  // [person]
  std::vector<SeenUnit> units_;
  std::unordered_map<std::string, std::uint32_t> by_id_;
  std::unordered_map<std::string, std::uint32_t> unit_numbers_;
  bool rows_lost_ = false;
};

}  // namespace

std::optional<Roster> read_roster(const std::string& path, const OrganizationSpec& spec,
                                  Diagnostics& diagnostics, SourceLocation blame,
                                  const RosterLimits& limits) {
  const csv::Limits file_limits{.max_records = limits.max_people, .max_problems = limits.max_problems};
  auto records = csv::RecordReader::open(path, file_limits, diagnostics, std::move(blame));
  if (!records) return std::nullopt;
  const auto columns = RosterColumns::find(records->header(), records->problems());
  if (!columns) return std::nullopt;
  auto people = RosterReader{*records, *columns, spec, limits}.read();
  if (records->problems().count() > 0) return std::nullopt;
  Roster roster = make_roster(path, std::move(people));
  roster.bytes = records->bytes();
  roster.sha256 = records->take_sha256();
  return roster;
}

}  // namespace peercap::peer_support
