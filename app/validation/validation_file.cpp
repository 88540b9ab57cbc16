#include "app/validation/validation_file.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include <fmt/format.h>

#include "app/verification/mapping_reader.h"
#include "models/peer_support/scenario_yaml/evidence.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"
#include "sim/statistics/summary.h"

namespace peercap::app {
namespace {

using peer_support::FigureOrigin;
using yaml::Entry;
using yaml::Node;

constexpr double infinity = std::numeric_limits<double>::infinity();
constexpr double undefined = std::numeric_limits<double>::quiet_NaN();

class ProgramReader {
 public:
  ProgramReader(std::string path, Diagnostics& diagnostics) : reader_{std::move(path), diagnostics} {
    program_.file = reader_.file();
  }

  ValidationFile read(const Node& root) {
    reader_.check_format(root, validation_format, "a validation");
    const Node* figures = nullptr;
    reader_.read_entries(
        root, {"format", "name", "about", "scenario", "replications", "patterns", "worlds", "figures"},
        [&](const Entry& entry) {
          if (entry.key == "name")
            program_.name = reader_.text_of(entry);
          else if (entry.key == "about")
            program_.about = reader_.text_of(entry);
          else if (entry.key == "scenario")
            program_.scenario = reader_.path_of(entry);
          else if (entry.key == "replications")
            program_.replications = reader_.whole_number_of(entry, 2, 1'000'000);
          else if (entry.key == "patterns")
            program_.has_patterns = read_switch(entry);
          else if (entry.key == "worlds")
            read_worlds(entry.value);
          else if (entry.key == "figures")
            figures = &entry.value;
        });
    if (program_.worlds.empty()) program_.worlds.push_back({.name = "usual", .overrides = {}});
    // After the worlds, which they name.
    if (figures != nullptr)
      for (const Node& item : figures->items) read_figure(item);
    if (program_.name.empty()) reader_.report(root.place, "the program has no `name`");
    if (program_.scenario.empty())
      reader_.report(root.place, "there is no `scenario`", "name the scenario file");
    if (program_.figures.empty()) reader_.report(root.place, "there is no list of `figures`");
    return std::move(program_);
  }

 private:
  bool read_switch(const Entry& entry) {
    const std::string text = reader_.text_of(entry);
    if (text != "on" && text != "off")
      reader_.report(entry.value.place, fmt::format("`{}` is on or off, not `{}`", entry.key, text));
    return text == "on";
  }

  void read_worlds(const Node& node) {
    std::vector<std::string> names;
    for (const Entry& entry : node.entries) names.push_back(entry.key);
    reader_.read_entries(node, names, [&](const Entry& entry) {
      program_.worlds.push_back({.name = entry.key, .overrides = reader_.overrides_of(entry)});
    });
  }

  std::optional<std::size_t> find_world(const Entry& entry) {
    const std::string name = reader_.text_of(entry);
    const auto found = std::ranges::find(program_.worlds, name, &ProgramWorld::name);
    if (found == program_.worlds.end()) {
      reader_.report(entry.value.place, fmt::format("there is no world `{}`", name),
                     "name one of the keys of `worlds`");
      return std::nullopt;
    }
    return static_cast<std::size_t>(found - program_.worlds.begin());
  }

  void read_evidence(const Entry& entry, PublishedFigure& figure) {
    std::string text = reader_.text_of(entry);
    while (!text.empty()) {
      const std::size_t comma = std::min(text.find(','), text.size());
      std::string key = text.substr(0, comma);
      text.erase(0, std::min(text.size(), text.find_first_not_of(' ', comma + 1)));
      if (peer_support::find_evidence(key) == nullptr)
        reader_.report(entry.value.place, fmt::format("there is no evidence `{}`", key),
                       "peercap describe evidence lists the keys");
      figure.evidence.push_back(std::move(key));
    }
  }

  FigureOrigin read_origin(const Entry& entry) {
    const std::string text = reader_.text_of(entry);
    for (const FigureOrigin origin : {FigureOrigin::fitted, FigureOrigin::set, FigureOrigin::predicted})
      if (text == peer_support::to_string(origin)) return origin;
    reader_.report(entry.value.place, fmt::format("`{}` is no origin of a figure", text),
                   "it is fitted, set or predicted");
    return FigureOrigin::predicted;
  }

  void read_figure(const Node& node) {
    PublishedFigure figure{.accepted = {undefined, undefined}, .measured = *Observable::parse("0", problem_)};
    double count = undefined;
    double of = undefined;
    double above = undefined;
    double below = undefined;
    reader_.read_entries(node,
                         {"name", "what", "published", "evidence", "count", "of", "above", "below", "because",
                          "direction", "share", "origin", "explained", "world", "minus", "measured"},
                         [&](const Entry& entry) {
                           if (entry.key == "name")
                             figure.name = reader_.text_of(entry);
                           else if (entry.key == "what")
                             figure.what = reader_.text_of(entry);
                           else if (entry.key == "published")
                             figure.published = reader_.text_of(entry);
                           else if (entry.key == "evidence")
                             read_evidence(entry, figure);
                           else if (entry.key == "count")
                             count = reader_.number_of(entry);
                           else if (entry.key == "of")
                             of = reader_.number_of(entry);
                           else if (entry.key == "above")
                             above = reader_.number_of(entry);
                           else if (entry.key == "below")
                             below = reader_.number_of(entry);
                           else if (entry.key == "because")
                             figure.because = reader_.text_of(entry);
                           else if (entry.key == "direction")
                             figure.is_direction = read_switch(entry);
                           else if (entry.key == "share")
                             figure.is_share = read_switch(entry);
                           else if (entry.key == "origin")
                             figure.origin = read_origin(entry);
                           else if (entry.key == "explained")
                             figure.explained = reader_.text_of(entry);
                           else if (entry.key == "world")
                             figure.world = find_world(entry).value_or(0);
                           else if (entry.key == "minus")
                             figure.minus = find_world(entry);
                           else
                             read_measured(entry, figure);
                         });
    if (figure.name.empty() || figure.what.empty() || figure.published.empty() ||
        figure.measured_text.empty())
      reader_.report(node.place,
                     "a figure has a `name`, says in words `what` it is and what was `published`, and what "
                     "is `measured`");
    read_accepted(node, count, of, above, below, figure);
    program_.figures.push_back(std::move(figure));
  }

  void read_measured(const Entry& entry, PublishedFigure& figure) {
    figure.measured_text = reader_.text_of(entry);
    std::string problem;
    auto measured = Observable::parse(figure.measured_text, problem);
    if (measured)
      figure.measured = std::move(*measured);
    else
      reader_.report(entry.value.place, problem);
  }

  void read_accepted(const Node& node, double count, double of, double above, double below,
                     PublishedFigure& figure) {
    const bool has_count = !std::isnan(count) && !std::isnan(of);
    const bool has_bound = !std::isnan(above) || !std::isnan(below);
    if (has_count == has_bound) {
      reader_.report(node.place,
                     "a figure has either a published `count` `of` so many, or bounds: `above`, `below`");
    } else if (has_count) {
      if (count < 0.0 || count > of || count != std::floor(count) || of != std::floor(of) || of < 1.0) {
        reader_.report(node.place, "`count` and `of` must be whole numbers, `count` no more than `of`");
        return;
      }
      figure.accepted = proportion_interval(static_cast<std::int64_t>(count), static_cast<std::int64_t>(of));
      figure.is_share = true;
    } else {
      figure.accepted = {std::isnan(above) ? -infinity : above, std::isnan(below) ? infinity : below};
      if (figure.because.empty())
        reader_.report(node.place, "bounds that do not follow from a count need a `because`",
                       "say from what the bounds follow");
    }
  }

  MappingReader reader_;
  ValidationFile program_;
  std::string problem_;
};

}  // namespace

std::optional<ValidationFile> read_validation(const std::string& path, Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const auto text = yaml::read_file_text(path, diagnostics);
  if (!text) return std::nullopt;
  const auto root = yaml::parse_document(*text, path, diagnostics);
  if (!root) return std::nullopt;
  ValidationFile program = ProgramReader{path, diagnostics}.read(*root);
  if (diagnostics.error_count() > errors) return std::nullopt;
  return program;
}

}  // namespace peercap::app
