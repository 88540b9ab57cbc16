#include "models/peer_support/scenario/message_number.h"

#include <cmath>
#include <cstdio>

namespace peercap::peer_support {

std::string text_of(double value) {
  char text[64];
  const int digits = std::abs(value) >= 100 || value == std::floor(value) ? 0 : std::abs(value) >= 10 ? 1 : 2;
  std::snprintf(text, sizeof text, "%.*f", digits, value);
  return text;
}

}  // namespace peercap::peer_support
