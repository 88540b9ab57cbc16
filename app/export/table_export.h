#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/io/files/durable_file.h"
#include "sim/observe/result_content.h"

namespace peercap::app {

/// A table that a result file can give: a column group as it is, an array group with its dimensions as the
/// first columns ("long" form, one row for each place).
struct ExportTable {
  std::string name;  ///< of the group without its slash: "summary"
  std::string description;
  std::uint64_t rows = 0;
  std::vector<std::string> columns;
};

[[nodiscard]] std::vector<ExportTable> export_tables(const ResultContent& content);

/// Takes a piece of text to where it belongs.
using TextSink = std::function<void(std::string_view)>;

/// One group as CSV (RFC 4180): a header, numbers with every digit that tells them apart, an empty field for
/// what is not defined. A dimension `time` is given as days since the start of the horizon and as `date`.
/// False where there is no such table.
[[nodiscard]] bool write_csv(const ResultContent& content, std::string_view table, const TextSink& sink);

/// Unit and meaning of each column of each table, as CSV.
[[nodiscard]] std::string columns_csv(const ResultContent& content);

/// A field of CSV: quoted where it has to be.
[[nodiscard]] std::string csv_field(std::string_view text);

/// A text file that appears complete or not at all; `write` is handed the sink.
void write_text_file(const std::filesystem::path& file, ExistingFile existing,
                     const std::function<void(const TextSink&)>& write);

}  // namespace peercap::app
