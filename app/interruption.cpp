#include "app/interruption.h"

#include <csignal>

#include <unistd.h>

namespace peercap::app {
namespace {

// A signal handler can reach nothing but statics; lock-free atomics are safe in it.
std::atomic<bool> stop_requested{false};
std::atomic<int> signal_received{0};
static_assert(std::atomic<bool>::is_always_lock_free && std::atomic<int>::is_always_lock_free);

void on_signal(int number) {
  if (stop_requested.exchange(true)) _exit(128 + number);
  signal_received.store(number);
}

void set_handler(int number, void (*handler)(int)) {
  struct sigaction action {};
  action.sa_handler = handler;
  sigemptyset(&action.sa_mask);
  sigaction(number, &action, nullptr);
}

}  // namespace

InterruptionGuard::InterruptionGuard() {
  stop_requested.store(false);
  signal_received.store(0);
  set_handler(SIGINT, on_signal);
  set_handler(SIGTERM, on_signal);
}

InterruptionGuard::~InterruptionGuard() {
  set_handler(SIGINT, SIG_DFL);
  set_handler(SIGTERM, SIG_DFL);
}

const std::atomic<bool>& InterruptionGuard::stop_flag() const {
  return stop_requested;
}
int InterruptionGuard::signal() const {
  return signal_received.load();
}

}  // namespace peercap::app
