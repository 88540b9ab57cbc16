#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "sim/support/diagnostics.h"

namespace peercap::peer_support {

/// How a published figure was seen.
enum class Confidence {
  full_text,  ///< the paper itself, or a program's own page
  abstract,   ///< the abstract or the publisher's page
  secondary,  ///< news, or another paper that cites it
  derived,    ///< computed from other figures; the note shows how
};
[[nodiscard]] std::string_view to_string(Confidence confidence);

/// One published figure.
struct EvidenceEntry {
  std::string key;       ///< "lane2018.escalated"
  std::string citation;  ///< authors as far as known, title or journal, year
  std::string locator;   ///< DOI or address; may be empty
  std::string quantity;
  std::string value;
  std::string population;  ///< who was measured, and how many; may be empty
  Confidence confidence = Confidence::abstract;
  std::string note;  ///< may be empty
};

/// Reads a file of evidence, strictly: every entry has a key of its own, a citation, a quantity, a value and
/// a confidence. Nothing where there is an error.
[[nodiscard]] std::optional<std::vector<EvidenceEntry>> parse_evidence(std::string_view text,
                                                                       const std::string& file,
                                                                       Diagnostics& diagnostics);

/// The evidence that was built into the program, in the order of configs/evidence.yaml.
[[nodiscard]] const std::vector<EvidenceEntry>& built_in_evidence();

/// The built-in entry of this key, or null.
[[nodiscard]] const EvidenceEntry* find_evidence(std::string_view key);

}  // namespace peercap::peer_support
