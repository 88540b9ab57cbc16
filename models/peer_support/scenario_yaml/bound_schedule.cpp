#include "models/peer_support/scenario_yaml/bound_schedule.h"

#include <algorithm>
#include <cmath>
#include <map>
#include <string_view>
#include <type_traits>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/gradual_value.h"
#include "models/peer_support/scenario_yaml/leaf_visitor.h"
#include "models/peer_support/scenario_yaml/schedulable.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

class Binder {
 public:
  explicit Binder(const Scenario& scenario) : scenario_{scenario} {
    scenario_.schedule.clear();  // a schedule does not change itself
    scenario_.phases.reset();
  }

  void bind(const ScheduledChange& change) {
    const std::size_t index = bound_.courses.size();
    bound_.courses.emplace_back(change);
    check_dates(change);
    if (change.settings.empty())
      add(path_of(change), Severity::warning, fmt::format("the change `{}` sets nothing", change.name),
          "add `set:` with paths and values, such as `environment.exposure_rate: 4 per year`");
    Scenario target = scenario_;
    std::map<std::string, std::size_t> setting_by_leaf;
    for (std::size_t i = 0; i < change.settings.size(); ++i)
      for (std::string& leaf : set(change, i, target)) setting_by_leaf[std::move(leaf)] = i;
    std::size_t leaf = 0;
    visit_leaves(target, [&]<class T>(const std::string& path, T& value, const ParameterInfo&) {
      if (const auto found = setting_by_leaf.find(path); found != setting_by_leaf.end()) {
        BoundSetting setting{leaf, index, found->second, path, {}, change.settings[found->second].second};
        if constexpr (is_gradual_value<T>) setting.target = number_of(value);
        bound_.settings.push_back(std::move(setting));
      }
      ++leaf;
    });
  }

  BoundSchedule finish() && {
    std::ranges::stable_sort(bound_.settings, {}, [](const auto& s) { return std::pair{s.leaf, s.change}; });
    return std::move(bound_);
  }

 private:
  void add(std::string path, Severity severity, std::string what, std::string suggestion) {
    bound_.problems.push_back({std::move(path), severity, std::move(what), std::move(suggestion)});
  }

  void check_dates(const ScheduledChange& change) {
    const std::string path = path_of(change);
    if (!change.at.date)
      add(path + ".at", Severity::error, fmt::format("the change `{}` has no date", change.name),
          "write `at: 2026-03-02`");
    else if (change.until.date && *change.until.date <= *change.at.date)
      add(path + ".until", Severity::error,
          fmt::format("the change `{}` ends on {}, not after its begin on {}", change.name,
                      change.until.date->to_string(), change.at.date->to_string()),
          "exchange `at` and `until`, or leave `until` out for a change that stays");
    if (change.over.ticks() % days(1).ticks() != 0)
      add(path + ".over", Severity::error,
          fmt::format("`over` of `{}` is not a whole number of days, but parameters move at midnight",
                      change.name),
          "write `over: 30 days`");
  }

  /// Sets a parameter, or several, in `target` and returns their paths; none where there is a problem.
  std::vector<std::string> set(const ScheduledChange& change, std::size_t index, Scenario& target) {
    const std::string& path = change.settings[index].first;
    const std::string& text = change.settings[index].second;
    const auto refuse = [&](const std::string& concrete) {
      add(path_of(change, index), Severity::error,
          fmt::format("`{}` cannot change during a run: {}", path, why_fixed(concrete)),
          "`peercap describe` says of each parameter whether it can be scheduled");
    };
    if (find_in_catalogue(path) != nullptr && !why_fixed(path).empty()) {
      refuse(path);
      return {};
    }
    Diagnostics diagnostics;
    auto leaves = set_value(target, path, text, diagnostics, {}, Assignment::colon);
    for (Problem& problem : diagnostics.sorted())
      add(path_of(change, index), problem.severity, std::move(problem.what), std::move(problem.suggestion));
    if (leaves.empty() || why_fixed(leaves.front()).empty()) return leaves;
    refuse(leaves.front());
    return {};
  }

  Scenario scenario_;
  BoundSchedule bound_;
};

/// Visitor that gives scheduled parameters their values of one day, counting parameters as visit_leaves()
/// does.
class DayWriter {
 public:
  DayWriter(const BoundSchedule& schedule, std::int64_t day)
      : schedule_{schedule}, day_{day}, next_{schedule.settings.begin()} {}

  template <class T>
  void field(std::string_view, T& value, const ParameterInfo& info) {
    using yaml::parse_value;
    for (; next_ != schedule_.settings.end() && next_->leaf == leaf_; ++next_) {
      const ChangeCourse& course = schedule_.courses[next_->change];
      if constexpr (is_gradual_value<T>) {
        const double weight = course.weight(day_);
        const double before = number_of(value);
        if (weight >= 1.0)
          set_number(value, *next_->target);
        else if (weight > 0.0)
          set_number(value, before + weight * (*next_->target - before));
      } else if (course.switched(day_)) {
        const auto problem = parse_value(next_->text, info, value);
        require(!problem, "a bound value can be read");
      }
    }
    ++leaf_;
  }

  void shares(std::string_view, Shares&, const ParameterInfo&) { ++leaf_; }

  template <class Group>
  void group(std::string_view, Group& group, std::string_view) {
    describe(*this, group);
  }

  template <class Item>
  void list(std::string_view, std::vector<Item>& items, const ParameterInfo&) {
    for (Item& item : items) describe(*this, item);
  }

  void settings(std::string_view, ParameterSettings& settings, const ParameterInfo&) {
    leaf_ += settings.size();
  }

 private:
  const BoundSchedule& schedule_;
  std::int64_t day_;
  std::vector<BoundSetting>::const_iterator next_;
  std::size_t leaf_ = 0;
};

}  // namespace

BoundSchedule bind_schedule(const Scenario& scenario) {
  Binder binder{scenario};
  for (const ScheduledChange& change : scenario.schedule) binder.bind(change);
  return std::move(binder).finish();
}

void apply_schedule(const BoundSchedule& schedule, std::int64_t day, Scenario& scenario) {
  DayWriter writer{schedule, day};
  describe(writer, scenario);
}

std::string path_of(const ScheduledChange& change) {
  return fmt::format("schedule[{}]", change.name);
}
std::string path_of(const ScheduledChange& change, std::size_t setting) {
  return fmt::format("{}.set.{}", path_of(change), change.settings[setting].first);
}

}  // namespace peercap::peer_support
