#include <cerrno>
#include <cstddef>
#include <cstring>
#include <filesystem>
#include <string>
#include <utility>
#include <vector>

#include "app/calibration/calibration_folder.h"
#include "app/checkpoints/partial_files.h"
#include "app/checkpoints/partial_folder.h"
#include "app/sweeps/sweep_folder.h"
#include "sim/io/checkpoint/checkpoint_file.h"
#include "sim/io/checkpoint/checkpoint_layout.h"
#include "sim/io/checkpoint/crc32.h"
#include "tests/fuzz/fuzz_input.h"
#include "tests/fuzz/targets.h"

namespace peercap::fuzz {
namespace {

namespace fs = std::filesystem;

const Scratch& scratch() {
  static const Scratch folder;
  return folder;
}

std::span<const std::byte> as_bytes(Bytes bytes) {
  return {reinterpret_cast<const std::byte*>(bytes.data()), bytes.size()};
}

const CheckpointHeader fuzzed_header{"fuzzed", 1, "identity"};

/// A head with the table that the input asks for, some of its bytes changed, and the checksums of it all
/// right again.
std::vector<std::byte> make_checkpoint(FuzzInput& input) {
  detail::CheckpointHead head{fuzzed_header, 0, {}};
  std::vector<CheckpointBlock> blocks;
  for (std::size_t rows = input.below(5); rows > 0; --rows) {
    std::string name = input.text();
    const auto bytes = as_bytes(input.take(input.byte()));
    blocks.push_back({name, bytes});
    detail::CheckpointTableRow row{std::move(name), bytes.size(), {}};
    for (const detail::PieceSum& sum : detail::sum_pieces(std::span{&blocks.back(), 1}))
      row.checksums.push_back(sum.checksum);
    head.table.push_back(std::move(row));
  }
  std::vector<std::byte> file = detail::encode_head(head);
  const std::size_t head_size = file.size();
  for (std::size_t changes = input.below(8); changes > 0; --changes)
    file[detail::checkpoint_preface + input.below(head_size - detail::checkpoint_preface - 4)] =
        static_cast<std::byte>(input.byte());
  const std::uint32_t checksum = crc32(std::span<const std::byte>{file}.first(head_size - 4));
  std::memcpy(file.data() + head_size - 4, &checksum, 4);
  const std::string digest = detail::digest_of(file, detail::sum_pieces(blocks));
  for (const CheckpointBlock& block : blocks) file.insert(file.end(), block.bytes.begin(), block.bytes.end());
  for (const char c : digest) file.push_back(static_cast<std::byte>(c));
  return file;
}

/// Reads what the input says, where a reader may refuse in one way only.
template <class Read>
void read_or_refuse(Read read) {
  try {
    read();
  } catch (const InputOutputError& refused) {
    expect(std::string{refused.what()}.size() < 100'000, "a refusal fits on a terminal");
  }
}

void write_checkpoint_of(const fs::path& file, const CheckpointHeader& header,
                         const std::vector<CheckpointBlock>& blocks) {
  fs::create_directories(file.parent_path());
  write_checkpoint(file, header, blocks);
}

}  // namespace

void read_checkpoint(Bytes bytes) {
  FuzzInput input{bytes};
  std::string path;
  if (input.below(2) == 0) {
    path = scratch().write("checkpoint", input.rest());
  } else {
    const std::vector<std::byte> file = make_checkpoint(input);
    path = scratch().write("checkpoint", {reinterpret_cast<const std::uint8_t*>(file.data()), file.size()});
  }
  read_or_refuse([&] {
    const CheckpointContent content = peercap::read_checkpoint(path, fuzzed_header);
    for (const CheckpointBlock& block : content.blocks)
      expect(block.bytes.data() >= content.file.data() &&
                 block.bytes.data() + block.bytes.size() <= content.file.data() + content.file.size(),
             "blocks lie within the file");
  });
}

void read_unfinished(Bytes bytes) {
  FuzzInput input{bytes};
  const fs::path result = scratch().path() / "result.h5";
  const fs::path folder = app::partial_path_for(result);
  fs::remove_all(folder);
  const std::string identity = "identity";
  std::vector<std::string> notes;
  const std::size_t kind = input.below(6);
  const auto first = as_bytes(input.take(input.byte()));
  const auto second = as_bytes(input.take(input.byte()));
  const auto third = as_bytes(input.rest());
  read_or_refuse([&] {
    switch (kind) {
      case 0:
        write_checkpoint_of(folder / "manifest", {"manifest of a run", 1, ""}, {{"manifest", third}});
        static_cast<void>(app::PartialFolder::try_open(result)->manifest());
        break;
      case 1:
        write_checkpoint_of(folder / "finished", {"set of finished replications", 1, identity},
                            {{"books", first}, {"results", second}, {"outcome-7", third}});
        static_cast<void>(app::PartialFolder::try_open(result)->read_finished(identity, notes));
        break;
      case 2:
        write_checkpoint_of(
            folder / "replication-3", {"replication in progress", 2, identity + "/3"},
            {{"run", first}, {"records", second}, {"processes", third}, {"observer", second}});
        static_cast<void>(app::PartialFolder::try_open(result)->read_state(identity, 3, notes));
        break;
      case 3:
        write_checkpoint_of(folder / "manifest", {"manifest of a sweep", 1, ""}, {{"manifest", third}});
        static_cast<void>(app::SweepFolder::try_open(result)->manifest());
        break;
      case 4: {
        write_checkpoint_of(folder / "runs-00000000000000000000", {"block of a sweep's runs", 1, identity},
                            {{"books", third}, {"design", first}, {"outcomes", second}});
        auto opened = app::SweepFolder::try_open(result);
        for (const app::SavedBlock& block : opened->blocks(identity, 1, 1, notes)) {
          std::vector<double> numbers(1);
          block.segment.read_measure(0, block.range.count() - 1, numbers);
        }
        break;
      }
      default:
        write_checkpoint_of(folder / "batch-000002", {"batch of a calibration", 1, identity + "/2"},
                            {{"summaries", third}});
        static_cast<void>(app::CalibrationFolder::try_open(result)->read_batch(identity, 2));
        break;
    }
  });
}

}  // namespace peercap::fuzz
