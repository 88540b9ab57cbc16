#include "app/checkpoints/run_identity.h"

#include <algorithm>
#include <map>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "sim/observe/content_digest.h"
#include "sim/support/build_info.h"

namespace peercap::app {
namespace {

constexpr std::size_t most_differences = 5;

/// The lines of a resolved scenario that hold a value, each with the names of the groups around it:
/// "run.seed" -> "7". Items of lists count by their place.
std::vector<std::pair<std::string, std::string>> values_of(std::string_view resolved) {
  struct Group {
    std::size_t indent;
    std::string name;
  };
  std::vector<std::pair<std::string, std::string>> values;
  std::vector<Group> groups;
  std::map<std::string, int> items;
  while (!resolved.empty()) {
    const std::size_t end = std::min(resolved.find('\n'), resolved.size());
    std::string_view line = resolved.substr(0, end);
    resolved.remove_prefix(std::min(end + 1, resolved.size()));
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    line.remove_prefix(indent);
    if (line.empty() || line.front() == '#') continue;
    while (!groups.empty() && groups.back().indent >= indent) groups.pop_back();
    std::string path;
    for (const Group& group : groups) path += group.name + ".";
    if (line.starts_with("- ")) {
      if (!path.empty()) path.pop_back();
      const std::string item = fmt::format("{}[{}]", path, items[path]++);
      values.emplace_back(item, line.substr(2));
      if (!groups.empty()) groups.push_back({indent, fmt::format("[{}]", items[path] - 1)});
      continue;
    }
    const std::size_t colon = std::min(line.find(':'), line.size());
    const std::string name{line.substr(0, colon)};
    const std::string_view value = colon + 2 < line.size() ? line.substr(colon + 2) : std::string_view{};
    if (value.empty())
      groups.push_back({indent, name});
    else
      values.emplace_back(path + name, value);
  }
  return values;
}

void add_scenario_differences(std::vector<std::string>& found, const RunIdentity& saved,
                              const RunIdentity& asked) {
  const auto there = values_of(saved.scenario);
  const auto here = values_of(asked.scenario);
  const std::map<std::string, std::string> there_by_path(there.begin(), there.end());
  const std::map<std::string, std::string> here_by_path(here.begin(), here.end());
  const std::size_t before = found.size();
  for (const auto& [path, value] : here) {
    const auto other = there_by_path.find(path);
    if (other == there_by_path.end())
      found.push_back(fmt::format("{} is {} here and is not set there", path, value));
    else if (other->second != value)
      found.push_back(fmt::format("{} is {} there and {} here", path, other->second, value));
  }
  for (const auto& [path, value] : there)
    if (!here_by_path.contains(path))
      found.push_back(fmt::format("{} is {} there and is not set here", path, value));
  if (found.size() == before) found.emplace_back("the scenario is another");
}

}  // namespace

std::string RunIdentity::digest() const {
  Sha256 hash;
  for (const std::string* part : {&program, &scenario, &roster_sha256}) {
    hash.update(std::to_string(part->size()) + ":");
    hash.update(*part);
  }
  if (is_checked) hash.update("checked");
  return hash.finish();
}

RunIdentity identity_of(const peer_support::LoadedScenario& loaded) {
  RunIdentity identity;
  const BuildInfo& build = build_info();
  identity.program = fmt::format("peercap {} (git {})", build.version, build.git_hash);
  peer_support::Scenario scenario = loaded.scenario;
  identity.replications = static_cast<std::uint64_t>(scenario.run.replications);
  scenario.run.replications = 1;
  identity.scenario = peer_support::resolved_text(scenario);
  if (scenario.roster_data) identity.roster_sha256 = scenario.roster_data->sha256;
  return identity;
}

std::vector<std::string> differences(const RunIdentity& saved, const RunIdentity& asked) {
  std::vector<std::string> found;
  if (saved.program != asked.program)
    found.push_back(fmt::format("the program is {} there and {} here", saved.program, asked.program));
  if (saved.scenario != asked.scenario) add_scenario_differences(found, saved, asked);
  if (saved.is_checked != asked.is_checked)
    found.push_back(fmt::format("the run is {} there and {} here",
                                saved.is_checked ? "made with --check" : "made without --check",
                                asked.is_checked ? "with it" : "without it"));
  if (saved.roster_sha256 != asked.roster_sha256) found.emplace_back("the people of the roster are others");
  if (asked.replications < saved.replications)
    found.push_back(fmt::format("run.replications is {} there and only {} here (more are possible)",
                                saved.replications, asked.replications));
  if (found.size() > most_differences) {
    const std::size_t more = found.size() - most_differences;
    found.resize(most_differences);
    found.push_back(fmt::format("and {} more", more));
  }
  return found;
}

}  // namespace peercap::app
