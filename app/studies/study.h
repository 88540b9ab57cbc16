#pragma once

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "app/studies/calibration_spec.h"
#include "app/studies/study_spec.h"
#include "app/studies/target_text.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/parameter_number.h"
#include "sim/study/preference.h"

namespace peercap::app {

/// A policy of a comparison, checked.
struct StudyPolicy {
  std::string name;
  std::string description;
  peer_support::Scenario scenario;
};

/// A parameter that a study varies: by values, or over a range.
struct VariedParameter {
  std::string path;
  peer_support::FactorKind kind = peer_support::FactorKind::number;
  std::vector<std::string> values;  ///< as written; empty where a range is given
  double low = 0.0;                 ///< of a range, as in gradual_value.h
  double high = 0.0;
  VaryScale scale = VaryScale::linear;
  int points = 0;  ///< levels of a grid over the range; 0 where none are given
};

/// A parameter that a search chooses: `origin` + k `step` for whole k in [low, high].
struct SearchComponent {
  std::string path;
  double origin = 0.0;
  double step = 1.0;
  std::int64_t low = 1;
  std::int64_t high = 1;
  double cost = 1.0;       ///< of one more
  std::string below = {};  ///< why nothing below `low` is looked at; empty where the user says so
  std::int64_t today;      ///< k of the scenario as it is, the nearest one below; may lie outside [low, high]

  [[nodiscard]] double number(std::int64_t k) const { return origin + static_cast<double>(k) * step; }
};

/// Whether the points of a design stand one by one in Study::points.
[[nodiscard]] inline bool has_listed_points(DesignKind kind) {
  return kind == DesignKind::list || kind == DesignKind::posterior;
}

/// How the best policy is chosen.
struct PolicySelection {
  peer_support::Measure measure = peer_support::Measure::contact_within_limit_share;
  Preference preference = Preference::larger;
  double indifference = 0.0;  ///< of the procedure KN: a difference that does not matter; 0 with a budget
  std::int64_t budget = 0;    ///< replications of all policies; 0 for KN
};

/// The name under which whole variants of the scenario file vary, beside parameters.
inline constexpr const char* varied_variant = "variant";

/// A study that has passed every check.
struct Study {
  std::string file;
  std::string scenario_file;
  std::size_t assumed_values = 0;  ///< that the scenario file leans on (assumptions_of())
  StudySpec spec;
  peer_support::Scenario base;  ///< with the variant, `set` and the command line's changes
  std::vector<StudyPolicy> policies;
  std::vector<VariedParameter> vary;
  std::vector<peer_support::ParameterSettings> points;  ///< of a design `list` or `posterior`
  std::vector<peer_support::Measure> measures;          ///< those of targets first, each once
  std::vector<StudyTarget> targets;
  std::vector<SearchComponent> search;
  std::optional<PolicySelection> selection;
  std::map<std::string, peer_support::Scenario> variants;  ///< that vary, by name
  CalibrationSpec calibration;  ///< without parameters where the study fits nothing
};

/// `supporters.count=80` of a component's candidate, as set_value() takes them.
[[nodiscard]] inline std::pair<std::string, std::string> setting_of(const SearchComponent& component,
                                                                    const peer_support::Scenario& base,
                                                                    std::int64_t k) {
  return {component.path, peer_support::text_of_number(base, component.path, component.number(k))};
}

}  // namespace peercap::app
