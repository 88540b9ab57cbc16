#pragma once

#include <string>
#include <string_view>

namespace peercap::app {

/// The page with the document in it: one file that opens without a network. `json` is a document of
/// document_json(). Throws std::logic_error where the page that was built into the program has no place for
/// it.
[[nodiscard]] std::string html_page(std::string_view title, std::string_view json);

/// JSON without the blanks between its parts.
[[nodiscard]] std::string compact_json(std::string_view json);

/// The page as web/ builds it.
[[nodiscard]] std::string_view page_template();

}  // namespace peercap::app
