#pragma once

#include <chrono>
#include <cstddef>
#include <string>

namespace peercap::app {

enum class ProgressStyle {
  silent,
  lines,  ///< one line every 10 s
  bar,    ///< redrawn in place on a terminal
};

/// `silent` if asked for, a bar where standard error is a terminal, else lines.
[[nodiscard]] ProgressStyle choose_progress_style(bool quiet);

/// "1 min 05 s", "42 s".
[[nodiscard]] std::string duration_text(double seconds);

/// Tells on standard error how far a number of equal tasks has come, at which rate, and how long it will
/// still take.
class Progress {
 public:
  /// In place of a total that nobody knows.
  static constexpr std::size_t unknown = 0;

  /// `done_before` tasks were done before and say nothing about the rate.
  Progress(ProgressStyle style, std::string what, std::size_t done_before = 0);
  ~Progress();
  Progress(const Progress&) = delete;
  Progress& operator=(const Progress&) = delete;

  void update(std::size_t done, std::size_t total);
  /// Removes the bar, so that other output can follow.
  void clear();

  /// The text of an update, without line ends.
  [[nodiscard]] static std::string line(const std::string& what, std::size_t done, std::size_t total,
                                        double seconds, std::size_t done_before = 0);

 private:
  using Clock = std::chrono::steady_clock;
  ProgressStyle style_;
  std::string what_;
  std::size_t done_before_;
  Clock::time_point begin_ = Clock::now();
  Clock::time_point last_ = begin_;
  bool drawn_ = false;
};

}  // namespace peercap::app
