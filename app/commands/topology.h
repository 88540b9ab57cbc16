#pragma once

#include <cstddef>
#include <iosfwd>
#include <string>

#include "app/commands/output_form.h"
#include "app/exit_code.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/io/yaml/diagnostic_renderer.h"

namespace peercap::app {

struct TopologyOptions {
  std::string scenario;
  peer_support::LoadOptions load;
  std::size_t partitions = 0;  ///< 0: what is recommended
  std::size_t threads = 1;
  OutputForm form = OutputForm::text;
  yaml::Color color = yaml::Color::never;
};

/// Prints the processes of a scenario's first replication and how a run in windows divides them: partitions
/// with their loads, the share of channels between them, and the lookahead.
[[nodiscard]] ExitCode describe_topology(const TopologyOptions& options, std::ostream& out,
                                         std::ostream& err);

}  // namespace peercap::app
