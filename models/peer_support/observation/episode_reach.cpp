#include "models/peer_support/observation/episode_reach.h"

#include <algorithm>
#include <limits>
#include <vector>

namespace peercap::peer_support {
namespace {

/// The first contact of `episode` among `contacts`, which are sorted; null where there is none.
const EpisodeContact* contact_of(const ContactedEpisode& episode,
                                 const std::vector<EpisodeContact>& contacts) {
  const auto first =
      std::ranges::lower_bound(contacts, EpisodeContact{.clinician = episode.clinician,
                                                        .time = episode.begin,
                                                        .exposure = std::numeric_limits<std::int64_t>::min(),
                                                        .channel = 0});
  const EpisodeContact* any = nullptr;
  for (auto it = first; it != contacts.end() && it->clinician == episode.clinician && it->time <= episode.end;
       ++it) {
    // The case of an episode that has passed can bring a contact in the next one: its exposure was before
    // that.
    if (it->exposure >= episode.begin) return &*it;
    // An episode of the begin of the run goes back to an exposure before it.
    if (any == nullptr) any = &*it;
  }
  return any;
}

}  // namespace

EpisodeReach reach_of_episodes(const RunRecord& record) {
  EpisodeReach reach;
  reach.waits.merge(record.uncontacted);
  std::vector<EpisodeContact> contacts = record.episode_contacts;
  std::ranges::sort(contacts);
  for (const ContactedEpisode& episode : record.contacted_episodes) {
    const EpisodeContact* contact = contact_of(episode, contacts);
    const std::int64_t time = contact != nullptr ? contact->time : episode.end;
    reach.waits.add({time - episode.begin, static_cast<int>(WaitEnd::contacted)});
    if (contact != nullptr) ++reach.contacted[static_cast<std::size_t>(contact->channel)];
  }
  return reach;
}

}  // namespace peercap::peer_support
