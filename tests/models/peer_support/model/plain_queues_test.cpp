// By configuration alone the whole simulator becomes a queue whose law is known: direct requests as Poisson
// arrivals, one session a case, one case a supporter, everybody free at all hours, nothing in between. Each
// figure is compared within four standard errors over independent replications.

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <functional>
#include <map>
#include <vector>

#include <gtest/gtest.h>

#include "sim/kernel/sequential_engine.h"
#include "tests/models/peer_support/world.h"
#include "tests/sim/kernel/unsaved.h"

namespace peercap::peer_support {
namespace {

// Time in sessions: the mean session is an hour, rates are per hour.

/// Stationary law of a birth-death process on 0 ... size - 1.
std::vector<double> birth_death(std::size_t size, double birth, const std::function<double(double)>& death) {
  std::vector<double> p{1.0};
  double sum = 1.0;
  for (std::size_t n = 1; n < size; ++n) {
    p.push_back(p.back() * birth / death(static_cast<double>(n)));
    sum += p.back();
  }
  for (double& value : p) value /= sum;
  return p;
}

struct QueueLaw {
  double p_wait = 0.0;
  double p_abandon = 0.0;
  double mean_wait = 0.0;  ///< of all arrivals, until service or giving up
  double mean_busy = 0.0;
};

/// M/M/c+M: arrivals `lambda`, services of mean 1, patience of mean 1/theta (0: for ever).
QueueLaw law_of(double lambda, int servers, double theta) {
  const auto c = static_cast<double>(servers);
  const auto p =
      birth_death(2000, lambda, [&](double n) { return std::min(n, c) + std::max(0.0, n - c) * theta; });
  QueueLaw law;
  double queue = 0.0;
  for (std::size_t n = 0; n < p.size(); ++n) {
    const auto people = static_cast<double>(n);
    if (people >= c) law.p_wait += p[n];  // who arrives sees the stationary law
    queue += std::max(0.0, people - c) * p[n];
    law.mean_busy += std::min(people, c) * p[n];
  }
  law.mean_wait = queue / lambda;
  law.p_abandon = theta * queue / lambda;
  return law;
}

TEST(QueueLaws, GiveThePublishedValues) {
  EXPECT_NEAR(law_of(4.0, 5, 0.0).p_wait, 0.554113, 1e-6);
  EXPECT_NEAR(law_of(4.0, 5, 0.0).mean_wait, 0.554113, 1e-6);
  const QueueLaw impatient = law_of(4.0, 5, 0.5);
  EXPECT_NEAR(impatient.p_wait, 0.415052, 1e-6);
  EXPECT_NEAR(impatient.p_abandon, 0.0779687, 1e-7);
  EXPECT_NEAR(impatient.mean_wait, 0.623749 / 4.0, 1e-6);
}

Scenario plain_queue(double requests_per_hour, int servers) {
  Scenario s = testing::plain_scenario(4, 100, servers);
  testing::simplify_people(s);
  s.run.burn_in = weeks(1);
  s.run.horizon = weeks(5);
  s.environment.exposure_rate = {};
  s.organization.sites[0].departments[0].shift_pattern = ShiftPattern::office;
  for (const auto loop :
       {&Loops::error, &Loops::overload, &Loops::visibility, &Loops::contagion, &Loops::meaning,
        &Loops::powerlessness, &Loops::relief, &Loops::delay, &Loops::recovery, &Loops::care,
        &Loops::recruitment, &Loops::referral, &Loops::upstream})
    s.loops.*loop = Switch::off;
  s.activation.direct_requests = per_day(24.0 * requests_per_hour);
  s.access.meeting_hours = WeeklyWindows::always();
  s.access.release_from_shift = {1.0};
  s.access.lead_time = SimDuration{};
  s.access.booking_grid = microseconds(1);
  s.program.coordinator_windows = WeeklyWindows::always();
  s.program.coordinator_hours = {168.0};
  s.program.triage_time = SimDuration{};
  s.matching = {.same_profession = MatchRule::none,
                .same_career_stage = MatchRule::none,
                .different_unit = MatchRule::none,
                .outside_authority = MatchRule::none};
  s.case_rules.max_cases = 1;
  s.case_rules.max_sessions = 1;
  s.case_rules.session_length = hours(1);
  s.case_rules.session_law = ServiceLaw::exponential;
  s.case_rules.administration = SimDuration{};
  s.case_rules.early_referral = s.case_rules.unresolved_referral = {0.0};
  s.case_rules.effect_fast = {0.0};
  s.supporters.exit.role_rate = {};
  s.supporters.leave.rate = {};
  s.delays = {seconds(1), seconds(1), seconds(1), seconds(1)};
  return s;
}

/// Keeps what the queues are judged by, of requests made after the burn-in.
class QueueObserver final : public peercap::testing::Unsaved<Observer> {
 public:
  explicit QueueObserver(const Rules& rules) : rules_{rules} {}

  void on_fact(const Fact& fact) override {
    const auto kind = testing::kind_of(fact);
    if (kind == PeerFact::session_received) {
      add_session(SimTime{fact.a}, fact.time);
      return;
    }
    if (kind == PeerFact::request_made && fact.time >= rules_.start) ++requests;
    if (kind == PeerFact::first_contact && SimTime{fact.a} >= rules_.start) {
      ++served;
      waited += fact.time.ticks() > fact.a ? 1 : 0;
      wait_hours += (fact.time - SimTime{fact.a}).in_hours();
    }
    if (kind != PeerFact::request_ended || SimTime{fact.a} < rules_.start) return;
    if (testing::end_of(fact) == RequestEnd::withdrew) {
      ++gave_up;
      wait_hours += (fact.time - SimTime{fact.a}).in_hours();
    }
    merged += testing::end_of(fact) == RequestEnd::merged ? 1 : 0;
  }
  [[nodiscard]] std::unique_ptr<Observer> fork() const override { return nullptr; }
  void absorb(const Observer&) override {}

  /// Sessions that run at each third hour after the start, but for the last two days, of which not all
  /// sessions have ended.
  [[nodiscard]] std::vector<double> in_session() const {
    std::vector<double> counts;
    const std::int64_t last = (rules_.end - rules_.start - days(2)) / step;
    for (std::int64_t i = 0; i < last; ++i) {
      const auto found = changes_.find(i);
      counts.push_back((counts.empty() ? 0.0 : counts.back()) +
                       static_cast<double>(found == changes_.end() ? 0 : found->second));
    }
    return counts;
  }

  double requests = 0, served = 0, waited = 0, gave_up = 0, merged = 0, wait_hours = 0, busy_hours = 0;

 private:
  static constexpr SimDuration step = hours(3);

  void add_session(SimTime begin, SimTime end) {
    if (end <= rules_.start) return;
    busy_hours += (end - std::max(begin, rules_.start)).in_hours();
    // Counted at the multiples of the step in [begin, end).
    const auto first_at_or_after = [this](SimTime t) {
      const SimDuration since = std::max(SimDuration{}, t - rules_.start);
      return (since + step - microseconds(1)) / step;
    };
    ++changes_[first_at_or_after(begin)];
    --changes_[first_at_or_after(end)];
  }

  const Rules& rules_;
  std::map<std::int64_t, std::int64_t> changes_;
};

/// A figure over replications.
struct Figure {
  void add(double value) {
    ++n;
    sum += value;
    squares += value * value;
  }
  [[nodiscard]] double mean() const { return sum / n; }
  [[nodiscard]] double standard_error() const {
    return std::sqrt(std::max(0.0, squares / n - mean() * mean()) / (n - 1));
  }
  void expect(const char* what, double theory, double largest_error) const {
    EXPECT_NEAR(mean(), theory, 4 * standard_error()) << what;
    EXPECT_LT(standard_error(), largest_error * theory) << what << ": not enough data to judge";
  }
  double n = 0, sum = 0, squares = 0;
};

template <class Judge>
void replicate(const Scenario& s, std::uint32_t replications, Judge&& judge) {
  const Rules rules{s};
  SequentialEngine engine;
  for (std::uint32_t r = 0; r < replications; ++r) {
    QueueObserver observer{rules};
    static_cast<void>(run_replication_observed(rules, r, engine, observer));
    EXPECT_EQ(observer.merged, 0.0) << "too few clinicians for a Poisson stream";
    judge(observer);
  }
}

void expect_queue(const Scenario& s, const QueueLaw& law, double largest_error) {
  Figure p_wait, mean_wait, p_abandon, busy;
  const double measured_hours = s.run.horizon.in_hours();
  replicate(s, 40, [&](const QueueObserver& seen) {
    // Everybody who gave up had to wait.
    p_wait.add((seen.waited + seen.gave_up) / (seen.served + seen.gave_up));
    mean_wait.add(seen.wait_hours / (seen.served + seen.gave_up));
    p_abandon.add(seen.gave_up / (seen.served + seen.gave_up));
    busy.add(seen.busy_hours / measured_hours);
  });
  p_wait.expect("P(wait)", law.p_wait, largest_error);
  mean_wait.expect("mean wait", law.mean_wait, 2 * largest_error);
  busy.expect("offered load", law.mean_busy, largest_error);
  if (law.p_abandon > 0.0)
    p_abandon.expect("P(give up)", law.p_abandon, 2 * largest_error);
  else
    EXPECT_EQ(p_abandon.sum, 0.0);
}

TEST(PlainQueue, IsErlangCWithoutImpatience) {
  expect_queue(plain_queue(4.0, 5), law_of(4.0, 5, 0.0), 0.02);
}

TEST(PlainQueue, IsErlangCAlsoWithOneServer) {
  expect_queue(plain_queue(0.7, 1), law_of(0.7, 1, 0.0), 0.05);
}

TEST(PlainQueue, IsErlangAWithImpatience) {
  for (const double theta : {0.5, 2.0}) {
    Scenario s = plain_queue(4.0, 5);
    s.loops.delay = Switch::on;
    s.access.withdrawal_first_week = s.access.withdrawal_later = per_day(24.0 * theta);
    expect_queue(s, law_of(4.0, 5, theta), 0.02);
  }
}

TEST(PlainQueue, IsErlangAInOverload) {
  Scenario s = plain_queue(12.0, 10);
  s.run.horizon = weeks(3);
  s.loops.delay = Switch::on;
  s.access.withdrawal_first_week = s.access.withdrawal_later = per_day(24.0 * 0.5);
  expect_queue(s, law_of(12.0, 10, 0.5), 0.02);
}

// With a supporter for everybody the number in session is Poisson, whatever the law of the length: mean and
// variance both are arrivals times mean length.
TEST(PlainQueue, HasAPoissonNumberInSessionWithManySupporters) {
  for (const ServiceLaw session : {ServiceLaw::lognormal, ServiceLaw::exponential, ServiceLaw::fixed}) {
    Scenario s = plain_queue(6.0, 25);
    s.run.horizon = weeks(4);
    s.case_rules.session_law = session;
    s.case_rules.session_length_cv = 1.0;
    Figure mean, variance, busy;
    replicate(s, 30, [&](const QueueObserver& seen) {
      EXPECT_EQ(seen.waited, 0.0);
      const auto counts = seen.in_session();
      const auto n = static_cast<double>(counts.size());
      double sum = 0, squares = 0;
      for (const double count : counts) {
        sum += count;
        squares += (count - 6.0) * (count - 6.0);
      }
      mean.add(sum / n);
      variance.add(squares / n);
      busy.add(seen.busy_hours / s.run.horizon.in_hours());
    });
    mean.expect("mean in session", 6.0, 0.01);
    variance.expect("variance in session", 6.0, 0.03);
    busy.expect("offered load", 6.0, 0.01);
  }
}

}  // namespace
}  // namespace peercap::peer_support
