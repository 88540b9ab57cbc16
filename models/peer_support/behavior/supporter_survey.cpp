#include "models/peer_support/behavior/supporter_survey.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <utility>

#include "sim/random/distributions.h"
#include "sim/support/checked_number.h"

namespace peercap::peer_support {
namespace {

/// A scale's rounded score of somebody whose latent score is `latent`, in points.
double rounded_score(double latent, double sd, double reliability, double error_uniform) {
  return std::floor(latent + sd * std::sqrt(1.0 - reliability) * standard_normal(error_uniform) + 0.5);
}

}  // namespace

SupporterSurvey read_survey(const Scenario& scenario, const SurveyedState& state,
                            const SurveyErrors& errors) {
  const SecondaryTrauma& trauma = scenario.supporters.secondary_trauma;
  const CompassionSatisfaction& satisfaction = scenario.supporters.compassion_satisfaction;
  const Exhaustion& exhaustion = scenario.exhaustion;
  // Secondary trauma and satisfaction are held in points of the latent score, exhaustion in its SD.
  const double exhaustion_points = exhaustion.observed_mean + exhaustion.observed_sd *
                                                                  std::sqrt(exhaustion.reliability) *
                                                                  state.exhaustion;
  return {
      rounded_score(state.trauma, trauma.observed_sd, trauma.reliability, errors.trauma),
      rounded_score(state.satisfaction, satisfaction.observed_sd, satisfaction.reliability,
                    errors.satisfaction),
      rounded_score(exhaustion_points, exhaustion.observed_sd, exhaustion.reliability, errors.exhaustion)};
}

double response_probability(const Surveys& surveys, double exhaustion) {
  // logistic(logit(response) - loss x exhaustion), also where the response is 0 or 1.
  const double odds = surveys.response.value * exact::exp(-surveys.exhaustion_nonresponse * exhaustion);
  return probability(odds / (1.0 - surveys.response.value + odds), "answering a survey has no probability");
}

Challenge name_challenge(const Exhaustion& scale, const ChallengeGrounds& grounds,
                         const ChallengeWeights& weights) {
  const double workload = std::max(0.0, grounds.unit_workload + weights.usual_workload);
  const double stress = (grounds.surveyed_exhaustion - scale.concern_cutoff) / scale.observed_sd;
  const std::array<std::pair<Challenge, double>, 4> felt{{
      {Challenge::time,
       weights.per_hour_beyond * grounds.weekly_hours_beyond + weights.per_workload * workload},
      {Challenge::isolation, grounds.isolation},
      {Challenge::own_stress, weights.per_stress * std::max(0.0, stress)},
      {Challenge::training, std::max(0.0, weights.ready_skill - grounds.skill)},
  }};
  const auto greatest = std::ranges::max_element(felt, {}, &std::pair<Challenge, double>::second);
  return greatest->second < weights.least_mentioned ? Challenge::none : greatest->first;
}

}  // namespace peercap::peer_support
