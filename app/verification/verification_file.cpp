#include "app/verification/verification_file.h"

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <limits>
#include <utility>

#include <fmt/format.h>
#include <fmt/ranges.h>

#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"
#include "sim/io/yaml/number_text.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {
namespace {

using yaml::Entry;
using yaml::Node;
using yaml::NodeKind;

constexpr std::int64_t most_replications = 1'000'000;

class FamilyReader {
 public:
  FamilyReader(std::string path, Diagnostics& diagnostics) : diagnostics_{diagnostics} {
    family_.file = std::move(path);
  }

  VerificationFile read(const Node& root) {
    read_entries(
        root, {"format", "name", "about", "source", "scenario", "systems"}, [this](const Entry& entry) {
          if (entry.key == "format")
            check_format(entry.value);
          else if (entry.key == "systems")
            for (const Node& item : items_of(entry)) read_system(item);
          else if (entry.key == "name")
            family_.name = text_of(entry);
          else if (entry.key == "about")
            family_.about = text_of(entry);
          else if (entry.key == "source")
            family_.source = text_of(entry);
          else
            family_.scenario = (std::filesystem::path{family_.file}.parent_path() / text_of(entry)).string();
        });
    if (root.find("format") == nullptr)
      report(root.place, "the key `format` is missing",
             fmt::format("begin the file with `format: {}`", verification_format));
    if (family_.scenario.empty()) report(root.place, "there is no `scenario`", "name the scenario file");
    if (family_.name.empty()) report(root.place, "the family has no `name`");
    if (family_.systems.empty()) report(root.place, "there are no `systems`");
    return std::move(family_);
  }

 private:
  void report(yaml::Place place, std::string what, std::string suggestion = {}) {
    diagnostics_.error({family_.file, place.line, place.column}, std::move(what), std::move(suggestion));
  }

  void check_format(const Node& node) {
    if (node.text != verification_format)
      report(node.place, fmt::format("`{}` is not the format of a verification", node.text),
             fmt::format("write `{}`", verification_format));
  }

  template <class Read>
  void read_entries(const Node& node, const std::vector<std::string>& keys, const Read& read) {
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

  const std::vector<Node>& items_of(const Entry& entry) {
    if (entry.value.kind != NodeKind::sequence)
      report(entry.value.place, fmt::format("`{}` must be a list", entry.key));
    return entry.value.items;
  }

  std::string text_of(const Entry& entry) {
    if (entry.value.kind != NodeKind::scalar)
      report(entry.value.place, fmt::format("`{}` must be a single value", entry.key));
    return entry.value.text;
  }

  void read_system(const Node& node) {
    KnownSystem system;
    read_entries(node, {"name", "set", "replications", "quantities"}, [&](const Entry& entry) {
      if (entry.key == "name") {
        system.name = text_of(entry);
      } else if (entry.key == "set") {
        read_entries_of_set(entry.value, system);
      } else if (entry.key == "replications") {
        if (yaml::parse_whole_number(text_of(entry), system.replications) || system.replications < 30 ||
            system.replications > most_replications)
          report(entry.value.place, "`replications` must be a whole number of at least 30");
      } else {
        for (const Node& item : items_of(entry)) read_quantity(item, system);
      }
    });
    if (system.name.empty()) report(node.place, "the system has no `name`");
    if (system.quantities.empty()) report(node.place, "the system has no `quantities`");
    family_.systems.push_back(std::move(system));
  }

  void read_entries_of_set(const Node& node, KnownSystem& system) {
    if (node.kind != NodeKind::mapping) {
      report(node.place, "`set` must be a mapping of parameters to values");
      return;
    }
    for (const Entry& entry : node.entries)
      system.overrides.push_back(fmt::format("{}={}", entry.key, text_of(entry)));
  }

  void read_quantity(const Node& node, KnownSystem& system) {
    std::string name;
    std::string what;
    std::string formula;
    std::string measured_text;
    double value = std::numeric_limits<double>::quiet_NaN();
    std::optional<Observable> measured;
    read_entries(node, {"name", "what", "formula", "value", "measured"}, [&](const Entry& entry) {
      if (entry.key == "name") {
        name = text_of(entry);
      } else if (entry.key == "what") {
        what = text_of(entry);
      } else if (entry.key == "formula") {
        formula = text_of(entry);
      } else if (entry.key == "value") {
        if (const auto problem = yaml::parse_number(text_of(entry), value))
          report(entry.value.place, fmt::format("`{}` {}", entry.value.text, problem->what));
      } else {
        measured_text = text_of(entry);
        std::string problem;
        measured = Observable::parse(measured_text, problem);
        if (!measured) report(entry.value.place, problem);
      }
    });
    if (name.empty() || what.empty() || formula.empty() || std::isnan(value) || measured_text.empty())
      report(node.place,
             "a quantity has a `name`, says in words `what` it is, by which `formula` its `value` "
             "follows, and what is `measured`");
    if (measured)
      system.quantities.push_back({std::move(name), std::move(what), std::move(formula), value,
                                   std::move(measured_text), std::move(*measured)});
  }

  Diagnostics& diagnostics_;
  VerificationFile family_;
};

}  // namespace

std::optional<VerificationFile> read_verification(const std::string& path, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const auto text = yaml::read_file_text(path, diagnostics);
  if (!text) return std::nullopt;
  const auto root = yaml::parse_document(*text, path, diagnostics);
  if (!root) return std::nullopt;
  VerificationFile family = FamilyReader{path, diagnostics}.read(*root);
  if (diagnostics.error_count() > errors) return std::nullopt;
  return family;
}

std::vector<std::string> verification_files(const std::string& folder, Diagnostics& diagnostics) {
  std::vector<std::string> files;
  std::error_code error;
  for (const auto& entry : std::filesystem::directory_iterator{folder, error})
    if (entry.is_regular_file() && entry.path().extension() == ".yaml")
      files.push_back(entry.path().string());
  if (error)
    diagnostics.error({folder, 0, 0}, fmt::format("the folder cannot be read: {}", error.message()),
                      "name the folder of the known systems with --folder");
  else if (files.empty())
    diagnostics.error({folder, 0, 0}, "there is no file of known systems in the folder");
  std::ranges::sort(files);
  return files;
}

}  // namespace peercap::app
