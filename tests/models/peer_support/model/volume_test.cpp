#include <algorithm>
#include <atomic>
#include <cstdint>
#include <cstdlib>
#include <mutex>
#include <string>
#include <thread>

#include <gtest/gtest.h>

#include "models/peer_support/model.h"
#include "models/peer_support/scenario_yaml/load.h"
#include "sim/kernel/executor.h"
#include "sim/kernel/sequential_engine.h"

// Each request and each episode has exactly one end, in very many events. That is checked at the end of every
// run, in every build: a replication where it did not hold would not come back. PEERCAP_EVENTS says how many
// events there are.

namespace peercap::peer_support {
namespace {

std::uint64_t wanted_events() {
  const char* asked = std::getenv("PEERCAP_EVENTS");
  return asked == nullptr ? 2'000'000 : std::strtoull(asked, nullptr, 10);
}

TEST(Volume, EachRequestAndEpisodeHasOneEnd) {
  Diagnostics diagnostics;
  const LoadOptions options{{"run.horizon=52 weeks", "run.burn_in=8 weeks"}, {}};
  const auto loaded =
      load(PEERCAP_SOURCE_DIR "/configs/scenarios/academic_center.yaml", options, diagnostics);
  ASSERT_TRUE(loaded.has_value());
  const Rules rules{loaded->scenario};
  const std::size_t threads = std::max(1U, std::thread::hardware_concurrency());
  std::atomic<std::uint64_t> events{0};
  std::atomic<std::uint32_t> next{0};
  std::mutex counting;
  std::int64_t requests = 0;
  std::int64_t ended = 0;
  std::string failure;
  make_executor(ExecutorKind::threads, threads)->for_each(threads, [&](std::size_t) {
    SequentialEngine engine;
    while (events < wanted_events()) {
      try {
        const ReplicationOutcome outcome = run_replication(rules, next++, engine);
        events += outcome.report.events;
        const std::scoped_lock lock{counting};
        for (const std::int64_t count : outcome.record.counts.requests) requests += count;
        for (const auto& ends : outcome.record.counts.ended)
          for (const std::int64_t count : ends) ended += count;
      } catch (const std::exception& error) {
        const std::scoped_lock lock{counting};
        failure = error.what();
        events = wanted_events();
      }
    }
  });
  EXPECT_EQ(failure, "");
  EXPECT_GT(requests, 0);
  EXPECT_EQ(requests, ended);
  RecordProperty("events", std::to_string(events));
  RecordProperty("requests", std::to_string(requests));
}

}  // namespace
}  // namespace peercap::peer_support
