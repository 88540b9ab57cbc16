#include "models/peer_support/scenario_yaml/roster_files.h"

#include <filesystem>
#include <system_error>
#include <utility>

#include "models/peer_support/roster_csv/read_roster.h"

namespace peercap::peer_support {
namespace {

namespace fs = std::filesystem;

/// What the meaning of a roster depends on: the file, and the words of the scenario that it uses.
std::string key_of(const fs::path& path, const OrganizationSpec& spec) {
  std::string key = path.string();
  for (const Profession& profession : spec.professions) key += '\n' + profession.name;
  key += '\n';
  for (const CareerStage& stage : spec.career_stages) key += '\n' + stage.name;
  return key;
}

}  // namespace

bool RosterFiles::attach(Scenario& scenario, const Origin& origin, Diagnostics& diagnostics) {
  OrganizationSpec& spec = scenario.organization;
  fs::path path{spec.roster};
  if (origin.kind == Origin::Kind::file && path.is_relative())
    path = fs::path{origin.where.file}.parent_path() / path;
  std::error_code error;
  const fs::path absolute = fs::absolute(path, error).lexically_normal();
  const auto [known, is_new] = known_.try_emplace(key_of(absolute, spec));
  if (is_new) {
    auto roster = read_roster(path.lexically_normal().string(), spec, diagnostics, origin.where);
    if (roster) known->second = std::make_shared<const Roster>(std::move(*roster));
  }
  scenario.roster_data = known->second;
  if (!error) spec.roster = absolute.string();
  return scenario.roster_data != nullptr;
}

}  // namespace peercap::peer_support
