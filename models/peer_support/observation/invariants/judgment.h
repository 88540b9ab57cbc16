#pragma once

#include <cstdint>
#include <vector>

#include "models/peer_support/observation/invariants/case_story.h"
#include "models/peer_support/observation/invariants/checked_run.h"
#include "models/peer_support/observation/invariants/fact_trail.h"
#include "models/peer_support/observation/invariants/violation.h"

namespace peercap::peer_support {

/// Checks what the facts of a whole run tell together. The trail is in order.
void judge_trail(const CheckedRun& run, const FactTrail& trail, ViolationList& broken);

// The parts of it, each with a family of invariants.

/// Requests: one open at a time, each with its steps in order and one outcome; merged ones had one to join.
[[nodiscard]] std::vector<CaseStory> judge_requests(const CheckedRun& run, const FactTrail& trail,
                                                    ViolationList& broken);
/// People: episodes begin and end in turn, positions are left and filled in turn, and units count the same
/// people and hours at the end.
void judge_people(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                  ViolationList& broken);
/// Supporters: their roles follow each other, nobody has more cases than allowed, hours are those of the work
/// and no more is covered than was granted.
void judge_supporters(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                      ViolationList& broken);
/// Sessions: of a case and its supporter, when both can meet, and nobody in two at once.
void judge_sessions(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                    ViolationList& broken);
/// Weekly counts of the program's offices are those of their cases and supporters.
void judge_offices(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                   ViolationList& broken);
/// Referrals: whoever was referred is treated, gives up or waits; places are not exceeded.
void judge_referrals(const CheckedRun& run, const FactTrail& trail, const std::vector<CaseStory>& stories,
                     ViolationList& broken);

}  // namespace peercap::peer_support
