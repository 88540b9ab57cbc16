#pragma once

#include <limits>
#include <string>
#include <utility>
#include <vector>

#include "app/studies/study.h"
#include "sim/study/design/factor.h"

namespace peercap::app {

/// A parameter whose influence is asked for, and how far it is moved.
struct SensitivityFactor {
  std::string path = {};
  peer_support::FactorKind kind = peer_support::FactorKind::number;
  /// Of numbers as in gradual_value.h; where there are levels, of their positions.
  Factor factor = {};
  std::vector<std::string> levels = {};  ///< texts; empty where the factor is the number itself
  std::string base_text = {};            ///< what the scenario has
  double base_number = std::numeric_limits<double>::quiet_NaN();  ///< the same in the factor's numbers
  std::string low_text = {};
  std::string high_text = {};

  /// The setting at a place in [0, 1], as set_value() takes it.
  [[nodiscard]] std::pair<std::string, std::string> setting_at(const peer_support::Scenario& base,
                                                               double unit) const;
};

/// How far a parameter is moved where the study does not say.
struct UsualSpan {
  double share = 0.25;  ///< of the value that the scenario has, to both sides, within the allowed range
};

/// The factors of an analysis, and what was left out.
struct FactorChoice {
  std::vector<SensitivityFactor> factors;
  bool is_usual = false;  ///< the study varies nothing: all assumptions are taken
  /// Paths with the reason why they were left out, of usual factors.
  std::vector<std::pair<std::string, std::string>> left_out;
};

/// What the study varies. If nothing: all sweepable parameters whose defaults are graded `assumed`, each
/// moved by `span` of its value and kept within its allowed range (whole numbers by 1 at least, levels
/// through all of them). Those at 0, where a share moves nothing, and those of list items that differ are
/// left out: a study can name them with a range.
[[nodiscard]] FactorChoice choose_factors(const Study& study, UsualSpan span = {});

}  // namespace peercap::app
