#pragma once

#include <atomic>
#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <mutex>
#include <string>
#include <unordered_map>
#include <vector>

#include "app/execution_plan.h"
#include "app/studies/study_point.h"
#include "models/peer_support/behavior/rules.h"
#include "models/peer_support/observation/measures.h"
#include "models/peer_support/scenario/demand_estimate.h"
#include "models/peer_support/scenario/scenario.h"
#include "models/peer_support/scenario/schedule_spec.h"
#include "sim/study/replication_runner.h"

namespace peercap::app {

/// Points by their numbers, [0, count): a function, so that a large design takes no memory. Callable from any
/// thread; asked once for each point, and once more for the first.
struct PointSource {
  std::size_t count = 0;
  std::function<StudyPoint(std::size_t point)> at;
};

/// What one replication of a point gave.
struct PointOutcome {
  std::vector<double>
      measures;          ///< [measures]; NaN where one is not defined, and all of them after a failure
  std::string failure;   ///< why there is none: what is wrong with the point, or how the run failed
  double seconds = 0.0;  ///< that it took
};

using DeliverOutcome =
    std::function<void(std::size_t point, std::int64_t replication, const PointOutcome& outcome)>;

struct PointRunnerOptions {
  ExecutionRequest request = {};
  const std::atomic<bool>* stop = nullptr;
  /// Told after each delivery how many of how many replications of this call are delivered.
  std::function<void(std::size_t done, std::size_t total)> progress = {};
};

/// Runs replications of many points side by side. A point's scenario is made from its base in memory, checked
/// and turned into rules once, when its first replication begins, and forgotten after its last. Replication r
/// of every point has the same chance: common random numbers.
class PointRunner {
 public:
  PointRunner(std::vector<peer_support::Measure> measures, PointRunnerOptions options)
      : measures_{std::move(measures)}, options_{std::move(options)} {}

  /// Runs replications first .. first + count - 1 of each point and delivers them in the order (point,
  /// replication), whatever the number of threads. A point or a replication that fails is delivered with its
  /// message, and the rest goes on. After a stop what is complete from the front has been delivered.
  DeliveryReport run(const PointSource& points, std::int64_t first, std::int64_t count,
                     const DeliverOutcome& deliver);

  /// What was worked out about demand, over all calls.
  [[nodiscard]] const peer_support::DemandMemory& demand() const { return demand_; }

 private:
  /// A point in the making.
  struct Prepared {
    std::once_flag once;
    std::unique_ptr<const peer_support::Rules> rules;
    std::string failure;
    std::int64_t skip = 0;
    std::size_t left = 0;  ///< replications that are not delivered
  };

  [[nodiscard]] std::shared_ptr<Prepared> find(std::size_t point, std::int64_t count);
  void release(std::size_t point);
  void prepare(const PointSource& points, std::size_t number, Prepared& prepared);
  [[nodiscard]] PointOutcome run_one(Prepared& prepared, std::int64_t replication, const ExecutionPlan& plan);

  std::vector<peer_support::Measure> measures_;
  PointRunnerOptions options_;
  peer_support::DemandMemory demand_;
  std::mutex mutex_;  ///< of `prepared_`
  std::unordered_map<std::size_t, std::shared_ptr<Prepared>> prepared_;
};

}  // namespace peercap::app
