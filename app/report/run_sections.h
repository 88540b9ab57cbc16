#pragma once

#include "app/report/report_document.h"
#include "app/report/result_view.h"

namespace peercap::app {

// The sections of the report of a run, in the order of the page. Each reads the groups that it names; a group
// that a run does not have leaves its pictures out and says so.

/// Exposures, episodes, and where people are lost on the way to a supporter (/cascade).
[[nodiscard]] Section demand_section(const ResultView& view);
/// Time to first contact with its competing ends (/waits), and unmet need beside it.
[[nodiscard]] Section waits_section(const ResultView& view);
/// Requests, waiting people, contacts, supporters and distress over real dates (/series).
[[nodiscard]] Section course_section(const ResultView& view);
/// Hours of supporters by week, within and beyond protected time (/supporter_weeks, /supporters).
[[nodiscard]] Section load_section(const ResultView& view);
/// Secondary trauma, satisfaction and exhaustion, latent and as surveyed.
[[nodiscard]] Section well_being_section(const ResultView& view);
/// Supporters and clinicians who leave and join.
[[nodiscard]] Section turnover_section(const ResultView& view);
/// Waits at the destinations that cases are referred to (/referrals).
[[nodiscard]] Section referral_section(const ResultView& view);
/// Coverage and waits by profession, career stage, shift pattern, site and unit (/equity, /units).
[[nodiscard]] Section equity_section(const ResultView& view);
/// Cost of the program, and against the same world without one where a twin was run.
[[nodiscard]] Section cost_section(const ResultView& view);
/// Every measure of the file.
[[nodiscard]] Section measures_section(const ResultView& view);

// Of any result that has /parameters (parameter_sections.cpp).

/// The assumed values that the answer hangs on.
[[nodiscard]] Section assumption_section(const ResultView& view);
/// What the scenario changes from the defaults.
[[nodiscard]] Section change_section(const ResultView& view);
/// The published figures behind the other values.
[[nodiscard]] Section evidence_section(const ResultView& view);
/// Purpose, entities, processes, inputs, experiment: in the order of STRESS-DES and ODD, for the methods of a
/// paper.
[[nodiscard]] Section methods_section(const ResultView& view);
/// How the file came about, and how to make it again.
[[nodiscard]] Section provenance_section(const ResultView& view);

}  // namespace peercap::app
