#include "sim/kernel/topology.h"

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;

TEST(Topology, NumbersChannelsOfEachProcess) {
  Topology topology;
  const ProcessId a = add_process(topology, "a", [](Context&) {});
  const ProcessId b = add_process(topology, "b", [](Context&) {});
  EXPECT_EQ(topology.connect(a, b, SimDuration{5}), 0U);
  EXPECT_EQ(topology.connect(a, a, SimDuration{6}), 1U);
  EXPECT_EQ(topology.connect(b, a, SimDuration{7}), 0U);
  ASSERT_EQ(topology.channels(a).size(), 2U);
  EXPECT_EQ(topology.channels(a)[0].target, b);
}

TEST(Topology, LookaheadIsTheLeastDelay) {
  Topology topology;
  const ProcessId a = add_process(topology, "a", [](Context&) {});
  EXPECT_GT(topology.lookahead(), weeks(1000));
  (void)topology.connect(a, a, minutes(15));
  (void)topology.connect(a, a, hours(1));
  EXPECT_EQ(topology.lookahead(), minutes(15));
}

TEST(Topology, RefusesADelayOfZeroAndStrangers) {
  Topology topology;
  const ProcessId a = add_process(topology, "a", [](Context&) {});
  EXPECT_THROW(topology.connect(a, a, SimDuration{0}), ContractViolation);
  EXPECT_THROW(topology.connect(a, ProcessId{7U}, SimDuration{1}), ContractViolation);
}

}  // namespace
}  // namespace peercap
