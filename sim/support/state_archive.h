#pragma once

#include <algorithm>
#include <array>
#include <bit>
#include <concepts>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <deque>
#include <map>
#include <optional>
#include <span>
#include <stdexcept>
#include <string>
#include <type_traits>
#include <utility>
#include <vector>

namespace peercap {

/// Saved state as plain values one after the other: little endian, of fixed width, without gaps; floating
/// point by its bits, a truth value as one byte, a 64-bit count before what has one.
///
/// A type says once, for both directions, what its state is:
///
///   struct Booking {
///     SimTime begin;
///     SimTime end;
///     template <class Archive> void visit_state(Archive& archive) { archive(begin, end); }
///   };
///
/// A StateWriter appends these values, a StateReader fills them in. Where the two have to differ, `if
/// constexpr (Archive::reads)` tells them apart.
static_assert(std::endian::native == std::endian::little, "state is written as it lies in memory");

/// Bytes that are not the state they are read as.
class StateFormatError : public std::runtime_error {
 public:
  using std::runtime_error::runtime_error;
};

template <class T>
concept StateNumber = (std::is_arithmetic_v<T> || std::is_enum_v<T>)&&!std::same_as<T, bool>;

/// Has `template <class Archive> void visit_state(Archive&)`, which hands the archive its parts.
template <class T, class Archive>
concept VisitsState = requires(T& value, Archive& archive) {
  value.visit_state(archive);
};

class StateWriter {
 public:
  static constexpr bool reads = false;

  template <class... Values>
  void operator()(const Values&... values) {
    (write(values), ...);
  }

  /// The elements of a sequence whose size belongs to what the state is of (people of a unit): reading it
  /// where there are more or fewer is an error that says so, in the words of `what`.
  template <class Sequence>
  void in_place(const char* what, const Sequence& sequence) {
    (void)what;
    write_sequence(sequence);
  }
  /// A value that is made again and not restored, but has to be the same.
  template <class T>
  void same(const char* what, const T& value) {
    (void)what;
    write(value);
  }

  /// A structure of nothing but 64-bit counters.
  template <class Counters>
  void counters(const Counters& values) {
    static_assert(std::has_unique_object_representations_v<Counters> && sizeof(Counters) % 8 == 0);
    append(&values, sizeof values);
  }
  /// As in_place(), for numbers of which most are zero: only the others are written.
  template <StateNumber T>
  void sparse(const char* what, const std::vector<T>& values) {
    (void)what;
    write(std::uint64_t{values.size()});
    write(static_cast<std::uint64_t>(std::ranges::count_if(values, [](T value) { return value != T{}; })));
    for (std::size_t i = 0; i < values.size(); ++i)
      if (values[i] != T{}) (*this)(std::uint64_t{i}, values[i]);
  }
  /// What `part()` writes, after the number of its bytes.
  template <class Part>
  void sized(Part&& part) {
    const std::size_t at = bytes_.size();
    write(std::uint64_t{0});
    part();
    const std::uint64_t size = bytes_.size() - at - sizeof size;
    std::memcpy(bytes_.data() + at, &size, sizeof size);
  }

  [[nodiscard]] std::size_t size() const { return bytes_.size(); }
  /// All that has been written. The writer is empty afterwards.
  [[nodiscard]] std::vector<std::byte> take() { return std::exchange(bytes_, {}); }

 private:
  void append(const void* from, std::size_t count) {
    const auto* first = static_cast<const std::byte*>(from);
    bytes_.insert(bytes_.end(), first, first + count);
  }

  template <StateNumber T>
  void write(const T& value) {
    append(&value, sizeof value);
  }
  void write(const bool& value) { bytes_.push_back(std::byte{value}); }
  void write(const std::string& text) {
    write(std::uint64_t{text.size()});
    append(text.data(), text.size());
  }
  template <class T>
  void write(const std::vector<T>& values) {
    write_sequence(values);
  }
  template <class T>
  void write(const std::deque<T>& values) {
    write_sequence(values);
  }
  template <class T, std::size_t Count>
  void write(const std::array<T, Count>& values) {
    for (const T& value : values) write(value);
  }
  template <class Key, class T>
  void write(const std::map<Key, T>& values) {
    write_sequence(values);
  }
  template <class First, class Second>
  void write(const std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <class T>
  void write(const std::optional<T>& value) {
    write(value.has_value());
    if (value) write(*value);
  }
  template <VisitsState<StateWriter> T>
  void write(const T& value) {
    // What is visited is taken by reference, for readers; a writer only looks.
    const_cast<T&>(value).visit_state(*this);
  }

  template <class Sequence>
  void write_sequence(const Sequence& sequence) {
    write(std::uint64_t{sequence.size()});
    if constexpr (StateNumber<typename Sequence::value_type> && requires { sequence.data(); }) {
      append(sequence.data(), sequence.size() * sizeof(typename Sequence::value_type));
    } else {
      for (const auto& value : sequence) write(value);
    }
  }

  std::vector<std::byte> bytes_;
};

/// Reads what a StateWriter has written, by the same calls in the same order. Throws StateFormatError, with
/// the place, where bytes are missing, a count is larger than the bytes that are left, or a value is outside
/// its range; never asks for more memory than the bytes account for.
class StateReader {
 public:
  static constexpr bool reads = true;

  /// `bytes` outlive the reader.
  explicit StateReader(std::span<const std::byte> bytes) : bytes_{bytes} {}

  template <class... Values>
  void operator()(Values&... values) {
    (read(values), ...);
  }

  template <class Sequence>
  void in_place(const char* what, Sequence& sequence) {
    expect_size(read_count(), sequence.size(), what);
    for (auto& value : sequence) read(value);
  }
  template <class T>
  void same(const char* what, const T& value) {
    T found = value;
    read(found);
    if (!(found == value)) fail(std::string{"has another "} + what);
  }

  template <class Counters>
  void counters(Counters& values) {
    static_assert(std::has_unique_object_representations_v<Counters> && sizeof(Counters) % 8 == 0);
    std::memcpy(&values, take(sizeof values, "counters").data(), sizeof values);
  }
  template <StateNumber T>
  void sparse(const char* what, std::vector<T>& values) {
    std::uint64_t size = 0;
    read(size);
    expect_size(size, values.size(), what);
    std::ranges::fill(values, T{});
    for (std::uint64_t i = read_count(); i > 0; --i) {
      std::uint64_t place = 0;
      read(place);
      if (place >= values.size()) fail("has " + std::string{what} + " beyond the last");
      read(values[place]);
    }
  }

  /// The next `count` bytes as they are.
  [[nodiscard]] std::span<const std::byte> take(std::uint64_t count, const char* what) {
    if (count > left())
      fail("ends within " + std::string{what} + ": " + std::to_string(count) + " bytes were to be read, " +
           std::to_string(left()) + " are left");
    const auto taken = bytes_.subspan(at_, count);
    at_ += count;
    return taken;
  }
  void expect_end() const {
    if (left() > 0) fail("goes on for " + std::to_string(left()) + " bytes after its end");
  }
  [[nodiscard]] std::size_t left() const { return bytes_.size() - at_; }
  [[noreturn]] void fail(const std::string& problem) const {
    throw StateFormatError{"saved state " + problem + " (at byte " + std::to_string(at_) + ")"};
  }

 private:
  template <StateNumber T>
  void read(T& value) {
    std::memcpy(&value, take(sizeof value, "a number").data(), sizeof value);
  }
  void read(bool& value) {
    const auto byte = std::to_integer<unsigned>(take(1, "a truth value")[0]);
    if (byte > 1) fail("has " + std::to_string(byte) + " as a truth value");
    value = byte == 1;
  }
  void read(std::string& text) {
    const std::uint64_t count = read_count();
    const auto bytes = take(count, "a text");
    text.assign(count, '\0');
    if (count > 0) std::memcpy(text.data(), bytes.data(), count);
  }
  template <class T>
  void read(std::vector<T>& values) {
    const std::uint64_t count = read_count();
    if constexpr (StateNumber<T>) {
      if (count > left() / sizeof(T)) fail_of_count(count);
      const auto bytes = take(count * sizeof(T), "numbers");
      values.resize(count);
      if (count > 0) std::memcpy(values.data(), bytes.data(), bytes.size());
    } else {
      read_one_by_one(values, count);
    }
  }
  template <class T>
  void read(std::deque<T>& values) {
    read_one_by_one(values, read_count());
  }
  template <class T, std::size_t Count>
  void read(std::array<T, Count>& values) {
    for (T& value : values) read(value);
  }
  template <class Key, class T>
  void read(std::map<Key, T>& values) {
    values.clear();
    for (std::uint64_t i = read_count(); i > 0; --i) {
      Key key{};
      read(key);
      if (!values.empty() && !(values.rbegin()->first < key)) fail("has keys out of order");
      read(values[key]);
    }
  }
  template <class First, class Second>
  void read(std::pair<First, Second>& pair) {
    (*this)(pair.first, pair.second);
  }
  template <class T>
  void read(std::optional<T>& value) {
    bool present = false;
    read(present);
    value.reset();
    if (present) read(value.emplace());
  }
  template <VisitsState<StateReader> T>
  void read(T& value) {
    value.visit_state(*this);
  }

  /// Every element takes a byte at least.
  [[nodiscard]] std::uint64_t read_count() {
    std::uint64_t count = 0;
    std::memcpy(&count, take(sizeof count, "a count").data(), sizeof count);
    if (count > left()) fail_of_count(count);
    return count;
  }
  /// What is made grows with what has been read.
  template <class Sequence>
  void read_one_by_one(Sequence& values, std::uint64_t count) {
    values.clear();
    for (; count > 0; --count) {
      values.emplace_back();
      if constexpr (std::same_as<typename Sequence::value_type, bool>) {
        bool value = false;
        read(value);
        values.back() = value;
      } else {
        read(values.back());
      }
    }
  }
  void expect_size(std::uint64_t found, std::size_t size, const char* what) const {
    if (found != size)
      fail("holds " + std::to_string(found) + " " + what + " where there are " + std::to_string(size));
  }
  [[noreturn]] void fail_of_count(std::uint64_t count) const {
    fail("announces " + std::to_string(count) + " elements where " + std::to_string(left()) +
         " bytes are left");
  }

  std::span<const std::byte> bytes_;
  std::size_t at_ = 0;
};

}  // namespace peercap
