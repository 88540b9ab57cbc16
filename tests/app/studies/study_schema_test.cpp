#include "app/studies/study_schema.h"

#include <filesystem>
#include <fstream>
#include <sstream>

#include <gmock/gmock.h>

#include "app/studies/study_sections.h"
#include "sim/io/yaml/document.h"

namespace peercap::app {
namespace {

using ::testing::Contains;
using ::testing::Not;

yaml::Node parsed(const std::string& text) {
  Diagnostics diagnostics;
  auto root = yaml::parse_document(text, "schema", diagnostics);
  EXPECT_TRUE(root.has_value() && diagnostics.empty());
  return root ? *root : yaml::Node{};
}

TEST(StudySchema, NamesWhatTheReaderKnows) {
  const yaml::Node root = parsed(study_json_schema());
  const yaml::Node& properties = root.find("properties")->value;
  for (const std::string& key : SectionReader::keys()) EXPECT_NE(properties.find(key), nullptr) << key;
  for (const char* key :
       {"format", "scenario", "set", "policies", "design", "precision", "seed", "time_budget"})
    EXPECT_NE(properties.find(key), nullptr) << key;
  const yaml::Node& path = root.find("definitions")->value.find("path")->value;
  std::vector<std::string> paths;
  for (const yaml::Node& item : path.find("anyOf")->value.items.front().find("enum")->value.items)
    paths.push_back(item.text);
  EXPECT_THAT(paths, Contains("supporters.count"));
  EXPECT_THAT(paths, Not(Contains("run.horizon")));
}

TEST(StudySchema, TheFileBesideTheStudiesIsUpToDate) {
  std::ifstream in{PEERCAP_SOURCE_DIR "/configs/studies/peercap-study.schema.json"};
  std::stringstream text;
  text << in.rdbuf();
  EXPECT_EQ(text.str(), study_json_schema())
      << "run `peercap schema --study > configs/studies/peercap-study.schema.json`";
}

}  // namespace
}  // namespace peercap::app
