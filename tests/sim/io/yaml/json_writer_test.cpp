#include "sim/io/yaml/json_writer.h"

#include <limits>

#include <gtest/gtest.h>

#include "sim/support/contract.h"

namespace peercap::yaml {
namespace {

TEST(JsonWriter, WritesNestedValues) {
  JsonWriter json;
  json.begin_object();
  json.key("a").value(1).key("b").begin_array().value("x").value(0.5).boolean(true).null().end_array();
  json.key("c").begin_object().end_object().end_object();
  EXPECT_EQ(json.take(),
            "{\n  \"a\": 1,\n  \"b\": [\n    \"x\",\n    0.5,\n    true,\n    null\n  ],\n  \"c\": {}\n}\n");
}

TEST(JsonWriter, EscapesTextAndHidesWhatIsNoNumber) {
  JsonWriter json;
  json.begin_array().value("\"\\\n\x01").value(std::numeric_limits<double>::infinity()).end_array();
  EXPECT_EQ(json.take(), "[\n  \"\\\"\\\\\\n\\u0001\",\n  null\n]\n");
}

TEST(JsonWriter, OpenContainersAreAProgrammersMistake) {
  JsonWriter json;
  json.begin_object();
  EXPECT_THROW((void)json.take(), ContractViolation);
}

}  // namespace
}  // namespace peercap::yaml
