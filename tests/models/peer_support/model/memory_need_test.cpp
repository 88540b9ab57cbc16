// What a run takes, said before it starts, against what it took.
#include "models/peer_support/memory_need.h"

#include <array>
#include <fstream>
#include <memory>
#include <string>

#include <gtest/gtest.h>
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

/// The figure in kB after `name` in what the system says of this process.
double kilobytes(const std::string& name) {
  std::ifstream status{"/proc/self/status"};
  std::string word;
  double number = 0.0;
  while (status >> word)
    if (word == name && status >> number) return number;
  return 0.0;
}

/// Bytes by which the most that a process of its own ever held exceeds what it began with; pages of the
/// program's file, which come and go as the system likes, left out.
double measured(const Rules& rules, bool windows) {
  std::array<int, 2> ends{};
  EXPECT_EQ(pipe(ends.data()), 0);
  const pid_t child = fork();
  if (child == 0) {
    const double before = kilobytes("RssAnon:");
    std::unique_ptr<Engine> engine = std::make_unique<SequentialEngine>();
    if (windows)
      engine = std::make_unique<ConservativeEngine>(ConservativeOptions{.executor = ExecutorKind::serial});
    const auto outcome = run_replication(rules, 0, *engine);
    const double taken = kilobytes("VmHWM:") - kilobytes("RssFile:") - before;
    const bool is_told = write(ends[1], &taken, sizeof taken) == sizeof taken;
    _exit(is_told && outcome.report.events > 0 ? 0 : 1);
  }
  double taken = 0.0;
  EXPECT_EQ(read(ends[0], &taken, sizeof taken), static_cast<ssize_t>(sizeof taken));
  close(ends[0]);
  close(ends[1]);
  int status = 0;
  waitpid(child, &status, 0);
  EXPECT_TRUE(WIFEXITED(status) && WEXITSTATUS(status) == 0);
  return taken * 1024.0;
}

void expect_agreement(const Scenario& scenario, bool windows, bool is_checked = false) {
#if defined(__SANITIZE_ADDRESS__) || defined(__SANITIZE_THREAD__)
  GTEST_SKIP() << "a sanitizer's own memory is several times the program's";
#endif
  Rules rules{scenario};
  rules.check_invariants = is_checked;
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

TEST(MemoryNeed, IsRightWhereRunsAreChecked) {
  expect_agreement(hospitals(23, 60), false, true);
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
