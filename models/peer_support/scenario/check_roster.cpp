#include "models/peer_support/scenario/check_roster.h"

#include <algorithm>
#include <set>
#include <string>

#include "models/peer_support/scenario/staffing.h"

namespace peercap::peer_support {
namespace {

void check_departments(const Scenario& scenario, std::vector<ScenarioProblem>& problems) {
  std::set<std::string> known;
  for (const RosterDepartment& department : scenario.roster_data->departments) known.insert(department.name);
  std::string names;
  for (const std::string& name : known) names += (names.empty() ? "`" : ", `") + name + "`";
  for (const RosterDepartmentSpec& department : scenario.organization.departments)
    if (!known.contains(department.name))
      problems.push_back({"organization.departments[" + department.name + "]", Severity::error,
                          "nobody of the roster works in a department `" + department.name + "`",
                          "the roster's departments are " + names});
}

}  // namespace

std::vector<ScenarioProblem> check_roster(const Scenario& scenario) {
  std::vector<ScenarioProblem> problems;
  const OrganizationSpec& organization = scenario.organization;
  if (organization.roster.empty()) {
    if (!organization.departments.empty())
      problems.push_back({"organization.departments", Severity::error,
                          "`organization.departments` belongs to a roster, and there is none",
                          "name departments below `sites`, or give `organization.roster`"});
    return problems;
  }
  if (!organization.sites.empty())
    problems.push_back({"organization.sites", Severity::error,
                        "there are both sites and a roster, which names its sites itself",
                        "remove `organization.sites` or `organization.roster`"});
  if (scenario.roster_data == nullptr) {
    problems.push_back({"organization.roster",
                        Severity::error,
                        "the roster `" + organization.roster + "` has not been read",
                        {}});
    return problems;
  }
  check_departments(scenario, problems);
  const int named = count_roster_supporters(scenario);
  if (scenario.supporters.count < named)
    problems.push_back({"supporters.count", Severity::note,
                        "the roster names " + std::to_string(named) + " supporters, more than the " +
                            std::to_string(scenario.supporters.count) +
                            " of `supporters.count`: all of the roster's are simulated, and no others",
                        "write `count: " + std::to_string(named) + "`"});
  return problems;
}

}  // namespace peercap::peer_support
