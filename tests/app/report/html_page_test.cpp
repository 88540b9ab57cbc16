#include "app/report/html_page.h"

#include <gtest/gtest.h>

namespace peercap::app {
namespace {

constexpr std::string_view begin = "<script type=\"application/json\" id=\"peercap-document\">";

std::string document_in(const std::string& page) {
  const std::size_t at = page.find(begin) + begin.size();
  return page.substr(at, page.find("</script>", at) - at);
}

TEST(HtmlPage, HoldsTheDocumentOnce) {
  const std::string page = html_page("a & <b>", "{\n  \"sentence\": \"two  blanks\"\n}\n");
  EXPECT_EQ(document_in(page), "{\"sentence\":\"two  blanks\"}");
  EXPECT_EQ(page.find(begin), page.rfind(begin));
  EXPECT_NE(page.find("<title>a &amp; &lt;b&gt;</title>"), std::string::npos);
  EXPECT_EQ(page.find(">null</script>"), std::string::npos);
}

// A name that closes the element would let a scenario file put its own script into the page.
TEST(HtmlPage, LetsNoTextOfTheDocumentEndItsElement) {
  const std::string page = html_page("", "{\"name\": \"</script><script>alert(1)</script>\"}");
  EXPECT_EQ(document_in(page), "{\"name\":\"\\u003c/script>\\u003cscript>alert(1)\\u003c/script>\"}");
}

TEST(HtmlPage, LoadsNothingFromAnywhere) {
  const std::string page{page_template()};
  EXPECT_EQ(page.find("src=\"http"), std::string::npos);
  EXPECT_EQ(page.find("@import"), std::string::npos);
  EXPECT_NE(page.find("Content-Security-Policy"), std::string::npos);
  EXPECT_LT(page.size(), 1'200'000U);
}

TEST(CompactJson, KeepsBlanksWithinTexts) {
  EXPECT_EQ(compact_json("{ \"a b\" : [ 1 ,\n 2 ], \"c\": \"x \\\" y \\\\\" }"),
            "{\"a b\":[1,2],\"c\":\"x \\\" y \\\\\"}");
}

}  // namespace
}  // namespace peercap::app
