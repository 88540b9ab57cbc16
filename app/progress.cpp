#include "app/progress.h"

#include <cstdio>
#include <memory>

#include <fmt/format.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>
#include <unistd.h>

namespace peercap::app {
namespace {

/// What is read later, in a batch system's log, has to say when it was written.
void log_line(const std::string& text) {
  static const auto logger = [] {
    auto made =
        std::make_shared<spdlog::logger>("progress", std::make_shared<spdlog::sinks::stderr_sink_mt>());
    made->set_pattern("%Y-%m-%d %H:%M:%S %v");
    return made;
  }();
  logger->info(text);
}

}  // namespace

ProgressStyle choose_progress_style(bool quiet) {
  if (quiet) return ProgressStyle::silent;
  return isatty(STDERR_FILENO) != 0 ? ProgressStyle::bar : ProgressStyle::lines;
}

std::string duration_text(double seconds) {
  const auto whole = static_cast<long>(seconds + 0.5);
  if (whole >= 3600) return fmt::format("{} h {:02} min", whole / 3600, whole / 60 % 60);
  if (whole >= 60) return fmt::format("{} min {:02} s", whole / 60, whole % 60);
  return fmt::format("{} s", whole);
}

Progress::Progress(ProgressStyle style, std::string what, std::size_t done_before)
    : style_{style}, what_{std::move(what)}, done_before_{done_before} {}

Progress::~Progress() {
  clear();
}

std::string Progress::line(const std::string& what, std::size_t done, std::size_t total, double seconds,
                           std::size_t done_before) {
  std::string text =
      total == unknown ? fmt::format("{} {}", what, done) : fmt::format("{} {} of {}", what, done, total);
  if (done > done_before && seconds > 0.0) {
    const double rate = static_cast<double>(done - done_before) / seconds;
    text += fmt::format(", {:.3g} a second", rate);
    if (done < total) text += ", " + duration_text(static_cast<double>(total - done) / rate) + " left";
  }
  return text;
}

void Progress::update(std::size_t done, std::size_t total) {
  if (style_ == ProgressStyle::silent) return;
  const auto now = Clock::now();
  const auto pause =
      style_ == ProgressStyle::bar ? std::chrono::milliseconds{100} : std::chrono::milliseconds{10'000};
  if (now - last_ < pause) return;
  last_ = now;
  const std::string text =
      line(what_, done, total, std::chrono::duration<double>(now - begin_).count(), done_before_);
  if (style_ == ProgressStyle::lines) {
    log_line(text);
    return;
  }
  constexpr std::size_t width = 24;
  const std::size_t filled = total == unknown ? 0 : done * width / total;
  const std::string bar =
      total == unknown ? ""
                       : fmt::format("[{}{}] ", std::string(filled, '#'), std::string(width - filled, '.'));
  fmt::print(stderr, "\r\033[K{}{}", bar, text);
  std::fflush(stderr);
  drawn_ = true;
}

void Progress::clear() {
  if (!drawn_) return;
  fmt::print(stderr, "\r\033[K");
  std::fflush(stderr);
  drawn_ = false;
}

}  // namespace peercap::app
