#include <algorithm>
#include <set>
#include <string>

#include <gtest/gtest.h>

#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {
namespace {

template <class Level>
void expect_distinct_names() {
  const auto names = level_names(Level{});
  EXPECT_EQ((std::set<std::string_view>{names.begin(), names.end()}).size(), names.size());
}

TEST(Levels, HaveDistinctNames) {
  expect_distinct_names<OrganizationDraw>();
  expect_distinct_names<ShiftPattern>();
  expect_distinct_names<MatchRule>();
  expect_distinct_names<ClosingRule>();
  expect_distinct_names<UnprotectedWork>();
  expect_distinct_names<Switch>();
  expect_distinct_names<ServiceLaw>();
}

TEST(Defaults, SharesOfTheWorkforceAddUpToOne) {
  double professions = 0.0;
  for (const Profession& p : default_professions()) professions += p.share;
  double stages = 0.0;
  for (const CareerStage& s : default_career_stages()) stages += s.share;
  EXPECT_NEAR(professions, 1.0, 1e-12);
  EXPECT_NEAR(stages, 1.0, 1e-12);
}

TEST(Defaults, EarlyCareerIsMoreExhaustedLessSatisfiedAndRecruitedLess) {
  const auto stages = default_career_stages();
  const auto early = std::ranges::find(stages, "early", &CareerStage::name);
  ASSERT_NE(early, stages.end());
  for (const CareerStage& other : stages) {
    if (other.name == "early") continue;
    EXPECT_GT(early->exhaustion_shift, other.exhaustion_shift);
    EXPECT_LT(early->satisfaction_shift, other.satisfaction_shift);
    EXPECT_LT(early->supporter_weight, other.supporter_weight);
  }
}

TEST(Defaults, EveryCauseHasSomewhereToBeReferredTo) {
  double event = 0.0;
  double personal = 0.0;
  std::set<std::string> names;
  for (const ReferralDestination& d : default_destinations()) {
    event += d.weight_event;
    personal += d.weight_personal;
    names.insert(d.name);
  }
  EXPECT_GT(event, 0.0);
  EXPECT_GT(personal, 0.0);
  EXPECT_EQ(names, (std::set<std::string>{"coach", "employee_assistance", "mental_health", "ombudsman",
                                          "spiritual_care"}));
}

TEST(Defaults, TheYearBeginsOnAMonday) {
  EXPECT_EQ(RunSpec{}.start.weekday(), Weekday::monday);
}

/// Counts what is described of a struct and what its defaults make of their own ranges.
class RangeVisitor {
 public:
  template <class T>
  void field(std::string_view name, T& value, const ParameterInfo& info) {
    ++fields;
    EXPECT_FALSE(info.meaning.empty()) << name;
    if constexpr (std::is_same_v<T, double> || std::is_same_v<T, int>) {
      EXPECT_TRUE(info.range.contains(static_cast<double>(value))) << name;
    } else if constexpr (std::is_same_v<T, Probability>) {
      EXPECT_TRUE(value.value >= 0.0 && value.value <= 1.0) << name;
    } else if constexpr (std::is_same_v<T, SimDuration>) {
      EXPECT_TRUE(info.range.contains(value.in_days())) << name;
    } else if constexpr (std::is_same_v<T, Rate>) {
      EXPECT_TRUE(info.range.contains(value.per_day)) << name;
    }
  }
  void shares(std::string_view, Shares&, const ParameterInfo&) { ++fields; }
  void settings(std::string_view, ParameterSettings&, const ParameterInfo&) { ++fields; }
  template <class Group>
  void group(std::string_view, Group& group, std::string_view) {
    describe(*this, group);
  }
  template <class Item>
  void list(std::string_view, std::vector<Item>& items, const ParameterInfo&) {
    for (Item& item : items) describe(*this, item);
  }
  int fields = 0;
};

TEST(Defaults, LieWithinTheirOwnRanges) {
  Scenario scenario;
  RangeVisitor visitor;
  describe(visitor, scenario);
  EXPECT_GT(visitor.fields, 100);
}

}  // namespace
}  // namespace peercap::peer_support
