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

}  // namespace peercap::app
