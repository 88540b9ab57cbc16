#include "app/commands/verify.h"

#include <algorithm>
#include <iostream>
#include <memory>
#include <random>

#include <CLI/CLI.hpp>
#include <fmt/format.h>
#include <fmt/ostream.h>
#include <fmt/ranges.h>

#include "app/commands/scenario_arguments.h"
#include "app/terminal_style.h"
#include "app/verification/verification_report.h"

namespace peercap::app {
namespace {

/// The families, or their systems, that are named; a name that names nothing is an error.
std::vector<VerificationFile> choose(std::vector<VerificationFile> families,
                                     const std::vector<std::string>& names, const std::string& folder,
                                     Diagnostics& diagnostics) {
  if (names.empty()) return families;
  std::vector<std::string> known;
  for (const VerificationFile& family : families) known.push_back(family.name);
  std::vector<VerificationFile> chosen;
  std::vector<bool> is_used(names.size(), false);
  const auto is_named = [&](const std::string& name) {
    const auto found = std::ranges::find(names, name);
    if (found == names.end()) return false;
    is_used[static_cast<std::size_t>(found - names.begin())] = true;
    return true;
  };
  for (VerificationFile& family : families) {
    if (!is_named(family.name))
      std::erase_if(family.systems,
                    [&](const KnownSystem& system) { return !is_named(family.name + "." + system.name); });
    if (!family.systems.empty()) chosen.push_back(std::move(family));
  }
  for (std::size_t i = 0; i < names.size(); ++i)
    if (!is_used[i])
      diagnostics.error({folder, 0, 0}, fmt::format("there is no family or system `{}`", names[i]),
                        fmt::format("the families are {}", fmt::join(known, ", ")));
  return chosen;
}

std::uint64_t fresh_seed() {
  std::random_device device;
  return std::uint64_t{device()} + 1;
}

}  // namespace

ExitCode verify(const VerifyOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  std::vector<VerificationFile> families;
  for (const std::string& file : verification_files(options.folder, diagnostics))
    if (auto family = read_verification(file, diagnostics)) families.push_back(std::move(*family));
  if (!diagnostics.has_errors())
    families = choose(std::move(families), options.names, options.folder, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (diagnostics.has_errors()) return ExitCode::invalid_input;

  VerificationOptions run = options.run;
  if (run.two_stages && run.seed == 0) run.seed = fresh_seed();
  if (run.seed != 0) fmt::print(err, "seed {}\n", run.seed);
  const VerificationOutcome outcome = run_verification(families, run, err);
  if (outcome.code != ExitCode::done && outcome.code != ExitCode::target_not_met) return outcome.code;
  out << (options.form == OutputForm::json ? verification_json(outcome)
                                           : verification_report(families, outcome));
  return outcome.code;
}

void add_verify_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    VerifyOptions options;
    bool quiet = false;
    bool json = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command = app.add_subcommand(
      "verify", "The simulator against systems with known answers: theory, simulated, interval, z");
  VerifyOptions& options = arguments->options;
  command->add_option("NAME", options.names, "Families, or systems as FAMILY.SYSTEM; without them all");
  command->add_flag(
      "--fresh", options.run.two_stages,
      "By new chance, in two stages: what does not pass is asked again with four times the sample");
  command->add_option("--replications", options.run.replications, "Replications of each system")
      ->type_name("N")
      ->check(CLI::Range(30, 1000000));
  command->add_option("--seed", options.run.seed, "Seed of all systems, in place of their own")
      ->type_name("N")
      ->check(CLI::PositiveNumber);
  command->add_option("--folder", options.folder, "Where the files of the families are")
      ->type_name("PATH")
      ->capture_default_str();
  add_check_to(*command, options.run.request.check_invariants);
  command->add_option("--threads", options.run.request.threads, "Threads; without it one for each processor")
      ->type_name("N")
      ->check(CLI::Range(1, 1024));
  command->add_flag("-q,--quiet", arguments->quiet, "No progress");
  command->add_flag("--json", arguments->json, "The table as JSON");
  command->callback([arguments, &exit_code] {
    VerifyOptions& asked = arguments->options;
    asked.form = arguments->json ? OutputForm::json : OutputForm::text;
    asked.run.progress = choose_progress_style(arguments->quiet);
    asked.color = choose_color(Stream::error);
    exit_code = verify(asked, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
