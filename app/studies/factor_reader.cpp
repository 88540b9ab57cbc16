#include "app/studies/factor_reader.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/set_value.h"
#include "sim/io/yaml/number_text.h"

namespace peercap::app {

using peer_support::FactorInfo;
using peer_support::FactorKind;
using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

bool parse_whole_range(std::string_view text, std::int64_t& low, std::int64_t& high) {
  std::size_t skip = 2;
  auto at = text.find("..");
  if (at == std::string_view::npos) {
    skip = 1;
    at = text.find('-', 1);
  }
  if (text.empty() || at == std::string_view::npos) return false;
  return !yaml::parse_whole_number(yaml::trim(text.substr(0, at)), low) &&
         !yaml::parse_whole_number(yaml::trim(text.substr(at + skip)), high);
}

void FactorReader::report(const Node& node, const std::string& path, std::string what,
                          std::string suggestion) {
  if (node.kind == NodeKind::refused) return;  // reported by the parser
  context_.report(path, node.place, std::move(what), std::move(suggestion));
}

std::optional<FactorInfo> FactorReader::find(const Entry& entry) {
  const Node at{.kind = NodeKind::scalar,
                .quoting = {},
                .place = entry.key_place,
                .text = {},
                .items = {},
                .entries = {}};
  if (const auto* described = peer_support::find_in_catalogue(entry.key);
      described != nullptr && described->sweepable == Sweepable::no) {
    report(at, entry.key, fmt::format("`{}` cannot be varied within a study", entry.key),
           fmt::format("write it under `set:`, which holds for the whole study"));
    return std::nullopt;
  }
  if (base_ == nullptr) return std::nullopt;
  auto info = peer_support::find_factor(*base_, entry.key);
  if (info) return info;
  Diagnostics scratch;
  peer_support::Scenario copy = *base_;
  (void)peer_support::set_value(copy, entry.key, "?", scratch);
  if (peer_support::find_in_catalogue(entry.key) != nullptr || scratch.empty()) {
    report(at, entry.key, fmt::format("`{}` holds several values and cannot be varied", entry.key));
  } else {
    const Problem problem = scratch.sorted().front();
    report(at, entry.key, problem.what, problem.suggestion);
  }
  return std::nullopt;
}

void FactorReader::read_values(const std::string& path, const Node& list, std::vector<std::string>& values) {
  if (list.kind != NodeKind::sequence || list.items.empty()) {
    report(list, path, fmt::format("the values of `{}` must be a list of at least one", path),
           "write `values: [..., ...]`");
    return;
  }
  for (const Node& item : list.items) {
    if (item.kind != NodeKind::scalar) {
      report(item, path,
             fmt::format("a value of `{}` must be a single value, not {}", path, describe_kind(item.kind)));
      continue;
    }
    if (base_ != nullptr) {
      peer_support::Scenario copy = *base_;
      Diagnostics scratch;
      const bool is_set =
          !peer_support::set_value(copy, path, item.text, scratch, {}, peer_support::Assignment::colon)
               .empty();
      for (const Problem& problem : scratch.sorted()) report(item, path, problem.what, problem.suggestion);
      if (!is_set) continue;
    }
    if (std::ranges::find(values, item.text) != values.end())
      report(item, path, fmt::format("the value `{}` of `{}` stands there twice", item.text, path),
             "remove one of them");
    else
      values.push_back(item.text);
  }
}

std::optional<double> FactorReader::read_number(const std::string& path, const Node& node) {
  if (node.kind != NodeKind::scalar) {
    report(node, path,
           fmt::format("an end of the range of `{}` must be a single value, not {}", path,
                       describe_kind(node.kind)));
    return std::nullopt;
  }
  peer_support::Scenario copy = *base_;
  Diagnostics scratch;
  if (peer_support::set_value(copy, path, node.text, scratch, {}, peer_support::Assignment::colon).empty()) {
    for (const Problem& problem : scratch.sorted()) report(node, path, problem.what, problem.suggestion);
    return std::nullopt;
  }
  return peer_support::number_of_text(*base_, path, node.text);
}

bool FactorReader::read_range(const std::string& path, const Node& node, FactorKind kind, double& low,
                              double& high) {
  if (kind == FactorKind::categorical) {
    report(node, path, fmt::format("`{}` has no range: its values are words", path),
           "write `values: [..., ...]`");
    return false;
  }
  const Node* low_node = nullptr;
  const Node* high_node = nullptr;
  Node low_text = node;
  Node high_text = node;
  std::int64_t whole_low = 0;
  std::int64_t whole_high = 0;
  if (node.kind == NodeKind::sequence && node.items.size() == 2) {
    low_node = &node.items[0];
    high_node = &node.items[1];
  } else if (node.kind == NodeKind::scalar && parse_whole_range(node.text, whole_low, whole_high)) {
    low_text.text = fmt::format("{}", whole_low);
    high_text.text = fmt::format("{}", whole_high);
    low_node = &low_text;
    high_node = &high_text;
  } else {
    report(node, path, fmt::format("the range of `{}` must name its two ends", path),
           "write `range: [0.25 h/week, 1 h/week]`, or `range: 10-80` for whole numbers");
    return false;
  }
  const auto first = read_number(path, *low_node);
  const auto second = read_number(path, *high_node);
  if (!first || !second) return false;
  if (*first >= *second) {
    report(node, path,
           fmt::format("the range of `{}` does not rise: `{}` is not below `{}`", path, low_node->text,
                       high_node->text),
           "exchange its ends");
    return false;
  }
  low = *first;
  high = *second;
  return true;
}

}  // namespace peercap::app
