#include "models/peer_support/scenario_yaml/evidence.h"

#include <algorithm>
#include <array>
#include <set>
#include <utility>

#include <fmt/format.h>

#include "models/peer_support/scenario_yaml/embedded_evidence.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/similar.h"
#include "sim/support/contract.h"

namespace peercap::peer_support {
namespace {

constexpr std::array confidences{Confidence::full_text, Confidence::abstract, Confidence::secondary,
                                 Confidence::derived};

struct Member {
  std::string_view key;
  std::string EvidenceEntry::*text;
  bool required;
};
constexpr std::array members{
    Member{"key", &EvidenceEntry::key, true},
    Member{"citation", &EvidenceEntry::citation, true},
    Member{"locator", &EvidenceEntry::locator, false},
    Member{"quantity", &EvidenceEntry::quantity, true},
    Member{"value", &EvidenceEntry::value, true},
    Member{"population", &EvidenceEntry::population, false},
    Member{"note", &EvidenceEntry::note, false},
};

class EvidenceReader {
 public:
  EvidenceReader(const std::string& file, Diagnostics& diagnostics)
      : file_{file}, diagnostics_{diagnostics} {}

  EvidenceEntry read(const yaml::Node& node) {
    EvidenceEntry entry;
    if (node.kind != yaml::NodeKind::mapping) {
      error(node.place, "an entry must be a mapping");
      return entry;
    }
    for (const yaml::Entry& member : node.entries) read_member(member, entry);
    for (const Member& member : members)
      if (member.required && (entry.*member.text).empty())
        error(node.place, fmt::format("`{}` is missing", member.key));
    if (node.find("confidence") == nullptr) error(node.place, "`confidence` is missing");
    if (!entry.key.empty() && !keys_.insert(entry.key).second)
      error(node.place, fmt::format("duplicate key `{}`", entry.key));
    return entry;
  }

  void error(yaml::Place place, std::string what, std::string suggestion = {}) {
    diagnostics_.error({file_, place.line, place.column}, std::move(what), std::move(suggestion));
  }

 private:
  void read_member(const yaml::Entry& member, EvidenceEntry& entry) {
    if (member.value.kind != yaml::NodeKind::scalar) {
      error(member.value.place, fmt::format("`{}` must be a text", member.key));
      return;
    }
    if (member.key == "confidence") {
      const auto* const found =
          std::ranges::find_if(confidences, [&](Confidence c) { return to_string(c) == member.value.text; });
      if (found == confidences.end())
        error(member.value.place,
              fmt::format("`{}` is not one of full text, abstract, secondary, derived", member.value.text));
      else
        entry.confidence = *found;
      return;
    }
    const auto* const found = std::ranges::find(members, std::string_view{member.key}, &Member::key);
    if (found == members.end())
      error(member.key_place, fmt::format("unknown key `{}`", member.key));
    else
      entry.*(found->text) = member.value.text;
  }

  const std::string& file_;
  Diagnostics& diagnostics_;
  std::set<std::string> keys_;
};

}  // namespace

std::string_view to_string(Confidence confidence) {
  switch (confidence) {
    case Confidence::full_text:
      return "full text";
    case Confidence::abstract:
      return "abstract";
    case Confidence::secondary:
      return "secondary";
    case Confidence::derived:
      return "derived";
  }
  return "?";
}

std::optional<std::vector<EvidenceEntry>> parse_evidence(std::string_view text, const std::string& file,
                                                         Diagnostics& diagnostics) {
  const std::size_t errors = diagnostics.error_count();
  const auto root = yaml::parse_document(text, file, diagnostics);
  if (!root) return std::nullopt;
  EvidenceReader reader{file, diagnostics};
  const yaml::Entry* format = root->find("format");
  if (format == nullptr || format->value.text != "peercap-evidence/1")
    reader.error(root->place, "the file must begin with `format: peercap-evidence/1`");
  const yaml::Entry* list = root->find("evidence");
  if (list == nullptr || list->value.kind != yaml::NodeKind::sequence) {
    reader.error(root->place, "the list `evidence` is missing");
    return std::nullopt;
  }
  std::vector<EvidenceEntry> entries;
  for (const yaml::Node& node : list->value.items) entries.push_back(reader.read(node));
  if (diagnostics.error_count() > errors) return std::nullopt;
  return entries;
}

const std::vector<EvidenceEntry>& built_in_evidence() {
  static const std::vector<EvidenceEntry> entries = [] {
    Diagnostics diagnostics;
    auto parsed = parse_evidence(embedded_evidence_text(), "configs/evidence.yaml", diagnostics);
    require(parsed.has_value(), "the evidence built into the program cannot be read");
    return std::move(*parsed);
  }();
  return entries;
}

const EvidenceEntry* find_evidence(std::string_view key) {
  const auto& entries = built_in_evidence();
  const auto found = std::ranges::find(entries, key, &EvidenceEntry::key);
  return found == entries.end() ? nullptr : &*found;
}

}  // namespace peercap::peer_support
