#include "app/studies/posterior_file.h"

#include <cmath>
#include <numeric>
#include <utility>

#include <fmt/format.h>

#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"
#include "sim/io/yaml/number_text.h"
#include "sim/support/contract.h"

namespace peercap::app {
namespace {

using peer_support::ParameterSettings;
using yaml::Node;
using yaml::NodeKind;

/// Weights may differ from a sum of 1 by what their digits leave out.
constexpr double most_deviation = 1e-6;

class PosteriorReader {
 public:
  PosteriorReader(const std::string& file, Diagnostics& diagnostics)
      : file_{file}, diagnostics_{diagnostics} {}

  /// `errors`: how many there were before the file was read; those of its text count too.
  std::optional<PosteriorSample> read(const Node& root, std::size_t errors) {
    const yaml::Entry* format = root.find("format");
    if (format == nullptr || format->value.text != posterior_format) {
      report(format == nullptr ? root.place : format->value.place,
             fmt::format("this is no posterior: its `format` is not `{}`", posterior_format),
             "`peercap calibrate` writes such a file");
      return std::nullopt;
    }
    PosteriorSample posterior;
    if (const yaml::Entry* study = root.find("study")) posterior.study = study->value.text;
    if (const yaml::Entry* center = root.find("center"))
      posterior.center = settings_of(center->value);
    else
      report(root.place, "the key `center` is missing");
    const yaml::Entry* draws = root.find("draws");
    if (draws == nullptr || draws->value.kind != NodeKind::sequence || draws->value.items.empty())
      report(draws == nullptr ? root.place : draws->value.place, "`draws` must be a list of at least one");
    else
      for (const Node& draw : draws->value.items) read_draw(draw, posterior);
    if (diagnostics_.error_count() > errors) return std::nullopt;
    const double sum = std::accumulate(posterior.weights.begin(), posterior.weights.end(), 0.0);
    if (!(std::abs(sum - 1.0) < most_deviation)) {
      report(draws->value.place, fmt::format("the weights of the draws sum to {:.6g}, not to 1", sum));
      return std::nullopt;
    }
    return posterior;
  }

 private:
  void report(yaml::Place place, std::string what, std::string suggestion = {}) {
    diagnostics_.error({file_, place.line, place.column}, std::move(what), std::move(suggestion));
  }

  ParameterSettings settings_of(const Node& node) {
    ParameterSettings settings;
    if (node.kind != NodeKind::mapping || node.entries.empty()) {
      report(node.place, "parameters must be a mapping of paths to values");
      return settings;
    }
    for (const yaml::Entry& entry : node.entries) {
      if (entry.value.kind == NodeKind::scalar)
        settings.emplace_back(entry.key, entry.value.text);
      else
        report(entry.value.place, fmt::format("the value of `{}` must be a single one", entry.key));
    }
    return settings;
  }

  void read_draw(const Node& node, PosteriorSample& posterior) {
    const yaml::Entry* weight = node.kind == NodeKind::mapping ? node.find("weight") : nullptr;
    const yaml::Entry* set = node.kind == NodeKind::mapping ? node.find("set") : nullptr;
    double number = 0.0;
    if (weight == nullptr || set == nullptr || yaml::parse_number(weight->value.text, number) ||
        !(number >= 0.0)) {
      report(node.place, "a draw needs a `weight` of at least 0, and `set`");
      return;
    }
    posterior.weights.push_back(number);
    posterior.draws.push_back(settings_of(set->value));
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
};

}  // namespace

std::optional<PosteriorSample> read_posterior(const std::string& file, Diagnostics& diagnostics,
                                              SourceLocation blame) {
  const std::size_t errors = diagnostics.error_count();
  const auto text = yaml::read_file_text(file, diagnostics, std::move(blame));
  if (!text) return std::nullopt;
  const auto root = yaml::parse_document(*text, file, diagnostics);
  if (!root) return std::nullopt;
  return PosteriorReader{file, diagnostics}.read(*root, errors);
}

std::vector<ParameterSettings> even_draws(const PosteriorSample& posterior, std::size_t count) {
  require(!posterior.draws.empty() && posterior.draws.size() == posterior.weights.size(),
          "even_draws: a weight of each draw");
  std::vector<ParameterSettings> draws;
  double passed = posterior.weights.front();
  std::size_t at = 0;
  for (std::size_t i = 0; i < count; ++i) {
    const double wanted = (static_cast<double>(i) + 0.5) / static_cast<double>(count);
    while (passed < wanted && at + 1 < posterior.draws.size()) passed += posterior.weights[++at];
    draws.push_back(posterior.draws[at]);
  }
  return draws;
}

}  // namespace peercap::app
