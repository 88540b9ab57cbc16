#include "sim/observe/content_digest.h"

#include <algorithm>
#include <bit>
#include <cstring>
#include <span>
#include <utility>
#include <vector>

#include "sim/observe/sha256_blocks.h"
#include "sim/support/contract.h"

namespace peercap {
namespace {

/// The length of the valid UTF-8 sequence that begins `text` (RFC 3629), 0 when there is none or it is
/// U+0000.
std::size_t utf8_sequence_length(std::string_view text) {
  const auto byte = [&](std::size_t i) { return static_cast<unsigned char>(text[i]); };
  const unsigned char lead = byte(0);
  if (lead < 0x80) return lead == 0 ? 0 : 1;
  const std::size_t length = lead >= 0xc2 && lead <= 0xdf   ? 2
                             : lead >= 0xe0 && lead <= 0xef ? 3
                             : lead >= 0xf0 && lead <= 0xf4 ? 4
                                                            : 0;
  if (length == 0 || text.size() < length) return 0;
  // The second byte's range excludes overlong forms, surrogates and what lies beyond U+10FFFF.
  const unsigned char lowest = lead == 0xe0 ? 0xa0 : lead == 0xf0 ? 0x90 : 0x80;
  const unsigned char highest = lead == 0xed ? 0x9f : lead == 0xf4 ? 0x8f : 0xbf;
  if (byte(1) < lowest || byte(1) > highest) return 0;
  for (std::size_t i = 2; i < length; ++i) {
    if (byte(i) < 0x80 || byte(i) > 0xbf) return 0;
  }
  return length;
}

/// Feeds a hash with values whose boundaries cannot be confused: every text is preceded by its length.
class DigestWriter {
 public:
  void add_number(std::uint64_t number) {
    std::array<std::uint8_t, 8> bytes;
    for (std::size_t i = 0; i < bytes.size(); ++i) bytes[i] = static_cast<std::uint8_t>(number >> (8 * i));
    hash_.update(bytes.data(), bytes.size());
  }

  void add_text(std::string_view text) {
    if (!is_storable_text(text)) return add_text(storable_text(text));
    add_number(text.size());
    hash_.update(text);
  }

  void add_attributes(std::vector<std::pair<std::string, std::string>> attributes) {
    std::sort(attributes.begin(), attributes.end());
    add_number(attributes.size());
    for (const auto& [name, value] : attributes) {
      add_text(name);
      add_text(value);
    }
  }

  void add_values(const ResultValues& values) {
    add_number(values.index());
    add_number(value_count(values));
    std::visit([this](const auto& v) { add_elements(std::span{v}); }, values);
  }

  void add_values(const ResultVariable& variable) {
    if (!variable.stream) return add_values(variable.values);
    add_number(ResultValues{std::vector<double>{}}.index());
    add_number(variable.stream.count);
    for_each_piece(variable.stream,
                   [this](std::uint64_t, std::span<const double> values) { add_elements(values); });
  }

  [[nodiscard]] std::string finish() { return hash_.finish(); }

 private:
  void add_elements(std::span<const double> values) {
    constexpr std::uint64_t any_nan = 0x7ff8000000000000u;
    add_words(values, [](double x) { return x != x ? any_nan : std::bit_cast<std::uint64_t>(x); });
  }

  void add_elements(std::span<const std::int64_t> values) {
    add_words(values, [](std::int64_t x) { return static_cast<std::uint64_t>(x); });
  }

  void add_elements(std::span<const std::string> values) {
    for (const std::string& text : values) add_text(text);
  }

  template <class T, class ToBits>
  void add_words(std::span<const T> values, ToBits to_bits) {
    std::array<std::uint8_t, 4096> buffer;
    std::size_t filled = 0;
    for (const T value : values) {
      const std::uint64_t bits = to_bits(value);
      for (std::size_t i = 0; i < 8; ++i) buffer[filled + i] = static_cast<std::uint8_t>(bits >> (8 * i));
      filled += 8;
      if (filled == buffer.size()) {
        hash_.update(buffer.data(), filled);
        filled = 0;
      }
    }
    hash_.update(buffer.data(), filled);
  }

  Sha256 hash_;
};

template <class T>
std::vector<const T*> sorted_by_name(const std::vector<T>& items) {
  std::vector<const T*> sorted;
  sorted.reserve(items.size());
  for (const T& item : items) sorted.push_back(&item);
  std::sort(sorted.begin(), sorted.end(), [](const T* a, const T* b) { return a->name < b->name; });
  return sorted;
}

}  // namespace

void Sha256::update(const void* bytes, std::size_t count) {
  const auto* next = static_cast<const std::uint8_t*>(bytes);
  total_bytes_ += count;
  while (count > 0) {
    if (const std::size_t blocks = count / pending_.size(); pending_count_ == 0 && blocks > 0) {
      detail::absorb_blocks(state_, next, blocks);
      next += blocks * pending_.size();
      count -= blocks * pending_.size();
      continue;
    }
    const std::size_t taken = std::min(count, pending_.size() - pending_count_);
    std::memcpy(pending_.data() + pending_count_, next, taken);
    pending_count_ += taken;
    next += taken;
    count -= taken;
    if (pending_count_ == pending_.size()) {
      detail::absorb_blocks(state_, pending_.data(), 1);
      pending_count_ = 0;
    }
  }
}

std::string Sha256::finish() {
  const std::uint64_t total_bits = total_bytes_ * 8;
  constexpr std::array<std::uint8_t, 64> padding = {0x80};
  const std::size_t padding_count = pending_count_ < 56 ? 56 - pending_count_ : 120 - pending_count_;
  update(padding.data(), padding_count);
  std::array<std::uint8_t, 8> length;
  for (std::size_t i = 0; i < 8; ++i) length[i] = static_cast<std::uint8_t>(total_bits >> (56 - 8 * i));
  update(length.data(), length.size());

  constexpr std::string_view digits = "0123456789abcdef";
  std::string text;
  for (const std::uint32_t word : state_) {
    for (int shift = 28; shift >= 0; shift -= 4) text += digits[(word >> shift) & 0xfu];
  }
  return text;
}

std::string sha256(std::string_view bytes) {
  Sha256 hash;
  hash.update(bytes);
  return hash.finish();
}

bool is_storable_text(std::string_view text) {
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) return false;
    text.remove_prefix(length);
  }
  return true;
}

std::string storable_text(std::string_view text) {
  std::string stored;
  stored.reserve(text.size());
  while (!text.empty()) {
    const std::size_t length = utf8_sequence_length(text);
    if (length == 0) {
      stored += "\xEF\xBF\xBD";
      text.remove_prefix(1);
    } else {
      stored += text.substr(0, length);
      text.remove_prefix(length);
    }
  }
  return stored;
}

std::string group_digest(const ResultGroup& group) {
  DigestWriter digest;
  digest.add_text(group.path);
  digest.add_number(static_cast<std::uint64_t>(group.shape));
  digest.add_text(group.description);
  digest.add_number(group.dimensions.size());
  for (const ResultDimension* dimension : sorted_by_name(group.dimensions)) {
    digest.add_text(dimension->name);
    digest.add_text(dimension->unit);
    digest.add_text(dimension->long_name);
    digest.add_attributes(dimension->attributes);
    digest.add_values(dimension->labels);
  }
  digest.add_number(group.variables.size());
  for (const ResultVariable* variable : sorted_by_name(group.variables)) {
    digest.add_text(variable->name);
    digest.add_text(variable->unit);
    digest.add_text(variable->long_name);
    digest.add_text(variable->description);
    digest.add_attributes(variable->attributes);
    // The lengths of the dimensions are in the digest already, so their names state the shape.
    digest.add_number(variable->dimensions.size());
    for (const std::string& dimension : variable->dimensions) digest.add_text(dimension);
    digest.add_values(*variable);
  }
  return digest.finish();
}

std::string combine_group_digests(const std::map<std::string, std::string>& digest_by_path) {
  DigestWriter digest;
  digest.add_number(digest_by_path.size());
  for (const auto& [path, group] : digest_by_path) {
    digest.add_text(path);
    digest.add_text(group);
  }
  return digest.finish();
}

std::string content_digest(const ResultContent& content) {
  std::map<std::string, std::string> digest_by_path;
  for (const ResultGroup& group : content.groups) {
    const bool is_new = digest_by_path.emplace(group.path, group_digest(group)).second;
    require(is_new, "content_digest: every group of a result has a path of its own");
  }
  return combine_group_digests(digest_by_path);
}

}  // namespace peercap
