// The order of events, and every pending set against a sorted list.

#include <algorithm>
#include <cstdint>
#include <string>
#include <tuple>
#include <vector>

#include <gtest/gtest.h>

#include "sim/event/event_heap.h"
#include "sim/event/event_ladder.h"
#include "tests/performance/pending_sets.h"
#include "tests/property.h"

namespace peercap {

/// What a counterexample shows.
static void showValue(const Event& event, std::ostream& out) {
  out << "{" << event.time.ticks() << ", tie " << event.tie.bits() << "}";
}

namespace {

using testing::check_property;

constexpr EventPriority all_priorities[] = {EventPriority::global, EventPriority::early,
                                            EventPriority::normal, EventPriority::late};

rc::Gen<Event> any_event() {
  return rc::gen::exec([] {
    // Few values of each, so that they meet, or any.
    const bool close = *rc::gen::arbitrary<bool>();
    const auto ticks = close ? *rc::gen::inRange<std::int64_t>(-2, 3) : *rc::gen::arbitrary<std::int64_t>();
    const auto source = close ? *rc::gen::inRange<std::uint32_t>(0, 3)
                              : *rc::gen::inRange<std::uint32_t>(0, EventTie::max_source + 1);
    const auto sequence = close ? *rc::gen::inRange<std::uint64_t>(0, 3)
                                : *rc::gen::inRange<std::uint64_t>(0, EventTie::max_sequence + 1);
    const auto priority =
        *rc::gen::elementOf(std::vector<EventPriority>(std::begin(all_priorities), std::end(all_priorities)));
    Event event;
    event.time = SimTime{ticks};
    event.tie = EventTie{priority, ProcessId{source}, sequence};
    event.a = *rc::gen::arbitrary<std::uint64_t>();
    return event;
  });
}

/// What the order is said to be made of.
auto parts_of(const Event& event) {
  return std::tuple{event.time.ticks(), event.tie.bits() >> 58, event.tie.source().value(),
                    event.tie.sequence()};
}

TEST(EventOrderProperty, IsThatOfTimePrioritySourceAndSequence) {
  check_property(
      [] {
        const Event a = *any_event();
        const Event b = *any_event();
        RC_ASSERT((order_of(a) < order_of(b)) == (parts_of(a) < parts_of(b)));
        RC_ASSERT((order_of(a) == order_of(b)) == (parts_of(a) == parts_of(b)));
      },
      2000);
}

TEST(EventOrderProperty, DoesNotDependOnTheOrderOfInsertion) {
  check_property([] {
    const auto events = *rc::gen::container<std::vector<Event>>(any_event());
    auto shuffled = events;
    for (std::size_t i = shuffled.size(); i > 1; --i)
      std::swap(shuffled[i - 1], shuffled[*rc::gen::inRange<std::size_t>(0, i)]);
    const auto orders_of = [](std::vector<Event> some) {
      std::ranges::sort(some, {}, order_of);
      std::vector<std::uint64_t> ties;
      for (const Event& event : some) ties.push_back(event.tie.bits());
      return ties;
    };
    RC_ASSERT(orders_of(events) == orders_of(shuffled));
  });
}

/// What is done to a set: a number of events pushed so far ahead of the last one popped, or popped, or a part
/// taken out.
struct Step {
  enum class Kind { push, pop, remove } kind;
  int count;             ///< of events
  std::int64_t ahead;    ///< ticks, of the first one pushed
  std::int64_t spacing;  ///< ticks between those pushed
};

void showValue(const Step& step, std::ostream& out) {
  const char* const names[] = {"push", "pop", "remove"};
  out << names[static_cast<int>(step.kind)] << " " << step.count << " ahead " << step.ahead << " spacing "
      << step.spacing;
}

rc::Gen<Step> any_step() {
  return rc::gen::exec([] {
    // Times of every scale: a microsecond to a million years.
    const auto scale = [] { return *rc::gen::inRange(0, 62); };
    const auto below = [](int bits) { return *rc::gen::inRange<std::int64_t>(0, std::int64_t{1} << bits); };
    Step step{};
    step.kind = *rc::gen::weightedElement<Step::Kind>(
        {{6, Step::Kind::push}, {5, Step::Kind::pop}, {1, Step::Kind::remove}});
    step.count = *rc::gen::inRange(0, 200);
    step.ahead = below(scale());
    step.spacing = below(*rc::gen::inRange(0, 50));
    return step;
  });
}

template <class Set>
constexpr bool loses_events = requires(Set set) {
  set.remove_if([](const Event&) { return true; });
};

/// Does the same to the set and to a list that is kept sorted.
template <class Set>
class Comparison {
 public:
  void take(const Step& step) {
    switch (step.kind) {
      case Step::Kind::push:
        for (int i = 0; i < step.count; ++i) push(step.ahead, i * step.spacing);
        break;
      case Step::Kind::pop:
        for (int i = 0; i < step.count && !list_.empty(); ++i) pop();
        break;
      case Step::Kind::remove:
        remove(static_cast<std::uint64_t>(step.count % 5 + 1));
        break;
    }
  }

  void expect_equal() {
    RC_ASSERT(set_.size() == list_.size());
    RC_ASSERT(set_.empty() == list_.empty());
    if (!list_.empty()) RC_ASSERT(set_.top() == list_.front());
  }

  void empty_out() {
    while (!list_.empty()) pop();
    RC_ASSERT(set_.empty());
  }

 private:
  void push(std::int64_t ahead, std::int64_t further) {
    std::int64_t ticks = 0;  // some at the last time there is
    if (__builtin_add_overflow(now_, ahead, &ticks) || __builtin_add_overflow(ticks, further, &ticks))
      ticks = SimTime::never().ticks() - 1;
    Event event;
    event.time = SimTime{ticks};
    // The later an event is made, the earlier it comes among those of its time.
    event.tie = EventTie{EventPriority::normal, ProcessId{3U}, EventTie::max_sequence - made_++};
    event.b = made_;
    set_.push(event);
    list_.insert(std::ranges::upper_bound(list_, order_of(event), {}, order_of), event);
  }

  void pop() {
    const Event event = set_.pop();
    RC_ASSERT(event == list_.front());
    list_.erase(list_.begin());
    now_ = event.time.ticks();
  }

  void remove(std::uint64_t divisor) {
    if constexpr (loses_events<Set>) {
      const auto goes = [divisor](const Event& event) { return event.b % divisor == 0; };
      set_.remove_if(goes);
      std::erase_if(list_, goes);
      std::vector<Event> left;
      set_.for_each([&left](const Event& event) { left.push_back(event); });
      std::ranges::sort(left, {}, order_of);
      RC_ASSERT(left == list_);
    }
  }

  Set set_;
  std::vector<Event> list_;
  std::int64_t now_ = -1'000;
  std::uint64_t made_ = 0;
};

template <class Set>
class PendingSetProperty : public ::testing::Test {};

// Those of the benchmarks too: a set that loses the order would win every comparison.
using PendingSets =
    ::testing::Types<EventHeap, EventLadder, performance::BinaryHeap, performance::ReplacingHeap>;

struct SetNames {
  template <class Set>
  static std::string GetName(int) {
    if (std::is_same_v<Set, EventHeap>) return "Heap";
    if (std::is_same_v<Set, EventLadder>) return "Ladder";
    return std::is_same_v<Set, performance::BinaryHeap> ? "BinaryHeap" : "ReplacingHeap";
  }
};
TYPED_TEST_SUITE(PendingSetProperty, PendingSets, SetNames);

TYPED_TEST(PendingSetProperty, DoesWhatASortedListDoes) {
  check_property(
      [] {
        Comparison<TypeParam> both;
        for (const Step& step : *rc::gen::container<std::vector<Step>>(any_step())) {
          both.take(step);
          both.expect_equal();
        }
        both.empty_out();
      },
      150);
}

}  // namespace
}  // namespace peercap
