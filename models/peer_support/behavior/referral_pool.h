#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "models/peer_support/behavior/happening.h"
#include "models/peer_support/behavior/peer_fact.h"
#include "models/peer_support/behavior/rules.h"
#include "sim/kernel/context.h"
#include "sim/kernel/logical_process.h"

namespace peercap::peer_support {

/// One referral destination of the organization: equal places, one queue in order of arrival, clients who
/// give up. Whoever has been treated is done, or goes onward to another destination (or comes again); of
/// whoever gives up, the supporter's office and the client's hear.
class ReferralPool final : public LogicalProcess {
 public:
  /// Channels of this process: one for each of `onward`, in the order of next_destinations(), then one to
  /// each site's office in order.
  ReferralPool(const Rules& rules, const Organization& organization, std::uint32_t destination);

  void start(Context&) override {}
  void handle(const Event& event, Context& context) override;
  void finish(Context& context) override;
  void save(StateWriter& state) const override;
  void restore(StateReader& state) override;
  [[nodiscard]] std::string name() const override;

  /// The destinations that `onward` of the given one names, in the order written.
  [[nodiscard]] static std::vector<std::uint32_t> next_destinations(const Referrals& referrals,
                                                                    std::uint32_t destination);

  template <class Archive>
  void visit_state(Archive& archive) {
    archive(entries_, free_, queue_, in_treatment_, opening_scheduled_);
  }

 private:
  struct Entry {
    bool waiting = false;
    ReferralMessage client;
    SimTime arrived;

    template <class Archive>
    void visit_state(Archive& archive) {
      archive(waiting, client, arrived);
    }
  };

  void receive(const ReferralMessage& message, Context& context);
  /// Lets people in while there are places; outside opening hours, comes back when the office opens.
  void fill_places(Context& context);
  void send_onward(const ReferralMessage& client, Context& context);
  void report_loss(const ReferralMessage& client, Context& context);
  [[nodiscard]] SimDuration treatment_length(const ReferralMessage& client, const RandomSource& random) const;

  const Organization& organization_;
  const ReferralDestination& spec_;
  std::uint32_t destination_;
  SimDuration referral_delay_;
  std::vector<std::uint32_t> next_;
  OpeningHours hours_;
  std::vector<Entry> entries_;  ///< by timer slot; free ones are used again
  std::vector<std::uint32_t> free_;
  std::vector<std::uint32_t> queue_;  ///< entries in order of arrival; those who gave up are skipped
  int in_treatment_ = 0;
  bool opening_scheduled_ = false;
};

}  // namespace peercap::peer_support
