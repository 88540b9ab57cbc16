#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "app/studies/study.h"
#include "app/studies/study_point.h"
#include "sim/study/design/design.h"

namespace peercap::app {

/// The points of a study, each by its index: what the varied parameters are set to.
class StudyDesign {
 public:
  /// Of a study that has passed every check; keeps a reference to it.
  explicit StudyDesign(const Study& study);

  /// 1 of a study that varies nothing: the scenario as it is.
  [[nodiscard]] std::uint64_t size() const;

  /// Paths and values of point `index`, as set_value() takes them, and `variant` where whole variants vary.
  /// Callable from any thread.
  [[nodiscard]] peer_support::ParameterSettings settings(std::uint64_t index) const;

  /// The same as what is run: the scenario to begin with, and what is set in it. Refers to the study.
  [[nodiscard]] StudyPoint point(std::uint64_t index) const;

 private:
  [[nodiscard]] std::string text(std::size_t parameter, double coordinate) const;

  const Study& study_;
  /// [parameters][levels] where a coordinate is the position of a level; empty where it is the number itself.
  std::vector<std::vector<std::string>> levels_;
  std::unique_ptr<const Design> design_;  ///< null for a list, and where nothing varies
};

/// The levels of a parameter in a grid, as texts.
[[nodiscard]] std::vector<std::string> grid_levels(const Study& study, const VariedParameter& parameter);

}  // namespace peercap::app
