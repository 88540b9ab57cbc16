#include "models/peer_support/organization/reporting_lines.h"

#include "models/peer_support/organization/draw_purpose.h"

namespace peercap::peer_support {
namespace {

std::uint32_t find_manager(const Organization& organization, const Unit& unit, const RandomSource& random) {
  std::uint32_t manager = nobody;
  bool manager_is_early = true;
  double lowest = 0.0;
  for (std::uint32_t i = unit.first_clinician; i < unit.first_clinician + unit.size; ++i) {
    const bool is_early = organization.stages[i] == 0;
    if (is_early && !manager_is_early) continue;
    const double key = random.draw(organization.person_keys[i], DrawPurpose::manager, 0).uniform();
    if (manager != nobody && is_early == manager_is_early && key >= lowest) continue;
    manager = i;
    manager_is_early = is_early;
    lowest = key;
  }
  return manager;
}

/// Whether the chain above `below` passes through `above`.
bool stands_above(const Organization& organization, std::uint32_t above, std::uint32_t below) {
  for (std::uint32_t i = organization.reports_to[below]; i != nobody; i = organization.reports_to[i])
    if (i == above) return true;
  return false;
}

}  // namespace

std::vector<std::uint32_t> draw_reporting_lines(const Organization& organization,
                                                const RandomSource& random) {
  std::vector<std::uint32_t> reports_to(organization.clinician_count(), nobody);
  std::vector<std::uint32_t> heads(organization.departments.size(), nobody);
  for (const Unit& unit : organization.units) {
    const std::uint32_t manager = find_manager(organization, unit, random);
    std::uint32_t& head = heads[unit.department];
    for (std::uint32_t i = unit.first_clinician; i < unit.first_clinician + unit.size; ++i)
      reports_to[i] = i == manager ? head : manager;
    if (head == nobody) head = manager;
  }
  return reports_to;
}

bool in_line_of_authority(const Organization& organization, ClinicianId a, ClinicianId b) {
  return stands_above(organization, a.value(), b.value()) || stands_above(organization, b.value(), a.value());
}

}  // namespace peercap::peer_support
