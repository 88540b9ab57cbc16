#pragma once

#include <iosfwd>
#include <string>
#include <string_view>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "models/peer_support/scenario_yaml/evidence.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace CLI {
class App;
}

namespace peercap::app {

struct EvidenceOptions {
  std::string topic = {};     ///< a parameter, a group, or a key of configs/evidence.yaml; empty: overview
  std::string scenario = {};  ///< instead: a file whose assumed values are listed
  peer_support::LoadOptions load = {};
  bool as_page = false;  ///< instead: docs/evidence.md
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
};

/// Prints what stands behind the defaults: of each parameter its default, its grade and the published figure
/// with its sample; of a scenario the assumed values that it leans on. Returns usage where nothing has the
/// name.
[[nodiscard]] ExitCode evidence(const EvidenceOptions& options, std::ostream& out, std::ostream& err);

/// "leans on 61 assumed values (peercap evidence --scenario FILE lists them)".
[[nodiscard]] std::string assumed_values_text(std::size_t count, std::string_view file);

/// A published figure in four or five lines.
void print_evidence(const peer_support::EvidenceEntry& entry, std::string_view indent, std::ostream& out);

/// Adds `evidence [TOPIC] [--scenario FILE [--set PATH=VALUE]... [--variant NAME]] [--page] [--json]`.
void add_evidence_command(CLI::App& app, ExitCode& exit_code);

}  // namespace peercap::app
