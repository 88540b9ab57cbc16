#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario/levels.h"

namespace peercap::peer_support {

/// One row of a roster, as written.
struct RosterPerson {
  std::string id;  ///< of this person alone; random draws are addressed by it
  std::string site;
  std::string department;
  std::string unit;
  std::string profession;    ///< one of organization.professions
  std::string career_stage;  ///< one of organization.career_stages; empty where it is drawn
  ShiftPattern shift_pattern = ShiftPattern::round_the_clock_8h;  ///< of the unit
  std::string team;  ///< see find_team; empty where it is assigned
  RosterRole role = RosterRole::none;
  std::string reports_to;  ///< id of another person; may be empty
  int line = 0;            ///< in the file
};

struct RosterDepartment {
  std::uint32_t site = 0;  ///< into Roster::sites
  std::string name;
};

struct RosterUnit {
  std::uint32_t department = 0;  ///< into Roster::departments
  std::string name;
  ShiftPattern shift_pattern = ShiftPattern::round_the_clock_8h;
  std::vector<std::uint32_t> people;  ///< into Roster::people, in the order of the file
};

inline constexpr std::uint32_t nobody = ~std::uint32_t{0};

/// The people of an organization and where they work. Sites, the departments of a site and the units of a
/// department stand in the order in which the file names them first, and next to each other.
struct Roster {
  std::string file;
  std::uint64_t bytes = 0;  ///< of the file
  std::string sha256;       ///< of the file
  std::vector<RosterPerson> people;
  std::vector<std::string> sites;
  std::vector<RosterDepartment> departments;
  std::vector<RosterUnit> units;
  std::vector<std::uint32_t> managers;  ///< [people]: into people, or `nobody`
};

/// Finds sites, departments, units and managers of people whose rows were checked (roster_csv::read_roster).
/// Who is named by `reports_to` and is not there counts as nobody.
[[nodiscard]] Roster make_roster(std::string file, std::vector<RosterPerson> people);

/// The team, from 0, that a letter from A (either case) or a number from 1 names; nothing where the pattern
/// has no such team.
[[nodiscard]] std::optional<std::size_t> find_team(std::string_view name, ShiftPattern pattern);

}  // namespace peercap::peer_support
