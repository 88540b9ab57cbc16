#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "models/peer_support/scenario_yaml/layer_reader.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/io/yaml/node.h"

namespace peercap::app {

/// Reads parameters of a study that are named by paths, and their values. Every problem is reported at its
/// place. Without a base scenario (it could not be read) paths and values are passed over.
class FactorReader {
 public:
  FactorReader(peer_support::LayerContext& context, const peer_support::Scenario* base)
      : context_{context}, base_{base} {}

  /// The parameter that the key names. Nothing where it names nothing that can be varied.
  [[nodiscard]] std::optional<peer_support::FactorInfo> find(const yaml::Entry& entry);

  /// A list of values that the parameter can take, each once.
  void read_values(const std::string& path, const yaml::Node& list, std::vector<std::string>& values);

  /// `[low, high]`, or `10-120` of whole numbers, as in gradual_value.h.
  [[nodiscard]] bool read_range(const std::string& path, const yaml::Node& node,
                                peer_support::FactorKind kind, double& low, double& high);
  [[nodiscard]] std::optional<double> read_number(const std::string& path, const yaml::Node& node);

  void report(const yaml::Node& node, const std::string& path, std::string what, std::string suggestion = {});
  [[nodiscard]] const peer_support::Scenario* base() const { return base_; }

 private:
  peer_support::LayerContext& context_;
  const peer_support::Scenario* base_;
};

/// Reads "10-120" or "10..120".
[[nodiscard]] bool parse_whole_range(std::string_view text, std::int64_t& low, std::int64_t& high);

}  // namespace peercap::app
