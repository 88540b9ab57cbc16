#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "app/report/report_document.h"
#include "app/report/result_view.h"

namespace peercap::app {

/// What a result file is of, told by its groups.
enum class ResultKind { run, sizing, comparison, sweep, sensitivity };

/// Throws InputOutputError for a file that is none of them.
[[nodiscard]] ResultKind kind_of(const ResultView& view);
[[nodiscard]] std::string_view to_string(ResultKind kind);

[[nodiscard]] ReportDocument run_document(const ResultView& view);
[[nodiscard]] ReportDocument sizing_document(const ResultView& view);
[[nodiscard]] ReportDocument comparison_document(const ResultView& view);
[[nodiscard]] ReportDocument sweep_document(const ResultView& view);
[[nodiscard]] ReportDocument sensitivity_document(const ResultView& view);

/// The document of the first file, with the answers and sections of the others behind it.
[[nodiscard]] ReportDocument report_document(const std::vector<ResultView>& views);

/// What every document of a study says of itself: name, description, when and by what it was made.
[[nodiscard]] ReportDocument begin_study_document(const ResultView& view, ResultKind kind);
/// The study and its scenario as files, and where the numbers come from.
void add_study_sections(const ResultView& view, ReportDocument& document);

}  // namespace peercap::app
