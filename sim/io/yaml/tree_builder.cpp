#include "sim/io/yaml/tree_builder.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "sim/io/yaml/document.h"
#include "sim/io/yaml/quotes.h"
#include "sim/io/yaml/text_checks.h"

namespace peercap::yaml {

TreeBuilder::TreeBuilder(std::string_view text, std::string file, Diagnostics& diagnostics)
    : text_{text}, file_{std::move(file)}, diagnostics_{diagnostics} {}

Place TreeBuilder::place_of(const YAML::Mark& mark) const {
  // yaml-cpp counts bytes; characters are counted on this line only, which keeps a large file linear.
  const auto offset = std::min(static_cast<std::size_t>(std::max(mark.pos, 0)), text_.size());
  const auto column = std::min(static_cast<std::size_t>(std::max(mark.column, 0)), offset);
  const auto on_line = text_.substr(offset - column, column);
  const auto characters =
      std::ranges::count_if(on_line, [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  return {mark.line + 1, static_cast<int>(characters) + 1};
}

void TreeBuilder::report(Place place, std::string what, std::string suggestion) {
  diagnostics_.error(where(place), std::move(what), std::move(suggestion));
  if (++problems_ >= max_problems) {
    diagnostics_.note(where(place), fmt::format("{} problems; the rest of the file was not read", problems_));
    throw ParseStopped{};
  }
}

void TreeBuilder::stop(Place place, std::string what, std::string suggestion) {
  diagnostics_.error(where(place), std::move(what), std::move(suggestion));
  throw ParseStopped{};
}

void TreeBuilder::begin_node(const YAML::Mark& mark) {
  last_offset_ = static_cast<std::size_t>(std::max(mark.pos, 0));
  if (++nodes_ > max_nodes)
    stop(place_of(mark), fmt::format("more than {} values in one file", max_nodes),
         "split the file or shorten it");
}

void TreeBuilder::refuse_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor) {
  const char first = last_offset_ < text_.size() ? text_[last_offset_] : '\0';
  if (anchor != 0)
    report(place_of(mark), "anchors (`&name`) are refused: a file is read as it stands",
           "repeat the value, or share settings through `extends:`");
  if (first == '!' || (tag != "?" && tag != "!" && !tag.empty()))
    report(place_of(mark), "tags (`!name`) are refused: a value's type follows from its key",
           "remove the tag");
}

void TreeBuilder::check_quote_closed(const YAML::Mark& mark) {
  if (last_offset_ >= text_.size()) return;
  const char quote = text_[last_offset_];
  if (quote != '"' && quote != '\'') return;
  if (!closes_on_line(text_, last_offset_))
    stop(place_of(mark), fmt::format("the quote ({}) opened here is not closed on its line", quote),
         "close it, or write several lines of text with `|`");
}

void TreeBuilder::OnDocumentStart(const YAML::Mark& mark) {
  last_offset_ = static_cast<std::size_t>(std::max(mark.pos, 0));
  if (++documents_ == 1) return;
  if (text_.substr(std::min(last_offset_, text_.size())).starts_with("---"))
    stop(place_of(mark), "a second document begins here; a file holds one", "put it into a file of its own");
  stop(place_of(mark), "this line is indented less than the first line of the file",
       "start every key of the top level in the first column");
}

bool TreeBuilder::awaits_key() const {
  return !open_.empty() && open_.back().node.kind == NodeKind::mapping && open_.back().expects_key;
}

void TreeBuilder::take_key(Node node) {
  Frame& frame = open_.back();
  frame.expects_key = false;
  frame.drops_value = true;
  frame.key_place = node.place;
  if (node.kind == NodeKind::refused) return;
  if (node.kind != NodeKind::scalar) {
    report(node.place, fmt::format("a key must be a word, not {}", describe_kind(node.kind)));
    return;
  }
  if (node.text == "<<" && node.quoting == Quoting::plain) {
    report(node.place, "merge keys (`<<`) are refused: a file is read as it stands",
           "share settings through `extends:`");
    return;
  }
  const auto [earlier, is_new] = frame.lines_by_key.emplace(node.text, node.place.line);
  if (!is_new) {
    report(node.place,
           fmt::format("duplicate key `{}`: it stands in line {} already and here again in line {}",
                       node.text, earlier->second, node.place.line),
           "keep one of them");
    return;
  }
  frame.drops_value = false;
  frame.key = std::move(node.text);
}

void TreeBuilder::place_value(Node node) {
  if (open_.empty()) {
    root_ = std::move(node);
    return;
  }
  if (awaits_key()) {
    take_key(std::move(node));
    return;
  }
  Frame& frame = open_.back();
  if (frame.node.kind == NodeKind::sequence) {
    frame.node.items.push_back(std::move(node));
    return;
  }
  frame.expects_key = true;
  if (!frame.drops_value)
    frame.node.entries.push_back({std::move(frame.key), frame.key_place, std::move(node)});
}

void TreeBuilder::open(const YAML::Mark& mark, NodeKind kind) {
  if (static_cast<int>(open_.size()) >= max_depth)
    stop(place_of(mark), fmt::format("nested more than {} levels deep", max_depth),
         "no scenario needs that depth");
  Frame& frame = open_.emplace_back();
  frame.node.kind = kind;
  frame.node.place = place_of(mark);
  frame.expects_key = kind == NodeKind::mapping;
}

void TreeBuilder::close() {
  Node node = std::move(open_.back().node);
  open_.pop_back();
  place_value(std::move(node));
}

void TreeBuilder::OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) {
  begin_node(mark);
  refuse_properties(mark, {}, anchor);
  // The mark of an absent value is that of the next token; its key is where the user has to look.
  Node node{.kind = NodeKind::null, .place = place_of(mark), .text = {}, .items = {}, .entries = {}};
  if (!open_.empty() && open_.back().node.kind == NodeKind::mapping && !open_.back().expects_key)
    node.place = open_.back().key_place;
  place_value(std::move(node));
}

void TreeBuilder::OnAlias(const YAML::Mark& mark, YAML::anchor_t) {
  begin_node(mark);
  report(place_of(mark), "aliases (`*name`) are refused: a file is read as it stands",
         "repeat the value, or share settings through `extends:`");
  place_value({.kind = NodeKind::refused, .place = place_of(mark), .text = {}, .items = {}, .entries = {}});
}

void TreeBuilder::OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                           const std::string& value) {
  begin_node(mark);
  refuse_properties(mark, tag, anchor);
  check_quote_closed(mark);
  place_value({.kind = NodeKind::scalar,
               .quoting = tag == "!" ? Quoting::quoted : Quoting::plain,
               .place = place_of(mark),
               .text = value,
               .items = {},
               .entries = {}});
}

void TreeBuilder::OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                                  YAML::EmitterStyle::value) {
  begin_node(mark);
  refuse_properties(mark, tag, anchor);
  open(mark, NodeKind::sequence);
}

void TreeBuilder::OnSequenceEnd() {
  close();
}

void TreeBuilder::OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                             YAML::EmitterStyle::value) {
  begin_node(mark);
  refuse_properties(mark, tag, anchor);
  open(mark, NodeKind::mapping);
}

void TreeBuilder::OnMapEnd() {
  close();
}

}  // namespace peercap::yaml
