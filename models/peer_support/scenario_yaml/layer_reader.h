#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <type_traits>
#include <unordered_map>
#include <utility>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/date_text.h"
#include "models/peer_support/scenario_yaml/origin.h"
#include "models/peer_support/scenario_yaml/shares_text.h"
#include "models/peer_support/scenario_yaml/value_path.h"
#include "sim/io/yaml/node.h"
#include "sim/io/yaml/value_text.h"
#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// What the layers read so far have said, and where.
struct LayerRecord {
  Origins origins;                               ///< of parameters
  std::map<std::string, SourceLocation> places;  ///< of parameters, groups, lists and their items
  std::set<std::string> failed;                  ///< paths below which something could not be read
};

/// What all readers of one file share.
struct LayerContext {
  std::string file;
  Diagnostics& diagnostics;
  LayerRecord& record;
  int problems = 0;

  void report(const std::string& path, yaml::Place place, std::string what, std::string suggestion = {});
};

/// Lays a mapping of a file over a described struct: a visitor for describe(). What the mapping names is set,
/// the rest stays; unknown keys, wrong kinds and bad values are reported and leave the struct as it was.
class LayerReader {
 public:
  /// `path` is where the mapping belongs in the scenario; empty at the top.
  LayerReader(const yaml::Node& mapping, std::string path, LayerContext& context);

  /// Names a key that somebody else reads.
  void allow(std::string_view key) { known_.emplace_back(key); }

  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    const yaml::Entry* entry = take(name);
    if (entry == nullptr) return;
    constexpr bool is_number = std::is_arithmetic_v<T> || std::is_same_v<T, Probability>;
    const auto given = read_given(*entry, is_number ? TextUse::number : TextUse::any);
    using yaml::parse_value;
    if (given) accept(*entry, *given, parse_value(given->text, info, value));
  }

  void field(std::string_view name, std::vector<CivilDate>& value, const ParameterInfo& info);
  void shares(std::string_view name, Shares& value, const ParameterInfo& info);
  /// Keeps paths and values as they are written: what they mean depends on all layers.
  void settings(std::string_view name, ParameterSettings& settings, const ParameterInfo& info);

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view) {
    const yaml::Entry* entry = take(name);
    if (entry == nullptr || !expect_mapping(*entry)) return;
    LayerReader inner{entry->value, path_of(*entry), context_};
    describe(inner, group);
    inner.finish();
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>& items, const ParameterInfo&) {
    const yaml::Entry* entry = take(name);
    if (entry == nullptr || !expect_sequence(*entry)) return;
    std::unordered_map<std::string, std::size_t> index_by_name;
    for (std::size_t i = 0; i < items.size(); ++i) index_by_name.emplace(items[i].name, i);
    std::unordered_map<std::string, int> line_by_name;
    for (const yaml::Node& node : entry->value.items) {
      const auto item_name = read_item_name(*entry, node, line_by_name);
      if (!item_name) continue;
      const auto [found, is_new] = index_by_name.emplace(*item_name, items.size());
      if (is_new) items.emplace_back().name = *item_name;
      LayerReader inner{node, path_of(*entry) + "[" + *item_name + "]", context_};
      inner.allow("name");
      describe(inner, items[found->second]);
      inner.finish();
    }
  }

  /// Reports the keys that nobody asked for. To be called once, after describe().
  void finish();

 private:
  enum class TextUse { any, number };
  /// A value as written, with what the user said of it.
  struct Given {
    std::string text;
    yaml::Place place;
    std::string cited;
    std::string note;
  };

  [[nodiscard]] const yaml::Entry* take(std::string_view name);
  [[nodiscard]] std::string path_of(const yaml::Entry& entry) const { return join_path(path_, entry.key); }
  [[nodiscard]] const yaml::Node* unwrap(const yaml::Entry& entry, Given& given);
  [[nodiscard]] std::optional<Given> read_given(const yaml::Entry& entry, TextUse use);
  [[nodiscard]] bool expect_mapping(const yaml::Entry& entry);
  [[nodiscard]] bool expect_sequence(const yaml::Entry& entry);
  [[nodiscard]] std::optional<std::string> read_item_name(const yaml::Entry& list, const yaml::Node& item,
                                                          std::unordered_map<std::string, int>& line_by_name);
  void accept(const yaml::Entry& entry, const Given& given, const std::optional<yaml::ValueProblem>& problem);
  void remember(const std::string& path, yaml::Place place);

  const yaml::Node& mapping_;
  std::string path_;
  LayerContext& context_;
  std::vector<std::string> known_;
};

/// Why a text cannot be the name of a list's item (it stands in brackets in paths); empty where it can.
[[nodiscard]] std::string find_name_problem(std::string_view name);

}  // namespace peercap::peer_support
