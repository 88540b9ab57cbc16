#include "app/commands/show.h"

#include <iostream>
#include <memory>

#include <CLI/CLI.hpp>
#include <fmt/format.h>

#include "app/terminal_style.h"
#include "models/peer_support/scenario_yaml/resolved_text.h"
#include "models/peer_support/scenario_yaml/set_value.h"

namespace peercap::app {
namespace {

using peer_support::LoadedScenario;
using peer_support::Origin;

void print_given(const LoadedScenario& loaded, ShowOptions::OriginNotes notes, std::ostream& out) {
  for (const auto& [path, origin] : loaded.origins) {
    if (origin.kind == Origin::Kind::default_value) continue;
    const std::string line =
        fmt::format("{}={}", path, peer_support::get_value(loaded.scenario, path).value_or(""));
    out << yaml::sanitize(line);
    if (notes == ShowOptions::OriginNotes::shown) out << "  # " << yaml::sanitize(to_string(origin));
    out << '\n';
  }
}

}  // namespace

ExitCode show(const ShowOptions& options, std::ostream& out, std::ostream& err) {
  Diagnostics diagnostics;
  const auto loaded = peer_support::load(options.file, options.load, diagnostics);
  yaml::SourceLines sources;
  err << yaml::render(diagnostics, sources, options.color);
  if (!loaded) return ExitCode::invalid_input;
  if (options.values == ShowOptions::Values::given)
    print_given(*loaded, options.origins, out);
  else if (options.origins == ShowOptions::OriginNotes::shown)
    out << peer_support::resolved_text(loaded->scenario, loaded->origins);
  else
    out << loaded->resolved_text;
  return ExitCode::done;
}

void add_show_command(CLI::App& app, ExitCode& exit_code) {
  struct Arguments {
    ShowOptions options;
    std::string variant;
    bool resolved = false;
    bool origins = false;
  };
  auto arguments = std::make_shared<Arguments>();
  CLI::App* command =
      app.add_subcommand("show", "Print a scenario as it will be run, and where each value came from");
  command->add_option("FILE", arguments->options.file, "Scenario file")->required();
  command->add_flag("--resolved", arguments->resolved,
                    "Print every parameter, not only those that were given");
  command->add_flag("--origins", arguments->origins, "Say behind each value where it came from");
  // One value an option: what follows it is the file again.
  command
      ->add_option("--set", arguments->options.load.overrides,
                   "Set a parameter, for example supporters.count=80")
      ->type_name("PATH=VALUE")
      ->allow_extra_args(false);
  command->add_option("--variant", arguments->variant, "Apply this scenario of the file's `scenarios:`")
      ->type_name("NAME");
  command->callback([arguments, &exit_code] {
    ShowOptions& options = arguments->options;
    if (!arguments->variant.empty()) options.load.variant = arguments->variant;
    options.values = arguments->resolved ? ShowOptions::Values::all : ShowOptions::Values::given;
    options.origins = arguments->origins ? ShowOptions::OriginNotes::shown : ShowOptions::OriginNotes::hidden;
    options.color = choose_color(Stream::error);
    exit_code = show(options, std::cout, std::cerr);
  });
}

}  // namespace peercap::app
