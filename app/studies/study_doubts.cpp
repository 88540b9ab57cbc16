#include "app/studies/study_doubts.h"

#include <set>
#include <string_view>
#include <utility>

#include <fmt/format.h>

#include "app/studies/scenario_changes.h"
#include "sim/io/yaml/number_text.h"

namespace peercap::app {
namespace {

/// A path that something set, and where.
using SetPath = std::pair<std::string, SourceLocation>;

class DoubtTeller {
 public:
  DoubtTeller(const Study& study, const peer_support::LayerRecord& record, const DoubtPlaces& in_file,
              peer_support::DemandMemory& memory, Diagnostics& diagnostics)
      : study_{study}, record_{record}, in_file_{in_file}, memory_{memory}, diagnostics_{diagnostics} {
    if (study.policies.empty()) return;
    for (const peer_support::ScenarioProblem& doubt : scenario_doubts(study.base, &memory))
      of_base_.insert(key(doubt));
  }

  void tell(const peer_support::Scenario& scenario, const std::vector<SetPath>& settings,
            const std::string& policy) {
    peer_support::ParameterSettings paths;
    for (const SetPath& setting : settings) paths.emplace_back(setting.first, "");
    for (peer_support::ScenarioProblem& doubt : scenario_doubts(scenario, &memory_)) {
      if (!told_.insert(key(doubt)).second) continue;
      SourceLocation where{study_.scenario_file, 0, 0};
      if (const auto known = in_file_.find(doubt.what); known != in_file_.end())
        where = known->second;
      else if (!settings.empty())
        where = place_of(settings, nearest_setting(paths, doubt.path));
      if (!policy.empty() && !of_base_.contains(key(doubt)))
        doubt.what = fmt::format("with the policy `{}`: {}", policy, doubt.what);
      diagnostics_.add({doubt.severity, where, std::move(doubt.what), std::move(doubt.suggestion)});
    }
  }

  /// The settings below `prefix`, where they stand in the study.
  void add(const peer_support::ParameterSettings& settings, const std::string& prefix,
           std::vector<SetPath>& paths) const {
    for (const auto& [path, value] : settings) {
      const auto found = record_.places.find(prefix + path);
      paths.emplace_back(path,
                         found == record_.places.end() ? SourceLocation{study_.file, 0, 0} : found->second);
    }
  }

 private:
  static std::string key(const peer_support::ScenarioProblem& doubt) {
    return doubt.path + '\n' + doubt.what;
  }
  static SourceLocation place_of(const std::vector<SetPath>& settings, const std::string& path) {
    for (auto setting = settings.rbegin(); setting != settings.rend(); ++setting)  // the last one holds
      if (setting->first == path) return setting->second;
    return {};
  }

  const Study& study_;
  const peer_support::LayerRecord& record_;
  const DoubtPlaces& in_file_;
  peer_support::DemandMemory& memory_;
  Diagnostics& diagnostics_;
  std::set<std::string> of_base_;  ///< where there are policies: what is not theirs
  std::set<std::string> told_;
};

}  // namespace

void tell_doubts(const Study& study, const std::vector<std::string>& overrides,
                 const peer_support::LayerRecord& record, const DoubtPlaces& in_file,
                 peer_support::DemandMemory& memory, Diagnostics& diagnostics) {
  DoubtTeller teller{study, record, in_file, memory, diagnostics};
  std::vector<SetPath> common;
  teller.add(study.spec.set, "set.", common);
  for (const std::string& text : overrides) {
    const std::string path{yaml::trim(std::string_view{text}.substr(0, text.find('=')))};
    common.emplace_back(path, SourceLocation{"--set " + path, 0, 0});
  }
  if (study.policies.empty()) return teller.tell(study.base, common, "");
  for (std::size_t i = 0; i < study.policies.size(); ++i) {
    std::vector<SetPath> settings = common;
    const std::string& name = study.policies[i].name;
    teller.add(study.spec.policies[i].set, fmt::format("policies[{}].set.", name), settings);
    teller.tell(study.policies[i].scenario, settings, name);
  }
}

}  // namespace peercap::app
