// What a report says of parameters: assumptions, changes, evidence, methods, provenance.

#include <algorithm>
#include <array>
#include <map>

#include <fmt/format.h>

#include "app/report/report_parts.h"
#include "app/report/run_sections.h"
#include "models/peer_support/scenario_yaml/catalogue.h"
#include "models/peer_support/scenario_yaml/evidence.h"

namespace peercap::app {
namespace {

/// A line of /parameters.
struct ParameterLine {
  std::string path;
  std::string value;
  std::string origin;
  std::string evidence;

  [[nodiscard]] bool is_default() const { return origin.starts_with("default"); }
  [[nodiscard]] bool is_assumed() const { return origin.starts_with("default, assumed"); }
};

std::vector<ParameterLine> parameter_lines(const ResultView& view) {
  const std::vector<std::string> paths = view.texts("/parameters", "path");
  const std::vector<std::string> values = view.texts("/parameters", "value");
  const std::vector<std::string> origins = view.texts("/parameters", "origin");
  const std::vector<std::string> evidence = view.texts("/parameters", "evidence");
  std::vector<ParameterLine> lines;
  for (std::size_t i = 0; i < paths.size(); ++i)
    lines.push_back({paths[i], values[i], origins[i], evidence[i]});
  return lines;
}

std::string meaning_of(std::string_view path) {
  const auto* entry = peer_support::find_in_catalogue(path);
  return entry == nullptr ? std::string{} : entry->meaning;
}

std::string default_of(std::string_view path) {
  const auto* entry = peer_support::find_in_catalogue(path);
  return entry == nullptr ? std::string{} : entry->default_text;
}

/// "scenarios/community_hospital.yaml:14" of a longer path: folders of somebody's machine tell nothing.
std::string short_origin(const std::string& origin) {
  const std::size_t slash = origin.rfind('/');
  if (slash == std::string::npos || origin.starts_with("default")) return origin;
  return origin.substr(slash + 1);
}

std::string on_or_off(const ResultView& view, std::string_view path) {
  return view.parameter(path);
}

}  // namespace

Section assumption_section(const ResultView& view) {
  Section section{"assumptions", "What the answer hangs on"};
  ReportTable table{
      "Assumed values",
      {{"parameter", "", false}, {"value", "", false}, {"meaning", "", false}, {"seen with", "", false}},
      {}};
  for (const ParameterLine& line : parameter_lines(view))
    if (line.is_assumed())
      table.rows.push_back({line.path, line.value, meaning_of(line.path), line.evidence});
  section.lead = fmt::format("{} values of this scenario are assumed: no published figure tells them.",
                             table.rows.size());
  section.add(
      TextBlock{{"Intervals in this report tell chance alone. How far the answer moves when an assumed value "
                 "is moved is told by "
                 "peercap sensitivity; give its file to peercap report beside this one, and its tornado "
                 "stands here."}});
  section.add(
      DetailsBlock{fmt::format("All {} assumed values", table.rows.size()), {Block{std::move(table)}}});
  return section;
}

Section change_section(const ResultView& view) {
  Section section{"changes", "The scenario, where it differs from the defaults"};
  ReportTable table{
      "Values that are not those of the defaults",
      {{"parameter", "", false}, {"value", "", false}, {"default", "", false}, {"from", "", false}},
      {}};
  std::size_t same = 0;
  for (const ParameterLine& line : parameter_lines(view)) {
    if (line.is_default()) continue;
    const std::string usual = default_of(line.path);
    if (usual == line.value && !usual.empty()) {
      ++same;
      continue;
    }
    table.rows.push_back({line.path, line.value, usual.empty() ? "-" : usual, short_origin(line.origin)});
  }
  section.lead = fmt::format("{} values were set; {} more are written in the scenario and equal the default.",
                             table.rows.size(), same);
  section.add(
      DetailsBlock{fmt::format("All {} values that were set", table.rows.size()), {Block{std::move(table)}}});
  section.add(DetailsBlock{
      "The scenario file as given",
      {Block{CodeBlock{"yaml", view.text("/scenario", "source"), "The scenario file as given"}}}});
  section.add(DetailsBlock{"Every parameter, resolved",
                           {Block{CodeBlock{"yaml", view.text("/scenario", "resolved"),
                                            "A scenario file that gives the same results"}}}});
  return section;
}

Section evidence_section(const ResultView& view) {
  Section section{"evidence", "Published figures behind the values"};
  std::map<std::string, std::vector<std::string>> used;
  for (const ParameterLine& line : parameter_lines(view))
    if (!line.evidence.empty()) used[line.evidence].push_back(line.path);
  ReportTable table{"Published figures",
                    {{"key", "", false},
                     {"figure", "", false},
                     {"of whom", "", false},
                     {"citation", "", false},
                     {"behind", "", false}},
                    {}};
  for (const auto& [key, paths] : used) {
    const auto* entry = peer_support::find_evidence(key);
    if (entry == nullptr) continue;
    std::string behind;
    for (const std::string& path : paths) behind += (behind.empty() ? "" : ", ") + path;
    table.rows.push_back(
        {key, fmt::format("{}: {}", entry->quantity, entry->value),
         entry->population.empty() ? "-" : entry->population,
         entry->locator.empty() ? entry->citation : fmt::format("{} {}", entry->citation, entry->locator),
         behind});
  }
  section.lead = fmt::format(
      "{} published figures stand behind values of this scenario. measured values are those of the paper, "
      "fitted ones were chosen so that the model gives them.",
      table.rows.size());
  section.add(DetailsBlock{fmt::format("All {} figures", table.rows.size()), {Block{std::move(table)}}});
  return section;
}

Section methods_section(const ResultView& view) {
  Section section{"methods", "Methods, in the order of STRESS-DES and ODD"};
  section.lead = "For the methods section of a paper; every value is that of this run.";
  const auto p = [&](std::string_view path) { return view.parameter(path); };
  double clinicians = 0.0;
  std::size_t units = 0;
  if (view.has("/units", "clinicians"))
    for (const double count : view.numbers("/units", "clinicians")) {
      clinicians += count;
      ++units;
    }
  DefinitionsBlock d;
  const auto add = [&](std::string term, std::string text) {
    d.items.emplace_back(std::move(term), std::move(text));
  };
  add("Purpose",
      "How many peer supporters an organization needs, with how much protected time, and what the work does "
      "to them.");
  add("Entities",
      fmt::format(
          "{} clinicians in {} units; {} peer supporters among them with {} of protected time each; the "
          "program's office with {} of coordination; destinations of referrals with places of their own.",
          short_number(clinicians), units, p("supporters.count"), p("supporters.protected_time"),
          p("program.coordinator_hours")));
  add("Environment",
      fmt::format(
          "Each clinician meets distressing exposures at a rate of {}, a share {} of which is personal; the "
          "others come from events of a unit that touch several of its team. An exposure raises "
          "distress, of which the fast part fades to 1/e in {} and the slow part in {}.",
          p("environment.exposure_rate"), p("environment.personal_share"), p("distress.fast_decay"),
          p("distress.slow_decay")));
  add("Activation",
      fmt::format("Self-referral {}, outreach after reported events {}, managers {}, colleagues {}, embedded "
                  "supporters {}, rounds {}.",
                  on_or_off(view, "activation.self_referral.enabled"),
                  on_or_off(view, "activation.outreach.enabled"),
                  on_or_off(view, "activation.manager.enabled"), on_or_off(view, "activation.peer.enabled"),
                  on_or_off(view, "activation.embedded.enabled"), p("activation.rounding.policy")));
  add("Access and matching",
      fmt::format("Sessions take place {}; the target for first contact is {}, the limit {}. Same "
                  "profession: {}; different unit: {}; outside the line of authority: {}; dispatch: {}.",
                  p("access.meeting_hours"), wait_words(p("access.contact_target")),
                  wait_words(p("access.contact_limit")), p("matching.same_profession"),
                  p("matching.different_unit"), p("matching.outside_authority"), p("matching.dispatch")));
  add("Cases",
      fmt::format("At most {} sessions of {} with a gap of {}; a supporter has at most {} open cases; "
                  "closing rule {}.",
                  p("case_rules.max_sessions"), p("case_rules.session_length"), p("case_rules.session_gap"),
                  p("case_rules.max_cases"), p("case_rules.closing_rule")));
  add("Randomness", fmt::format("Random numbers: {}; the seed is {}. Scenarios with one seed "
                                "share their chance person by person (common random numbers).",
                                view.attribute("random_generator"), view.attribute("seed")));
  add("Initial state",
      fmt::format("Slow variables begin at their equilibrium; a burn-in of {} before {} is not measured.",
                  p("run.burn_in"), p("run.start")));
  add("Inputs",
      "Every value with its origin is in the tables of this report and in /parameters of the result file; "
      "those without a published figure are listed as assumed.");
  add("Experiment",
      fmt::format("{} independent replications of {} from {}. Means have 95 % t intervals over replications; "
                  "shares of the file's tables pool replications where it says so.",
                  view.replications(), p("run.horizon"), p("run.start")));
  add("Verification and validation",
      "The simulator is held against queueing systems with known answers (peercap verify) and against "
      "published programs (peercap validate-model); each of its mechanisms has a test that fails without "
      "it.");
  add("Implementation",
      fmt::format("{} {}, {}, {} build; {}.", view.attribute("program"), view.attribute("program_version"),
                  view.attribute("compiler"), view.attribute("build_type"), view.attribute("libraries")));
  add("Limits",
      "No diagnosis, no suicide, no prediction for single people, no patient outcomes beyond the error loop. "
      "Effects of sessions on distress are assumed and shown without an effect first.");
  section.add(std::move(d));
  return section;
}

Section provenance_section(const ResultView& view) {
  Section section{"provenance", "Where these numbers come from"};
  ReportTable table{"Provenance", {{"what", "", false}, {"value", "", false}}, {}};
  constexpr std::array<std::pair<std::string_view, std::string_view>, 16> attributes{
      {{"made", "created"},
       {"status", "status"},
       {"command", "command_line"},
       {"program", "program_version"},
       {"source revision", "git_hash"},
       {"build", "build_type"},
       {"compiler", "compiler"},
       {"libraries", "libraries"},
       {"seed", "seed_hex"},
       {"random numbers", "random_generator"},
       {"processor", "processor"},
       {"processors", "processors"},
       {"threads", "threads"},
       {"seconds", "wall_seconds"},
       {"processor seconds", "processor_seconds"},
       {"format", "format_version"}}};
  for (const auto& [label, name] : attributes) {
    const std::string value = view.attribute(name);
    if (!value.empty()) table.rows.push_back({std::string{label}, value});
  }
  section.lead =
      "The same scenario and seed give the same numbers on every machine, with any number of threads.";
  section.add(std::move(table));
  return section;
}

}  // namespace peercap::app
