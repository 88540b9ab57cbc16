#include "sim/io/csv/record_reader.h"

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <string_view>

#include <fmt/format.h>

#include "sim/io/yaml/text_checks.h"

namespace peercap::csv {
namespace {

constexpr std::string_view byte_order_mark = "\xEF\xBB\xBF";
constexpr std::string_view empty_file =
    "the file is empty; a first line with the names of the columns is due";
constexpr std::string_view quote_advice =
    "put the whole field into double quotes and write quotes inside it twice";
constexpr std::string_view use_utf8 = "save the file as CSV with the encoding UTF-8";

/// The first byte that no text holds, or npos.
std::size_t find_forbidden(std::string_view text) {
  for (std::size_t i = 0; i < text.size();) {
    const auto c = static_cast<unsigned char>(text[i]);
    if (c < 0x80) {
      if ((c < 0x20 && c != '\t') || c == 0x7f) return i;
      ++i;
      continue;
    }
    const std::size_t length = yaml::utf8_length(text.substr(i));
    if (length == 0) return i;
    i += length;
  }
  return std::string_view::npos;
}

}  // namespace

std::optional<RecordReader> RecordReader::open(const std::string& path, const Limits& limits,
                                               Diagnostics& diagnostics, SourceLocation blame) {
  if (blame.file.empty()) blame.file = path;
  auto source = LineSource::open(path, diagnostics, blame);
  if (!source) return std::nullopt;
  RecordReader reader{std::move(*source), limits, ProblemReport{path, limits.max_problems, diagnostics}};
  switch (reader.read_record(reader.header_)) {
    case Got::record:
      if (reader.header_.fields.size() > 1 || !reader.header_.fields.front().empty()) return reader;
      reader.problems_.error(1, std::string{empty_file});
      return std::nullopt;
    case Got::broken:
      return std::nullopt;
    case Got::end:
      break;
  }
  if (reader.problems_.count() == 0) reader.problems_.error(1, std::string{empty_file});
  return std::nullopt;
}

bool RecordReader::next(Record& record) {
  while (!stopped_ && !problems_.full()) {
    const Got got = read_record(record);
    if (got == Got::end) return false;
    if (++records_ > limits_.max_records) {
      problems_.error(record.line, fmt::format("more than {} rows", limits_.max_records),
                      "is this the file you mean?");
      stopped_ = true;
      return false;
    }
    if (got == Got::broken) continue;
    const std::size_t fields = record.fields.size();
    const std::size_t due = header_.fields.size();
    if (fields == due) return true;
    if (fields == 1 && record.fields.front().empty())
      problems_.error(record.line, "an empty line", "remove it");
    else
      problems_.error(
          record.line,
          fmt::format("the row has {} field{}; the header has {}", fields, fields == 1 ? "" : "s", due),
          fields > due ? "put a field that holds a comma into double quotes"
                       : "write a comma for each field that is left empty");
  }
  return false;
}

RecordReader::Got RecordReader::read_record(Record& record) {
  if (!read_line(limits_.max_line_bytes)) return Got::end;
  record.line = line_number_;
  return split(record);
}

/// Reads the next line into line_ and checks its characters; `room` is what a record may still hold. False at
/// the end and where reading stops.
bool RecordReader::read_line(std::size_t room) {
  const LineSource::Got got = stopped_ ? LineSource::Got::end : source_.next(line_, room);
  if (got == LineSource::Got::end) return false;
  ++line_number_;
  if (got == LineSource::Got::line && check_characters()) return true;
  stopped_ = true;
  if (got == LineSource::Got::too_long)
    problems_.error(line_number_,
                    fmt::format("a row of more than {} bytes; no more are read", limits_.max_line_bytes),
                    "is a quote left open, or is this no file of rows?");
  else if (got == LineSource::Got::unreadable)
    problems_.error(line_number_, fmt::format("cannot read on: {}", std::strerror(errno)));
  return false;
}

bool RecordReader::check_characters() {
  if (line_number_ == 1) {
    if (line_.starts_with("\xff\xfe") || line_.starts_with("\xfe\xff")) {
      problems_.error(1, "the file is encoded as UTF-16", std::string{use_utf8}, 1);
      return false;
    }
    if (line_.starts_with(byte_order_mark)) line_.erase(0, byte_order_mark.size());
  }
  const std::size_t at = find_forbidden(line_);
  if (at == std::string::npos) return true;
  const auto c = static_cast<unsigned char>(line_[at]);
  const int column = column_of(at);
  if (c == 0)
    problems_.error(line_number_, "a NUL byte: this is not a text file", std::string{use_utf8}, column);
  else if (c == '\r')
    problems_.error(line_number_, "a carriage return without a line feed",
                    "save the file with Unix (LF) or Windows (CRLF) line ends", column);
  else if (c < 0x80)
    problems_.error(line_number_, fmt::format("a control character (byte 0x{:02x})", c), "remove it", column);
  else
    problems_.error(line_number_, fmt::format("byte 0x{:02x} is not UTF-8 text", c), std::string{use_utf8},
                    column);
  return false;
}

int RecordReader::column_of(std::size_t offset) const {
  const auto characters =
      std::count_if(line_.begin(), line_.begin() + static_cast<std::ptrdiff_t>(offset),
                    [](char c) { return (static_cast<unsigned char>(c) & 0xc0) != 0x80; });
  return static_cast<int>(characters) + 1;
}

RecordReader::Got RecordReader::split(Record& record) {
  record.fields.clear();
  Cursor cursor{.at = 0, .used = line_.size()};
  while (true) {
    std::string& field = record.fields.emplace_back();
    const bool is_quoted = cursor.at < line_.size() && line_[cursor.at] == '"';
    const Got got = is_quoted ? read_quoted(field, cursor) : read_plain(field, cursor);
    if (got != Got::record) return got;
    if (cursor.at == line_.size()) return Got::record;
    ++cursor.at;  // the comma
  }
}

RecordReader::Got RecordReader::read_plain(std::string& field, Cursor& cursor) {
  const std::size_t comma = std::min(line_.find(',', cursor.at), line_.size());
  field.assign(line_, cursor.at, comma - cursor.at);
  if (const std::size_t quote = field.find('"'); quote != std::string::npos) {
    problems_.error(line_number_, "a quote inside a field that does not begin with one",
                    std::string{quote_advice}, column_of(cursor.at + quote));
    return Got::broken;
  }
  cursor.at = comma;
  return Got::record;
}

RecordReader::Got RecordReader::read_quoted(std::string& field, Cursor& cursor) {
  const int open_line = line_number_;
  const int open_column = column_of(cursor.at);
  std::size_t& at = cursor.at;
  ++at;
  while (true) {
    const std::size_t quote = std::min(line_.find('"', at), line_.size());
    field.append(line_, at, quote - at);
    if (quote == line_.size()) {  // the field goes on in the next line
      const int before = problems_.count();
      if (!read_line(limits_.max_line_bytes - std::min(cursor.used, limits_.max_line_bytes))) {
        stopped_ = true;
        if (problems_.count() == before)
          problems_.error(open_line, "a quote that is never closed", std::string{quote_advice}, open_column);
        return Got::end;
      }
      field += '\n';
      cursor.used += line_.size() + 1;
      at = 0;
      continue;
    }
    at = quote + 1;
    if (at == line_.size() || line_[at] == ',') return Got::record;
    if (line_[at] != '"') break;
    field += '"';
    ++at;
  }
  problems_.error(line_number_,
                  open_line == line_number_
                      ? "text behind a closing quote"
                      : fmt::format("text behind the quote that closes a field begun in line {}", open_line),
                  std::string{quote_advice}, column_of(at));
  return Got::broken;
}

}  // namespace peercap::csv
