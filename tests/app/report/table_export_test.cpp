#include "app/export/table_export.h"

#include <limits>

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

std::string csv_of(const ResultContent& content, std::string_view table) {
  std::string text;
  EXPECT_TRUE(write_csv(content, table, [&](std::string_view piece) { text += piece; }));
  return text;
}

ResultContent sample() {
  ResultContent content;
  ResultGroup table{"/exits", "who left", GroupShape::table, {}, {}};
  table.dimensions.push_back({"row", "1", "row", std::vector<std::int64_t>{0, 1}});
  table.variables.push_back(column("reason", "", "", "", std::vector<std::string>{"term", "has, \"moved\""}));
  table.variables.push_back(column("day", "d", "day", "day of exit",
                                   std::vector<double>{0.1, std::numeric_limits<double>::quiet_NaN()}));
  ResultGroup arrays{"/series", "by week", GroupShape::arrays, {}, {}};
  arrays.dimensions.push_back({"statistic", "", "", std::vector<std::string>{"mean", "p95"}});
  arrays.dimensions.push_back(
      {"time", "days since 2026-01-05 00:00:00", "week", std::vector<double>{0.0, 7.0}});
  arrays.variables.push_back(
      {"waiting", "1", "people waiting", "", {"statistic", "time"}, std::vector<double>{1.0, 2.0, 3.0, 4.0}});
  arrays.variables.push_back({"holiday", "1", "", "", {"time"}, std::vector<std::int64_t>{0, 1}});
  content.groups = {table, arrays};
  return content;
}

TEST(CsvExport, QuotesAndLeavesUndefinedValuesEmpty) {
  EXPECT_EQ(csv_of(sample(), "exits"), "reason,day\nterm,0.1\n\"has, \"\"moved\"\"\",\n");
}

TEST(CsvExport, GivesArraysOneRowForEachPlace) {
  EXPECT_EQ(csv_of(sample(), "series"),
            "statistic,time,date,waiting,holiday\n"
            "mean,0,2026-01-05,1,0\nmean,7,2026-01-12,2,1\np95,0,2026-01-05,3,0\np95,7,2026-01-12,4,1\n");
}

TEST(CsvExport, ReadsStreamsPieceByPiece) {
  ResultContent content = sample();
  ResultVariable& waiting = content.groups[1].variables[0];
  waiting.values = std::vector<double>{};
  waiting.stream = {4, [](std::uint64_t first, std::span<double> values) {
                      for (double& value : values) value = static_cast<double>(++first);
                    }};
  EXPECT_EQ(csv_of(content, "series"), csv_of(sample(), "series"));
}

TEST(CsvExport, ListsTablesAndColumns) {
  const auto tables = export_tables(sample());
  ASSERT_EQ(tables.size(), 2U);
  EXPECT_EQ(tables[1].rows, 4U);
  EXPECT_NE(columns_csv(sample()).find("exits,day,d,day of exit\n"), std::string::npos);
  EXPECT_FALSE(write_csv(sample(), "nothing", [](std::string_view) {}));
}

}  // namespace
}  // namespace peercap::app
