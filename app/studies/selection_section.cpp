#include "app/studies/selection_section.h"

#include <string>

#include <fmt/format.h>

#include "app/studies/measure_names.h"
#include "app/studies/study_sections.h"
#include "app/studies/target_text.h"

namespace peercap::app {

using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

void read_selection(const Entry& entry, peer_support::LayerContext& context, FactorReader& factors,
                    Study& study) {
  const Node& node = entry.value;
  const std::string example = "write `select: {measure: contact_within_limit_share, indifference: 1 %}`";
  if (node.kind != NodeKind::mapping) {
    factors.report(node, "select",
                   fmt::format("`select` must be a mapping, not {}", describe_kind(node.kind)), example);
    return;
  }
  SelectSpec spec;
  peer_support::LayerReader reader{node, "select", context};
  for (const std::string_view key : {"measure", "indifference"}) reader.allow(key);
  describe(reader, spec);
  reader.finish();
  const Entry* named = node.find("measure");
  const Entry* indifference = node.find("indifference");
  if (named == nullptr || named->value.kind != NodeKind::scalar) {
    factors.report(node, "select", "`select` does not name the measure by which the best is chosen", example);
    return;
  }
  const auto measure = find_measure(named->value.text);
  if (!measure) {
    factors.report(named->value, "select", fmt::format("there is no measure `{}`", named->value.text),
                   suggest_measure(named->value.text));
    return;
  }
  if ((indifference == nullptr) == (spec.budget == 0)) {
    factors.report(
        node, "select", "`select` needs either `indifference` or `budget`",
        "write a difference that does not matter, such as `indifference: 1 %`, or replications in all, "
        "such as `budget: 2000`");
    return;
  }
  PolicySelection selection{
      .measure = *measure,
      .preference = spec.better == Better::larger ? Preference::larger : Preference::smaller,
      .indifference = 0.0,
      .budget = spec.budget};
  if (indifference != nullptr) {
    const Node& text = indifference->value;
    const auto problem = text.kind == NodeKind::scalar
                             ? parse_measure_value(text.text, *measure, selection.indifference)
                             : yaml::ValueProblem{"is no single value", {}, {}};
    if (problem) {
      factors.report(
          text, "select", fmt::format("the indifference {}", problem->what),
          problem->corrected.empty() ? problem->hint : fmt::format("write `{}`", problem->corrected));
      return;
    }
    if (selection.indifference <= 0.0) {
      factors.report(text, "select", "the indifference must be above zero",
                     "write the smallest difference that matters");
      return;
    }
  }
  add_measure(study, *measure);
  study.selection = selection;
}

}  // namespace peercap::app
