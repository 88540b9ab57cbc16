#include "models/peer_support/observation/run_record.h"

#include <algorithm>
#include <array>
#include <bit>
#include <numeric>
#include <string>
#include <type_traits>

#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

// Structures of nothing but 64-bit counters are added word by word; the assertions keep it true that they
// are.
template <class Counters>
void add_counters(Counters& to, const Counters& from) {
  static_assert(std::is_trivially_copyable_v<Counters> && sizeof(Counters) % sizeof(std::int64_t) == 0);
  constexpr std::size_t words = sizeof(Counters) / sizeof(std::int64_t);
  auto sums = std::bit_cast<std::array<std::int64_t, words>>(to);
  const auto terms = std::bit_cast<std::array<std::int64_t, words>>(from);
  for (std::size_t i = 0; i < words; ++i) sums[i] += terms[i];
  to = std::bit_cast<Counters>(sums);
}

template <class Rows>
void add_rows(Rows& to, const Rows& from) {
  require(to.size() == from.size(), "records of different runs cannot be merged");
  for (std::size_t i = 0; i < to.size(); ++i) add_counters(to[i], from[i]);
}

void add_integers(std::vector<std::int64_t>& to, const std::vector<std::int64_t>& from) {
  require(to.size() == from.size(), "records of different runs cannot be merged");
  for (std::size_t i = 0; i < to.size(); ++i) to[i] += from[i];
}

template <class Rows>
void append(Rows& to, const Rows& from) {
  to.insert(to.end(), from.begin(), from.end());
}

void add_supporter(SupporterRow& to, const SupporterRow& from) {
  to.cases += from.cases;
  to.sessions += from.sessions;
  to.protected_ticks += from.protected_ticks;
  to.overload_ticks += from.overload_ticks;
  to.program_ticks += from.program_ticks;
  to.program_beyond_ticks += from.program_beyond_ticks;
  to.invited = to.invited || from.invited;
  to.trauma_millionths += from.trauma_millionths;
  to.satisfaction_millionths += from.satisfaction_millionths;
  to.exhaustion_millionths += from.exhaustion_millionths;
  to.open_cases += from.open_cases;
  to.joined_before_start = to.joined_before_start || from.joined_before_start;
  to.active_at_end = to.active_at_end || from.active_at_end;
  if (from.joined) {
    to.joined = true;
    to.joined_ticks = from.joined_ticks;
  }
  if (from.exit != ExitReason::none) {
    to.exit = from.exit;
    to.exit_ticks = from.exit_ticks;
    to.left_before_start = from.left_before_start;
  }
}

}  // namespace

void merge_into(RunRecord& record, const RunRecord& other) {
  add_counters(record.counts, other.counts);
  append(record.contact_waits, other.contact_waits);
  append(record.episode_contacts, other.episode_contacts);
  append(record.contacted_episodes, other.contacted_episodes);
  require(record.supporters.size() == other.supporters.size(), "records of different runs cannot be merged");
  for (std::size_t i = 0; i < record.supporters.size(); ++i)
    add_supporter(record.supporters[i], other.supporters[i]);
  add_rows(record.units, other.units);
  add_rows(record.destinations, other.destinations);
  add_rows(record.weeks, other.weeks);
  add_rows(record.supporter_weeks, other.supporter_weeks);
  for (std::size_t i = 0; i < grouping_count; ++i) add_rows(record.groups[i], other.groups[i]);
  add_rows(record.causes, other.causes);
  add_rows(record.waves, other.waves);
  for (std::size_t i = 0; i < grouping_count; ++i)
    add_rows(record.supporter_scores[i], other.supporter_scores[i]);
  add_integers(record.leavers_by_profession, other.leavers_by_profession);
  add_integers(record.month_requests, other.month_requests);
  add_integers(record.month_self_referrals, other.month_self_referrals);
  record.waits.merge(other.waits);
  record.uncontacted.merge(other.uncontacted);
  record.recoveries.merge(other.recoveries);
  require(record.referral_waits.size() == other.referral_waits.size(),
          "records of different runs cannot be merged");
  for (std::size_t i = 0; i < record.referral_waits.size(); ++i)
    record.referral_waits[i].merge(other.referral_waits[i]);
}

void sort_lists(RunRecord& record) {
  std::ranges::sort(record.contact_waits);
  std::ranges::sort(record.episode_contacts);
  std::ranges::sort(record.contacted_episodes);
}

bool have_equal_shapes(const RunRecord& a, const RunRecord& b) {
  const auto equal_sizes = [](const auto& x, const auto& y) { return x.size() == y.size(); };
  return equal_sizes(a.supporters, b.supporters) && equal_sizes(a.units, b.units) &&
         equal_sizes(a.destinations, b.destinations) && equal_sizes(a.weeks, b.weeks) &&
         equal_sizes(a.supporter_weeks, b.supporter_weeks) &&
         std::ranges::equal(a.groups, b.groups, equal_sizes) && equal_sizes(a.causes, b.causes) &&
         equal_sizes(a.waves, b.waves) &&
         std::ranges::equal(a.supporter_scores, b.supporter_scores, equal_sizes) &&
         equal_sizes(a.leavers_by_profession, b.leavers_by_profession) &&
         equal_sizes(a.month_requests, b.month_requests) &&
         equal_sizes(a.month_self_referrals, b.month_self_referrals);
}

void require_balance(const RunCounts& counts) {
  const auto require_equal = [](const std::string& what, std::int64_t begun, std::int64_t ended) {
    if (begun != ended)
      throw ContractViolation{"of " + std::to_string(begun) + " " + what + ", " + std::to_string(ended) +
                              " have an end"};
  };
  for (std::size_t channel = 0; channel < channel_count; ++channel) {
    const auto& ends = counts.ended[channel];
    require_equal("requests of channel " + std::to_string(channel), counts.requests[channel],
                  std::accumulate(ends.begin(), ends.end(), std::int64_t{0}));
  }
  require_equal("episodes", counts.episodes,
                counts.episodes_recovered + counts.episodes_left + counts.episodes_open);
}

}  // namespace peercap::peer_support
