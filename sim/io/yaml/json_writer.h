#pragma once

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

namespace peercap::yaml {

/// Writes JSON (a subset of YAML) with two blanks of indentation. The caller opens and closes; keys come
/// before values in objects. Numbers that are not finite become null.
class JsonWriter {
 public:
  JsonWriter& begin_object();
  JsonWriter& end_object();
  JsonWriter& begin_array();
  JsonWriter& end_array();
  JsonWriter& key(std::string_view name);
  JsonWriter& value(std::string_view text);
  JsonWriter& value(const char* text) { return value(std::string_view{text}); }
  JsonWriter& value(double number);
  JsonWriter& value(std::int64_t number);
  JsonWriter& value(int number) { return value(static_cast<std::int64_t>(number)); }
  JsonWriter& boolean(bool truth);
  JsonWriter& null();

  /// The document, which ends with a line end.
  [[nodiscard]] std::string take();

 private:
  void begin_value();
  void open(char bracket);
  void close(char bracket);

  std::string text_;
  std::vector<int> counts_;  ///< values written so far in each open container
  bool after_key_ = false;
};

}  // namespace peercap::yaml
