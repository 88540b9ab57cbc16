#pragma once

#include <cstdint>

namespace peercap::peer_support {

/// What a random draw is for. The number is part of a draw's address: never renumber, only append.
enum class DrawPurpose : std::uint16_t {
  // organization; entity: person or unit, index 0
  profession = 1,
  career_stage = 2,
  susceptibility = 3,  ///< second uniform: stable exhaustion
  unit_workload = 4,
  recruitment = 5,
  gender = 9,
  manager = 6,
  tenure = 91,  ///< index: number of people drawn for the place; uniforms: is still there, length of stay
  stigma = 90,  ///< second uniform: personal threshold of awareness
  // trust network
  trust_tie = 7,        ///< entity: person, index 0; the person's part in the key of a pair of people
  trust_tie_count = 8,  ///< entity: unit, index 0; the unit's part in the key of a pair of units
  // clinical events; entity: unit
  candidate_count = 10,   ///< index: week and layer
  candidate_time = 11,    ///< index: candidate; second uniform: its mark within the layer
  candidate_report = 12,  ///< index: candidate; second uniform: delay of the report
  exposure = 13,          ///< index: candidate and position; second uniform: severity
  exposure_detail = 14,   ///< index: candidate and position; uniforms: slow component, flag
  // personal events; entity: person
  personal_count = 20,   ///< index: block of weeks
  personal_event = 21,   ///< index: block and number; uniforms: time, severity
  personal_detail = 22,  ///< index: block and number; uniform: slow component
  // causes that the scenario lists; entity: unit and cause
  caused_event = 24,     ///< index: number; uniforms: gap, whom it hits
  caused_detail = 25,    ///< index: number; uniforms: severity, slow component
  caused_report = 26,    ///< index: number; uniforms: the program hears of it, delay
  shared_exposure = 27,  ///< index: number and position; uniforms: affected, severity
  shared_detail = 28,    ///< index: number and position; uniform: slow component
  incident = 29,         ///< entity: person and incident; index 0: hit, when; 1: severity, slow component
  // distress and seeking; entity: person
  initial_shots = 30,     ///< index: 0 fast, 1 slow
  initial_shot = 31,      ///< index: component and number; uniforms: age, size
  seek_threshold = 32,    ///< index: episode; second uniform: self or an embedded supporter
  notice = 33,            ///< index: episode; uniforms: manager, colleagues
  notice_delay = 34,      ///< index: episode; uniforms: manager, colleagues
  rounding = 36,          ///< index: week
  group_debrief = 37,     ///< entity: unit; index: candidate; uniform: asks for one
  group_attendance = 38,  ///< entity: unit; index: candidate and position
  // exhaustion
  weekly_noise = 40,        ///< entity: unit; index: week and a quarter of the position
  initial_exhaustion = 41,  ///< entity: person
  exhaustion_survey = 42,   ///< entity: person; index: wave; second uniform: answers
  turnover = 43,  ///< entity: person; index: incarnation; uniforms: threshold, length of the vacancy
  // cases; entity: person, index: episode and request
  acceptance = 50,
  patience = 51,
  session_length = 52,    ///< index: request and session
  session_decision = 53,  ///< index: request and session; uniforms: early referral, continuation
  destination = 54,       ///< second uniform: take-up of the referral
  release = 55,           ///< entity: person; index: shift number
  breach = 56,            ///< of confidentiality
  dispatch = 57,          ///< entity: supporter; index: key of the client and request; by chance
  preference = 58,        ///< entity: supporter and key of the client, index 0: whom the client likes
  // supporters; entity: person
  trauma_baseline = 60,     ///< second uniform: compassion satisfaction
  role_exit = 61,           ///< second uniform: employment
  supporter_survey = 62,    ///< index: wave; uniforms: trauma, satisfaction
  recruitment_answer = 63,  ///< index 0: joins, drops out; 1, of initial supporters: time since training,
                            ///< part of the term served
  supporter_leave = 64,     ///< index: number of the leave; uniforms: time to it, length
  term_renewal = 65,        ///< index: number of the term
  check_in = 66,            ///< index: week of the run; uniforms: trauma, exhaustion
  nomination = 67,          ///< entity: person, index 0: which of those they trust they name
  // an office; entity: site
  direct_request = 80,  ///< index: number; uniforms: gap, client
  inherited_case = 81,  ///< index: number; uniforms: client, supporter
  // referral; entity: person, index: episode and request
  treatment =
      70,       ///< uniforms: length, patience; beyond the first destination, hop << 45 is added to the index
  onward = 71,  ///< index: 8 times that of the request, plus the hop
  return_after_loss = 72,  ///< index: as of the treatment
  treatment_phase = 73,    ///< index: as of the treatment; of laws that take a second uniform
};

}  // namespace peercap::peer_support
