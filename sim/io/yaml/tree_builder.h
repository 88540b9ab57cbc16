#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/mark.h>

#include "sim/io/yaml/node.h"
#include "sim/support/diagnostics.h"

namespace peercap::yaml {

/// Thrown by the builder to end the parse after an error that makes the rest of the file worthless; the error
/// has been reported.
struct ParseStopped {};

/// Makes the tree out of yaml-cpp's events and reports what the strict subset of YAML refuses. Anchors and
/// tags are refused as events, so that an alias is never followed.
class TreeBuilder : public YAML::EventHandler {
 public:
  TreeBuilder(std::string_view text, std::string file, Diagnostics& diagnostics);

  void OnDocumentStart(const YAML::Mark& mark) override;
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t anchor) override;
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                const std::string& value) override;
  void OnSequenceStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                       YAML::EmitterStyle::value style) override;
  void OnSequenceEnd() override;
  void OnMapStart(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor,
                  YAML::EmitterStyle::value style) override;
  void OnMapEnd() override;

  [[nodiscard]] bool has_root() const { return documents_ > 0; }
  [[nodiscard]] Node take_root() { return std::move(root_); }
  /// Byte offset of the last event: where to look for the cause of a syntax error.
  [[nodiscard]] std::size_t last_offset() const { return last_offset_; }

 private:
  /// A container that is still open. Keys and values alternate in a mapping.
  struct Frame {
    Node node;
    bool expects_key = false;
    bool drops_value = false;  ///< the key was refused
    std::string key;
    Place key_place;
    std::unordered_map<std::string, int> lines_by_key;
  };

  [[nodiscard]] Place place_of(const YAML::Mark& mark) const;
  [[nodiscard]] SourceLocation where(Place place) const { return {file_, place.line, place.column}; }
  void report(Place place, std::string what, std::string suggestion = {});
  [[noreturn]] void stop(Place place, std::string what, std::string suggestion = {});

  void begin_node(const YAML::Mark& mark);
  void refuse_properties(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t anchor);
  void check_quote_closed(const YAML::Mark& mark);
  [[nodiscard]] bool awaits_key() const;
  void take_key(Node node);
  void open(const YAML::Mark& mark, NodeKind kind);
  void close();
  void place_value(Node node);

  std::string_view text_;
  std::string file_;
  Diagnostics& diagnostics_;
  Node root_;
  std::vector<Frame> open_;
  int documents_ = 0;
  int nodes_ = 0;
  int problems_ = 0;
  std::size_t last_offset_ = 0;
};

}  // namespace peercap::yaml
