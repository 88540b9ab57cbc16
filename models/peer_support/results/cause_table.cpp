// What each cause of distress has led to.

#include <string>
#include <utility>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/results/result_builder.h"
#include "models/peer_support/results/table_columns.h"

namespace peercap::peer_support {
namespace {

std::string cause_name(const Scenario& scenario, Cause cause) {
  switch (cause) {
    case Cause::clinical_event:
      return "clinical_event";
    case Cause::personal_event:
      return "personal_event";
    case Cause::incident:
      return "incident";
    default:
      return scenario.environment.causes[index_of_listed(cause)].name;
  }
}

}  // namespace

ResultGroup ResultBuilder::causes_group() const {
  ResultGroup group{"/causes",
                    "what each cause of distress has led to: mean over replications of the measured horizon. "
                    "Requests go with the cause that began the episode; those that come without an episode "
                    "(direct, inherited) have none and are left out",
                    GroupShape::table,
                    {},
                    {}};
  const std::vector<CauseRow>& rows = totals_->causes;
  number_rows(group, rows.size());
  Texts names;
  for (std::size_t i = 0; i < rows.size(); ++i)
    names.push_back(cause_name(rules_->scenario, static_cast<Cause>(i)));
  const auto n = static_cast<double>(replications_.size());
  const auto mean_of = [&](std::int64_t CauseRow::*member) {
    return numbers(rows, [&](const CauseRow& row) { return static_cast<double>(row.*member) / n; });
  };
  const auto share_of = [&](std::int64_t CauseRow::*part, std::int64_t CauseRow::*whole) {
    return numbers(rows, [&](const CauseRow& row) {
      return per(static_cast<double>(row.*part), static_cast<double>(row.*whole));
    });
  };
  auto& v = group.variables;
  v.push_back(column("cause", "", "cause",
                     "clinical_event, personal_event, incident (of the scenario's shocks), or the name of a "
                     "cause that the scenario lists",
                     std::move(names)));
  v.push_back(
      column("exposures", "1", "exposures", "people hit by it, every time", mean_of(&CauseRow::exposures)));
  v.push_back(
      column("episodes", "1", "episodes", "distress episodes that it began", mean_of(&CauseRow::episodes)));
  v.push_back(column("requests", "1", "requests", "requests in episodes that it began, whoever made them",
                     mean_of(&CauseRow::requests)));
  v.push_back(column("first_contacts", "1", "first contacts", "first contacts of these requests",
                     mean_of(&CauseRow::first_contacts)));
  v.push_back(column("coverage", "1", "coverage of episodes",
                     "share of these episodes with a contact before recovery or the end, all replications "
                     "together",
                     share_of(&CauseRow::episodes_contacted, &CauseRow::episodes)));
  v.push_back(column("wait_hours", "h", "wait",
                     "mean time from request to first contact, all replications together",
                     numbers(rows, [](const CauseRow& row) {
                       return per(static_cast<double>(row.wait_ticks) / ticks_per_hour,
                                  static_cast<double>(row.first_contacts));
                     })));
  v.push_back(column("within_limit", "1", "contacted within the limit",
                     "share of those who wanted support who were contacted within the limit, requests that "
                     "cannot be judged left out, all replications together",
                     share_of(&CauseRow::judged_within_limit, &CauseRow::judged)));
  return group;
}

}  // namespace peercap::peer_support
