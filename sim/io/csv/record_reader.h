#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "sim/io/csv/line_source.h"
#include "sim/io/csv/problem_report.h"
#include "sim/support/diagnostics.h"

namespace peercap::csv {

/// Bounds that are checked while the file is read.
struct Limits {
  std::size_t max_line_bytes = 1'000'000;  ///< of a line, and of a record that goes over several lines
  std::size_t max_records = 20'000'000;    ///< without the header
  int max_problems = 50;                   ///< after so many the rest is not read
};

/// One record: its fields without quotes, and the line on which it begins, counted from 1.
struct Record {
  std::vector<std::string> fields;
  int line = 0;
};

/// Reads a table of comma-separated values strictly (RFC 4180): a header, then records with as many fields.
/// Quoted fields may hold commas, doubled quotes and line ends (CRLF becomes LF). The text is UTF-8, with or
/// without a byte order mark; lines end in LF or CRLF. NUL and other control characters, text that is not
/// UTF-8, empty lines and records of another length are errors with their line. Blanks count.
class RecordReader {
 public:
  /// Opens the file and reads its header. What makes that impossible is an error, and nothing is returned;
  /// that the file cannot be opened is one at `blame` (the file itself where `blame` names no file).
  [[nodiscard]] static std::optional<RecordReader> open(const std::string& path, const Limits& limits,
                                                        Diagnostics& diagnostics, SourceLocation blame = {});

  [[nodiscard]] const Record& header() const { return header_; }

  /// The next sound record; broken ones are reported and passed over. False at the end, and where the rest
  /// cannot be understood or is not worth reading, which is reported as well.
  [[nodiscard]] bool next(Record& record);

  /// For problems that whoever reads the records finds: all count against one limit.
  [[nodiscard]] ProblemReport& problems() { return problems_; }
  [[nodiscard]] const ProblemReport& problems() const { return problems_; }

  [[nodiscard]] std::uint64_t bytes() const { return source_.bytes(); }
  /// SHA-256 of the file's bytes; to be called once, at the end.
  [[nodiscard]] std::string take_sha256() { return source_.take_sha256(); }

 private:
  RecordReader(LineSource source, const Limits& limits, ProblemReport problems)
      : source_{std::move(source)}, limits_{limits}, problems_{std::move(problems)} {}

  enum class Got { record, broken, end };
  [[nodiscard]] Got read_record(Record& record);
  [[nodiscard]] bool read_line(std::size_t room);
  [[nodiscard]] bool check_characters();
  /// Where in line_ the record goes on, and the bytes it has by then.
  struct Cursor {
    std::size_t at;
    std::size_t used;
  };
  [[nodiscard]] Got split(Record& record);
  [[nodiscard]] Got read_plain(std::string& field, Cursor& cursor);
  [[nodiscard]] Got read_quoted(std::string& field, Cursor& cursor);
  [[nodiscard]] int column_of(std::size_t offset) const;

  LineSource source_;
  Limits limits_;
  ProblemReport problems_;
  std::string line_;
  int line_number_ = 0;
  bool stopped_ = false;
  std::size_t records_ = 0;
  Record header_;
};

}  // namespace peercap::csv
