#pragma once

#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/scenario/scenario.h"

namespace peercap::peer_support {

/// What one supporter answers: scores as the instruments report them, rounded.
struct SupporterSurvey {
  double trauma = 0.0;        ///< ProQOL points
  double satisfaction = 0.0;  ///< ProQOL points
  double exhaustion = 0.0;    ///< MBI points
};

/// The latent states that a survey tries to read.
struct SurveyedState {
  double trauma = 0.0;        ///< latent points
  double satisfaction = 0.0;  ///< latent points
  double exhaustion = 0.0;    ///< SD
};

/// Uniforms of the measurement errors.
struct SurveyErrors {
  double trauma = 0.5;
  double satisfaction = 0.5;
  double exhaustion = 0.5;
};

/// The scores that a survey reads off `state`, with the scales' measurement errors.
[[nodiscard]] SupporterSurvey read_survey(const Scenario& scenario, const SurveyedState& state,
                                          const SurveyErrors& errors);

/// Probability that somebody with this exhaustion (SD) answers a survey: the log odds of `response` fall by
/// its loss for each SD.
[[nodiscard]] double response_probability(const Surveys& surveys, double exhaustion);

/// How obstacles to being an effective supporter compare. Assumed, so that the order in which supporters name
/// them comes out as published: workload and lack of time first, then isolation and personal stress, with
/// about nine in ten naming any (Shanafelt and Sandborg 2022, doi:10.1016/j.jcjq.2022.05.001).
struct ChallengeWeights {
  double per_hour_beyond = 1.0;   ///< of time, for each weekly hour beyond protected time; assumed
  double per_workload = 0.25;     ///< of time, for one SD of clinical workload; assumed
  double usual_workload = 1.2;    ///< SD of workload that is felt at the mean unit; assumed
  double per_stress = 1.0;        ///< of own stress, for one SD of surveyed exhaustion; assumed
  double ready_skill = 0.8;       ///< skill from which nobody names training; assumed
  double least_mentioned = 0.02;  ///< below it nothing is named; assumed
};

/// What decides which challenge somebody names.
struct ChallengeGrounds {
  double weekly_hours_beyond = 0.0;  ///< beyond protected time, over the last quarter
  double unit_workload = 0.0;        ///< SD
  double isolation = 0.0;            ///< of the environment
  double surveyed_exhaustion = 0.0;  ///< MBI points
  double skill = 1.0;
};

/// The greatest obstacle; of equal ones the first in order of Challenge.
[[nodiscard]] Challenge name_challenge(const Exhaustion& scale, const ChallengeGrounds& grounds,
                                       const ChallengeWeights& weights = {});

}  // namespace peercap::peer_support
