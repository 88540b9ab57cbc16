#include "app/studies/study_checks.h"

#include <algorithm>
#include <string_view>

#include <fmt/format.h>

#include "app/studies/measure_names.h"
#include "app/studies/scenario_changes.h"

namespace peercap::app {
namespace {

using peer_support::FactorKind;
using peer_support::Measure;
using peer_support::ParameterSettings;

/// Candidates that a search of several numbers can hold.
constexpr double most_candidates = 1e6;

/// Levels that one parameter can have in a grid.
constexpr double most_levels = 10'000.0;

class StudyChecker {
 public:
  StudyChecker(const Study& study, const peer_support::LayerRecord& record,
               peer_support::DemandMemory& memory, Diagnostics& diagnostics)
      : study_{study}, record_{record}, memory_{memory}, diagnostics_{diagnostics} {}

  void run() {
    check_measures();
    check_design();
    check_search();
    if (study_.spec.precision.fewest > study_.spec.precision.most)
      fail("precision", "`fewest` is above `most`", "exchange them");
  }

 private:
  [[nodiscard]] SourceLocation place_of(const std::string& path) const {
    const auto found = record_.places.find(path);
    return found == record_.places.end() ? SourceLocation{study_.file, 0, 0} : found->second;
  }
  void fail(const std::string& path, std::string what, std::string suggestion = {}) {
    diagnostics_.error(place_of(path), std::move(what), std::move(suggestion));
  }

  void check_measures() {
    if (study_.base.run.twin == peer_support::Switch::on) return;
    for (const Measure measure : study_.measures)
      if (needs_twin(measure))
        fail("measures",
             fmt::format("the measure `{}` compares with a world without a program, which the scenario does "
                         "not run",
                         peer_support::info_of(measure).name),
             "write `set: {run.twin: on}`; a replication then takes three times as long");
  }

  void check_design() {
    const DesignKind kind = study_.spec.design.kind;
    const bool samples = kind == DesignKind::latin_hypercube || kind == DesignKind::sobol;
    if (kind == DesignKind::list && study_.points.empty())
      fail("design", "a design `list` needs `points:`, one mapping of parameters each",
           "write `points: [{supporters.count: 40}, {supporters.count: 60}]`");
    check_posterior();
    if (!has_listed_points(kind) && !study_.points.empty())
      fail("design", "`points` belong to a design `list`", "write `design: {kind: list}`");
    if (samples && study_.spec.design.points == 0)
      fail("design.kind", "the design does not say how many points it has", "write `points: 256` beside it");
    if (!samples && kind != DesignKind::posterior && study_.spec.design.points != 0)
      fail("design.points",
           "only a Latin hypercube and a Sobol sequence have a number of points of their own",
           "give the parameters `values`, or ranges with `points`");
    std::size_t length = 0;
    for (const VariedParameter& parameter : study_.vary) {
      const bool has_values = !parameter.values.empty();
      if (samples && has_values && parameter.kind != FactorKind::categorical)
        fail("vary",
             fmt::format("`{}` has a list of values, but the design draws from ranges", parameter.path),
             "write `range: [low, high]`");
      if (samples || has_values) {
        if (kind != DesignKind::zip) continue;
      } else if (parameter.points == 0 && parameter.scale != VaryScale::integer) {
        fail("vary", fmt::format("the range of `{}` does not say how many levels it has", parameter.path),
             "write `points: 5` beside it");
        continue;
      }
      if (!has_values && parameter.points == 0 && parameter.high - parameter.low >= most_levels)
        fail("vary",
             fmt::format("the range of `{}` has more than {:.0f} levels", parameter.path, most_levels),
             "write `{range: [low, high], points: 20}`");
      const std::size_t here =
          has_values ? parameter.values.size() : static_cast<std::size_t>(parameter.points);
      if (kind == DesignKind::zip && length != 0 && here != length)
        fail("vary",
             fmt::format(
                 "`{}` has {} values and the parameter before it {}; a design `zip` takes them side by "
                 "side",
                 parameter.path, here, length));
      length = here;
    }
  }

  /// Its draws come from one scenario; whether they fit this one shows at the first.
  void check_posterior() {
    const bool is_posterior = study_.spec.design.kind == DesignKind::posterior;
    if (!is_posterior && !study_.spec.design.file.empty())
      fail("design.file", "only a design `posterior` draws from a file", "write `kind: posterior`");
    if (!is_posterior || study_.points.empty()) return;
    if (!study_.vary.empty())
      fail("vary", "the parameters that vary come from the posterior's file", "take `vary` out");
    peer_support::Scenario scenario = study_.base;
    (void)change_scenario(
        scenario, study_.points.front(), &memory_,
        [&](const std::string&) { return place_of("design.file"); }, diagnostics_);
  }

  void check_search() {
    double candidates = 1.0;
    for (const SearchComponent& component : study_.search) {
      candidates *= static_cast<double>(component.high - component.low + 1);
      for (const std::int64_t k : {component.low, component.high}) {
        peer_support::Scenario scenario = study_.base;
        const ParameterSettings settings{setting_of(component, study_.base, k)};
        if (!change_scenario(
                scenario, settings, &memory_, [&](const std::string&) { return place_of("search"); },
                diagnostics_))
          break;
      }
    }
    if (study_.search.size() > 1 && candidates > most_candidates)
      fail("search",
           fmt::format("the search has {:.3g} candidates; at most a million can be told apart", candidates),
           "narrow the ranges or widen the steps");
  }

  const Study& study_;
  const peer_support::LayerRecord& record_;
  peer_support::DemandMemory& memory_;
  Diagnostics& diagnostics_;
};

}  // namespace

void check_study(const Study& study, const peer_support::LayerRecord& record,
                 peer_support::DemandMemory& memory, Diagnostics& diagnostics) {
  StudyChecker{study, record, memory, diagnostics}.run();
}

}  // namespace peercap::app
