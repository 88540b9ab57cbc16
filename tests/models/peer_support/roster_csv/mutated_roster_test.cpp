// The shipped roster after accidents: problems are told, or a roster of people comes out.

#include <string>

#include <gtest/gtest.h>

#include "tests/models/peer_support/roster_csv/roster_file.h"
#include "tests/mutated_text.h"
#include "tests/property.h"

namespace peercap::peer_support {
namespace {

TEST(MutatedRoster, IsReadOrItsProblemsAreTold) {
  const std::string original =
      peercap::testing::text_of_file(PEERCAP_SOURCE_DIR "/configs/scenarios/sample_roster.csv");
  int sound = 0;
  int broken = 0;
  peercap::testing::check_property(
      [&] {
        const std::string text = peercap::testing::mutated(original);
        RC_LOG() << text << '\n';
        const RosterAnswer answer = read_text(text);
        RC_ASSERT(answer.roster.has_value() != answer.diagnostics.has_errors());
        for (const Problem& problem : answer.diagnostics.sorted()) RC_ASSERT(!problem.what.empty());
        ++(answer.roster ? sound : broken);
      },
      400);
  EXPECT_GT(sound, 10);
  EXPECT_GT(broken, 100);
}

}  // namespace
}  // namespace peercap::peer_support
