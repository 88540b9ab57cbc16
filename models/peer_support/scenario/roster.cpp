#include "models/peer_support/scenario/roster.h"

#include <algorithm>
#include <map>
#include <numeric>
#include <unordered_map>
#include <utility>

namespace peercap::peer_support {
namespace {

/// Numbers names within what holds them, in the order of their first appearance.
class Numbering {
 public:
  /// The number of the name, and whether it is new.
  std::pair<std::uint32_t, bool> number(std::uint32_t holder, const std::string& name) {
    const auto next = static_cast<std::uint32_t>(numbers_.size());
    const auto [found, is_new] = numbers_.try_emplace({holder, name}, next);
    return {found->second, is_new};
  }

 private:
  std::map<std::pair<std::uint32_t, std::string>, std::uint32_t> numbers_;
};

/// Sorts items by what holds them, stably, and returns their new places by their old ones.
template <class Item, class Holder>
std::vector<std::uint32_t> group_by(std::vector<Item>& items, Holder holder) {
  std::vector<std::uint32_t> order(items.size());
  std::iota(order.begin(), order.end(), 0U);
  std::ranges::stable_sort(order, {}, [&](std::uint32_t i) { return holder(items[i]); });
  std::vector<Item> sorted;
  std::vector<std::uint32_t> places(items.size());
  for (const std::uint32_t old : order) {
    places[old] = static_cast<std::uint32_t>(sorted.size());
    sorted.push_back(std::move(items[old]));
  }
  items = std::move(sorted);
  return places;
}

}  // namespace

Roster make_roster(std::string file, std::vector<RosterPerson> people) {
  Roster roster;
  roster.file = std::move(file);
  roster.people = std::move(people);
  Numbering sites;
  Numbering departments;
  Numbering units;
  std::unordered_map<std::string_view, std::uint32_t> by_id;
  for (std::uint32_t i = 0; i < roster.people.size(); ++i) {
    const RosterPerson& person = roster.people[i];
    by_id.emplace(person.id, i);
    const auto [site, new_site] = sites.number(0, person.site);
    if (new_site) roster.sites.push_back(person.site);
    const auto [department, new_department] = departments.number(site, person.department);
    if (new_department) roster.departments.push_back({site, person.department});
    const auto [unit, new_unit] = units.number(department, person.unit);
    if (new_unit) roster.units.push_back({department, person.unit, person.shift_pattern, {}});
    roster.units[unit].people.push_back(i);
  }
  const auto places = group_by(roster.departments, [](const RosterDepartment& d) { return d.site; });
  for (RosterUnit& unit : roster.units) unit.department = places[unit.department];
  (void)group_by(roster.units, [](const RosterUnit& u) { return u.department; });

  roster.managers.reserve(roster.people.size());
  for (const RosterPerson& person : roster.people) {
    const auto manager = person.reports_to.empty() ? by_id.end() : by_id.find(person.reports_to);
    roster.managers.push_back(manager == by_id.end() ? nobody : manager->second);
  }
  return roster;
}

std::optional<std::size_t> find_team(std::string_view name, ShiftPattern pattern) {
  if (name.size() != 1) return std::nullopt;  // no pattern has ten teams
  const char c = name.front();
  const int team = c >= 'A' && c <= 'Z'   ? c - 'A'
                   : c >= 'a' && c <= 'z' ? c - 'a'
                   : c >= '1' && c <= '9' ? c - '1'
                                          : -1;
  if (team < 0 || static_cast<std::size_t>(team) >= team_count(pattern)) return std::nullopt;
  return static_cast<std::size_t>(team);
}

}  // namespace peercap::peer_support
