#include "sim/kernel/partitioning.h"

#include <algorithm>
#include <memory>
#include <numeric>
#include <string>
#include <vector>

#include <gtest/gtest.h>

#include "tests/sim/kernel/small_world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap {
namespace {

class Weighted final : public testing::Unsaved<LogicalProcess> {
 public:
  explicit Weighted(double load) : load_{load} {}
  void start(Context&) override {}
  void handle(const Event&, Context&) override {}
  void finish(Context&) override {}
  [[nodiscard]] double load() const override { return load_; }
  [[nodiscard]] std::string name() const override { return "weighted"; }

 private:
  double load_;
};

/// `sites` sites of ten units with an office each, the offices after all units, and one process that all
/// offices send to with a long delay.
Topology hospital(std::size_t sites) {
  Topology topology;
  for (std::size_t u = 0; u < 10 * sites; ++u) topology.add(std::make_unique<Weighted>(25.0));
  for (std::size_t s = 0; s < sites; ++s) {
    const ProcessId office = topology.add(std::make_unique<Weighted>(1.0));
    for (std::size_t u = 10 * s; u < 10 * s + 10; ++u) {
      topology.connect(ProcessId{u}, office, minutes(15));
      topology.connect(office, ProcessId{u}, minutes(15));
    }
  }
  const ProcessId pool = topology.add(std::make_unique<Weighted>(1.0));
  for (std::size_t s = 0; s < sites; ++s) topology.connect(ProcessId{10 * sites + s}, pool, hours(1));
  return topology;
}

void expect_complete(const Partitioning& p, const Topology& topology) {
  std::vector<int> seen(topology.size());
  for (std::size_t i = 0; i < p.size(); ++i) {
    EXPECT_FALSE(p.processes[i].empty());
    EXPECT_TRUE(std::ranges::is_sorted(p.processes[i]));
    for (const ProcessId id : p.processes[i]) {
      ++seen[id.index()];
      EXPECT_EQ(p.partition_of[id.index()], i);
    }
  }
  EXPECT_EQ(seen, std::vector<int>(topology.size(), 1));
}

TEST(Partitioning, KeepsSitesTogetherSoThatWindowsAreLong) {
  const Topology topology = hospital(8);
  for (const std::size_t wanted : {std::size_t{2}, std::size_t{4}, std::size_t{8}, std::size_t{10}}) {
    const Partitioning p = partition_by_load(topology, wanted);
    expect_complete(p, topology);
    EXPECT_EQ(p.lookahead, hours(1)) << wanted;
    EXPECT_GE(3 * p.size(), 2 * wanted);
    for (std::size_t s = 0; s < 8; ++s)
      for (std::size_t u = 10 * s; u < 10 * s + 10; ++u)
        EXPECT_EQ(p.partition_of[u], p.partition_of[80 + s]) << "a unit without its office";
  }
}

TEST(Partitioning, CutsThroughSitesWhereMorePartsAreWanted) {
  const Topology topology = hospital(2);
  const Partitioning p = partition_by_load(topology, 8);
  expect_complete(p, topology);
  EXPECT_EQ(p.size(), 8U);
  EXPECT_EQ(p.lookahead, minutes(15));
  EXPECT_GT(p.crossing_channels, 0U);
  EXPECT_LT(p.crossing_channels, p.channels);
  const double mean = std::accumulate(p.loads.begin(), p.loads.end(), 0.0) / 8.0;
  for (const double load : p.loads) EXPECT_NEAR(load, mean, 25.0);
}

// One site and what its office sends to: parts of one process each would make long windows and no work.
TEST(Partitioning, PrefersBalanceToLongWindows) {
  const Topology topology = hospital(1);
  const Partitioning p = partition_by_load(topology, 3);
  expect_complete(p, topology);
  EXPECT_EQ(p.size(), 3U);
  EXPECT_EQ(p.lookahead, minutes(15));
  for (const double load : p.loads) EXPECT_LT(load, 2.0 * 252.0 / 3.0);
}

TEST(Partitioning, KnowsNoLimitWhereNothingCrosses) {
  const Topology topology = hospital(3);
  const Partitioning p = partition_by_load(topology, 1);
  EXPECT_EQ(p.size(), 1U);
  EXPECT_EQ(p.crossing_channels, 0U);
  EXPECT_GT(p.lookahead, weeks(5000));
}

TEST(Partitioning, NeverOutrunsWhatProcessesShare) {
  Topology topology;
  for (int i = 0; i < 6; ++i) topology.add(std::make_unique<Weighted>(1.0));
  topology.share_states(hours(7));
  EXPECT_EQ(partition_by_load(topology, 3).lookahead, hours(7));
  EXPECT_GT(partition_by_load(topology, 1).lookahead, hours(7));
}

TEST(Partitioning, HasNoMorePartsThanProcesses) {
  const Topology topology = hospital(1);
  expect_complete(partition_by_load(topology, 500), topology);
  EXPECT_EQ(partition_by_load(topology, 500).size(), topology.size());
  expect_complete(scatter(topology, 500), topology);
  expect_complete(scatter(topology, 4), topology);
}

}  // namespace
}  // namespace peercap
