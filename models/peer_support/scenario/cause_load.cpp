#include "models/peer_support/scenario/cause_load.h"

#include <algorithm>

#include "models/peer_support/scenario/staffing.h"

namespace peercap::peer_support {
namespace {

/// Teams that take turns in a unit, about.
constexpr double usual_teams = 4.0;

double mean_factor_of_professions(const OrganizationSpec& organization, const Shares& factors) {
  double sum = 0.0;
  double people = 0.0;
  for (const Profession& profession : organization.professions) {
    sum += profession.share * factor_of(factors, profession.name);
    people += profession.share;
  }
  return people > 0.0 ? sum / people : 1.0;
}

}  // namespace

double cause_load(const Scenario& scenario) {
  const auto& causes = scenario.environment.causes;
  if (causes.empty()) return 0.0;
  const std::vector<StaffedDepartment> departments = staffed_departments(scenario);
  double clinicians = 0.0;
  for (const StaffedDepartment& department : departments) clinicians += department.clinicians;
  double colleagues = 0.0;  // in the unit of a clinician
  for (const Site& site : scenario.organization.sites)
    for (const Department& department : site.departments)
      colleagues += static_cast<double>(department.units) * department.unit_size *
                    (department.unit_size - 1) / std::max(1.0, clinicians);
  double load = 0.0;
  for (const EventCause& cause : causes) {
    double by_department = 0.0;
    for (const StaffedDepartment& department : departments)
      by_department += department.clinicians * factor_of(cause.departments, department.name);
    const double factor = clinicians > 0.0 ? by_department / clinicians : 1.0;
    load += cause.rate.per_day * cause.severity * factor *
            mean_factor_of_professions(scenario.organization, cause.professions) *
            (1.0 + cause.team_exposure.value * colleagues / usual_teams);
  }
  return load;
}

}  // namespace peercap::peer_support
