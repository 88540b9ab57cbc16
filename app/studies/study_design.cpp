#include "app/studies/study_design.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "sim/study/design/factor.h"
#include "sim/study/design/latin_hypercube.h"
#include "sim/study/design/sobol_sequence.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

FactorScale scale_of(const VariedParameter& parameter) {
  if (parameter.kind == peer_support::FactorKind::whole || parameter.scale == VaryScale::integer)
    return FactorScale::integer;
  return parameter.scale == VaryScale::log ? FactorScale::logarithmic : FactorScale::linear;
}

std::vector<std::vector<double>> positions(const std::vector<std::vector<std::string>>& levels) {
  std::vector<std::vector<double>> all;
  for (const auto& texts : levels) {
    auto& numbers = all.emplace_back();
    for (std::size_t i = 0; i < texts.size(); ++i) numbers.push_back(static_cast<double>(i));
  }
  return all;
}

}  // namespace

std::vector<std::string> grid_levels(const Study& study, const VariedParameter& parameter) {
  if (!parameter.values.empty()) return parameter.values;
  std::vector<std::string> texts;
  const auto add = [&](double number) {
    std::string text = peer_support::text_of_number(study.base, parameter.path, number);
    if (texts.empty() || texts.back() != text) texts.push_back(std::move(text));
  };
  if (parameter.points == 0) {
    for (double number = parameter.low; number <= parameter.high; number += 1.0) add(number);
    return texts;
  }
  // Levels at both ends and evenly between; whole numbers are rounded when they become texts.
  const Factor factor{parameter.low, parameter.high,
                      parameter.scale == VaryScale::log ? FactorScale::logarithmic : FactorScale::linear};
  for (int i = 0; i < parameter.points; ++i)
    add(factor.value_at(static_cast<double>(i) / (parameter.points - 1)));
  return texts;
}

StudyDesign::StudyDesign(const Study& study) : study_{study} {
  const DesignSpec& spec = study.spec.design;
  if (has_listed_points(spec.kind) || study.vary.empty()) return;
  const bool samples = spec.kind == DesignKind::latin_hypercube || spec.kind == DesignKind::sobol;
  std::vector<Factor> factors;
  for (const VariedParameter& parameter : study.vary) {
    if (!samples) {
      levels_.push_back(grid_levels(study, parameter));
    } else if (parameter.values.empty()) {
      levels_.emplace_back();
      factors.push_back({parameter.low, parameter.high, scale_of(parameter)});
    } else {
      levels_.push_back(parameter.values);
      factors.push_back({0.0, static_cast<double>(parameter.values.size() - 1), FactorScale::integer});
    }
  }
  const auto points = static_cast<std::uint64_t>(spec.points);
  const std::uint64_t seed = study.base.run.seed;
  switch (spec.kind) {
    case DesignKind::grid:
      design_ = std::make_unique<GridDesign>(positions(levels_));
      break;
    case DesignKind::zip:
      design_ = std::make_unique<ListDesign>(ListDesign::zip(positions(levels_)));
      break;
    case DesignKind::latin_hypercube:
      design_ = std::make_unique<ScaledDesign>(std::make_unique<LatinHypercube>(points, factors.size(), seed),
                                               factors);
      break;
    case DesignKind::sobol:
      design_ = std::make_unique<ScaledDesign>(std::make_unique<SobolSequence>(points, factors.size(), seed),
                                               factors);
      break;
    case DesignKind::list:
    case DesignKind::posterior:
      break;
  }
}

std::uint64_t StudyDesign::size() const {
  if (has_listed_points(study_.spec.design.kind)) return study_.points.size();
  return design_ == nullptr ? 1 : design_->size();
}

std::string StudyDesign::text(std::size_t parameter, double coordinate) const {
  const auto& levels = levels_[parameter];
  if (levels.empty())
    return peer_support::text_of_number(study_.base, study_.vary[parameter].path, coordinate);
  return levels.at(static_cast<std::size_t>(std::lround(coordinate)));
}

peer_support::ParameterSettings StudyDesign::settings(std::uint64_t index) const {
  require(index < size(), "StudyDesign: no such point");
  if (has_listed_points(study_.spec.design.kind)) return study_.points[index];
  if (design_ == nullptr) return {};
  const std::vector<double> coordinates = design_->point(index);
  peer_support::ParameterSettings settings;
  for (std::size_t i = 0; i < coordinates.size(); ++i)
    settings.emplace_back(study_.vary[i].path, text(i, coordinates[i]));
  return settings;
}

StudyPoint StudyDesign::point(std::uint64_t index) const {
  StudyPoint point{.base = &study_.base, .settings = settings(index)};
  const auto variant =
      std::ranges::find(point.settings, varied_variant, [](const auto& setting) { return setting.first; });
  if (study_.variants.empty() || variant == point.settings.end()) return point;
  point.base = &study_.variants.at(variant->second);
  point.settings.erase(variant);
  return point;
}

}  // namespace peercap::app
