#include "app/studies/calibration_section.h"

#include <algorithm>
#include <optional>
#include <string>

#include <fmt/format.h>

#include "app/studies/measure_names.h"
#include "app/studies/study_sections.h"
#include "app/studies/target_text.h"

namespace peercap::app {
namespace {

using peer_support::FactorKind;
using peer_support::LayerReader;
using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

/// What stands beside the range of a fitted parameter.
struct PriorSpec {
  VaryScale scale = VaryScale::linear;
};

template <class Visitor>
void describe(Visitor& v, PriorSpec& p) {
  v.field("scale", p.scale, {.meaning = "on which all values are as likely", .grade = Grade::setting});
}

class CalibrationReader {
 public:
  CalibrationReader(peer_support::LayerContext& context, FactorReader& factors, Study& study)
      : context_{context}, factors_{factors}, study_{study}, spec_{study.calibration} {}

  void read(const Entry& entry) {
    const Node& node = entry.value;
    if (node.kind != NodeKind::mapping) {
      factors_.report(node, "calibrate",
                      fmt::format("`calibrate` must be a mapping, not {}", describe_kind(node.kind)),
                      "write `calibrate:` and below it, indented, `parameters:` and `observed:`");
      return;
    }
    LayerReader reader{node, "calibrate", context_};
    reader.allow("parameters");
    reader.allow("observed");
    describe(reader, spec_);
    reader.finish();
    for (const Entry* parameter :
         entries_of(node, "parameters", "environment.exposure_rate: {range: [1 per year, 3 per year]}"))
      read_parameter(*parameter);
    for (const Entry* figure : entries_of(node, "observed", "sessions_per_year: {value: 120, within: 10}"))
      read_observed(*figure);
  }

 private:
  std::vector<const Entry*> entries_of(const Node& node, std::string_view key, std::string_view example) {
    std::vector<const Entry*> entries;
    const Entry* found = node.find(key);
    if (found == nullptr || found->value.kind != NodeKind::mapping || found->value.entries.empty()) {
      factors_.report(found == nullptr ? node : found->value, "calibrate." + std::string{key},
                      fmt::format("`calibrate` needs `{}`, a mapping of at least one", key),
                      fmt::format("write `{}:` and below it, indented, `{}`", key, example));
      return entries;
    }
    for (const Entry& entry : found->value.entries)
      if (!entry.key.starts_with("x-")) entries.push_back(&entry);
    return entries;
  }

  void read_parameter(const Entry& entry) {
    const auto info = factors_.find(entry);
    if (!info) return;
    const std::string& path = entry.key;
    const Node& node = entry.value;
    if (info->kind == FactorKind::categorical) {
      factors_.report(node, path, fmt::format("`{}` is no number and cannot be fitted", path),
                      "fit it by hand: run one calibration for each of its levels");
      return;
    }
    CalibratedParameter parameter{.path = path, .kind = info->kind, .prior = {}};
    if (node.kind == NodeKind::mapping ? !read_prior(path, node, parameter)
                                       : !read_bounds(path, node, VaryScale::linear, parameter))
      return;
    spec_.parameters.push_back(std::move(parameter));
  }

  bool read_prior(const std::string& path, const Node& node, CalibratedParameter& parameter) {
    PriorSpec prior;
    LayerReader reader{node, "calibrate.parameters." + path, context_};
    for (const std::string_view key : {"range", "mean", "sd"}) reader.allow(key);
    describe(reader, prior);
    reader.finish();
    const Entry* range = node.find("range");
    const Entry* mean = node.find("mean");
    const Entry* deviation = node.find("sd");
    const bool has_bounds = range != nullptr && mean == nullptr && deviation == nullptr;
    const bool has_moments = range == nullptr && mean != nullptr && deviation != nullptr;
    if (!has_bounds && !has_moments) {
      factors_.report(
          node, path,
          fmt::format("`{}` needs a `range`, or both `mean` and `sd`, and nothing else of them", path),
          "write `{range: [low, high], scale: log}` or `{mean: ..., sd: ...}`");
      return false;
    }
    if (has_bounds) return read_bounds(path, range->value, prior.scale, parameter);
    const auto center = factors_.read_number(path, mean->value);
    const auto spread = factors_.read_number(path, deviation->value);
    if (!center || !spread) return false;
    if (*spread <= 0.0) {
      factors_.report(deviation->value, path, fmt::format("the `sd` of `{}` must be above zero", path));
      return false;
    }
    parameter.prior = {PriorLaw::normal, *center, *spread};
    return true;
  }

  bool read_bounds(const std::string& path, const Node& node, VaryScale scale,
                   CalibratedParameter& parameter) {
    double low = 0.0;
    double high = 0.0;
    if (factors_.base() == nullptr || !factors_.read_range(path, node, parameter.kind, low, high))
      return false;
    if (scale == VaryScale::log && low <= 0.0) {
      factors_.report(
          node, path,
          fmt::format("the range of `{}` begins at zero, which has no place on a log scale", path),
          "begin above zero, or leave `scale` out");
      return false;
    }
    parameter.prior = {scale == VaryScale::log ? PriorLaw::log_uniform : PriorLaw::uniform, low, high};
    return true;
  }

  void read_observed(const Entry& entry) {
    const auto measure = find_measure(entry.key);
    const std::string path = "calibrate.observed." + entry.key;
    if (!measure) {
      context_.report(path, entry.key_place, fmt::format("there is no measure `{}`", entry.key),
                      suggest_measure(entry.key));
      return;
    }
    const Node& node = entry.value;
    const Entry* value = node.kind == NodeKind::mapping ? node.find("value") : nullptr;
    const Entry* within = node.kind == NodeKind::mapping ? node.find("within") : nullptr;
    if (value == nullptr || within == nullptr) {
      factors_.report(
          node, path,
          fmt::format("`{}` needs the `value` that was observed and `within` what it is known", entry.key),
          fmt::format("write `{}: {{value: ..., within: ...}}`", entry.key));
      return;
    }
    LayerReader reader{node, path, context_};
    reader.allow("value");
    reader.allow("within");
    reader.finish();
    ObservedMeasure observed{.measure = *measure};
    if (!read_figure(path, value->value, *measure, observed.value) ||
        !read_figure(path, within->value, *measure, observed.within))
      return;
    if (observed.within <= 0.0) {
      factors_.report(within->value, path, fmt::format("`within` of `{}` must be above zero", entry.key),
                      "write how exactly the figure is known, such as half of its confidence interval");
      return;
    }
    spec_.observed.push_back(observed);
    add_measure(study_, *measure);
  }

  bool read_figure(const std::string& path, const Node& node, peer_support::Measure measure, double& figure) {
    if (node.kind != NodeKind::scalar) {
      factors_.report(node, path,
                      fmt::format("this must be a single value, not {}", describe_kind(node.kind)));
      return false;
    }
    const auto problem = parse_measure_value(node.text, measure, figure);
    if (!problem) return true;
    factors_.report(
        node, path, fmt::format("the value `{}` {}", node.text, problem->what),
        problem->corrected.empty() ? problem->hint : fmt::format("write `{}`", problem->corrected));
    return false;
  }

  peer_support::LayerContext& context_;
  FactorReader& factors_;
  Study& study_;
  CalibrationSpec& spec_;
};

}  // namespace

void read_calibration(const Entry& entry, peer_support::LayerContext& context, FactorReader& factors,
                      Study& study) {
  CalibrationReader{context, factors, study}.read(entry);
}

}  // namespace peercap::app
