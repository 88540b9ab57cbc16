#include "sim/observe/content_digest.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <limits>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include <gtest/gtest.h>

#include "sim/support/contract.h"
#include "tests/sim/io/hdf5/sample_content.h"

namespace peercap {
namespace {

// Vectors of FIPS 180-2 appendix B and of NIST's SHA-256 examples.
TEST(Sha256, AgreesWithPublishedVectors) {
  EXPECT_EQ(sha256(""), "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855");
  EXPECT_EQ(sha256("abc"), "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  EXPECT_EQ(sha256("abcdbcdecdefdefgefghfghighijhijkijkljklmklmnlmnomnopnopq"),
            "248d6a61d20638b8e5c026930c3e6039a33ce45964ff2167f6ecedd419db06c1");
  EXPECT_EQ(
      sha256(
          "abcdefghbcdefghicdefghijdefghijkefghijklfghijklmghijklmnhijklmnoijklmnopjklmnopqklmnopqrlmnopqrs"
          "mnopqrstnopqrstu"),
      "cf5b16a778af8380036ce59e7b0492370b249b11e8f07a51afac45037afee9d1");
  EXPECT_EQ(sha256(std::string(1'000'000, 'a')),
            "cdc76e5c9914fb9281a1c7e284d73e67f1809a48a497200e046d39ccc7112cd0");
}

TEST(Sha256, DoesNotDependOnHowTheBytesArrive) {
  std::string bytes;
  for (int i = 0; i < 300; ++i) bytes += static_cast<char>(i * 7);
  for (const std::size_t piece : {1u, 3u, 55u, 56u, 63u, 64u, 65u, 128u, 299u}) {
    Sha256 hash;
    for (std::size_t at = 0; at < bytes.size(); at += piece)
      hash.update(std::string_view{bytes}.substr(at, piece));
    EXPECT_EQ(hash.finish(), sha256(bytes)) << piece;
  }
}

TEST(StorableText, KeepsUtf8AndReplacesAllElse) {
  for (const char* good : {"", "plain", "Zürich", "内科", "🏥", "\xF4\x8F\xBF\xBF", "\xED\x9F\xBF"}) {
    EXPECT_TRUE(is_storable_text(good));
    EXPECT_EQ(storable_text(good), good);
  }
  const std::string replaced = "\xEF\xBF\xBD";
  EXPECT_EQ(storable_text("M\xFCller"), "M" + replaced + "ller");
  EXPECT_EQ(storable_text(std::string("a\0b", 3)), "a" + replaced + "b");
  EXPECT_EQ(storable_text("\xC0\x80"), replaced + replaced);                 // overlong
  EXPECT_EQ(storable_text("\xE0\x9F\xBF"), replaced + replaced + replaced);  // overlong
  EXPECT_EQ(storable_text("\xED\xA0\x80"), replaced + replaced + replaced);  // surrogate
  EXPECT_EQ(storable_text("\xF4\x90\x80\x80").size(), 4 * replaced.size());  // beyond U+10FFFF
  EXPECT_EQ(storable_text("\xE5\x86"), replaced + replaced);                 // cut off
}

TEST(ContentDigest, IsTheSameForTheSameContentInAnyOrder) {
  const ResultContent content = make_sample_content();
  ResultContent shuffled = content;
  std::reverse(shuffled.groups.begin(), shuffled.groups.end());
  for (ResultGroup& group : shuffled.groups) {
    std::reverse(group.variables.begin(), group.variables.end());
    std::reverse(group.dimensions.begin(), group.dimensions.end());
  }
  EXPECT_EQ(content_digest(shuffled), content_digest(content));
  EXPECT_EQ(content_digest(content).size(), 64u);
}

TEST(ContentDigest, LeavesProvenanceOut) {
  ResultContent content = make_sample_content();
  const std::string before = content_digest(content);
  content.provenance = {{"host", "another"}};
  EXPECT_EQ(content_digest(content), before);
}

TEST(ContentDigest, ChangesWithEveryPartOfTheContent) {
  const auto group = [](ResultContent& c, const char* path) -> ResultGroup& {
    return *std::find_if(c.groups.begin(), c.groups.end(),
                         [&](const ResultGroup& g) { return g.path == path; });
  };
  const auto wait = [&](ResultContent& c) -> ResultVariable& {
    return group(c, "/replications").variables[0];
  };
  const std::vector<std::function<void(ResultContent&)>> changes = {
      [](ResultContent&) {},
      [](ResultContent& c) { c.groups.pop_back(); },
      [&](ResultContent& c) { group(c, "/series").path = "/sequel"; },
      [&](ResultContent& c) { group(c, "/series").description += "."; },
      [&](ResultContent& c) { group(c, "/units/waits/detail").shape = GroupShape::texts; },
      [&](ResultContent& c) { group(c, "/series").dimensions[0].name = "spot"; },
      [&](ResultContent& c) { group(c, "/series").dimensions[0].unit = "d"; },
      [&](ResultContent& c) { group(c, "/series").dimensions[0].long_name = "spot"; },
      [&](ResultContent& c) { group(c, "/series").dimensions[2].attributes[0].second = "julian"; },
      [&](ResultContent& c) { std::get<1>(group(c, "/series").dimensions[2].labels)[5] = 77; },
      [&](ResultContent& c) { group(c, "/series").dimensions[0].labels = std::vector<double>{0}; },
      [&](ResultContent& c) { wait(c).name = "wait"; },
      [&](ResultContent& c) { wait(c).unit = "min"; },
      [&](ResultContent& c) { wait(c).long_name = "wait"; },
      [&](ResultContent& c) { wait(c).description = ""; },
      [&](ResultContent& c) { wait(c).attributes.clear(); },
      [&](ResultContent& c) { std::swap(wait(c).dimensions[0], wait(c).dimensions[1]); },
      [&](ResultContent& c) { std::get<0>(wait(c).values)[3] = 0.0; },  // was -0.0
      [&](ResultContent& c) { std::get<0>(wait(c).values)[0] = std::nextafter(1.5, 2.0); },
      [&](ResultContent& c) { std::get<0>(wait(c).values)[1] = 0.0; },  // was missing
      [&](ResultContent& c) { std::get<2>(group(c, "/replications").variables[2].values)[1] = " "; },
      [&](ResultContent& c) {  // the same letters, cut in another place
        auto& texts = std::get<2>(group(c, "/replications").variables[2].values);
        texts[4] = "don";
        texts[5] = "estopped";
      },
  };
  std::set<std::string> digests;
  for (const auto& change : changes) {
    ResultContent content = make_sample_content();
    change(content);
    digests.insert(content_digest(content));
  }
  EXPECT_EQ(digests.size(), changes.size());
}

TEST(ContentDigest, TakesEveryNanForTheSame) {
  ResultContent a = make_numbered_content(1, 0);
  ResultContent b = a;
  a.groups[0].variables[0].values = std::vector<double>{std::numeric_limits<double>::quiet_NaN()};
  b.groups[0].variables[0].values = std::vector<double>{-std::numeric_limits<double>::signaling_NaN()};
  EXPECT_EQ(content_digest(a), content_digest(b));
}

TEST(ContentDigest, RefusesTwoGroupsOfOnePath) {
  ResultContent content = make_numbered_content(1, 0);
  content.groups.push_back(content.groups[0]);
  EXPECT_THROW(static_cast<void>(content_digest(content)), ContractViolation);
}

}  // namespace
}  // namespace peercap
