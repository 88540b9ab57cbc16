#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peercap::yaml {

/// A place in one file; both count from 1, columns in characters (not bytes).
struct Place {
  int line = 0;
  int column = 0;
  friend bool operator==(Place, Place) = default;
};

enum class NodeKind : std::uint8_t {
  null,      ///< nothing written, `~` or `null`
  scalar,    ///< a text; what it means is up to the reader
  sequence,  ///< a list
  mapping,   ///< keys with values
  refused,   ///< an alias or another construct already reported; to be passed over silently
};

/// Whether a scalar stood in quotes or in a block (`|`, `>`), which makes it a text whatever it looks like.
enum class Quoting : std::uint8_t { plain, quoted };

struct Entry;

/// One value of a YAML document. Plain data; a tree of it holds no reference to the file's text.
struct Node {
  NodeKind kind = NodeKind::null;
  Quoting quoting = Quoting::plain;
  Place place;
  std::string text;            ///< of a scalar, decoded
  std::vector<Node> items;     ///< of a sequence
  std::vector<Entry> entries;  ///< of a mapping, in the order written; keys are unique

  /// The entry of a mapping with this key, or null.
  [[nodiscard]] const Entry* find(std::string_view key) const;
};

struct Entry {
  std::string key;
  Place key_place;
  Node value;
};

/// "a mapping", "a list", "a text", "nothing": for messages.
[[nodiscard]] std::string_view describe_kind(NodeKind kind);

}  // namespace peercap::yaml
