#include "sim/io/yaml/json_writer.h"

#include <cmath>

#include <fmt/format.h>

#include "sim/io/yaml/number_text.h"
#include "sim/support/contract.h"

namespace peercap::yaml {
namespace {

std::string quote(std::string_view text) {
  std::string result = "\"";
  for (const char c : text) {
    switch (c) {
      case '"':
        result += "\\\"";
        break;
      case '\\':
        result += "\\\\";
        break;
      case '\n':
        result += "\\n";
        break;
      case '\t':
        result += "\\t";
        break;
      case '\r':
        result += "\\r";
        break;
      default:
        if (static_cast<unsigned char>(c) < 0x20)
          result += fmt::format("\\u{:04x}", static_cast<unsigned>(c));
        else
          result += c;
    }
  }
  return result + "\"";
}

}  // namespace

void JsonWriter::begin_value() {
  if (after_key_) {
    after_key_ = false;
    return;
  }
  if (counts_.empty()) return;
  if (counts_.back()++ > 0) text_ += ',';
  text_ += '\n';
  text_.append(2 * counts_.size(), ' ');
}

void JsonWriter::open(char bracket) {
  begin_value();
  text_ += bracket;
  counts_.push_back(0);
}

void JsonWriter::close(char bracket) {
  require(!counts_.empty() && !after_key_, "JsonWriter: nothing to close here");
  const bool empty = counts_.back() == 0;
  counts_.pop_back();
  if (!empty) {
    text_ += '\n';
    text_.append(2 * counts_.size(), ' ');
  }
  text_ += bracket;
}

JsonWriter& JsonWriter::begin_object() {
  return open('{'), *this;
}
JsonWriter& JsonWriter::end_object() {
  return close('}'), *this;
}
JsonWriter& JsonWriter::begin_array() {
  return open('['), *this;
}
JsonWriter& JsonWriter::end_array() {
  return close(']'), *this;
}

JsonWriter& JsonWriter::key(std::string_view name) {
  begin_value();
  text_ += quote(name) + ": ";
  after_key_ = true;
  return *this;
}

JsonWriter& JsonWriter::value(std::string_view text) {
  begin_value();
  text_ += quote(text);
  return *this;
}

JsonWriter& JsonWriter::value(double number) {
  if (!std::isfinite(number)) return null();
  begin_value();
  text_ += number_text(number);
  return *this;
}

JsonWriter& JsonWriter::value(std::int64_t number) {
  begin_value();
  text_ += fmt::format("{}", number);
  return *this;
}

JsonWriter& JsonWriter::boolean(bool truth) {
  begin_value();
  text_ += truth ? "true" : "false";
  return *this;
}

JsonWriter& JsonWriter::null() {
  begin_value();
  text_ += "null";
  return *this;
}

std::string JsonWriter::take() {
  require(counts_.empty(), "JsonWriter: a container is still open");
  return std::move(text_) + "\n";
}

}  // namespace peercap::yaml
