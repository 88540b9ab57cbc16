#include "sim/io/yaml/document.h"

#include <algorithm>
#include <istream>
#include <streambuf>
#include <utility>

#include <fmt/format.h>
#include <yaml-cpp/exceptions.h>
#include <yaml-cpp/parser.h>

#include "sim/io/yaml/quotes.h"
#include "sim/io/yaml/text_checks.h"
#include "sim/io/yaml/tree_builder.h"

namespace peercap::yaml {
namespace {

/// Reads the text in place instead of copying it into a string stream.
class TextBuffer : public std::streambuf {
 public:
  explicit TextBuffer(std::string_view text) {
    char* begin = const_cast<char*>(text.data());  // never written to: setg asks for char*
    setg(begin, begin, begin + text.size());
  }
};

struct Explanation {
  std::string what;
  std::string suggestion;
};

Explanation explain(const YAML::Exception& exception, std::string_view text, std::size_t offset) {
  const char first = offset < text.size() ? text[offset] : '\0';
  const std::string& message = exception.msg;
  if (first == '&' || first == '*')
    return {"anchors and aliases (`&name`, `*name`) are refused: a file is read as it stands",
            "repeat the value, share settings through `extends:`, or quote a text that begins so"};
  if (first == '!')
    return {"tags (`!name`) are refused: a value's type follows from its key", "remove the tag"};
  if (first == '@' || first == '`' || first == '%')
    return {fmt::format("a text cannot begin with `{}`", first), "put it into quotes"};
  if (message.find("illegal map value") != std::string::npos)
    return {"a second `:` or a key that is indented too deep: the value before it is already complete",
            "align the key with its neighbors, or put a text that holds `: ` into quotes"};
  if (message.find("flow not found") != std::string::npos ||
      message.find("illegal flow end") != std::string::npos)
    return {
        "a list `[...]` or mapping `{...}` is not closed properly: a comma or a bracket is missing before "
        "here",
        "check the brackets and commas of this and the line before"};
  if (message.find("end of map not found") != std::string::npos)
    return {"unexpected text here: neither a new key nor the end of the value before",
            "write one `key: value` a line; put a text with special characters into quotes"};
  if (message.find("end of sequence not found") != std::string::npos)
    return {"unexpected text in a list: every item begins with `- `",
            "align the item with the others of its list"};
  return {fmt::format("not valid YAML: {}", message), {}};
}

void report_syntax_error(const YAML::Exception& exception, std::string_view text, const std::string& file,
                         const TreeBuilder& builder, Diagnostics& diagnostics) {
  const auto offset = static_cast<std::size_t>(std::max(exception.mark.pos, 0));
  // A quote left open surfaces far below as another error or at the end of the file: look for it first.
  const std::size_t quote =
      find_open_quote(text.substr(0, std::min(offset + 1, text.size())), builder.last_offset());
  if (quote != std::string_view::npos && !closes_on_line(text, quote)) {
    const Place place = place_of(text, quote);
    diagnostics.error({file, place.line, place.column},
                      fmt::format("the quote ({}) opened here is not closed on its line", text[quote]),
                      "close it, or write several lines of text with `|`");
    return;
  }
  const Place place = place_of(text, offset);
  auto [what, suggestion] = explain(exception, text, offset);
  diagnostics.error({file, place.line, place.column}, std::move(what), std::move(suggestion));
}

bool check_root(const Node& root, const std::string& file, Diagnostics& diagnostics) {
  if (root.kind == NodeKind::mapping) return true;
  if (root.kind == NodeKind::refused) return false;
  const SourceLocation where{file, std::max(root.place.line, 1), std::max(root.place.column, 1)};
  if (root.kind == NodeKind::null) {
    diagnostics.error(where, "the file is empty: it holds no keys");
    return false;
  }
  const bool colon = root.kind == NodeKind::scalar && root.text.find(':') != std::string::npos;
  diagnostics.error(
      where, fmt::format("the file must be a mapping of keys to values, not {}", describe_kind(root.kind)),
      colon ? "put a space after the colon: `key: value`" : "begin with `key: value`");
  return false;
}

}  // namespace

std::optional<Node> parse_document(std::string_view text, const std::string& file, Diagnostics& diagnostics) {
  constexpr std::string_view byte_order_mark = "\xef\xbb\xbf";
  if (text.starts_with(byte_order_mark)) text.remove_prefix(byte_order_mark.size());
  if (!check_text(text, file, diagnostics)) return std::nullopt;

  TreeBuilder builder{text, file, diagnostics};
  try {
    TextBuffer buffer{text};
    std::istream in{&buffer};
    YAML::Parser parser{in};
    while (parser.HandleNextDocument(builder)) {
    }
  } catch (const ParseStopped&) {
    return std::nullopt;
  } catch (const YAML::Exception& exception) {
    report_syntax_error(exception, text, file, builder, diagnostics);
    return std::nullopt;
  }
  if (!builder.has_root()) {
    diagnostics.error({file, 1, 1}, "the file is empty: it holds no keys");
    return std::nullopt;
  }
  Node root = builder.take_root();
  if (!check_root(root, file, diagnostics)) return std::nullopt;
  return root;
}

}  // namespace peercap::yaml
