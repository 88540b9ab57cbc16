#pragma once

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/yaml/node.h"
#include "sim/support/diagnostics.h"

namespace peercap::app {

/// What the readers of small YAML files share: mappings are read key by key, and what does not fit is
/// reported with its line. Reading goes on after a problem, so that all are found.
class MappingReader {
 public:
  MappingReader(std::string file, Diagnostics& diagnostics)
      : file_{std::move(file)}, diagnostics_{diagnostics} {}

  [[nodiscard]] const std::string& file() const { return file_; }

  void report(yaml::Place place, std::string what, std::string suggestion = {});

  /// Calls `read` for each entry whose key is among `keys`; another key, or no mapping, is a problem.
  void read_entries(const yaml::Node& node, const std::vector<std::string>& keys,
                    const std::function<void(const yaml::Entry&)>& read);
  /// The first entry of a file has to be `format: FORMAT`; `what` is in words what the file holds.
  void check_format(const yaml::Node& root, std::string_view format, std::string_view what);

  [[nodiscard]] const std::vector<yaml::Node>& items_of(const yaml::Entry& entry);
  [[nodiscard]] std::string text_of(const yaml::Entry& entry);
  /// NaN after a problem.
  [[nodiscard]] double number_of(const yaml::Entry& entry);
  /// 0 after a problem.
  [[nodiscard]] std::int64_t whole_number_of(const yaml::Entry& entry, std::int64_t least, std::int64_t most);
  /// A mapping of parameters to values as "path=value", as --set takes them.
  [[nodiscard]] std::vector<std::string> overrides_of(const yaml::Entry& entry);
  /// A path that is relative to the file.
  [[nodiscard]] std::string path_of(const yaml::Entry& entry);

 private:
  std::string file_;
  Diagnostics& diagnostics_;
};

/// The .yaml files of a folder, by name; a folder that cannot be read, or without any, is a problem, for
/// which `hint` says what to do. `what` is in words what the files hold.
[[nodiscard]] std::vector<std::string> yaml_files_of(const std::string& folder, std::string_view what,
                                                     const std::string& hint, Diagnostics& diagnostics);

}  // namespace peercap::app
