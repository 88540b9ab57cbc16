#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "models/peer_support/observation/run_record.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

using ::testing::HasSubstr;
using ::testing::ThrowsMessage;

RunCounts balanced() {
  RunCounts counts;
  counts.requests[2] = 5;
  counts.ended[2][0] = 3;
  counts.ended[2][1] = 2;
  counts.episodes = 4;
  counts.episodes_recovered = 1;
  counts.episodes_left = 1;
  counts.episodes_open = 2;
  return counts;
}

TEST(Balance, HoldsWhereEverythingHasOneEnd) {
  EXPECT_NO_THROW(require_balance(balanced()));
  EXPECT_NO_THROW(require_balance({}));
}

TEST(Balance, ARequestWithoutAnEndOrWithTwoIsAMistake) {
  RunCounts counts = balanced();
  counts.ended[2][1] = 1;
  EXPECT_THAT([&] { require_balance(counts); },
              ThrowsMessage<ContractViolation>(HasSubstr("of 5 requests of channel 2, 4 have an end")));
  counts.ended[2][1] = 2;
  counts.ended[3][1] = 1;  // of another channel
  EXPECT_THAT([&] { require_balance(counts); },
              ThrowsMessage<ContractViolation>(HasSubstr("of 0 requests of channel 3, 1 have an end")));
}

TEST(Balance, AnEpisodeWithoutAnEndIsAMistake) {
  RunCounts counts = balanced();
  counts.episodes_open = 1;
  EXPECT_THAT([&] { require_balance(counts); },
              ThrowsMessage<ContractViolation>(HasSubstr("of 4 episodes, 3 have an end")));
}

}  // namespace
}  // namespace peercap::peer_support
