// What a run takes, said before it starts, against what it took.
#include "models/peer_support/memory_need.h"

#include <memory>
#include <string>

#include <gtest/gtest.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

#include "models/peer_support/model.h"
#include "sim/kernel/conservative_engine.h"
#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"

namespace peercap::peer_support {
namespace {

/// The community hospital's mix at `sites` sites of 5,000 people, each with `supporters`.
Scenario hospitals(int sites, int supporters) {
  Scenario s;
  s.run.burn_in = weeks(4);
  s.run.horizon = weeks(26);
  s.run.replications = 1;
  const auto department = [](const char* name, int units, int unit_size, double event_factor) {
    Department made;
    made.name = name;
    made.units = units;
    made.unit_size = unit_size;
    made.event_factor = event_factor;
    return made;
  };
  Site site;
  site.departments = {department("wards", 120, 25, 1.0), department("theaters", 40, 30, 1.3),
                      department("clinics", 80, 10, 0.7)};
  s.organization.sites.clear();
  for (int i = 0; i < sites; ++i) {
    site.name = "site " + std::to_string(i);
    s.organization.sites.push_back(site);
  }
  s.supporters.count = sites * supporters;
  return s;
}

/// Bytes by which the most that a process of its own ever held exceeds what it began with.
double measured(const Rules& rules, bool windows) {
  const pid_t child = fork();
  if (child == 0) {
    std::unique_ptr<Engine> engine = std::make_unique<SequentialEngine>();
    if (windows)
      engine = std::make_unique<ConservativeEngine>(ConservativeOptions{.executor = ExecutorKind::serial});
    const auto outcome = run_replication(rules, 0, *engine);
    _exit(outcome.report.events > 0 ? 0 : 1);
  }
  rusage before{};
  getrusage(RUSAGE_SELF, &before);
  int status = 0;
  rusage usage{};
  wait4(child, &status, 0, &usage);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  return static_cast<double>(usage.ru_maxrss - before.ru_maxrss) * 1024.0;
}

void expect_agreement(const Scenario& scenario, bool windows) {
  const Rules rules{scenario};
  const MemoryNeed need = estimate_memory(rules, {.windows = windows});
  const double taken = measured(rules, windows);
  EXPECT_NEAR(need.replication() / taken, 1.0, 0.15)
      << taken / 1e6 << " MB; people " << need.people / 1e6 << ", network " << need.network / 1e6
      << ", events " << need.events / 1e6 << ", records " << need.records / 1e6 << ", building "
      << need.building / 1e6;
}

TEST(MemoryNeed, IsRightForAHundredThousandInOneQueue) {
  expect_agreement(hospitals(23, 60), false);
}

TEST(MemoryNeed, IsRightForAHundredThousandInWindows) {
  expect_agreement(hospitals(23, 60), true);
}

TEST(MemoryNeed, IsRightWithoutTies) {
  Scenario s = hospitals(23, 60);
  s.organization.network.enabled = Switch::off;
  expect_agreement(s, false);
}

TEST(MemoryNeed, IsRightWhereManyKnowEachOther) {
  Scenario s = hospitals(23, 30);
  s.organization.network.same_site = {0.004};
  expect_agreement(s, false);
}

TEST(MemoryNeed, GrowsWithWhatRunsAtATime) {
  Scenario s = hospitals(2, 30);
  s.organization.network.enabled = Switch::off;
  const Rules rules{s};
  const double one = estimate_memory(rules, {}).total();
  const double two = estimate_memory(rules, {.side_by_side = 2}).total();
  EXPECT_NEAR(two - one, estimate_memory(rules, {}).replication(), 1.0);
  EXPECT_GT(estimate_memory(rules, {.saved = true}).total(), one);
  EXPECT_GT(estimate_memory(rules, {.windows = true, .threads_each = 4}).total(), one);
}

}  // namespace
}  // namespace peercap::peer_support
