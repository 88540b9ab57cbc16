#include "app/command_line.h"

namespace peercap::app {
namespace {

/// Removes a word that stands alone.
void remove_word(std::string& line, const std::string& word) {
  const std::string spaced = " " + word;
  for (std::size_t at = line.find(spaced); at != std::string::npos; at = line.find(spaced, at)) {
    const std::size_t end = at + spaced.size();
    if (end == line.size() || line[end] == ' ')
      line.erase(at, spaced.size());
    else
      at = end;
  }
}

bool names_result(const std::string& line) {
  return line.find(" --out ") != std::string::npos || line.find(" --out=") != std::string::npos ||
         line.find(" -o") != std::string::npos;
}

}  // namespace

std::string shell_word(const std::string& text) {
  const bool plain = !text.empty() && text.find_first_of(" \t\n'\"\\$`&|;<>()*?[]{}~#!") == std::string::npos;
  if (plain) return text;
  std::string word = "'";
  for (const char c : text) word += c == '\'' ? std::string{"'\\''"} : std::string(1, c);
  return word + "'";
}

std::string join_arguments(int argc, const char* const* argv) {
  std::string line = "peercap";
  for (int i = 1; i < argc; ++i) line += " " + shell_word(argv[i]);
  return line;
}

std::string command_with(const std::string& command_line, const std::string& flag,
                         const std::filesystem::path& result) {
  std::string line = command_line;
  for (const char* word : {"--resume", "--discard-partial"}) remove_word(line, word);
  if (!names_result(line)) line += " --out " + shell_word(result.lexically_normal().string());
  return flag.empty() ? line : line + " " + flag;
}

}  // namespace peercap::app
