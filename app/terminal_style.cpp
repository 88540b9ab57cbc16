#include "app/terminal_style.h"

#include <cstdlib>
#include <string_view>

#include <unistd.h>

namespace peercap::app {

yaml::Color choose_color(Stream stream) {
  const char* no_color = std::getenv("NO_COLOR");
  if (no_color != nullptr && *no_color != '\0') return yaml::Color::never;
  const char* terminal = std::getenv("TERM");
  if (terminal == nullptr || std::string_view{terminal} == "dumb") return yaml::Color::never;
  const int descriptor = stream == Stream::output ? STDOUT_FILENO : STDERR_FILENO;
  return ::isatty(descriptor) == 1 ? yaml::Color::always : yaml::Color::never;
}

}  // namespace peercap::app
