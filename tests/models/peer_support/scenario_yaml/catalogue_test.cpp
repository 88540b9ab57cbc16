// The catalogue and the JSON Schema against the descriptions of the structs, by a visitor of the test's own.
#include "models/peer_support/scenario_yaml/catalogue.h"

#include <algorithm>
#include <set>
#include <sstream>
#include <string>
#include <vector>

#include <boost/property_tree/json_parser.hpp>
#include <boost/property_tree/ptree.hpp>
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario_yaml/evidence.h"
#include "models/peer_support/scenario_yaml/json_schema.h"
#include "models/peer_support/scenario_yaml/origin.h"

namespace peercap::peer_support {
namespace {

using boost::property_tree::ptree;

struct DescribedField {
  std::string path;
  std::string schema_path;  // with slashes, below the root of the schema
  ParameterInfo info;
};

class FieldCollector {
 public:
  FieldCollector(std::string path, std::string schema, std::vector<DescribedField>& fields)
      : path_{std::move(path)}, schema_{std::move(schema)}, fields_{fields} {}

  template <class T>
  void field(std::string_view name, T&, const ParameterInfo& info) {
    add(name, info);
  }
  void shares(std::string_view name, Shares&, const ParameterInfo& info) { add(name, info); }
  void settings(std::string_view name, ParameterSettings&, const ParameterInfo& info) { add(name, info); }

  template <class Group>
  void group(std::string_view name, Group& group, std::string_view meaning) {
    EXPECT_FALSE(meaning.empty()) << path_ << name;
    const std::string word{name};
    FieldCollector inner{
        path_ + word + ".",
        path_.empty() ? "definitions/" + word + "/properties/" : schema_ + word + "/properties/", fields_};
    describe(inner, group);
  }

  template <class Item>
  void list(std::string_view name, std::vector<Item>&, const ParameterInfo&) {
    const std::string word{name};
    FieldCollector inner{path_ + word + "[].", schema_ + word + "/items/properties/", fields_};
    Item item;
    describe(inner, item);
  }

 private:
  void add(std::string_view name, const ParameterInfo& info) {
    fields_.push_back({path_ + std::string{name}, schema_ + std::string{name}, info});
  }
  std::string path_;
  std::string schema_;
  std::vector<DescribedField>& fields_;
};

std::vector<DescribedField> collect_fields() {
  std::vector<DescribedField> fields;
  FieldCollector collector{"", "properties/", fields};
  Scenario scenario;
  describe(collector, scenario);
  return fields;
}

TEST(Catalogue, HoldsEveryDescribedFieldOnceAndNothingElse) {
  std::multiset<std::string> described;
  for (const auto& field : collect_fields()) described.insert(field.path);
  std::multiset<std::string> listed;
  for (const auto& entry : catalogue())
    if (!entry.path.ends_with("].name")) listed.insert(entry.path);
  EXPECT_GT(described.size(), 100U);
  EXPECT_EQ(listed, described);
}

TEST(Catalogue, SaysTypeUnitRangeDefaultAndLevels) {
  const CatalogueEntry* rate = find_in_catalogue("environment.exposure_rate");
  ASSERT_NE(rate, nullptr);
  EXPECT_EQ(rate->type, ParameterType::rate);
  EXPECT_EQ(rate->unit, "1/day");
  EXPECT_EQ(rate->range.high, 1);
  EXPECT_EQ(rate->default_text, "1.56 per year");
  EXPECT_EQ(rate->evidence, "hu2012.exposure");
  const CatalogueEntry* pattern =
      find_in_catalogue("organization.sites[main].departments[icu].shift_pattern");
  ASSERT_NE(pattern, nullptr);
  EXPECT_EQ(pattern->type, ParameterType::level);
  EXPECT_THAT(pattern->levels,
              testing::ElementsAre("office", "day_evening", "round_the_clock_8h", "round_the_clock_12h"));
  EXPECT_EQ(find_in_catalogue("supporters"), nullptr);
  EXPECT_EQ(find_in_catalogue("activation.outreach.flag")->range.high, 1);
}

TEST(Catalogue, EveryEntryExplainsItself) {
  for (const auto& entry : catalogue()) {
    EXPECT_FALSE(entry.meaning.empty()) << entry.path;
    EXPECT_EQ(entry.levels.empty(), entry.type != ParameterType::level) << entry.path;
  }
}

TEST(Catalogue, EveryGradedDefaultHasItsEvidence) {
  for (const auto& entry : catalogue()) {
    const bool by_evidence = entry.grade == Grade::measured || entry.grade == Grade::fitted;
    if (by_evidence || !entry.evidence.empty()) {
      EXPECT_NE(find_evidence(entry.evidence), nullptr)
          << entry.path << " is " << to_string(entry.grade) << "; `" << entry.evidence
          << "` is not in configs/evidence.yaml";
    }
    Origin origin;
    origin.grade = entry.grade;
    origin.evidence = entry.evidence;
    EXPECT_EQ(to_string(origin).starts_with("default, assumed"), entry.grade == Grade::assumed) << entry.path;
  }
}

TEST(Schema, HoldsEveryDescribedField) {
  std::istringstream text{scenario_json_schema()};
  ptree schema;
  ASSERT_NO_THROW(boost::property_tree::read_json(text, schema));
  for (const auto& field : collect_fields()) {
    const auto found = schema.get_child_optional(ptree::path_type{field.schema_path, '/'});
    ASSERT_TRUE(found.has_value()) << field.schema_path;
    EXPECT_THAT(found->get<std::string>("description"), testing::HasSubstr(std::string{field.info.meaning}));
    EXPECT_THAT(found->get<std::string>("description"),
                testing::HasSubstr(std::string{to_string(field.info.grade)}));
  }
}

TEST(Schema, RefusesUnknownKeysEverywhereButFreeOnes) {
  const std::string text = scenario_json_schema();
  std::size_t closed = 0;
  std::size_t free = 0;
  for (std::size_t at = 0; (at = text.find("\"additionalProperties\": false", at)) != std::string::npos; ++at)
    ++closed;
  for (std::size_t at = 0; (at = text.find("\"^x-\": {}", at)) != std::string::npos; ++at) ++free;
  EXPECT_GT(closed, 20U);
  EXPECT_GE(free, closed);
}

}  // namespace
}  // namespace peercap::peer_support
