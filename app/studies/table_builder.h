#pragma once

#include <cstdint>
#include <numeric>
#include <string>
#include <utility>
#include <vector>

#include "sim/observe/result_content.h"

namespace peercap::app {

/// A group of texts, such as /study.
class TextGroup {
 public:
  TextGroup(std::string path, std::string description)
      : group_{std::move(path), std::move(description), GroupShape::texts, {}, {}} {}

  TextGroup& add(std::string name, std::string long_name, std::string text) {
    group_.variables.push_back(
        {std::move(name), "", std::move(long_name), "", {}, std::vector<std::string>{std::move(text)}});
    return *this;
  }
  [[nodiscard]] ResultGroup take() { return std::move(group_); }

 private:
  ResultGroup group_;
};

/// A table of a result file, column by column; all columns are as long.
class TableGroup {
 public:
  TableGroup(std::string path, std::string description, std::size_t rows)
      : group_{std::move(path), std::move(description), GroupShape::table, {}, {}} {
    std::vector<std::int64_t> numbers(rows);
    std::iota(numbers.begin(), numbers.end(), std::int64_t{0});
    group_.dimensions.push_back({"row", "1", "row", std::move(numbers)});
  }

  TableGroup& add(std::string name, std::string unit, std::string description, ResultValues values) {
    std::string long_name = name;
    group_.variables.push_back(column(std::move(name), std::move(unit), std::move(long_name),
                                      std::move(description), std::move(values)));
    return *this;
  }
  [[nodiscard]] ResultGroup take() { return std::move(group_); }

 private:
  ResultGroup group_;
};

}  // namespace peercap::app
