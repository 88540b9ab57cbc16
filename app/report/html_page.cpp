#include "app/report/html_page.h"

#include <stdexcept>

namespace peercap::app {
namespace {

constexpr std::string_view document_place =
    "<script type=\"application/json\" id=\"peercap-document\">null</script>";
constexpr std::string_view title_place = "<title>peercap report</title>";

std::string escaped_text(std::string_view text) {
  std::string escaped;
  for (const char c : text) {
    if (c == '&')
      escaped += "&amp;";
    else if (c == '<')
      escaped += "&lt;";
    else if (c == '>')
      escaped += "&gt;";
    else
      escaped += c;
  }
  return escaped;
}

/// No end of a script element within the document: `<` is written as JSON writes any character.
std::string escaped_json(std::string_view json) {
  std::string escaped;
  escaped.reserve(json.size() + json.size() / 64);
  for (const char c : json) {
    if (c == '<')
      escaped += "\\u003c";
    else
      escaped += c;
  }
  return escaped;
}

void put(std::string& page, std::string_view place, const std::string& text) {
  const std::size_t at = page.find(place);
  if (at == std::string::npos) throw std::logic_error{"the page of reports has no place for its document"};
  page.replace(at, place.size(), text);
}

}  // namespace

std::string compact_json(std::string_view json) {
  std::string compact;
  compact.reserve(json.size());
  bool in_text = false;
  bool escaped = false;
  for (const char c : json) {
    if (in_text) {
      compact += c;
      if (escaped)
        escaped = false;
      else if (c == '\\')
        escaped = true;
      else if (c == '"')
        in_text = false;
      continue;
    }
    if (c == ' ' || c == '\n' || c == '\t' || c == '\r') continue;
    if (c == '"') in_text = true;
    compact += c;
  }
  return compact;
}

std::string html_page(std::string_view title, std::string_view json) {
  std::string page{page_template()};
  put(page, document_place,
      "<script type=\"application/json\" id=\"peercap-document\">" + escaped_json(compact_json(json)) +
          "</script>");
  put(page, title_place, "<title>" + escaped_text(title) + "</title>");
  return page;
}

}  // namespace peercap::app
