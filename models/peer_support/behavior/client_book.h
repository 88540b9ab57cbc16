#pragma once

#include <cstddef>
#include <cstdint>
#include <deque>
#include <vector>

namespace peercap::peer_support {

/// What a desk remembers of one clinician.
struct ClientRecord {
  static constexpr std::uint32_t none = ~std::uint32_t{0};

  std::uint32_t open_case = none;       ///< into the desk's cases
  std::uint32_t supporter = none;       ///< into the desk's roster, of those who are or were supporters
  std::uint32_t last_episode = 0;       ///< the latest with a request
  std::uint32_t contacted_episode = 0;  ///< the latest with a contact
  std::uint32_t past_episode = 0;       ///< the latest of those who held the position before
  std::uint16_t requests_in_episode = 0;
  std::uint16_t incarnation = 0;  ///< grows when the person leaves the organization

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(open_case, supporter, last_episode, contacted_episode, past_episode, requests_in_episode,
            incarnation);
  }
};

/// The records of a site's clinicians. Most people never ask for support: of them the book has four bytes, a
/// record of those alone of whom there is something to remember.
class ClientBook {
 public:
  void resize(std::size_t people) { places_.resize(people, 0); }
  [[nodiscard]] std::size_t people() const { return places_.size(); }

  /// Of the clinician at `place` of the site, in [0, people()); an empty record of whom nothing was written.
  [[nodiscard]] const ClientRecord& operator[](std::size_t place) const {
    static constexpr ClientRecord nothing;
    const std::uint32_t entry = places_[place];
    return entry == 0 ? nothing : records_[entry - 1];
  }

  /// The same to write to. The reference stays good while other records are made.
  [[nodiscard]] ClientRecord& entry(std::size_t place) {
    if (places_[place] == 0) {
      records_.emplace_back();
      places_[place] = static_cast<std::uint32_t>(records_.size());
    }
    return records_[places_[place] - 1];
  }

  template <class Archive>
  void visit_state(Archive& archive) {
    archive.sparse("clients", places_);
    archive(records_);
  }

 private:
  std::vector<std::uint32_t> places_;  ///< [person of the site], from 1; 0 without a record
  std::deque<ClientRecord> records_;   ///< in the order in which they came
};

}  // namespace peercap::peer_support
