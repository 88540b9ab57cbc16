#include "app/export/event_log.h"

#include <algorithm>
#include <map>
#include <tuple>

#include <fmt/format.h>

#include "app/export/table_export.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/results/result_builder.h"
#include "sim/support/state_archive.h"
#include "sim/time/civil_date.h"

namespace peercap::app {
namespace {

using peer_support::Channel;
using peer_support::PeerFact;
using peer_support::RequestEnd;

constexpr double ticks_per_minute = 60e6;

bool is_told(PeerFact kind) {
  switch (kind) {
    case PeerFact::exposure:
    case PeerFact::episode_began:
    case PeerFact::episode_ended:
    case PeerFact::request_made:
    case PeerFact::request_accepted:
    case PeerFact::supporter_assigned:
    case PeerFact::first_contact:
    case PeerFact::session_received:
    case PeerFact::request_ended:
    case PeerFact::handover:
    case PeerFact::supporter_left:
      return true;
    default:
      return false;
  }
}

/// "2026-01-05T09:30:00".
std::string timestamp(SimTime t) {
  const CivilDate date = date_of(t);
  const std::int64_t seconds = (t - date.midnight()).ticks() / 1'000'000;
  return fmt::format("{}T{:02}:{:02}:{:02}", date.to_string(), seconds / 3600, seconds / 60 % 60,
                     seconds % 60);
}

std::string spaced_name(std::string_view name) {
  std::string text{name};
  std::ranges::replace(text, '_', ' ');
  return text;
}

/// One line of the log.
struct Line {
  SimTime time;
  std::string case_id;
  std::string entity;
  std::string activity;
  std::string lifecycle = "complete";
  std::string resource = {};
  std::string pathway = {};
  std::string event_type = "attribute";
};

class Log {
 public:
  Log(const peer_support::Rules& rules, std::uint32_t replication)
      : rules_{rules}, replication_{replication} {}

  void add(const Fact& f) {
    const auto kind = static_cast<PeerFact>(f.kind);
    const std::string person = fmt::format("clinician {}", f.subject);
    switch (kind) {
      case PeerFact::exposure:
        line({f.time, person, person, "exposure"});
        return;
      case PeerFact::episode_began:
        line({f.time, person, person, "distress begins"});
        return;
      case PeerFact::episode_ended:
        line({f.time, person, person, "distress ends"});
        return;
      case PeerFact::request_made:
        line({.time = f.time,
              .case_id = case_of(f.subject, f.a),
              .entity = person,
              .activity = "request",
              .pathway = channel(f),
              .event_type = "arrival_departure"});
        return;
      case PeerFact::request_accepted:
        line({.time = f.time,
              .case_id = case_of(f.subject, f.a),
              .entity = person,
              .activity = "wait for a supporter",
              .pathway = channel(f),
              .event_type = "queue"});
        return;
      case PeerFact::supporter_assigned: {
        const auto client = static_cast<std::uint32_t>(f.b);
        line({.time = f.time,
              .case_id = case_of(client, f.a),
              .entity = fmt::format("clinician {}", client),
              .activity = "supporter assigned",
              .resource = supporter(f.subject),
              .event_type = "attribute"});
        return;
      }
      case PeerFact::first_contact:
        line({.time = f.time,
              .case_id = case_of(f.subject, f.a),
              .entity = person,
              .activity = "first contact",
              .pathway = channel(f)});
        return;
      case PeerFact::session_received: {
        const std::string id = latest_case_of(f.subject);
        const std::string resource = supporter(static_cast<std::uint32_t>(f.b));
        line({.time = SimTime{f.a},
              .case_id = id,
              .entity = person,
              .activity = "session",
              .lifecycle = "start",
              .resource = resource,
              .event_type = "resource_use"});
        line({.time = f.time,
              .case_id = id,
              .entity = person,
              .activity = "session",
              .resource = resource,
              .event_type = "resource_use_end"});
        return;
      }
      case PeerFact::request_ended:
        line({.time = f.time,
              .case_id = case_of(f.subject, f.a),
              .entity = person,
              .activity =
                  "case ends: " + spaced_name(peer_support::to_string(static_cast<RequestEnd>(f.small >> 8))),
              .pathway = channel(f),
              .event_type = "arrival_departure"});
        return;
      case PeerFact::handover: {
        const auto client = static_cast<std::uint32_t>(f.b);
        line({.time = f.time,
              .case_id = case_of(client, f.a),
              .entity = fmt::format("clinician {}", client),
              .activity = "handover",
              .resource = supporter(f.subject)});
        return;
      }
      case PeerFact::supporter_left:
        line({.time = f.time,
              .case_id = supporter(f.subject),
              .entity = supporter(f.subject),
              .activity = "supporter leaves"});
        return;
      default:
        return;
    }
  }

  [[nodiscard]] std::string write() {
    std::ranges::stable_sort(lines_, {}, &Line::time);
    std::string text =
        "replication,case_id,entity_id,activity,lifecycle,timestamp,resource,pathway,event_type,event,time,"
        "resource_id\n";
    for (const Line& l : lines_) {
      if (l.time < rules_.start) continue;
      text += fmt::format("{},{},{},{},{},{},{},{},{},{},{},{}\n", replication_, csv_field(l.case_id),
                          csv_field(l.entity), csv_field(l.activity), l.lifecycle, timestamp(l.time),
                          l.resource, l.pathway, l.event_type, csv_field(event_of(l)),
                          static_cast<double>((l.time - rules_.start).ticks()) / ticks_per_minute,
                          l.resource.empty() ? "" : l.resource.substr(l.resource.find(' ') + 1));
    }
    return text;
  }

 private:
  void line(Line l) { lines_.push_back(std::move(l)); }
  [[nodiscard]] static std::string supporter(std::uint32_t number) {
    return fmt::format("supporter {}", number);
  }
  [[nodiscard]] static std::string channel(const Fact& f) {
    return std::string{peer_support::to_string(static_cast<Channel>(f.small & 0xff))};
  }
  [[nodiscard]] std::string case_of(std::uint32_t clinician, std::int64_t request_ticks) {
    std::string id = fmt::format("clinician {} from {}", clinician, timestamp(SimTime{request_ticks}));
    latest_[clinician] = id;
    return id;
  }
  /// A session does not name its request: it is the one of the client that was spoken of last.
  [[nodiscard]] std::string latest_case_of(std::uint32_t clinician) const {
    const auto found = latest_.find(clinician);
    return found == latest_.end() ? fmt::format("clinician {}", clinician) : found->second;
  }
  /// In the words that tools of animation know: arrival and depart mark the ends of a case.
  [[nodiscard]] static std::string event_of(const Line& l) {
    if (l.event_type != "arrival_departure") return l.activity;
    return l.activity == "request" ? "arrival" : "depart";
  }

  const peer_support::Rules& rules_;
  std::uint32_t replication_;
  std::map<std::uint32_t, std::string> latest_;
  std::vector<Line> lines_;
};

}  // namespace

void EventLogObserver::on_fact(const Fact& fact) {
  if (is_told(static_cast<PeerFact>(fact.kind))) facts_.push_back(fact);
}

void EventLogObserver::absorb(const Observer& other) {
  const auto& more = dynamic_cast<const EventLogObserver&>(other).facts_;
  facts_.insert(facts_.end(), more.begin(), more.end());
}

void EventLogObserver::save(StateWriter& state) const {
  state(facts_);
}
void EventLogObserver::restore(StateReader& state) {
  state(facts_);
}

std::vector<Fact> EventLogObserver::take() {
  std::ranges::sort(facts_, {},
                    [](const Fact& f) { return std::tuple{f.time, f.kind, f.subject, f.a, f.b, f.small}; });
  return std::move(facts_);
}

std::string event_log_csv(const peer_support::Rules& rules, std::uint32_t replication,
                          const std::vector<Fact>& facts) {
  Log log{rules, replication};
  for (const Fact& fact : facts) log.add(fact);
  return log.write();
}

}  // namespace peercap::app
