#pragma once

#include <cstdlib>
#include <filesystem>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <unistd.h>

/// The program itself, PEERCAP_PROGRAM, as a process.
namespace peercap::app::testing {

using Words = std::vector<std::string>;

/// How a process ended: its exit code, or the negative number of the signal that ended it.
inline int exit_of(pid_t process) {
  int status = 0;
  if (::waitpid(process, &status, 0) != process) return 1000;
  return WIFEXITED(status) ? WEXITSTATUS(status) : -WTERMSIG(status);
}

/// Variables of the environment beside those that are there.
using Environment = std::vector<std::pair<std::string, std::string>>;

/// `peercap WORDS...`, its messages in `messages`. With files of at most `largest_file` bytes, where that is
/// given. Its runs are checked for broken invariants, unless PEERCAP_CHECK says otherwise.
inline pid_t start_program(const Words& words, const std::filesystem::path& messages,
                           std::optional<rlim_t> largest_file = std::nullopt,
                           const Environment& environment = {}) {
  std::vector<char*> arguments;
  static char program[] = PEERCAP_PROGRAM;
  arguments.push_back(program);
  for (const std::string& word : words) arguments.push_back(const_cast<char*>(word.c_str()));
  arguments.push_back(nullptr);
  const pid_t process = ::fork();
  if (process != 0) return process;
  ::setenv("PEERCAP_CHECK", "1", 0);
  const int file = ::open(messages.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0666);
  const int nothing = ::open("/dev/null", O_WRONLY);
  if (file < 0 || ::dup2(file, STDERR_FILENO) < 0 || ::dup2(nothing, STDOUT_FILENO) < 0) ::_exit(99);
  if (largest_file) {
    const rlimit limit{*largest_file, *largest_file};
    ::signal(SIGXFSZ, SIG_IGN);
    if (::setrlimit(RLIMIT_FSIZE, &limit) != 0) ::_exit(98);
  }
  for (const auto& [name, value] : environment)
    if (::setenv(name.c_str(), value.c_str(), 1) != 0) ::_exit(96);
  ::execv(program, arguments.data());
  ::_exit(97);
}

}  // namespace peercap::app::testing
