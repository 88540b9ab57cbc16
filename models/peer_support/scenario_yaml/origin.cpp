#include "models/peer_support/scenario_yaml/origin.h"

#include <fmt/format.h>

namespace peercap::peer_support {

std::string to_string(const Origin& origin) {
  switch (origin.kind) {
    case Origin::Kind::file: {
      std::string text = fmt::format("{}:{}", origin.where.file, origin.where.line);
      if (!origin.cited.empty()) text += fmt::format(", source {}", origin.cited);
      if (!origin.note.empty()) text += fmt::format(" ({})", origin.note);
      return text;
    }
    case Origin::Kind::command_line:
      return "command line";
    case Origin::Kind::default_value:
      break;
  }
  std::string text = fmt::format("default, {}", to_string(origin.grade));
  if (origin.evidence.empty()) return text;
  // What is assumed is not measured by the source: the key only says where to read on.
  return text + fmt::format("{}{})", origin.grade == Grade::assumed ? " (see " : " (", origin.evidence);
}

}  // namespace peercap::peer_support
