#include "app/commands/evidence.h"

#include <algorithm>
#include <array>
#include <iostream>
#include <memory>
#include <vector>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ranges.h>

#include "app/terminal_style.h"
#include "models/peer_support/scenario_yaml/assumptions.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "sim/io/yaml/json_writer.h"
#include "sim/io/yaml/similar.h"

namespace peercap::app {
namespace {

using peer_support::Assumption;
using peer_support::CatalogueEntry;
using peer_support::EvidenceEntry;

constexpr std::array grades{Grade::measured, Grade::fitted, Grade::assumed, Grade::setting};

std::string_view meaning_of(Grade grade) {
  switch (grade) {
    case Grade::measured:
      return "a published figure";
    case Grade::fitted:
      return "chosen so that published figures come out";
    case Grade::assumed:
      return "no figure was found: belongs into a sensitivity analysis";
    case Grade::setting:
      break;
  }
  return "yours: describes an organization or a run, not the world";
}

std::vector<const EvidenceEntry*> figures_called(const std::string& topic) {
  std::vector<const EvidenceEntry*> found;
  for (const EvidenceEntry& entry : peer_support::built_in_evidence())
    if (entry.key == topic || entry.key.starts_with(topic + ".")) found.push_back(&entry);
  return found;
}

std::vector<std::string> parameters_on(const std::string& key) {
  std::vector<std::string> paths;
  for (const CatalogueEntry& entry : peer_support::catalogue())
    if (entry.evidence == key) paths.push_back(entry.path);
  return paths;
}

void print_overview(std::ostream& out) {
  out << "What the defaults of the parameters rest on:\n\n";
  for (const Grade grade : grades)
    out << fmt::format("  {:<9} {:>4}   {}\n", to_string(grade),
                       std::ranges::count(peer_support::catalogue(), grade, &CatalogueEntry::grade),
                       meaning_of(grade));
  out << fmt::format(
      "\n{} published figures. `peercap evidence PARAMETER` prints what stands behind one or a group of "
      "them,\n"
      "`peercap evidence KEY` a figure, `peercap evidence --scenario FILE` the assumed values a scenario "
      "leans\n"
      "on.\n",
      peer_support::built_in_evidence().size());
}

void print_parameter(const CatalogueEntry& entry, std::ostream& out) {
  out << fmt::format("{}: {}\n  {}\n  {}: {}\n", entry.path,
                     entry.default_text.empty() ? "no default" : entry.default_text, entry.meaning,
                     to_string(entry.grade), meaning_of(entry.grade));
  if (const EvidenceEntry* figure = peer_support::find_evidence(entry.evidence))
    print_evidence(*figure, "  ", out);
}

void print_figure(const EvidenceEntry& entry, std::ostream& out) {
  print_evidence(entry, "", out);
  const std::vector<std::string> paths = parameters_on(entry.key);
  if (!paths.empty()) out << fmt::format("  behind {}\n", fmt::join(paths, ", "));
}

ExitCode list_assumptions(const EvidenceOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(options.scenario, options.load, diagnostics);
  if (!loaded) {
    yaml::SourceLines sources;
    err << yaml::render(diagnostics, sources, options.color);
    return ExitCode::invalid_input;
  }
  const std::vector<Assumption> assumptions = peer_support::assumptions_of(*loaded);
  if (options.form == OutputForm::json) {
    yaml::JsonWriter json;
    json.begin_object();
    json.key("scenario").value(loaded->scenario.name);
    json.key("assumed").begin_array();
    for (const Assumption& assumption : assumptions) {
      json.begin_object();
      json.key("path").value(assumption.path).key("value").value(assumption.value);
      json.key("meaning").value(assumption.meaning).key("default").boolean(assumption.is_default);
      json.end_object();
    }
    json.end_array().end_object();
    out << json.take();
    return ExitCode::done;
  }
  out << fmt::format("{} leans on {} assumed values, of which no published figure tells:\n\n",
                     loaded->scenario.name, assumptions.size());
  for (const Assumption& assumption : assumptions)
    out << fmt::format("  {} = {}{}\n      {}\n", assumption.path, assumption.value,
                       assumption.is_default ? "" : " (given)", assumption.meaning);
  out << "\n`peercap sensitivity` shows which of them the answer hangs on.\n";
  return ExitCode::done;
}

std::string cell(std::string text) {
  std::size_t at = 0;
  while ((at = text.find('|', at)) != std::string::npos) {
    text.insert(at, "\\");
    at += 2;
  }
  return text;
}

/// docs/evidence.md: figures with what they are used for, and the grade of every default.
void print_page(std::ostream& out) {
  out << "# Evidence\n\n"
         "What the defaults rest on. This page is what `peercap evidence --page` prints; a test holds it to "
         "the\n"
         "program. Only what was found in the literature stands here; a default without a figure is "
         "*assumed*.\n\n"
         "| grade | parameters | meaning |\n|---|---|---|\n";
  for (const Grade grade : grades)
    out << fmt::format("| {} | {} | {} |\n", to_string(grade),
                       std::ranges::count(peer_support::catalogue(), grade, &CatalogueEntry::grade),
                       meaning_of(grade));
  out << "\n## Published figures\n\n";
  for (const EvidenceEntry& entry : peer_support::built_in_evidence()) {
    out << fmt::format("### {}\n\n{}. {}: **{}**", entry.key, entry.citation, entry.quantity, entry.value);
    if (!entry.population.empty()) out << fmt::format(", of {}", entry.population);
    out << fmt::format(". Seen in: {}{}{}.", to_string(entry.confidence), entry.locator.empty() ? "" : ", ",
                       entry.locator);
    if (!entry.note.empty()) out << " " << entry.note;
    const std::vector<std::string> paths = parameters_on(entry.key);
    if (!paths.empty()) out << fmt::format(" Behind `{}`.", fmt::join(paths, "`, `"));
    out << "\n\n";
  }
  out << "## Parameters\n\n| parameter | default | grade | figure |\n|---|---|---|---|\n";
  for (const CatalogueEntry& entry : peer_support::catalogue())
    out << fmt::format("| `{}` | {} | {} | {} |\n", entry.path, cell(entry.default_text),
                       to_string(entry.grade), entry.evidence);
}

std::string suggest(const std::string& topic) {
  std::vector<std::string> names;
  for (const auto& group : peer_support::catalogue_groups()) names.push_back(group.path);
  for (const CatalogueEntry& entry : peer_support::catalogue()) {
    names.push_back(entry.path);
    names.push_back(entry.path.substr(entry.path.rfind('.') + 1));
  }
  for (const EvidenceEntry& entry : peer_support::built_in_evidence()) names.push_back(entry.key);
  const auto similar = yaml::find_similar(topic, names);
  return similar ? fmt::format("did you mean `{}`?", *similar) : "`peercap describe` lists the parameters";
}

}  // namespace

void print_evidence(const EvidenceEntry& entry, std::string_view indent, std::ostream& out) {
  out << fmt::format("{}{}: {}\n", indent, entry.key, entry.citation);
  out << fmt::format("{}  {}: {}\n", indent, entry.quantity, entry.value);
  if (!entry.population.empty()) out << fmt::format("{}  of {}\n", indent, entry.population);
  out << fmt::format("{}  seen in: {}{}{}\n", indent, to_string(entry.confidence),
                     entry.locator.empty() ? "" : "; ", entry.locator);
  if (!entry.note.empty()) out << fmt::format("{}  {}\n", indent, entry.note);
}

std::string assumed_values_text(std::size_t count, std::string_view file) {
  if (count == 0) return "leans on no assumed value";
  return fmt::format("leans on {} assumed value{} (peercap evidence --scenario {} lists them)", count,
                     count == 1 ? "" : "s", file);
}

ExitCode evidence(const EvidenceOptions& options, std::ostream& out, std::ostream& err) {
  if (options.as_page) {
    print_page(out);
    return ExitCode::done;
  }
  if (!options.scenario.empty()) return list_assumptions(options, out, err);
  if (options.topic.empty()) {
    print_overview(out);
    return ExitCode::done;
  }
  const auto parameters = peer_support::entries_called(options.topic);
  const auto figures = figures_called(options.topic);
  if (parameters.empty() && figures.empty()) {
    err << fmt::format("error: nothing is called `{}`\n  suggestion: {}\n", options.topic,
                       suggest(options.topic));
    return ExitCode::usage;
  }
  std::string_view gap;
  for (const CatalogueEntry* entry : parameters) {
    out << gap;
    print_parameter(*entry, out);
    gap = "\n";
  }
  for (const EvidenceEntry* entry : figures) {
    out << gap;
    print_figure(*entry, out);
    gap = "\n";
  }
  return ExitCode::done;
}

void add_evidence_command(CLI::App& app, ExitCode& exit_code) {
  auto options = std::make_shared<EvidenceOptions>();
  auto as_json = std::make_shared<bool>(false);
  CLI::App* command =
      app.add_subcommand("evidence", "What stands behind the defaults, and what a scenario assumes");
  command->add_option("TOPIC", options->topic,
                      "A parameter, a group of them, or the key of a published figure");
  CLI::Option* scenario = command->add_option("--scenario", options->scenario,
                                              "Instead: the assumed values that this scenario leans on");
  scenario->type_name("FILE");
  command->add_option("--set", options->load.overrides, "Set a parameter of that scenario")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false)
      ->needs(scenario);
  command->add_option("--variant", options->load.variant, "A variant of that scenario")
      ->type_name("NAME")
      ->needs(scenario);
  command->add_flag("--page", options->as_page, "Instead: the page docs/evidence.md");
  command->add_flag("--json", *as_json, "The list of a scenario as JSON")->needs(scenario);
  command->callback([options, as_json, &exit_code] {
    options->form = *as_json ? OutputForm::json : OutputForm::text;
    options->color = choose_color(Stream::error);
    exit_code = evidence(*options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
