#include "app/verification/verification_file.h"

#include <cmath>
#include <limits>
#include <utility>

#include "app/verification/mapping_reader.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"

namespace peercap::app {
namespace {

using yaml::Entry;
using yaml::Node;

constexpr std::int64_t most_replications = 1'000'000;

class FamilyReader {
 public:
  FamilyReader(std::string path, Diagnostics& diagnostics) : reader_{std::move(path), diagnostics} {
    family_.file = reader_.file();
  }

  VerificationFile read(const Node& root) {
    reader_.check_format(root, verification_format, "a verification");
    reader_.read_entries(root, {"format", "name", "about", "source", "scenario", "systems"},
                         [this](const Entry& entry) {
                           if (entry.key == "systems")
                             for (const Node& item : reader_.items_of(entry)) read_system(item);
                           else if (entry.key == "name")
                             family_.name = reader_.text_of(entry);
                           else if (entry.key == "about")
                             family_.about = reader_.text_of(entry);
                           else if (entry.key == "source")
                             family_.source = reader_.text_of(entry);
                           else if (entry.key == "scenario")
                             family_.scenario = reader_.path_of(entry);
                         });
    if (family_.scenario.empty())
      reader_.report(root.place, "there is no `scenario`", "name the scenario file");
    if (family_.name.empty()) reader_.report(root.place, "the family has no `name`");
    if (family_.systems.empty()) reader_.report(root.place, "there are no `systems`");
    return std::move(family_);
  }

 private:
  void read_system(const Node& node) {
    KnownSystem system;
    reader_.read_entries(node, {"name", "set", "replications", "quantities"}, [&](const Entry& entry) {
      if (entry.key == "name")
        system.name = reader_.text_of(entry);
      else if (entry.key == "set")
        system.overrides = reader_.overrides_of(entry);
      else if (entry.key == "replications")
        system.replications = reader_.whole_number_of(entry, 30, most_replications);
      else
        for (const Node& item : reader_.items_of(entry)) read_quantity(item, system);
    });
    if (system.name.empty()) reader_.report(node.place, "the system has no `name`");
    if (system.quantities.empty()) reader_.report(node.place, "the system has no `quantities`");
    family_.systems.push_back(std::move(system));
  }

  void read_quantity(const Node& node, KnownSystem& system) {
    std::string name;
    std::string what;
    std::string formula;
    std::string measured_text;
    double value = std::numeric_limits<double>::quiet_NaN();
    std::optional<Observable> measured;
    reader_.read_entries(node, {"name", "what", "formula", "value", "measured"}, [&](const Entry& entry) {
      if (entry.key == "name") {
        name = reader_.text_of(entry);
      } else if (entry.key == "what") {
        what = reader_.text_of(entry);
      } else if (entry.key == "formula") {
        formula = reader_.text_of(entry);
      } else if (entry.key == "value") {
        value = reader_.number_of(entry);
      } else {
        measured_text = reader_.text_of(entry);
        std::string problem;
        measured = Observable::parse(measured_text, problem);
        if (!measured) reader_.report(entry.value.place, problem);
      }
    });
    if (name.empty() || what.empty() || formula.empty() || std::isnan(value) || measured_text.empty())
      reader_.report(node.place,
                     "a quantity has a `name`, says in words `what` it is, by which `formula` its `value` "
                     "follows, and what is `measured`");
    if (measured)
      system.quantities.push_back({std::move(name), std::move(what), std::move(formula), value,
                                   std::move(measured_text), std::move(*measured)});
  }

  MappingReader reader_;
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
  return yaml_files_of(folder, "known systems", "name the folder of the known systems with --folder",
                       diagnostics);
}

}  // namespace peercap::app
