#include "models/peer_support/scenario_yaml/scenario_files.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/format_version.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::peer_support {
namespace {

namespace fs = std::filesystem;
constexpr std::size_t max_chain = 16;

std::string identity_of(const std::string& path) {
  std::error_code error;
  const auto canonical = fs::weakly_canonical(path, error);
  return error ? path : canonical.string();
}

bool check_format(const ScenarioFile& file, Diagnostics& diagnostics) {
  const std::string first_line = fmt::format("begin the file with `format: {}`", scenario_format);
  const yaml::Entry* format = file.root.find("format");
  if (format == nullptr) {
    diagnostics.error(
        {file.path, file.root.place.line, file.root.place.column},
        "the key `format` is missing: nothing says which version of the format the file is written in",
        first_line);
    return false;
  }
  const SourceLocation where{file.path, format->value.place.line, format->value.place.column};
  if (format->value.kind != yaml::NodeKind::scalar) {
    diagnostics.error(where, "`format` must be a text", first_line);
    return false;
  }
  const std::string& written = format->value.text;
  if (written != scenario_format) {
    if (written.starts_with("peercap-scenario/"))
      diagnostics.error(
          where,
          fmt::format("the file is written in the format `{}`; this program reads `{}`", written,
                      scenario_format),
          "use the version of peercap that wrote it, or bring the file up to date by the notes on formats");
    else
      diagnostics.error(where, fmt::format("`{}` is not the format of a scenario", written), first_line);
    return false;
  }
  if (&file.root.entries.front() != format)
    diagnostics.error({file.path, format->key_place.line, format->key_place.column},
                      "`format` must be the first key, so that a reader knows what follows",
                      "move it to the top of the file");
  return true;
}

/// The file named by `extends:`, relative to the file that says so.
std::optional<std::string> find_base(const ScenarioFile& file, SourceLocation& where,
                                     Diagnostics& diagnostics) {
  const yaml::Entry* extends = file.root.find("extends");
  if (extends == nullptr) return std::nullopt;
  where = {file.path, extends->value.place.line, extends->value.place.column};
  if (extends->value.kind != yaml::NodeKind::scalar || extends->value.text.empty()) {
    diagnostics.error(where, "`extends` must name one file", "write `extends: base.yaml`");
    return std::nullopt;
  }
  const fs::path base{extends->value.text};
  return base.is_absolute() ? base.string() : (fs::path{file.path}.parent_path() / base).string();
}

std::string describe_chain(const std::vector<ScenarioFile>& newest_first, const std::string& repeated) {
  std::string text;
  for (const ScenarioFile& file : newest_first) text += fmt::format("{} -> ", file.path);
  return text + repeated;
}

}  // namespace

std::optional<std::vector<ScenarioFile>> read_scenario_files(const std::string& path,
                                                             Diagnostics& diagnostics) {
  std::vector<ScenarioFile> files;  // newest first until the end
  std::vector<std::string> identities;
  SourceLocation blame;
  for (std::optional<std::string> next = path; next;) {
    const std::string identity = identity_of(*next);
    if (std::ranges::find(identities, identity) != identities.end()) {
      diagnostics.error(blame, fmt::format("`extends` goes in a circle: {}", describe_chain(files, *next)),
                        "remove one `extends` of the circle");
      return std::nullopt;
    }
    if (files.size() >= max_chain) {
      diagnostics.error(blame, fmt::format("`extends` goes through more than {} files", max_chain),
                        "merge some of them");
      return std::nullopt;
    }
    identities.push_back(identity);
    auto text = yaml::read_file_text(*next, diagnostics, blame);
    if (!text) return std::nullopt;
    auto root = yaml::parse_document(*text, *next, diagnostics);
    if (!root) return std::nullopt;
    ScenarioFile& file = files.emplace_back(ScenarioFile{*next, std::move(*text), std::move(*root)});
    if (!check_format(file, diagnostics)) return std::nullopt;
    next = find_base(file, blame, diagnostics);
  }
  std::ranges::reverse(files);
  return files;
}

}  // namespace peercap::peer_support
