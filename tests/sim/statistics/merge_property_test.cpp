// Whatever accumulates gives the same bits for any split of the numbers and any order of merging.

#include <algorithm>
#include <bit>
#include <cmath>
#include <cstdint>
#include <vector>

#include <gtest/gtest.h>

#include "sim/statistics/exact_sum.h"
#include "sim/statistics/histogram.h"
#include "sim/statistics/incidence.h"
#include "sim/statistics/moments.h"
#include "sim/statistics/summary.h"
#include "tests/property.h"

namespace peercap {

static void showValue(const FollowUp& record, std::ostream& out) {
  out << "{" << record.duration << ", cause " << record.cause << "}";
}

namespace {

using testing::check_property;

/// All of `items` in one accumulator.
template <class Accumulator, class Item>
Accumulator add_all(const Accumulator& empty, const std::vector<Item>& items) {
  Accumulator all = empty;
  for (const Item& item : items) all.add(item);
  return all;
}

/// The items in some accumulators, at random, which are merged into each other at random.
template <class Accumulator, class Item>
Accumulator merge_parts(const Accumulator& empty, const std::vector<Item>& items) {
  std::vector<Accumulator> parts(*rc::gen::inRange<std::size_t>(1, 9), empty);
  for (const Item& item : items) parts[*rc::gen::inRange<std::size_t>(0, parts.size())].add(item);
  while (parts.size() > 1) {
    const std::size_t into = *rc::gen::inRange<std::size_t>(0, parts.size() - 1);
    if (*rc::gen::arbitrary<bool>()) std::swap(parts[into], parts.back());
    parts[into].merge(parts.back());
    parts.pop_back();
  }
  return parts.front();
}

std::uint64_t bits_of(double x) {
  return std::isnan(x) ? 0x7ff8000000000000ULL : std::bit_cast<std::uint64_t>(x);
}

/// A finite number of any magnitude, or a common one.
rc::Gen<double> any_number() {
  return rc::gen::exec([] {
    if (*rc::gen::arbitrary<bool>()) return static_cast<double>(*rc::gen::inRange(-5, 6));
    const double x = std::bit_cast<double>(*rc::gen::arbitrary<std::uint64_t>());
    return std::isfinite(x) ? x : 0.5;
  });
}

/// Below 1e154, as Moments wants them.
rc::Gen<double> any_moderate_number() {
  return rc::gen::map(any_number(), [](double x) {
    while (std::abs(x) >= 1e154) x = std::sqrt(std::abs(x)) * 0.5;
    return x;
  });
}

TEST(MergeProperty, SumsAreExactInAnySplit) {
  check_property([] {
    const auto items = *rc::gen::container<std::vector<double>>(any_number());
    const ExactSum whole = add_all(ExactSum{}, items);
    const ExactSum merged = merge_parts(ExactSum{}, items);
    RC_ASSERT(whole == merged);
    RC_ASSERT(bits_of(whole.value()) == bits_of(merged.value()));
  });
}

TEST(MergeProperty, MomentsAreExactInAnySplit) {
  check_property([] {
    const auto items = *rc::gen::container<std::vector<double>>(any_moderate_number());
    const Moments whole = add_all(Moments{}, items);
    const Moments merged = merge_parts(Moments{}, items);
    RC_ASSERT(whole == merged);
    RC_ASSERT(whole.count() == static_cast<std::int64_t>(items.size()));
    RC_ASSERT(bits_of(whole.mean()) == bits_of(merged.mean()));
    RC_ASSERT(bits_of(whole.variance()) == bits_of(merged.variance()));
  });
}

TEST(MergeProperty, HistogramsAreExactInAnySplit) {
  check_property([] {
    auto edges = *rc::gen::unique<std::vector<double>>(
        rc::gen::map(rc::gen::inRange(-20, 20), [](int i) { return static_cast<double>(i) * 0.5; }));
    edges.insert(edges.end(), {-100.0, 100.0});
    std::ranges::sort(edges);
    const Histogram empty{edges};
    const auto items = *rc::gen::container<std::vector<double>>(any_number());
    const Histogram whole = add_all(empty, items);
    const Histogram merged = merge_parts(empty, items);
    RC_ASSERT(whole == merged);
    RC_ASSERT(whole.total() == static_cast<std::int64_t>(items.size()));
    const double p = *rc::gen::inRange(0, 101) / 100.0;
    RC_ASSERT(bits_of(whole.quantile(p)) == bits_of(merged.quantile(p)));
  });
}

TEST(MergeProperty, IncidenceCountsAreExactInAnySplit) {
  check_property([] {
    const int causes = *rc::gen::inRange(1, 4);
    const IncidenceCounts empty{causes, *rc::gen::inRange<std::int64_t>(1, 50), *rc::gen::inRange(1, 40)};
    const auto items = *rc::gen::container<std::vector<FollowUp>>(rc::gen::exec([causes] {
      return FollowUp{.duration = *rc::gen::inRange<std::int64_t>(0, 1'000),
                      .cause = *rc::gen::inRange(FollowUp::censored, causes)};
    }));
    const IncidenceCounts whole = add_all(empty, items);
    const IncidenceCounts merged = merge_parts(empty, items);
    RC_ASSERT(whole == merged);
    RC_ASSERT(whole.total() == static_cast<std::int64_t>(items.size()));
    const IncidenceCurve curve = whole.estimate();
    const IncidenceCurve other = merged.estimate();
    RC_ASSERT(curve.steps().size() == other.steps().size());
    const std::int64_t duration = *rc::gen::inRange<std::int64_t>(0, 1'200);
    RC_ASSERT(bits_of(curve.event_free_at(duration)) == bits_of(other.event_free_at(duration)));
    for (int cause = 0; cause < causes; ++cause)
      RC_ASSERT(bits_of(curve.incidence_at(cause, duration)) == bits_of(other.incidence_at(cause, duration)));
  });
}

TEST(MergeProperty, SummariesDoNotDependOnTheOrder) {
  check_property([] {
    auto values = *rc::gen::container<std::vector<double>>(any_moderate_number());
    const Summary before = summarize(values);
    for (std::size_t i = values.size(); i > 1; --i)
      std::swap(values[i - 1], values[*rc::gen::inRange<std::size_t>(0, i)]);
    const Summary after = summarize(values);
    const auto figures = [](const Summary& s) {
      std::vector<std::uint64_t> bits;
      for (const double figure : {s.mean, s.standard_deviation, s.mean_interval.low, s.mean_interval.high,
                                  s.minimum, s.p05, s.p25, s.p50, s.p75, s.p95, s.maximum})
        bits.push_back(bits_of(figure));
      return bits;
    };
    RC_ASSERT(before.count == after.count);
    RC_ASSERT(figures(before) == figures(after));
  });
}

}  // namespace
}  // namespace peercap
