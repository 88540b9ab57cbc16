#include "app/commands/merge.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <system_error>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>

#include "app/checkpoints/run_place.h"
#include "app/provenance.h"
#include "app/sweeps/sweep_job.h"
#include "app/sweeps/sweep_merge.h"
#include "app/sweeps/sweep_report.h"

namespace peercap::app {
namespace {

namespace fs = std::filesystem;

constexpr std::uint64_t largest_image = std::uint64_t{16} << 20;

/// The files, and in place of each folder the shards in it.
std::vector<fs::path> shards_named(const std::vector<fs::path>& given, std::vector<std::string>& problems) {
  std::vector<fs::path> files;
  for (const fs::path& path : given) {
    std::error_code failure;
    if (!fs::is_directory(path, failure)) {
      files.push_back(path);
      continue;
    }
    std::vector<fs::path> found;
    for (const auto& entry : fs::directory_iterator(path, failure))
      if (entry.path().extension() == ".h5" &&
          entry.path().filename().string().find(".shard-") != std::string::npos)
        found.push_back(entry.path());
    std::ranges::sort(found);
    if (found.empty()) problems.push_back(fmt::format("{}: there is no NAME.shard-I-of-N.h5", path.string()));
    files.insert(files.end(), found.begin(), found.end());
  }
  return files;
}

}  // namespace

ExitCode merge(const MergeOptions& options, std::ostream& out, std::ostream& err) {
  std::vector<std::string> problems;
  const std::vector<fs::path> files = shards_named(options.files, problems);
  auto shards = open_shards(files, problems);
  for (const std::string& problem : problems) fmt::print(err, "{}\n", problem);
  if (!shards) return ExitCode::invalid_input;

  const std::filesystem::path result = options.out.value_or(free_result_name(".", shards->header.name));
  const std::size_t count = shards->segments.size();
  const SweepRuns runs{std::move(shards->segments)};
  const std::uint64_t failed = failed_runs(shards->failures);
  RunProvenance provenance;
  provenance.command_line = options.command_line;
  provenance.seed = shards->seed;
  provenance.status = failed == 0 ? "complete"
                                  : fmt::format("complete, but {} of {} runs failed", failed,
                                                shards->header.points * shards->header.replications);
  provenance.sittings = static_cast<int>(count);
  provenance.wall_seconds = shards->wall_seconds;
  provenance.processor_seconds = shards->processor_seconds;
  ResultContent content;
  content.file_type = result_file_type;
  content.format_major = result_format_major;
  content.provenance = provenance_attributes(provenance);
  content.groups = sweep_groups(shards->header, runs, shards->failures);
  // The answer reads the shards as well: once the result stands nothing can fail any more.
  const SweepAnswer facts{result, failed, shards->wall_seconds};
  const std::string answer = options.form == OutputForm::json ? sweep_json(shards->header, runs, facts)
                                                              : sweep_report(shards->header, runs, facts);
  write_result(result, content, {.existing = options.existing, .largest_image_bytes = largest_image});
  out << answer;
  return failed > 0 ? ExitCode::partial : ExitCode::done;
}

void add_merge_command(CLI::App& app, ExitCode& exit_code, const std::string& command_line) {
  struct Arguments {
    std::vector<std::string> files;
    std::string out;
    bool force = false;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand("merge", "All shards of a sweep, in one result file");
  command->add_option("FILES", arguments->files, "Files that `peercap sweep --shard` wrote, or their folder")
      ->required();
  command->add_option("--out,-o", arguments->out, "Result file; without it NAME-001.h5, ... in this folder")
      ->type_name("FILE");
  command->add_flag("--force", arguments->force, "Replace the result file if it exists");
  command->add_flag("--json", arguments->json, "Print the answer as JSON");
  command->callback([arguments, &exit_code, command_line] {
    MergeOptions options;
    options.files.assign(arguments->files.begin(), arguments->files.end());
    if (!arguments->out.empty()) options.out = arguments->out;
    options.existing = arguments->force ? ExistingFile::replace : ExistingFile::refuse;
    options.form = arguments->json ? OutputForm::json : OutputForm::text;
    options.command_line = command_line;
    exit_code = merge(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
