#include "models/peer_support/behavior/happening.h"

#include <set>

#include <gtest/gtest.h>

namespace peercap::peer_support {
namespace {

Event carrying(const Payload& payload) {
  Event event;
  event.small = payload.small;
  event.a = payload.a;
  event.b = payload.b;
  return event;
}

TEST(Messages, RequestsComeBackAsSent) {
  const RequestMessage sent{65535, 0xffffffffU, Channel::outreach, Cause::personal_event,
                            SimTime{1234567890123}};
  const RequestMessage read = RequestMessage::unpack(carrying(sent.pack()));
  EXPECT_EQ(read.position, sent.position);
  EXPECT_EQ(read.episode, sent.episode);
  EXPECT_EQ(read.channel, sent.channel);
  EXPECT_EQ(read.cause, sent.cause);
  EXPECT_EQ(read.event_time, sent.event_time);
}

// Every level of trust that a message can carry comes back as itself, any other to the nearest.
TEST(Messages, RequestsCarryTrustInSteps) {
  for (const double trust : {0.0, 1.0, 1.0 / 3.0, 0.6, 0.123456}) {
    RequestMessage sent{1, 2, Channel::peer, Cause::clinical_event, SimTime{3}, trust};
    const RequestMessage read = RequestMessage::unpack(carrying(sent.pack()));
    EXPECT_NEAR(read.trust, trust, 0.5 / 65535);
    EXPECT_EQ(read.channel, Channel::peer);
    EXPECT_EQ(RequestMessage::unpack(carrying(read.pack())).trust, read.trust);
  }
}

// In sixteenths, and no more than 11 bits hold.
TEST(Messages, RequestsCarrySeverityInSteps) {
  for (const double severity : {0.0, 0.434, 1.0, 3.1, 127.9}) {
    const RequestMessage sent{1,   0xffffffffU, Channel::inherited, Cause::personal_event, SimTime{3},
                              1.0, severity};
    const RequestMessage read = RequestMessage::unpack(carrying(sent.pack()));
    EXPECT_NEAR(read.severity, severity, 0.5 / 16);
    EXPECT_EQ(read.channel, Channel::inherited);
    EXPECT_EQ(read.cause, Cause::personal_event);
    EXPECT_EQ(read.trust, 1.0);
    EXPECT_EQ(RequestMessage::unpack(carrying(read.pack())).severity, read.severity);
  }
  const RequestMessage hard{1, 1, Channel::peer, Cause::clinical_event, SimTime{3}, 0.0, 1e9};
  EXPECT_EQ(RequestMessage::unpack(carrying(hard.pack())).severity, 2047.0 / 16);
  EXPECT_EQ(RequestMessage::unpack(carrying(hard.pack())).trust, 0.0);
}

TEST(Messages, ViewsAreRoundedToSinglePrecision) {
  const ViewMessage sent{7, 3, 65535, {1.0 / 3.0, 2.5}};
  const ViewMessage read = ViewMessage::unpack(carrying(sent.pack()));
  EXPECT_EQ(read.position, 7);
  EXPECT_EQ(read.episode, 3U);
  EXPECT_EQ(read.effects_applied, 65535);
  EXPECT_EQ(read.level.fast, static_cast<double>(static_cast<float>(1.0 / 3.0)));
  EXPECT_EQ(read.level.slow, 2.5);
}

TEST(Messages, EffectsAndReferralsComeBackAsSent) {
  const EffectMessage effect = EffectMessage::unpack(carrying(EffectMessage{9, 2, 0.9F, 0.75F}.pack()));
  EXPECT_EQ(effect.position, 9);
  EXPECT_EQ(effect.session, 2);
  EXPECT_EQ(effect.keep_fast, 0.9F);
  EXPECT_EQ(effect.keep_slow, 0.75F);
  const ReferralMessage referral = ReferralMessage::unpack(
      carrying(ReferralMessage{19'999'999, std::uint64_t{1} << 44, 7, 19'999'998}.pack()));
  EXPECT_EQ(referral.clinician, 19'999'999U);
  EXPECT_EQ(referral.draw_index, std::uint64_t{1} << 44);
  EXPECT_EQ(referral.hop, 7);
  EXPECT_EQ(referral.supporter, 19'999'998U);
  EXPECT_EQ(ReferralMessage::unpack(carrying(ReferralMessage{1, 2}.pack())).supporter,
            ReferralMessage::nobody);
}

TEST(Messages, EachHopOfAReferralHasDrawsOfItsOwn) {
  std::set<std::uint64_t> treatments;
  std::set<std::uint64_t> steps;
  for (const std::uint64_t request : {std::uint64_t{0}, std::uint64_t{1}, (std::uint64_t{1} << 45) - 1})
    for (std::uint16_t hop = 0; hop <= ReferralMessage::max_hop; ++hop) {
      const ReferralMessage message{3, request, hop};
      EXPECT_LT(message.treatment_index(), std::uint64_t{1} << 48);  // as many bits as an index has
      EXPECT_LT(message.onward_index(), std::uint64_t{1} << 48);
      EXPECT_TRUE(treatments.insert(message.treatment_index()).second);
      EXPECT_TRUE(steps.insert(message.onward_index()).second);
    }
  EXPECT_EQ((ReferralMessage{3, 12, 0}.treatment_index()), 12U);
}

TEST(Messages, TransfersComeBackAsSent) {
  for (const bool flag : {false, true}) {
    const TransferMessage sent{.clinician = 19'999'999,
                               .episode = 0xfffffffe,
                               .draw_index = (std::uint64_t{1} << 36) - 2,
                               .channel = Channel::direct,
                               .cause = flag ? Cause::personal_event : Cause::clinical_event,
                               .contacted = flag,
                               .has_episode = !flag,
                               .position = 65534,
                               .severity = flag ? 2047.0 / 16 : 0.25,
                               .requested = SimTime{123456789012345},
                               .event_time = SimTime{-5},
                               .accepted = SimTime{7},
                               .waiting_since = SimTime{std::int64_t{1} << 61}};
    TransferMessage read;
    for (std::size_t part = 0; part < TransferMessage::parts; ++part)
      read.unpack(part, carrying(sent.pack(part)));
    EXPECT_EQ(read.clinician, sent.clinician);
    EXPECT_EQ(read.episode, sent.episode);
    EXPECT_EQ(read.draw_index, sent.draw_index);
    EXPECT_EQ(read.channel, sent.channel);
    EXPECT_EQ(read.cause, sent.cause);
    EXPECT_EQ(read.contacted, sent.contacted);
    EXPECT_EQ(read.has_episode, sent.has_episode);
    EXPECT_EQ(read.position, sent.position);
    EXPECT_EQ(read.severity, sent.severity);
    EXPECT_EQ(read.requested, sent.requested);
    EXPECT_EQ(read.event_time, sent.event_time);
    EXPECT_EQ(read.accepted, sent.accepted);
    EXPECT_EQ(read.waiting_since, sent.waiting_since);
  }
}

}  // namespace
}  // namespace peercap::peer_support
