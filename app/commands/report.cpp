#include "app/commands/report.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/report/documents.h"
#include "app/report/html_page.h"
#include "sim/io/hdf5/result_file.h"

namespace peercap::app {

ExitCode report(const ReportOptions& options, std::ostream& out) {
  std::vector<OpenResult> files;
  files.reserve(options.files.size());
  for (const std::string& file : options.files) files.emplace_back(file);
  std::vector<ResultView> views;
  for (std::size_t i = 0; i < files.size(); ++i) views.emplace_back(files[i].content(), options.files[i]);
  const ReportDocument document = report_document(views);
  const std::string json = document_json(document);
  if (options.form == OutputForm::json) {
    out << json;
    return ExitCode::done;
  }
  const std::filesystem::path page =
      options.out.value_or(std::filesystem::path{options.files.front()}.replace_extension(".html"));
  const std::string html = html_page(fmt::format("{}: {} by peercap", document.title, document.kind), json);
  DurableFile file{page, options.existing, operating_system()};
  file.write(html.data(), html.size(), 0);
  file.publish();
  fmt::print(out, "{}\nThe report is in {}: open it in any browser, no network is needed\n",
             document.answer.sentence, page.lexically_normal().string());
  return ExitCode::done;
}

void add_report_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    std::vector<std::string> files;
    std::string out;
    bool force = false;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "report", "One self-contained HTML file with the answer, its pictures and its tables");
  command
      ->add_option("FILE", arguments->files,
                   "Result files of run, size, compare, sweep or sensitivity; the first is what the report "
                   "is of, others add their answers")
      ->required();
  command
      ->add_option("--out,-o", arguments->out,
                   "The page; without it that of the first file with .html as its ending")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace the page if it exists");
  command->add_flag("--json", arguments->json,
                    "Print what the page shows as one JSON document, peercap-report/1");
  command->callback([arguments, &exit_code] {
    ReportOptions options;
    options.files = arguments->files;
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    exit_code = report(options, std::cout);
  });
}

}  // namespace peercap::app
