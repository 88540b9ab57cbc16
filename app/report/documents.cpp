#include "app/report/documents.h"

#include <algorithm>
#include <utility>

#include <fmt/format.h>

#include "app/report/run_sections.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {

ResultKind kind_of(const ResultView& view) {
  if (view.has("/series") && view.has("/parameters")) return ResultKind::run;
  if (view.has("/assessments")) return ResultKind::sizing;
  if (view.has("/pairs")) return ResultKind::comparison;
  if (view.has("/effects")) return ResultKind::sensitivity;
  if (view.has("/design") && view.has("/study")) return ResultKind::sweep;
  throw InputOutputError{view.file(), "report on it", "it is of no kind that this program knows",
                         "reports are made of files of run, size, compare, sweep, merge and sensitivity"};
}

std::string_view to_string(ResultKind kind) {
  switch (kind) {
    case ResultKind::run:
      return "run";
    case ResultKind::sizing:
      return "sizing";
    case ResultKind::comparison:
      return "comparison";
    case ResultKind::sweep:
      return "sweep";
    case ResultKind::sensitivity:
      break;
  }
  return "sensitivity";
}

ReportDocument begin_study_document(const ResultView& view, ResultKind kind) {
  ReportDocument document;
  document.kind = to_string(kind);
  document.title = view.text("/study", "name");
  document.description = view.text("/study", "description");
  document.created = view.attribute("created");
  document.program = fmt::format("{} {}", view.attribute("program"), view.attribute("program_version"));
  return document;
}

void add_study_sections(const ResultView& view, ReportDocument& document) {
  Section files{"study", "The study, and the scenario it begins with"};
  files.add(
      DetailsBlock{"The study file as given",
                   {Block{CodeBlock{"yaml", view.text("/study", "source"), "The study file as given"}}}});
  files.add(DetailsBlock{
      "Every parameter of the scenario",
      {Block{CodeBlock{"yaml", view.text("/study", "scenario"), "The scenario with every parameter"}}}});
  document.sections.push_back(std::move(files));
  document.sections.push_back(provenance_section(view));
}

ReportDocument report_document(const std::vector<ResultView>& views) {
  const auto document_of = [](const ResultView& view) {
    switch (kind_of(view)) {
      case ResultKind::run:
        return run_document(view);
      case ResultKind::sizing:
        return sizing_document(view);
      case ResultKind::comparison:
        return comparison_document(view);
      case ResultKind::sweep:
        return sweep_document(view);
      case ResultKind::sensitivity:
        break;
    }
    return sensitivity_document(view);
  };
  ReportDocument document = document_of(views.front());
  for (std::size_t i = 1; i < views.size(); ++i) {
    ReportDocument further = document_of(views[i]);
    document.answer.sentences.push_back(further.answer.sentence);
    // Before the sections about the scenario itself, which end a report.
    auto place = std::ranges::find_if(document.sections,
                                      [](const Section& s) { return s.id == "changes" || s.id == "study"; });
    for (Section& section : further.sections) {
      section.id = fmt::format("{}-{}", further.kind, section.id) + (i > 1 ? fmt::format("-{}", i) : "");
      section.title = fmt::format("{} ({})", section.title, further.title);
      const auto rename = [&](auto&& self, std::vector<Block>& blocks) -> void {
        for (Block& block : blocks) {
          if (auto* chart = std::get_if<Chart>(&block.content)) chart->id = section.id + "-" + chart->id;
          if (auto* details = std::get_if<DetailsBlock>(&block.content)) self(self, details->blocks);
        }
      };
      rename(rename, section.blocks);
      place = std::next(document.sections.insert(place, std::move(section)));
    }
  }
  return document;
}

}  // namespace peercap::app
