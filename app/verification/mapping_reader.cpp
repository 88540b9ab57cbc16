#include "app/verification/mapping_reader.h"

#include <algorithm>
#include <filesystem>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/io/yaml/number_text.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {

using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

void MappingReader::report(yaml::Place place, std::string what, std::string suggestion) {
  diagnostics_.error({file_, place.line, place.column}, std::move(what), std::move(suggestion));
}

void MappingReader::read_entries(const Node& node, const std::vector<std::string>& keys,
                                 const std::function<void(const Entry&)>& read) {
  if (node.kind != NodeKind::mapping) {
    report(node.place, fmt::format("a mapping is due here, not {}", describe_kind(node.kind)));
    return;
  }
  for (const Entry& entry : node.entries) {
    if (std::ranges::find(keys, entry.key) != keys.end()) {
      read(entry);
      continue;
    }
    const auto similar = yaml::find_similar(entry.key, keys);
    report(entry.key_place, fmt::format("`{}` is no key here", entry.key),
           similar ? fmt::format("did you mean `{}`?", *similar)
                   : fmt::format("the keys are {}", fmt::join(keys, ", ")));
  }
}

void MappingReader::check_format(const Node& root, std::string_view format, std::string_view what) {
  const Entry* entry = root.find("format");
  if (entry == nullptr)
    report(root.place, "the key `format` is missing",
           fmt::format("begin the file with `format: {}`", format));
  else if (entry->value.text != format)
    report(entry->value.place, fmt::format("`{}` is not the format of {}", entry->value.text, what),
           fmt::format("write `{}`", format));
}

const std::vector<Node>& MappingReader::items_of(const Entry& entry) {
  if (entry.value.kind != NodeKind::sequence)
    report(entry.value.place, fmt::format("`{}` must be a list", entry.key));
  return entry.value.items;
}

std::string MappingReader::text_of(const Entry& entry) {
  if (entry.value.kind != NodeKind::scalar)
    report(entry.value.place, fmt::format("`{}` must be a single value", entry.key));
  return entry.value.text;
}

double MappingReader::number_of(const Entry& entry) {
  double value = 0.0;
  if (const auto problem = yaml::parse_number(text_of(entry), value)) {
    report(entry.value.place, fmt::format("`{}` {}", entry.value.text, problem->what));
    return std::numeric_limits<double>::quiet_NaN();
  }
  return value;
}

std::int64_t MappingReader::whole_number_of(const Entry& entry, std::int64_t least, std::int64_t most) {
  std::int64_t value = 0;
  if (!yaml::parse_whole_number(text_of(entry), value) && value >= least && value <= most) return value;
  report(entry.value.place, fmt::format("`{}` must be a whole number of at least {}", entry.key, least));
  return 0;
}

std::vector<std::string> MappingReader::overrides_of(const Entry& entry) {
  std::vector<std::string> overrides;
  if (entry.value.kind != NodeKind::mapping) {
    report(entry.value.place, fmt::format("`{}` must be a mapping of parameters to values", entry.key));
    return overrides;
  }
  for (const Entry& item : entry.value.entries)
    overrides.push_back(fmt::format("{}={}", item.key, text_of(item)));
  return overrides;
}

std::string MappingReader::path_of(const Entry& entry) {
  return (std::filesystem::path{file_}.parent_path() / text_of(entry)).lexically_normal().string();
}

std::vector<std::string> yaml_files_of(const std::string& folder, std::string_view what,
                                       const std::string& hint, Diagnostics& diagnostics) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{folder, error})
    if (entry.is_regular_file() && entry.path().extension() == ".yaml")
      files.push_back(entry.path().string());
  if (error)
    diagnostics.error({folder, 0, 0}, fmt::format("the folder cannot be read: {}", error.message()), hint);
  else if (files.empty())
    diagnostics.error({folder, 0, 0}, fmt::format("there is no file of {} in the folder", what), hint);
  std::ranges::sort(files);
  return files;
}

}  // namespace peercap::app
