#include "models/peer_support/scenario_yaml/catalogue.h"

#include <algorithm>
#include <utility>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/parameter_type.h"
#include "models/peer_support/scenario_yaml/schedulable.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/value_range.h"

namespace peercap::peer_support {
namespace {

struct Catalogue {
  std::vector<CatalogueEntry> entries;
  std::vector<CatalogueGroup> groups;
};

std::string base_unit(ParameterType type, std::string_view unit) {
  switch (type) {
    case ParameterType::duration:
      return "days";
    case ParameterType::rate:
      return "1/day";
    case ParameterType::weekly_hours:
      return "h/week";
    default:
      return std::string{unit};
  }
}

/// Visitor that notes every parameter of a struct; one item stands for each list.
class CatalogueBuilder {
 public:
  CatalogueBuilder(std::string prefix, Catalogue& catalogue)
      : prefix_{std::move(prefix)}, catalogue_{catalogue} {}

  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    using yaml::value_text;
    CatalogueEntry& entry = add(name, parameter_type<T>(), info);
    entry.default_text = value_text(value, info);
    if constexpr (std::is_enum_v<T>) {
      for (const auto level : level_names(value)) entry.levels.emplace_back(level);
      entry.range = {};
    } else if constexpr (parameter_type<T>() <= ParameterType::integer) {
      entry.range = yaml::effective_range<T>(info.range);
      entry.range_text = yaml::range_text<T>(info);
    } else if constexpr (std::is_same_v<T, std::uint64_t>) {
      entry.range = at_least(0);
      entry.range_text = "at least 0";
    }
  }

  void shares(std::string_view name, Shares& value, const ParameterInfo& info) {
    CatalogueEntry& entry = add(name, ParameterType::shares, info);
    entry.default_text = value_text(value);
    entry.range = info.range;
    entry.range_text = yaml::range_text<double>(info);
  }

  void settings(std::string_view name, ParameterSettings&, const ParameterInfo& info) {
    add(name, ParameterType::settings, info);
  }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view meaning) {
    const std::string path = join_path(prefix_, name);
    catalogue_.groups.push_back({path, std::string{meaning}});
    CatalogueBuilder inner{path, catalogue_};
    describe(inner, group);
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>&, const ParameterInfo& info) {
    const std::string path = join_path(prefix_, name) + "[]";
    catalogue_.groups.push_back({path, std::string{info.meaning}});
    CatalogueBuilder inner{path, catalogue_};
    inner.add("name", ParameterType::text,
              {.meaning = "name of the item, by which lists are merged",
               .grade = Grade::setting,
               .sweepable = Sweepable::no});
    Item item;
    describe(inner, item);
  }

 private:
  CatalogueEntry& add(std::string_view name, ParameterType type, const ParameterInfo& info) {
    const std::string path = join_path(prefix_, name);
    return catalogue_.entries.emplace_back(CatalogueEntry{.path = path,
                                                          .type = type,
                                                          .unit = base_unit(type, info.unit),
                                                          .range = {},
                                                          .range_text = {},
                                                          .default_text = {},
                                                          .meaning = std::string{info.meaning},
                                                          .evidence = std::string{info.evidence},
                                                          .grade = info.grade,
                                                          .sweepable = info.sweepable,
                                                          .fixed_because = std::string{why_fixed(path)},
                                                          .levels = {}});
  }

  std::string prefix_;
  Catalogue& catalogue_;
};

const Catalogue& whole_catalogue() {
  static const Catalogue built = [] {
    Catalogue catalogue;
    CatalogueBuilder builder{{}, catalogue};
    Scenario defaults;
    describe(builder, defaults);
    return catalogue;
  }();
  return built;
}

}  // namespace

std::string_view to_string(ParameterType type) {
  switch (type) {
    case ParameterType::duration:
      return "duration";
    case ParameterType::rate:
      return "rate";
    case ParameterType::weekly_hours:
      return "weekly hours";
    case ParameterType::probability:
      return "probability";
    case ParameterType::number:
      return "number";
    case ParameterType::integer:
      return "integer";
    case ParameterType::seed:
      return "seed";
    case ParameterType::text:
      return "text";
    case ParameterType::date:
      return "date";
    case ParameterType::date_list:
      return "list of dates";
    case ParameterType::weekly_windows:
      return "hours of the week";
    case ParameterType::level:
      return "level";
    case ParameterType::shares:
      return "mix";
    case ParameterType::settings:
      return "paths with values";
  }
  return "?";
}

const std::vector<CatalogueEntry>& catalogue() {
  return whole_catalogue().entries;
}
const std::vector<CatalogueGroup>& catalogue_groups() {
  return whole_catalogue().groups;
}

const CatalogueEntry* find_in_catalogue(std::string_view path) {
  const auto& entries = catalogue();
  const auto found = std::ranges::find(entries, generic_path(path), &CatalogueEntry::path);
  return found == entries.end() ? nullptr : &*found;
}

std::vector<const CatalogueEntry*> entries_called(const std::string& topic) {
  const std::string group = generic_path(topic);
  std::vector<const CatalogueEntry*> found;
  for (const CatalogueEntry& entry : catalogue())
    if (entry.path == group || entry.path.starts_with(group + ".") || entry.path.starts_with(group + "[]"))
      found.push_back(&entry);
  if (found.empty())
    for (const CatalogueEntry& entry : catalogue())
      if (entry.path.ends_with("." + topic)) found.push_back(&entry);
  return found;
}

}  // namespace peercap::peer_support
