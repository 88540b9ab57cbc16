#include <cstdint>
#include <map>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "tests/sim/kernel/small_world.h"

namespace peercap {
namespace {

using testing::add_process;
using testing::run;

enum class Kind : std::uint16_t {};

struct Happening {
  std::int64_t time = 500;
  std::uint16_t kind = 0;
  EventPriority priority = EventPriority::normal;
  Payload payload = {};
};

std::uint64_t digest_of(const Happening& happening) {
  Topology topology;
  add_process(topology, "a", [&](Context& c) {
    c.schedule(SimTime{happening.time}, static_cast<Kind>(happening.kind), happening.payload,
               happening.priority);
  });
  return run(topology).digest;
}

// Also against each other: a flipped bit of one part must not look like a flipped bit of another.
TEST(RunDigest, TellsEveryBitOfAnEventFromEveryOther) {
  std::map<std::uint64_t, std::string> seen{{digest_of({}), "nothing"}};
  const auto expect_new = [&](const Happening& happening, const std::string& what) {
    const auto [where, is_new] = seen.emplace(digest_of(happening), what);
    EXPECT_TRUE(is_new) << what << " looks like " << where->second;
  };
  for (unsigned bit = 0; bit < 64; ++bit) {
    expect_new({.payload = {.a = std::uint64_t{1} << bit}}, "bit " + std::to_string(bit) + " of a");
    expect_new({.payload = {.b = std::uint64_t{1} << bit}}, "bit " + std::to_string(bit) + " of b");
  }
  for (unsigned bit = 0; bit < 16; ++bit)
    expect_new({.payload = {.small = static_cast<std::uint16_t>(1U << bit)}},
               "bit " + std::to_string(bit) + " of small");
  for (unsigned bit = 0; bit < 15; ++bit)
    expect_new({.kind = static_cast<std::uint16_t>(1U << bit)},
               "bit " + std::to_string(bit) + " of the kind");
  for (unsigned bit = 0; bit < 9; ++bit)
    expect_new({.time = 500 ^ (std::int64_t{1} << bit)}, "bit " + std::to_string(bit) + " of the time");
  expect_new({.priority = EventPriority::early}, "an early event");
  expect_new({.priority = EventPriority::late}, "a late event");
}

TEST(RunDigest, TellsATimerFromAnEvent) {
  Topology with_timer;
  add_process(with_timer, "a", [](Context& c) {
    c.reserve_timers(1);
    c.arm(0, SimTime{500}, Kind{});
  });
  EXPECT_NE(run(with_timer).digest, digest_of({}));
}

TEST(RunDigest, DependsOnTheOrderOfPayloads) {
  const auto digest_of_two = [](std::uint64_t first, std::uint64_t second) {
    Topology topology;
    add_process(topology, "a", [=](Context& c) {
      c.schedule(SimTime{5}, Kind{}, {.a = first});
      c.schedule(SimTime{5}, Kind{}, {.a = second});
    });
    return run(topology).digest;
  };
  EXPECT_NE(digest_of_two(1, 2), digest_of_two(2, 1));
  EXPECT_EQ(digest_of_two(1, 2), digest_of_two(1, 2));
}

TEST(RunDigest, DependsOnWhichProcessAnEventHappenedTo) {
  std::set<std::uint64_t> digests;
  for (std::uint32_t active = 0; active < 4; ++active) {
    Topology topology;
    for (std::uint32_t i = 0; i < 4; ++i)
      add_process(topology, "p", [=](Context& c) {
        if (i == active) c.schedule(SimTime{5}, Kind{});
      });
    digests.insert(run(topology).digest);
  }
  EXPECT_EQ(digests.size(), 4U);
}

// Whatever lies beyond the end leaves no trace, so that a longer horizon continues a shorter one.
TEST(RunDigest, LeavesOutWhatWouldHappenAfterTheEnd) {
  const auto digest_with = [](std::int64_t later) {
    Topology topology;
    add_process(topology, "a", [=](Context& c) {
      c.schedule(SimTime{5}, Kind{});
      c.schedule(SimTime{later}, Kind{});
    });
    return run(topology).digest;
  };
  EXPECT_EQ(digest_with(1000), digest_with(5000));
  EXPECT_NE(digest_with(999), digest_with(1000));
}

}  // namespace
}  // namespace peercap
