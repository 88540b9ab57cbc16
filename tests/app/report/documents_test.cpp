#include "app/report/documents.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "app/report/report_parts.h"
#include "sim/io/input_output_error.h"

namespace peercap::app {
namespace {

using ::testing::HasSubstr;

ResultContent content_of(std::vector<ResultGroup> groups) {
  ResultContent content;
  content.file_type = "peercap-result";
  content.groups = std::move(groups);
  return content;
}

ResultGroup table(std::string path, std::vector<ResultVariable> columns) {
  ResultGroup group{std::move(path), "", GroupShape::table, {}, std::move(columns)};
  std::vector<std::int64_t> rows(value_count(group.variables.front()));
  group.dimensions.push_back({"row", "1", "row", std::move(rows)});
  return group;
}

TEST(ResultKinds, AreToldByTheirGroups) {
  const ResultContent sensitivity =
      content_of({table("/effects", {column("measure", "", "", "", std::vector<std::string>{"x"})})});
  EXPECT_EQ(kind_of(ResultView{sensitivity, "a.h5"}), ResultKind::sensitivity);
  const ResultContent stranger =
      content_of({table("/wind", {column("speed", "m/s", "", "", std::vector<double>{1.0})})});
  try {
    (void)kind_of(ResultView{stranger, "wind.h5"});
    FAIL();
  } catch (const InputOutputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("wind.h5"));
    EXPECT_THAT(error.what(), HasSubstr("run, size, compare, sweep, merge and sensitivity"));
  }
}

TEST(ResultViews, NameWhatIsMissing) {
  const ResultContent content =
      content_of({table("/waits", {column("hours", "h", "", "", std::vector<double>{1.0})})});
  const ResultView view{content, "old.h5"};
  EXPECT_EQ(view.numbers("/waits", "hours"), std::vector<double>{1.0});
  try {
    (void)view.numbers("/waits", "contacted");
    FAIL();
  } catch (const InputOutputError& error) {
    EXPECT_THAT(error.what(), HasSubstr("old.h5"));
    EXPECT_THAT(error.what(), HasSubstr("/waits/contacted"));
  }
}

TEST(ResultViews, ReadMeasuresWithTheirUnits) {
  using Texts = std::vector<std::string>;
  using Numbers = std::vector<double>;
  const ResultContent content = content_of({table(
      "/summary",
      {column("measure", "", "", "", Texts{"unmet_episodes_share", "net_benefit_per_year"}),
       column("long_name", "", "", "", Texts{"unmet", "benefit"}),
       column("unit", "", "", "", Texts{"1", "1/year"}), column("mean", "", "", "", Numbers{0.965, -120.0}),
       column("ci_low", "", "", "", Numbers{0.964, -150.0}),
       column("ci_high", "", "", "", Numbers{0.966, -90.0}), column("p05", "", "", "", Numbers{0.96, -200.0}),
       column("p95", "", "", "", Numbers{0.97, 0.0}),
       column("n", "", "", "", std::vector<std::int64_t>{100, 100})})});
  const ResultView view{content, "run.h5"};
  EXPECT_EQ(view.measure("unmet_episodes_share").text(), "96.5 % (96.4 to 96.6)");
  EXPECT_EQ(view.measure("net_benefit_per_year").text(),
            "-120 (-150 to -90)");  // a difference may be negative
  EXPECT_EQ(view.measure("no_such_measure").text(), "not defined");
}

TEST(ReportDocuments, AreWrittenWithNothingForWhatIsNotThere) {
  ReportDocument document;
  document.kind = "run";
  document.title = "a \"title\"";
  Section section{"one", "One"};
  section.add(ReportTable{"table",
                          {{"row", "", false}, {"value"}},
                          {{"first", Cell{"12 (10 to 14)", 12.0, 10.0, 14.0, "n = 3"}}, {"second", "-"}}});
  Chart chart{"c", "A finding", "what is drawn", "n = 3", "/x"};
  chart.drawing = IntervalChart{.x = {"x", "h"}, .rows = {{"a", "", 1.0, no_number, 2.0, "1"}}};
  section.add(std::move(chart));
  document.sections.push_back(std::move(section));
  const std::string json = document_json(document);
  EXPECT_THAT(json, HasSubstr("\"format\": \"peercap-report/1\""));
  EXPECT_THAT(json, HasSubstr("\"a \\\"title\\\"\""));
  EXPECT_THAT(json, HasSubstr("\"low\": null"));
  EXPECT_THAT(json, HasSubstr("\"reference\": null"));
  EXPECT_THAT(json, HasSubstr("\"kind\": \"intervals\""));
}

TEST(WaitWords, AreHours) {
  EXPECT_EQ(wait_words("1 day"), "24 h");
  EXPECT_EQ(wait_words("3 days"), "72 h");
  EXPECT_EQ(wait_words("90 min"), "90 min");
  EXPECT_EQ(wait_words("30 days"), "30 days");
}

}  // namespace
}  // namespace peercap::app
