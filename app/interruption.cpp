#include "app/interruption.h"

#include <csignal>
#include <cstdint>
#include <ctime>

#include <unistd.h>

namespace peercap::app {
namespace {

// A signal handler can reach nothing but statics; lock-free atomics are safe in it.
std::atomic<bool> stop_requested{false};
std::atomic<int> signal_received{0};
std::atomic<std::int64_t> received_at{0};  // milliseconds of a clock that begins above 0
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free &&
              std::atomic<std::int64_t>::is_always_lock_free);

/// Signals so close to each other are one: a batch system sends its own to every process of a job, and the
/// job's script hands it on.
constexpr std::int64_t one_signal_ms = 1000;

std::int64_t now_ms() {
  timespec now{};
  ::clock_gettime(CLOCK_MONOTONIC, &now);
  return std::int64_t{now.tv_sec} * 1000 + now.tv_nsec / 1'000'000 + 1;
}

void on_signal(int number) {
  const std::int64_t now = now_ms();
  std::int64_t first = 0;
  if (!received_at.compare_exchange_strong(first, now)) {
    if (now - first >= one_signal_ms) _exit(128 + number);
    return;
  }
  signal_received.store(number);
  stop_requested.store(true);
}

// What the process did about the signals before.
struct sigaction interrupt_before {};
struct sigaction terminate_before {};

void set_handler(int number, struct sigaction& before) {
  struct sigaction action {};
  action.sa_handler = on_signal;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, &before);
}

}  // namespace

InterruptionGuard::InterruptionGuard() {
  stop_requested.store(false);
  signal_received.store(0);
  received_at.store(0);
  set_handler(SIGINT, interrupt_before);
  set_handler(SIGTERM, terminate_before);
}

InterruptionGuard::~InterruptionGuard() {
  sigaction(SIGINT, &interrupt_before, nullptr);
  sigaction(SIGTERM, &terminate_before, nullptr);
}

const std::atomic<bool>& InterruptionGuard::stop_flag() const {
  return stop_requested;
}
int InterruptionGuard::signal() const {
  return signal_received.load();
}
ExitCode InterruptionGuard::exit_code() const {
  return signal() == SIGTERM ? ExitCode::terminated : ExitCode::interrupted;
}

}  // namespace peercap::app
