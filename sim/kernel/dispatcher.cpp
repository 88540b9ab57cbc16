#include "sim/kernel/dispatcher.h"

#include <exception>
namespace peercap {
namespace {

/// One step of the running digest: multiply and fold, so that order matters and every bit counts.
std::uint64_t absorb(std::uint64_t digest, std::uint64_t word) {
  __extension__ using Wide = unsigned __int128;
  const Wide product = static_cast<Wide>(digest ^ word ^ 0x9e3779b97f4a7c15ULL) * 0xd6e8feb86659fd93ULL;
  return static_cast<std::uint64_t>(product) ^ static_cast<std::uint64_t>(product >> 64);
}

}  // namespace

void Context::fail(FailureKind failure, SimTime time, std::uint16_t kind) const {
  Event event;
  event.time = time;
  event.kind = kind;
  throw RunFailure{failure, topology_.process(self_).name(), event,
                   "now is tick " + std::to_string(now_.ticks())};
}

void Context::drop_stale() {
  pending_.remove_if([this](const Event& event) { return is_stale(event, records_); });
  stale_ = 0;
}

template <class Handler>
void Dispatcher::guarded(const Event& event, Handler&& handler) const {
  const auto fail = [&](const char* what) {
    throw RunFailure{FailureKind::handler_threw, topology_.process(event.target).name(), event, what};
  };
  try {
    handler();
  } catch (const RunFailure&) {
    throw;
  } catch (const std::exception& error) {
    fail(error.what());
  } catch (...) {
    fail("it threw what is no std::exception");
  }
}

Dispatcher::Dispatcher(const Topology& topology, Context& context, std::vector<ProcessRecord>& records,
                       SimTime begin, SimTime end, Mail* mail)
    : topology_{topology}, context_{context}, records_{records} {
  context_.mail_ = mail;
  context_.now_ = begin;
  context_.end_ = end;
}

void Dispatcher::start(ProcessId id) {
  context_.self_ = id;
  guarded(Event{.time = context_.now_, .tie = {}, .target = id},
          [&] { topology_.process(id).start(context_); });
}

std::uint64_t digest_of(const std::vector<ProcessRecord>& records) {
  std::uint64_t digest = 0;
  for (const ProcessRecord& record : records)
    digest = (digest ^ record.digest) * 0x9fb21c651e98df25ULL + 0x632be59bd9b4e019ULL;
  return digest;
}

bool Dispatcher::dispatch(const Event& event) {
  ProcessRecord& record = records_[event.target.index()];
  if (event.is_timer()) {
    std::uint64_t& armed = record.timers[event.a];
    if (armed != event.tie.bits()) {
      if (context_.stale_ > 0) --context_.stale_;
      return false;
    }
    armed = ProcessRecord::disarmed;
  }
  const std::uint64_t kind = std::uint64_t{event.kind} << 16 | event.small;
  for (const std::uint64_t word :
       {static_cast<std::uint64_t>(event.time.ticks()), event.tie.bits(), kind, event.a, event.b})
    record.digest = absorb(record.digest, word);
  context_.now_ = event.time;
  context_.self_ = event.target;
  guarded(event, [&] { topology_.process(event.target).handle(event, context_); });
  return true;
}

void Dispatcher::finish(ProcessId id) {
  context_.now_ = context_.end_;
  context_.self_ = id;
  context_.closing_ = true;
  guarded(Event{.time = context_.now_, .tie = {}, .target = id},
          [&] { topology_.process(id).finish(context_); });
}

}  // namespace peercap
