#include "sim/io/hdf5/result_file.h"

#include <algorithm>
#include <array>
#include <bit>
#include <cstdint>
#include <limits>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <utility>
#include <variant>

#include "sim/io/files/input_file.h"
#include "sim/io/hdf5/hdf5_error.h"
#include "sim/io/hdf5/hdf5_file_driver.h"
#include "sim/io/hdf5/hdf5_handle.h"
#include "sim/io/hdf5/result_layout.h"
#include "sim/io/hdf5/result_reader.h"
#include "sim/io/hdf5/result_writer.h"
#include "sim/io/input_output_error.h"
#include "sim/observe/content_digest.h"

namespace peercap {
namespace {

/// Arrays with more values than this are read piece by piece where the whole is not asked for.
constexpr std::uint64_t largest_held = std::uint64_t{1} << 16;

Hdf5File create_hdf5_file(Hdf5Storage& storage) {
  const Hdf5Properties access = make_file_access(storage);
  set_format_bounds(access);
  const Hdf5Properties creation = make_file_creation();
  // The name means nothing: where the bytes go is said by the access properties.
  return {H5Fcreate("result", H5F_ACC_TRUNC, creation.id(), access.id()), "create the file"};
}

/// Provenance is not in the digest, so it is compared by itself.
void require_same_header(const ResultContent& found, const ResultContent& written) {
  const auto is_same = [](const ResultAttribute& a, const ResultAttribute& b) {
    if (a.name != b.name || a.value.index() != b.value.index()) return false;
    if (const auto* text = std::get_if<std::string>(&b.value))
      return std::get<std::string>(a.value) == storable_text(*text);
    if (const auto* number = std::get_if<double>(&b.value))
      return std::bit_cast<std::uint64_t>(std::get<double>(a.value)) == std::bit_cast<std::uint64_t>(*number);
    return a.value == b.value;
  };
  if (found.format_major != written.format_major || found.format_minor != written.format_minor ||
      !std::equal(found.provenance.begin(), found.provenance.end(), written.provenance.begin(),
                  written.provenance.end(), is_same))
    throw Hdf5Error("verify what was written", "the provenance read back is another");
}

/// Opens what was written and compares the digests: the library has told that all is well, and yet it may not
/// be.
void verify(Hdf5Storage& storage, const ResultContent& content) {
  const Hdf5File file{H5Fopen("result", H5F_ACC_RDONLY, make_file_access(storage).id()),
                      "verify what was written"};
  const ResultReader reader{file.id(), static_cast<std::uint64_t>(storage.size())};
  require_same_header(reader.read_header(content.file_type, content.format_major), content);
  std::map<std::string, std::string> digest_by_path;
  for (const std::string& path : reader.group_paths())
    digest_by_path.emplace(path, group_digest(reader.read_group(path, largest_held)));
  if (combine_group_digests(digest_by_path) != content_digest(content))
    throw Hdf5Error("verify what was written", "the content read back is another");
}

void write_image(DurableFile& output, const ResultContent& content) {
  Hdf5MemoryStorage storage{estimate_file_bytes(content)};
  Hdf5File file = create_hdf5_file(storage);
  write_file_attributes(file.id(), content);
  for (const ResultGroup& group : content.groups) write_group(file.id(), group);
  file.close("lay out the file in memory");
  // The image is verified, then the bytes on the disk are compared with it: so the library never meets a
  // damaged file.
  verify(storage, content);
  output.reserve_exactly(storage.image().size());
  output.write(storage.image().data(), storage.image().size(), 0);
}

void write_piece_by_piece(DurableFile& output, const ResultContent& content, FileSystemCalls& calls) {
  Hdf5DescriptorStorage storage{calls, output.descriptor()};
  const auto stop_after_failure = [&] {
    if (storage.has_failed()) output.fail("write and verify", storage.first_failure());
  };
  output.reserve_at_most(estimate_file_bytes(content));
  try {
    Hdf5File file = create_hdf5_file(storage);
    write_file_attributes(file.id(), content);
    for (const ResultGroup& group : content.groups) {
      write_group(file.id(), group);
      hdf5_check(H5Fflush(file.id(), H5F_SCOPE_LOCAL), "write");
      stop_after_failure();
    }
    file.close("write");
    stop_after_failure();
    verify(storage, content);
  } catch (const Hdf5Error&) {
    stop_after_failure();  // the system's reason says more than what the library makes of it
    throw;
  }
  const std::int64_t size = storage.size();
  stop_after_failure();
  output.truncate(static_cast<std::uint64_t>(size));
}

/// What to say when the library cannot open a file, in words that a user knows.
std::string describe_unreadable(FileSystemCalls& calls, int descriptor, std::int64_t size,
                                const std::string& reason) {
  constexpr std::array<char, 8> signature = {'\x89', 'H', 'D', 'F', '\r', '\n', '\x1a', '\n'};
  std::array<char, 8> start = {};
  if (size == 0) return "it is empty";
  const std::int64_t got = read_fully(calls, descriptor, start.data(), start.size(), 0);
  if (got < 0) return system_message(got);
  if (start != signature) return "it is not an HDF5 file";
  return "it is damaged or not complete: " + reason;
}

}  // namespace

void write_result(const std::filesystem::path& file, const ResultContent& content,
                  const WriteOptions& options, FileSystemCalls& calls) {
  require_well_formed(content);
  const Hdf5Silence silence;
  DurableFile output{file, options.existing, calls};
  try {
    if (estimate_file_bytes(content) <= options.largest_image_bytes)
      write_image(output, content);
    else
      write_piece_by_piece(output, content, calls);
  } catch (const Hdf5Error& error) {
    throw InputOutputError(file, error.operation(), error.what());
  }
  output.publish();
}

struct OpenResult::File {
  File(const std::filesystem::path& path, FileSystemCalls& calls)
      : name{path}, input{path, calls}, storage{calls, input.descriptor()} {
    if (input.descriptor() < 0) throw InputOutputError(name, "open", system_message(input.descriptor()));
    size = calls.size(input.descriptor());
    if (size < 0)
      throw InputOutputError(name, "read", "it is not a regular file", "give the name of a result file");
    const Hdf5Silence silence;
    try {
      opened = Hdf5File{H5Fopen("result", H5F_ACC_RDONLY, make_file_access(storage).id()), "open"};
    } catch (const Hdf5Error& error) {
      if (storage.has_failed()) fail(error);
      throw InputOutputError(name, "read", describe_unreadable(calls, input.descriptor(), size, error.what()),
                             "give the name of a result file");
    }
  }

  /// Throws what fits a failure of the library.
  [[noreturn]] void fail(const Hdf5Error& error) const {
    if (storage.has_failed())
      throw InputOutputError(name, error.operation(), system_message(storage.first_failure()),
                             system_advice(storage.first_failure()));
    throw InputOutputError(name, error.operation(), error.what());
  }

  std::filesystem::path name;
  InputFile input;
  Hdf5DescriptorStorage storage;
  std::int64_t size = 0;
  Hdf5File opened;
};

OpenResult::OpenResult(const std::filesystem::path& file, std::string_view file_type,
                       std::uint64_t most_values)
    : file_{std::make_unique<File>(file, operating_system())} {
  const Hdf5Silence silence;
  try {
    const ResultReader reader{file_->opened.id(), static_cast<std::uint64_t>(file_->size)};
    content_ = reader.read_header(file_type, result_format_major);
    for (const std::string& path : reader.group_paths())
      content_.groups.push_back(reader.read_group(path, most_values));
  } catch (const Hdf5Error& error) {
    file_->fail(error);
  }
  for (ResultGroup& group : content_.groups)
    for (ResultVariable& variable : group.variables)
      if (variable.stream)
        variable.stream.read = [read = std::move(variable.stream.read), opened = file_.get()](
                                   std::uint64_t first, std::span<double> values) {
          const Hdf5Silence silence_while_reading;
          try {
            read(first, values);
          } catch (const Hdf5Error& error) {
            opened->fail(error);
          }
        };
}

OpenResult::~OpenResult() = default;
OpenResult::OpenResult(OpenResult&&) noexcept = default;
OpenResult& OpenResult::operator=(OpenResult&&) noexcept = default;

ResultContent read_result(const std::filesystem::path& file, std::string_view file_type) {
  return OpenResult{file, file_type, std::numeric_limits<std::uint64_t>::max()}.content();
}

std::uint64_t estimate_result_bytes(const ResultContent& content) {
  return estimate_file_bytes(content);
}

void check_writable(const std::filesystem::path& file, const WriteOptions& options,
                    std::uint64_t expected_bytes) {
  check_writable(file, options.existing, expected_bytes, operating_system());
}

std::string hdf5_version() {
  unsigned major = 0;
  unsigned minor = 0;
  unsigned release = 0;
  if (H5get_libversion(&major, &minor, &release) < 0) return "unknown";
  return std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(release);
}

}  // namespace peercap
