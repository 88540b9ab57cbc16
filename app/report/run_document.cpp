#include <algorithm>
#include <array>
#include <cmath>

#include <fmt/format.h>

#include "app/figure_text.h"
#include "app/report/documents.h"
#include "app/report/report_parts.h"
#include "app/report/run_sections.h"

namespace peercap::app {
namespace {

using peer_support::Measure;

double clinicians_of(const ResultView& view) {
  double sum = 0.0;
  for (const double count : view.numbers("/units", "clinicians")) sum += count;
  return sum;
}

/// What the replications say of a program's collapse, of its limits, and of how the file came about.
std::vector<std::string> warnings_of(const ResultView& view) {
  std::vector<std::string> warnings;
  if (view.attribute("status") != "complete")
    warnings.push_back(
        fmt::format("This run is not complete ({}): the intervals are those of {} replications.",
                    view.attribute("status"), view.replications()));
  if (view.replications() < 30)
    warnings.push_back(fmt::format(
        "{} replications are few: intervals are wide and lean on the t distribution.", view.replications()));
  const MeasureFigure collapsed = view.measure(Measure::collapsed);
  if (collapsed.mean > 0.0)
    warnings.push_back(fmt::format("The program collapses in {} of the replications.", collapsed.text()));
  const MeasureFigure failed = view.measure(Measure::service_failed);
  if (failed.mean > 0.0)
    warnings.push_back(fmt::format("The service fails in {} of the replications.", failed.text()));
  const std::vector<std::string> origins = view.texts("/parameters", "origin");
  const auto assumed = std::ranges::count_if(
      origins, [](const std::string& origin) { return origin.starts_with("default, assumed"); });
  if (assumed > 0)
    warnings.push_back(
        fmt::format("Intervals tell chance alone. {} values of the scenario are assumed; how far the answer "
                    "hangs on them is not in these intervals.",
                    assumed));
  return warnings;
}

Answer answer_of(const ResultView& view) {
  Answer answer;
  answer.warnings = warnings_of(view);
  const MeasureFigure within = view.measure(Measure::contact_within_target_share);
  const MeasureFigure limit = view.measure(Measure::contact_within_limit_share);
  const MeasureFigure unmet = view.measure(Measure::unmet_episodes_share);
  const MeasureFigure asked = view.measure(Measure::asked_per_year);
  const std::string target = wait_words(view.parameter("access.contact_target"));
  if (view.parameter("program.enabled") == "off") {
    answer.sentence =
        "There is no program in this scenario: nobody is met. It is the world that programs are measured "
        "against.";
  } else if (!within.is_defined()) {
    answer.sentence = "Nobody asked for support in these replications.";
  } else {
    const std::string roster = view.parameter("organization.roster");
    const std::string supporters =
        roster.empty() ? view.parameter("supporters.count") + " supporters" : "The supporters of the roster";
    answer.sentence =
        fmt::format("{} with {} of protected time each reach {} of those who want support within {}.",
                    supporters, view.parameter("supporters.protected_time"), within.text(), target);
    answer.sentences.push_back(fmt::format("{} people a year want support; {} of them are met within {}.",
                                           asked.text(), limit.text(),
                                           wait_words(view.parameter("access.contact_limit"))));
    answer.sentences.push_back(
        fmt::format("{} of all episodes of distress meet no supporter at all.", unmet.text()));
    answer.sentences.push_back(
        fmt::format("The work takes {} of all supporters together, {} of it beyond protected time.",
                    view.measure(Measure::work_hours_per_week).text(),
                    view.measure(Measure::overload_hours_per_week).text()));
    answer.figures = {
        answer_figure(view, fmt::format("met within {} of asking", target),
                      Measure::contact_within_target_share),
        answer_figure(view, "episodes that meet no supporter", Measure::unmet_episodes_share),
        answer_figure(view, "people who want support, a year", Measure::asked_per_year),
        answer_figure(view, "cases a supporter and year", Measure::cases_per_supporter_year),
        answer_figure(view, "hours beyond protected time, all supporters", Measure::overload_hours_per_week),
        answer_figure(view, "supporters with concerning exhaustion",
                      Measure::supporters_exhaustion_concerning_share)};
  }
  return answer;
}

}  // namespace

ReportDocument run_document(const ResultView& view) {
  ReportDocument document;
  document.kind = to_string(ResultKind::run);
  document.title =
      view.has("/design", "scenario") ? view.texts("/design", "scenario").front() : view.parameter("name");
  document.description = view.parameter("description");
  document.facts = {fmt::format("{} clinicians", with_thousands(clinicians_of(view), 0)),
                    fmt::format("{} supporters at the start", view.parameter("supporters.count")),
                    fmt::format("{} from {}", view.parameter("run.horizon"), view.parameter("run.start")),
                    view.n(), "means with 95 % intervals over replications"};
  document.created = view.attribute("created");
  document.program = fmt::format("{} {}", view.attribute("program"), view.attribute("program_version"));
  document.answer = answer_of(view);
  for (const auto section :
       {demand_section, waits_section, course_section, load_section, well_being_section, turnover_section,
        referral_section, equity_section, cost_section, assumption_section, change_section, evidence_section,
        methods_section, measures_section, provenance_section})
    document.sections.push_back(section(view));
  return document;
}

}  // namespace peercap::app
