#pragma once

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace peercap::peer_support {

/// The levels of every categorical lever. `level_names(level)` gives the words used in files, in order of
/// value.

enum class OrganizationDraw : std::uint8_t { per_replication, fixed };
[[nodiscard]] constexpr auto level_names(OrganizationDraw) {
  return std::array<std::string_view, 2>{"per_replication", "fixed"};
}

/// How the teams of a unit take turns; see docs/theory/model.md.
enum class ShiftPattern : std::uint8_t { office, day_evening, round_the_clock_8h, round_the_clock_12h };
[[nodiscard]] constexpr auto level_names(ShiftPattern) {
  return std::array<std::string_view, 4>{"office", "day_evening", "round_the_clock_8h",
                                         "round_the_clock_12h"};
}

/// Teams that take turns in a unit with this pattern.
[[nodiscard]] constexpr std::size_t team_count(ShiftPattern pattern) {
  switch (pattern) {
    case ShiftPattern::office:
      return 1;
    case ShiftPattern::day_evening:
      return 3;
    case ShiftPattern::round_the_clock_8h:
    case ShiftPattern::round_the_clock_12h:
      return 4;
  }
  return 1;
}

/// What a person of a roster is to the program.
enum class RosterRole : std::uint8_t { none, supporter, trainee };
[[nodiscard]] constexpr auto level_names(RosterRole) {
  return std::array<std::string_view, 3>{"none", "supporter", "trainee"};
}

/// Whether a matching rule is ignored, wished for (and dropped when time runs out), or never broken.
enum class MatchRule : std::uint8_t { none, preferred, required };
[[nodiscard]] constexpr auto level_names(MatchRule) {
  return std::array<std::string_view, 3>{"none", "preferred", "required"};
}

/// What ends a case before the cap: a fixed chance after each session, or the client's distress below the
/// threshold.
enum class ClosingRule : std::uint8_t { probability, threshold };
[[nodiscard]] constexpr auto level_names(ClosingRule) {
  return std::array<std::string_view, 2>{"probability", "threshold"};
}

/// Whether a supporter without protected time left may still be given a case.
enum class UnprotectedWork : std::uint8_t { allowed, refused };
[[nodiscard]] constexpr auto level_names(UnprotectedWork) {
  return std::array<std::string_view, 2>{"allowed", "refused"};
}

/// After which clinical events the program contacts those who were hit.
enum class OutreachScope : std::uint8_t { all, severe };
[[nodiscard]] constexpr auto level_names(OutreachScope) {
  return std::array<std::string_view, 2>{"all", "severe"};
}

/// Which units supporters visit.
enum class RoundingPolicy : std::uint8_t { none, high_risk, all };
[[nodiscard]] constexpr auto level_names(RoundingPolicy) {
  return std::array<std::string_view, 3>{"none", "high_risk", "all"};
}

enum class GroupDebriefPolicy : std::uint8_t { off, on_request, automatic };
[[nodiscard]] constexpr auto level_names(GroupDebriefPolicy) {
  return std::array<std::string_view, 3>{"off", "on_request", "automatic"};
}

/// What follows from a check-in whose score is above the cut.
enum class CheckInAction : std::uint8_t { rest, no_new_cases };
[[nodiscard]] constexpr auto level_names(CheckInAction) {
  return std::array<std::string_view, 2>{"rest", "no_new_cases"};
}

/// Where a supporter who is distressed goes.
enum class OwnAccess : std::uint8_t { program, professional, other_site };
[[nodiscard]] constexpr auto level_names(OwnAccess) {
  return std::array<std::string_view, 3>{"program", "professional", "other_site"};
}

/// Whether protected time is hours to be used at any time, or stretches of the week that are kept free of
/// other duties.
enum class ProtectedTimeForm : std::uint8_t { budget, windows };
[[nodiscard]] constexpr auto level_names(ProtectedTimeForm) {
  return std::array<std::string_view, 2>{"budget", "windows"};
}

/// Who becomes a supporter, and in which order later cohorts are invited: anybody who comes forward, by
/// chance; those whom most colleagues name, each naming one of those they trust; or one of every unit before
/// a second of any.
enum class Selection : std::uint8_t { open, nominated, every_unit };
[[nodiscard]] constexpr auto level_names(Selection) {
  return std::array<std::string_view, 3>{"open", "nominated", "every_unit"};
}

/// Who is matched first among those who wait.
enum class Priority : std::uint8_t { arrival, severity, oldest_event };
[[nodiscard]] constexpr auto level_names(Priority) {
  return std::array<std::string_view, 3>{"arrival", "severity", "oldest_event"};
}

/// Who is given a case, of the supporters whom the matching rules allow: the one with the best score; the one
/// whose last case was given the longest ago; whose last session ended the longest ago; with the fewest open
/// cases; with the least strain from the role; anybody by chance; or the one of the client's own choice, who
/// is the same in every case of theirs.
enum class Dispatch : std::uint8_t {
  best_match,
  in_turn,
  longest_idle,
  least_loaded,
  least_strained,
  random,
  own_choice
};
[[nodiscard]] constexpr auto level_names(Dispatch) {
  return std::array<std::string_view, 7>{"best_match",     "in_turn", "longest_idle", "least_loaded",
                                         "least_strained", "random",  "own_choice"};
}

enum class Switch : std::uint8_t { off, on };
[[nodiscard]] constexpr auto level_names(Switch) {
  return std::array<std::string_view, 2>{"off", "on"};
}

/// The law of a service or session length around its mean.
enum class ServiceLaw : std::uint8_t { fixed, exponential, lognormal, two_phases, hyperexponential };
[[nodiscard]] constexpr auto level_names(ServiceLaw) {
  return std::array<std::string_view, 5>{"fixed", "exponential", "lognormal", "two_phases",
                                         "hyperexponential"};
}

}  // namespace peercap::peer_support
