#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

namespace peercap::peer_support {

/// One step of a path: `units`, `departments[icu]`, `destinations[*]`.
struct PathStep {
  std::string key;
  std::optional<std::string> item;  ///< what stands in brackets; "*" for all, empty in the catalogue's paths

  friend bool operator==(const PathStep&, const PathStep&) = default;
};

/// Reads "a.b[name].c"; nothing where the text has another form. Names in brackets may hold dots and blanks.
[[nodiscard]] std::optional<std::vector<PathStep>> parse_path(std::string_view text);

[[nodiscard]] std::string to_string(const std::vector<PathStep>& path);

/// Whether a step of a pattern names a step of a concrete path; `[*]` names every item.
[[nodiscard]] bool matches(const PathStep& pattern, const PathStep& concrete);

/// `a.b` from `a` and `b`; `b` at the top.
[[nodiscard]] std::string join_path(std::string_view parent, std::string_view key);

/// The path with the names of list items taken out: `organization.sites[].departments[].units`.
[[nodiscard]] std::string generic_path(std::string_view path);

/// The path of the enclosing mapping: `a.b[c]` of `a.b[c].d`, `a` of `a.b[c]`, empty at the top.
[[nodiscard]] std::string parent_path(std::string_view path);

}  // namespace peercap::peer_support
