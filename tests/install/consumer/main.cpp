// Uses one thing of each installed library: a scenario's defaults, replications side by side, a result file.
#include <cstdint>
#include <cstdio>
#include <vector>

#include "models/peer_support/scenario/scenario.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/study/replication_runner.h"
#include "sim/time/civil_date.h"

int main(int argument_count, char** arguments) {
  if (argument_count != 2) return 2;
  const peercap::peer_support::Scenario scenario;
  std::vector<double> outcomes;
  peercap::RunnerOptions options;
  options.threads = 2;
  peercap::run_replications(
      4, options, [&](std::size_t index) { return static_cast<double>(index) * scenario.supporters.count; },
      [&](std::size_t, double outcome) { outcomes.push_back(outcome); });

  peercap::ResultContent content;
  content.file_type = "consumer";
  content.provenance.push_back({"start", scenario.run.start.to_string()});
  peercap::ResultGroup group;
  group.path = "/outcomes";
  group.shape = peercap::GroupShape::table;
  group.dimensions = {{"row", "1", "row", std::vector<std::int64_t>{0, 1, 2, 3}}};
  group.variables = {peercap::column("outcome", "1", "outcome", "index times supporters", outcomes)};
  content.groups.push_back(group);
  peercap::write_result(arguments[1], content);

  const peercap::ResultContent copy = peercap::read_result(arguments[1], "consumer");
  const auto& values = std::get<std::vector<double>>(copy.groups.at(0).variables.at(0).values);
  if (values.at(3) == 3.0 * scenario.supporters.count) std::puts("all libraries of peercap work");
}
