#include "models/peer_support/scenario/check_causes.h"

#include <algorithm>
#include <set>
#include <string>
#include <utility>

#include "models/peer_support/scenario/staffing.h"

namespace peercap::peer_support {
namespace {

using Names = std::set<std::string>;

std::string list_of(const Names& names) {
  std::string text;
  for (const std::string& name : names) text += (text.empty() ? "`" : ", `") + name + "`";
  return text;
}

class CauseChecker {
 public:
  explicit CauseChecker(const Scenario& scenario) : scenario_{scenario} {
    for (const Profession& profession : scenario.organization.professions)
      professions_.insert(profession.name);
    for (const StaffedDepartment& department : staffed_departments(scenario)) {
      departments_.insert(department.name);
      sites_.insert(department.site);
    }
    for (const ReferralDestination& destination : scenario.referrals.destinations)
      destinations_.insert(destination.name);
  }

  std::vector<ScenarioProblem> run() {
    const auto& causes = scenario_.environment.causes;
    if (causes.size() > most_causes)
      fail("environment.causes",
           std::to_string(causes.size()) + " causes are more than the " + std::to_string(most_causes) +
               " that a scenario can list",
           "join those that do not have to be told apart");
    for (const EventCause& cause : causes) check(cause);
    for (const Incident& incident : scenario_.shocks.incidents) check(incident);
    for (const SiteClosure& closure : scenario_.shocks.closures) check(closure);
    for (const SiteMerger& merger : scenario_.shocks.mergers) check(merger);
    return std::move(problems_);
  }

 private:
  void add(Severity severity, std::string path, std::string what, std::string suggestion) {
    problems_.push_back({std::move(path), severity, std::move(what), std::move(suggestion)});
  }
  void fail(std::string path, std::string what, std::string suggestion) {
    add(Severity::error, std::move(path), std::move(what), std::move(suggestion));
  }

  void check_names(const Shares& shares, const Names& known, const std::string& path,
                   const std::string& kind) {
    for (const auto& [name, weight] : shares.weights)
      if (!known.contains(name))
        fail(path, "there is no " + kind + " `" + name + "`", "write one of " + list_of(known));
  }

  void check(const EventCause& cause) {
    const std::string path = "environment.causes[" + cause.name + "]";
    check_names(cause.professions, professions_, path + ".professions", "profession");
    check_names(cause.departments, departments_, path + ".departments", "department");
    check_names(cause.destinations, destinations_, path + ".destinations", "destination");
    if (!cause.destinations.empty() &&
        std::ranges::none_of(cause.destinations.weights, [](const auto& w) { return w.second > 0; }))
      fail(path + ".destinations", "all weights are 0: a case after it could be referred nowhere",
           "give one a weight above 0, or leave `destinations` out");
    if (cause.named.value > 0 && scenario_.activation.outreach.enabled == Switch::off)
      add(Severity::note, path + ".named",
          "outreach is off, so that the program contacts nobody of whom it hears", {});
  }

  void check_date(const DateOrNever& at, const std::string& path) {
    if (!at.date) {
      fail(path + ".at", "it has no date", "write `at: " + scenario_.run.start.to_string() + "`");
      return;
    }
    const SimTime time = at.date->midnight();
    const SimTime end = scenario_.run.start.midnight() + scenario_.run.horizon;
    if (time >= end)
      add(Severity::note, path + ".at", "it lies after the end of the run, and so does nothing", {});
  }

  void check(const Incident& incident) {
    const std::string path = "shocks.incidents[" + incident.name + "]";
    check_date(incident.at, path);
    check_names(incident.departments, departments_, path + ".departments", "department");
    if (!incident.site.empty()) check_site(incident.site, path + ".site");
  }

  void check(const SiteClosure& closure) {
    const std::string path = "shocks.closures[" + closure.name + "]";
    check_date(closure.at, path);
    if (!sites_.contains(closure.name))
      fail(path, "there is no site `" + closure.name + "`", "write one of " + list_of(sites_));
    else if (closure.at.date && closure.at.date->midnight() <= begin_of(scenario_.run))
      fail(path + ".at", "the site closes before the run begins", "leave the site out of the organization");
  }

  void check(const SiteMerger& merger) {
    const std::string path = "shocks.mergers[" + merger.name + "]";
    check_date(merger.at, path);
    check_site(merger.name, path);
    check_site(merger.with, path + ".with");
    if (merger.name == merger.with)
      fail(path + ".with", "a site cannot become one with itself", "name another site");
    for (const std::string& site : {merger.name, merger.with}) {
      if (!merging_.insert(site).second && merger.name != merger.with)
        fail(path, "the site `" + site + "` is in two mergers", "leave one of them out");
      if (std::ranges::find(scenario_.shocks.closures, site, &SiteClosure::name) !=
          scenario_.shocks.closures.end())
        fail(path, "the site `" + site + "` closes, and cannot merge as well",
             "leave out one of the merger and `shocks.closures[" + site + "]`");
    }
  }

  void check_site(const std::string& name, const std::string& path) {
    if (!sites_.contains(name))
      fail(path, "there is no site `" + name + "`", "write one of " + list_of(sites_));
  }

  const Scenario& scenario_;
  Names merging_;  ///< sites of the mergers looked at so far
  Names professions_;
  Names departments_;
  Names sites_;
  Names destinations_;
  std::vector<ScenarioProblem> problems_;
};

}  // namespace

std::vector<ScenarioProblem> check_causes(const Scenario& scenario) {
  return CauseChecker{scenario}.run();
}

}  // namespace peercap::peer_support
