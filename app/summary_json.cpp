#include "app/summary_json.h"

#include "models/peer_support/scenario/staffing.h"
#include "sim/io/yaml/json_writer.h"

namespace peercap::app {

std::string summary_json(const peer_support::Scenario& scenario, std::uint64_t clinicians,
                         const peer_support::ResultBuilder& results, const std::string& file,
                         const std::string& status) {
  yaml::JsonWriter json;
  json.begin_object();
  json.key("format").value("peercap-summary/1");
  json.key("scenario").value(scenario.name);
  json.key("status").value(status);
  json.key("file").value(file);
  json.key("clinicians").value(static_cast<std::int64_t>(clinicians));
  json.key("supporters").value(peer_support::count_supporters(scenario));
  json.key("replications").value(static_cast<std::int64_t>(results.replication_count()));
  json.key("measures").begin_object();
  for (std::size_t m = 0; m < peer_support::measure_count; ++m) {
    const auto& info = peer_support::measure_infos()[m];
    const Summary s = results.summary(static_cast<peer_support::Measure>(m));
    json.key(info.name).begin_object();
    json.key("unit").value(info.unit);
    json.key("n").value(s.count);
    json.key("mean").value(s.mean);
    json.key("ci_low").value(s.mean_interval.low);
    json.key("ci_high").value(s.mean_interval.high);
    json.key("sd").value(s.standard_deviation);
    json.key("p05").value(s.p05);
    json.key("p50").value(s.p50);
    json.key("p95").value(s.p95);
    json.end_object();
  }
  json.end_object();
  json.end_object();
  return json.take();
}

}  // namespace peercap::app
