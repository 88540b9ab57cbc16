#pragma once

#include <cstddef>
#include <functional>
#include <ostream>
#include <string>
#include <utility>
#include <vector>

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "tests/models/peer_support/observation/invariants/fact_stream.h"

namespace peercap::peer_support::testing {

/// How a stream is broken, and what the checker says of it.
struct BrokenStream {
  std::string name;
  std::string what;
  std::function<std::string(FactStream&)> broken;

  friend void PrintTo(const BrokenStream& stream, std::ostream* out) { *out << stream.name; }
};

/// Streams of facts in which one thing is broken: the checker names it.
class BrokenStreams : public ::testing::TestWithParam<BrokenStream> {
 protected:
  void expect_named() const {
    FactStream stream;
    EXPECT_THAT(GetParam().broken(stream), ::testing::HasSubstr(GetParam().what));
  }
};

[[nodiscard]] inline std::string name_of(const ::testing::TestParamInfo<BrokenStream>& test) {
  return test.param.name;
}

using Change = std::function<void(Fact&)>;

/// The whole case, with one of its facts changed.
inline BrokenStream with_changed(std::string name, std::string what, PeerFact kind, Change change,
                                 std::size_t number = 0) {
  return {std::move(name), std::move(what), [=](FactStream& s) {
            s.add_whole_case();
            return s.broken_by(kind, number, change);
          }};
}

inline BrokenStream with_lost(std::string name, std::string what, PeerFact kind, std::size_t number = 0) {
  return {std::move(name), std::move(what), [=](FactStream& s) {
            s.add_whole_case();
            return s.broken_without(kind, number);
          }};
}

/// The whole case, with more beside it.
inline BrokenStream with_more(std::string name, std::string what, std::function<void(FactStream&)> add) {
  return {std::move(name), std::move(what), [=](FactStream& s) {
            s.add_whole_case();
            add(s);
            return s.broken();
          }};
}

inline Change end_as(RequestEnd end) {
  return [end](Fact& f) { f.small = static_cast<std::uint16_t>(static_cast<unsigned>(end) << 8); };
}

}  // namespace peercap::peer_support::testing
