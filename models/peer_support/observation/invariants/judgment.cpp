#include "models/peer_support/observation/invariants/judgment.h"

namespace peercap::peer_support {

void judge_trail(const CheckedRun& run, const FactTrail& trail, ViolationList& broken) {
  const std::vector<CaseStory> stories = judge_requests(run, trail, broken);
  judge_people(run, trail, stories, broken);
  judge_supporters(run, trail, stories, broken);
  judge_sessions(run, trail, stories, broken);
  judge_offices(run, trail, stories, broken);
  judge_referrals(run, trail, stories, broken);
}

}  // namespace peercap::peer_support
