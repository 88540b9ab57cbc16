#include "models/peer_support/scenario_yaml/schedulable.h"

#include <array>
#include <string>

#include "models/peer_support/scenario_yaml/value_path.h"

namespace peercap::peer_support {
namespace {

struct FixedPart {
  std::string_view path;  ///< of a parameter or a group
  std::string_view why;
};

constexpr std::string_view of_the_run = "it describes the run as a whole";
constexpr std::string_view at_the_begin = "it describes the begin of the run";
constexpr std::string_view rhythm = "the candidates for events are laid out by it for the whole run";
constexpr std::string_view scale = "one scale holds for all surveys of a run";
constexpr std::string_view one_limit = "all waits of a run are judged by one limit";
constexpr std::string_view traits = "people keep what they are like";
constexpr std::string_view skill = "skill is computed from the whole time since the training";
constexpr std::string_view pool = "a destination works by one set of rules throughout a run";
constexpr std::string_view cycles = "weeks of a cycle are counted through the whole run";

constexpr std::array fixed_parts{
    FixedPart{"name", of_the_run},
    FixedPart{"description", of_the_run},
    FixedPart{"run", of_the_run},
    FixedPart{"schedule", "a schedule cannot change itself"},
    FixedPart{"organization", "people, units and ties are drawn once, before the run"},
    FixedPart{"distress", "distress fades by laws that are solved in closed form over any time"},
    FixedPart{"exhaustion", "the model of exhaustion is scaled to one equilibrium"},
    FixedPart{"environment.team_exposure", rhythm},
    FixedPart{"environment.day_night_amplitude", rhythm},
    FixedPart{"environment.peak_hour", rhythm},
    FixedPart{"environment.weekend_factor", rhythm},
    FixedPart{"environment.causes[].name", "causes are laid out before the run"},
    FixedPart{"environment.causes[].professions", "causes are laid out before the run"},
    FixedPart{"environment.causes[].departments", "causes are laid out before the run"},
    FixedPart{"shocks", "shocks have dates of their own"},
    FixedPart{"activation.self_referral.stigma_mean", traits},
    FixedPart{"activation.self_referral.stigma_sd", traits},
    FixedPart{"activation.awareness.initial", at_the_begin},
    FixedPart{"activation.trust.initial", at_the_begin},
    FixedPart{"access.contact_target", one_limit},
    FixedPart{"access.contact_limit", one_limit},
    FixedPart{"program.enabled",
              "a run has a program from its begin or not at all; set the rates of asking and the channels to "
              "0 and off instead"},
    FixedPart{"supporters.count",
              "it says how many there are at the start; leave, exit and recruitment change it"},
    FixedPart{"supporters.selection", "whom to invite is decided once, before the run"},
    FixedPart{"supporters.secondary_trauma.observed_mean", scale},
    FixedPart{"supporters.secondary_trauma.observed_sd", scale},
    FixedPart{"supporters.secondary_trauma.reliability", scale},
    FixedPart{"supporters.secondary_trauma.low_cutoff", scale},
    FixedPart{"supporters.secondary_trauma.high_cutoff", scale},
    FixedPart{"supporters.compassion_satisfaction.observed_mean", scale},
    FixedPart{"supporters.compassion_satisfaction.observed_sd", scale},
    FixedPart{"supporters.compassion_satisfaction.reliability", scale},
    FixedPart{"supporters.compassion_satisfaction.low_cutoff", scale},
    FixedPart{"supporters.compassion_satisfaction.high_cutoff", scale},
    FixedPart{"supporters.training.skill_decay", skill},
    FixedPart{"supporters.training.skill_floor", skill},
    FixedPart{"referrals.destinations[].name", "destinations are made before the run"},
    FixedPart{"referrals.destinations[].places", pool},
    FixedPart{"referrals.destinations[].service_time", pool},
    FixedPart{"referrals.destinations[].service_law", pool},
    FixedPart{"referrals.destinations[].patience", pool},
    FixedPart{"referrals.destinations[].opening_hours", pool},
    FixedPart{"referrals.destinations[].onward", pool},
    FixedPart{"costs", "costs are computed once, after the run"},
    FixedPart{"today", "it describes the state at the start"},
    FixedPart{"resilience", "it says how the run is judged afterwards"},
    FixedPart{"delays", "they are the lookahead of a parallel run"},
};

}  // namespace

std::string_view why_fixed(std::string_view path) {
  const std::string generic = generic_path(path);
  for (const FixedPart& part : fixed_parts)
    if (generic.starts_with(part.path) &&
        (generic.size() == part.path.size() || generic[part.path.size()] == '.' ||
         generic[part.path.size()] == '['))
      return part.why;
  if (generic.ends_with("interval_weeks")) return cycles;
  return {};
}

}  // namespace peercap::peer_support
