#pragma once

#include <string>
#include <vector>

#include "app/studies/factor_reader.h"
#include "app/studies/study.h"
#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "sim/io/yaml/node.h"

namespace peercap::app {

/// Reads what a study file holds in lists and by path: `measures`, `targets`, `vary`, `points`,
/// `search`. Every problem is reported at its place. Without a base scenario (it could not be read) paths and
/// values are passed over.
class SectionReader {
 public:
  SectionReader(const yaml::Node& root, peer_support::LayerContext& context,
                const peer_support::Scenario* base)
      : root_{root}, context_{context}, factors_{context, base} {}

  /// The keys of the file that this class reads.
  [[nodiscard]] static std::vector<std::string> keys();

  void read(Study& study);

 private:
  void read_measures(Study& study);
  void read_targets(Study& study);
  void read_vary(Study& study);
  void read_variants(const yaml::Entry& entry, Study& study);
  void read_points(Study& study);
  void read_search(Study& study);

  void read_varied(const yaml::Entry& entry, VariedParameter& parameter);
  void read_component(const yaml::Entry& entry, std::vector<SearchComponent>& search);

  [[nodiscard]] const yaml::Entry* find_mapping(std::string_view key);
  [[nodiscard]] std::vector<const yaml::Node*> read_texts(const yaml::Entry& entry);

  const yaml::Node& root_;
  peer_support::LayerContext& context_;
  FactorReader factors_;
};

/// The position of a measure among those of the study, added at the end where it is new.
std::size_t add_measure(Study& study, peer_support::Measure measure);

/// The component of whole numbers of this parameter; `today` is what the scenario has.
[[nodiscard]] SearchComponent whole_component(const peer_support::Scenario& base, const std::string& path,
                                              std::int64_t low, std::int64_t high);

}  // namespace peercap::app
