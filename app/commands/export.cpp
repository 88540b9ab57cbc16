#include "app/commands/export.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <unistd.h>

#include "app/export/event_log.h"
#include "app/export/table_export.h"
#include "models/peer_support/model.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/input_output_error.h"
#include "sim/io/yaml/diagnostic_renderer.h"
#include "sim/kernel/sequential_engine.h"

namespace peercap::app {
namespace {

/// A text of a group of texts; empty where there is none.
std::string text_in(const ResultContent& content, std::string_view group, std::string_view name) {
  for (const ResultGroup& g : content.groups)
    if (g.path == group)
      for (const ResultVariable& v : g.variables)
        if (v.name == name)
          if (const auto* texts = std::get_if<std::vector<std::string>>(&v.values);
              texts != nullptr && !texts->empty())
            return texts->front();
  return {};
}

/// The digest of a replication's events as the file has it; empty where there is none.
std::string digest_in(const ResultContent& content, std::uint32_t replication) {
  for (const ResultGroup& g : content.groups) {
    if (g.path != "/replications") continue;
    std::size_t place = 0;
    bool found = false;
    for (const ResultDimension& d : g.dimensions)
      if (d.name == "replication")
        if (const auto* numbers = std::get_if<std::vector<std::int64_t>>(&d.labels)) {
          const auto at = std::ranges::find(*numbers, static_cast<std::int64_t>(replication));
          found = at != numbers->end();
          place = static_cast<std::size_t>(at - numbers->begin());
        }
    for (const ResultVariable& v : g.variables)
      if (found && v.name == "event_digest")
        if (const auto* texts = std::get_if<std::vector<std::string>>(&v.values);
            texts != nullptr && place < texts->size())
          return (*texts)[place];
  }
  return {};
}

/// A file with a text in it that is gone with this object.
class TemporaryText {
 public:
  explicit TemporaryText(const std::string& text) {
    std::string name = (std::filesystem::temp_directory_path() / "peercap-scenario-XXXXXX").string();
    const int descriptor = ::mkstemp(name.data());
    if (descriptor < 0) throw InputOutputError{name, "create", "the system gave no temporary file"};
    ::close(descriptor);
    path_ = name;
    std::ofstream file{path_};
    file << text;
    file.close();
    if (!file) throw InputOutputError{path_, "write", "the disk may be full"};
  }
  ~TemporaryText() {
    std::error_code ignored;
    std::filesystem::remove(path_, ignored);
  }
  TemporaryText(const TemporaryText&) = delete;
  TemporaryText& operator=(const TemporaryText&) = delete;

  [[nodiscard]] const std::filesystem::path& path() const { return path_; }

 private:
  std::filesystem::path path_;
};

std::string hex_digest(std::uint64_t digest) {
  return fmt::format("{:016x}", digest);
}

ExitCode write_events(const ExportOptions& options, const ResultContent& content, std::ostream& out,
                      std::ostream& err) {
  const std::string resolved = text_in(content, "/scenario", "resolved");
  const std::string digest = digest_in(content, options.replication);
  if (resolved.empty() || digest.empty()) {
    fmt::print(err,
               "peercap: {}: there is no replication {} of a run in it; event logs are made of files of "
               "`peercap run`\n",
               options.file, options.replication);
    return ExitCode::usage;
  }
  const TemporaryText file{resolved};
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(file.path().string(), {}, diagnostics);
  if (!loaded) {
    yaml::SourceLines sources;
    fmt::print(
        err,
        "peercap: {}: this program does not take the scenario in it; use the version that wrote the file\n",
        options.file);
    err << yaml::render(diagnostics, sources, yaml::Color::never);
    return ExitCode::invalid_input;
  }
  const peer_support::Rules rules{loaded->scenario};
  SequentialEngine engine;
  EventLogObserver log;
  const auto outcome = peer_support::run_replication_observed(rules, options.replication, engine, log);
  if (hex_digest(outcome.report.digest) != digest) {
    fmt::print(err,
               "peercap: {}: this program makes another run of its scenario (digest {} in place of {}): make "
               "the log with the version that wrote the file\n",
               options.file, hex_digest(outcome.report.digest), digest);
    return ExitCode::invalid_input;
  }
  const std::string csv = event_log_csv(rules, options.replication, log.take());
  write_text_file(*options.events, options.existing, [&](const TextSink& sink) { sink(csv); });
  fmt::print(out, "{} events of replication {} are in {}\n", std::ranges::count(csv, '\n') - 1,
             options.replication, options.events->lexically_normal().string());
  return ExitCode::done;
}

std::string names_of(const std::vector<ExportTable>& tables) {
  std::string names;
  for (const ExportTable& table : tables) names += (names.empty() ? "" : ", ") + table.name;
  return names;
}

}  // namespace

ExitCode export_tables(const ExportOptions& options, std::ostream& out, std::ostream& err) {
  const OpenResult file{options.file};
  const ResultContent& content = file.content();
  const std::vector<ExportTable> tables = export_tables(content);
  if (options.table) {
    if (!write_csv(content, *options.table, [&](std::string_view text) { out << text; })) {
      fmt::print(err, "peercap: {}: there is no table `{}` in it; there are {}\n", options.file,
                 *options.table, names_of(tables));
      return ExitCode::usage;
    }
    return ExitCode::done;
  }
  if (options.events) return write_events(options, content, out, err);
  if (options.folder) {
    std::vector<std::filesystem::path> targets;
    for (const ExportTable& table : tables) targets.push_back(*options.folder / (table.name + ".csv"));
    targets.push_back(*options.folder / "columns.csv");
    if (options.existing == ExistingFile::refuse)  // before the first is written: all of them or none
      for (const std::filesystem::path& target : targets)
        if (std::filesystem::exists(target))
          throw InputOutputError{target, "write", "it exists already", "take another folder, or --force"};
    for (std::size_t i = 0; i < tables.size(); ++i)
      write_text_file(targets[i], options.existing,
                      [&](const TextSink& sink) { (void)write_csv(content, tables[i].name, sink); });
    write_text_file(targets.back(), options.existing,
                    [&](const TextSink& sink) { sink(columns_csv(content)); });
    fmt::print(out, "{} tables are in {}; columns.csv tells units and meanings\n", tables.size(),
               options.folder->lexically_normal().string());
    return ExitCode::done;
  }
  fmt::print(out, "{:<18} {:>12} {:>8}  {}\n", "table", "rows", "columns", "what it holds");
  for (const ExportTable& table : tables)
    fmt::print(out, "{:<18} {:>12} {:>8}  {}\n", table.name, table.rows, table.columns.size(),
               table.description);
  fmt::print(out, "`peercap export {} --table NAME` prints one as CSV, `--csv FOLDER` writes all of them\n",
             options.file);
  return ExitCode::done;
}

void add_export_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    std::string file;
    std::string table;
    std::string folder;
    std::string events;
    std::uint32_t replication = 0;
    bool force = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("export", "Tables of a result as CSV; the event log of a replication");
  command->add_option("FILE", arguments->file, "Result file")->required();
  auto* table =
      command
          ->add_option("--table", arguments->table, "Print this table; without any option the list of tables")
          ->type_name("NAME");
  auto* folder =
      command
          ->add_option("--csv", arguments->folder,
                       "Write every table into this folder, with the units of all columns in columns.csv")
          ->type_name("FOLDER");
  auto* events = command
                     ->add_option("--events", arguments->events,
                                  "Write the event log of a replication of a run, in the columns of process "
                                  "mining and animation tools")
                     ->type_name("FILE");
  table->excludes(folder)->excludes(events);
  folder->excludes(events);
  command->add_option("--replication", arguments->replication, "Of the event log")
      ->capture_default_str()
      ->type_name("N")
      ->needs(events);
  command->add_flag("--force", arguments->force, "Replace files that exist");
  command->callback([arguments, &exit_code] {
    ExportOptions options;
    options.file = arguments->file;
    if (!arguments->table.empty()) options.table = arguments->table;
    if (!arguments->folder.empty()) options.folder = arguments->folder;
    if (!arguments->events.empty()) options.events = arguments->events;
    options.replication = arguments->replication;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    exit_code = export_tables(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
