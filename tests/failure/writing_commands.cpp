#include "tests/failure/writing_commands.h"

#include <algorithm>
#include <fstream>
#include <ostream>

#include "app/sweeps/sweep_content.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/observe/content_digest.h"

namespace peercap::testing {

namespace fs = std::filesystem;

void PrintTo(const WritingCommand& command, std::ostream* out) {
  *out << command.name;
}

bool Ending::was_disturbed() const {
  return !disturbed_call().empty();
}

std::string Ending::disturbed_call() const {
  const auto found =
      std::ranges::find_if(calls, [](const std::string& line) { return line.ends_with(" disturbed"); });
  return found == calls.end() ? std::string{} : *found;
}

WritingWorld::WritingWorld() {
  fs::create_directory(folder_ / "inputs");
  fs::create_directory(disk_);
  write_bytes(folder_ / "inputs/tiny.yaml",
              "format: peercap-scenario/1\n"
              "organization: {sites: [{name: main, departments: [{name: icu, units: 1}]}]}\n"
              "supporters: {count: 3}\n"
              "run: {horizon: 4 weeks, burn_in: 1 week}\n");
  write_bytes(folder_ / "inputs/sweep.yaml",
              "format: peercap-study/1\n"
              "name: tiny\n"
              "scenario: tiny.yaml\n"
              "vary: {supporters.count: 2-3}\n"
              "measures: [work_hours_per_week]\n"
              "replications: 3\n");
  write_bytes(folder_ / "inputs/fit.yaml",
              "format: peercap-study/1\n"
              "name: fit\n"
              "scenario: tiny.yaml\n"
              "calibrate:\n"
              "  fit: point\n"
              "  simulations: 10\n"
              "  replications: 1\n"
              "  parameters:\n"
              "    environment.exposure_rate: {range: [0.3 per year, 6 per year], scale: log}\n"
              "  observed:\n"
              "    episodes_per_year: {value: 60 per year, within: 30 per year}\n");
}

std::vector<WritingCommand> writing_commands() {
  return {
      {"run", {"run", "tiny.yaml", "-q", "-r", "2", "--threads", "1"}},
      {"run_with_checkpoints",
       {"run", "tiny.yaml", "-q", "-r", "12", "--threads", "1", "--checkpoint-every", "1 ms"}},
      {"sweep", {"sweep", "sweep.yaml", "-q", "--threads", "1", "--checkpoint-every", "1 ms"}},
      {"shard",
       {"sweep", "sweep.yaml", "-q", "--threads", "1", "--checkpoint-every", "1 ms", "--shard", "1/2"},
       "tiny.shard-1-of-2.h5",
       Content::shard},
      {"merge", {"merge", "part-1.h5", "part-2.h5"}},
      {"calibrate", {"calibrate", "fit.yaml", "-q", "--threads", "1"}, "fit.json", Content::text},
  };
}

pid_t WritingWorld::start(const WritingCommand& command, const Words& more,
                          const Environment& environment) const {
  Words words = command.words;
  for (std::string& word : words)
    if (word.ends_with(".yaml") || word.ends_with(".h5")) word = folder_ / ("inputs/" + word);
  words.insert(words.end(), {"--out", result_of(command).string()});
  words.insert(words.end(), more.begin(), more.end());
  fs::remove(folder_ / "calls");
  return app::testing::start_program(words, folder_ / "messages", std::nullopt, environment);
}

Ending WritingWorld::end(pid_t process) const {
  Ending ending{app::testing::exit_of(process), read_bytes(folder_ / "messages"), {}};
  std::ifstream calls{folder_ / "calls"};
  for (std::string line; std::getline(calls, line);) ending.calls.push_back(line);
  return ending;
}

std::string WritingWorld::digest_of(const WritingCommand& command) const {
  const fs::path file = result_of(command);
  switch (command.content) {
    case Content::result:
      return content_digest(read_result(file));
    case Content::shard:
      return content_digest(read_result(file, app::shard_file_type));
    case Content::text:
      return read_bytes(file);
  }
  return {};
}

std::string WritingWorld::undisturbed_digest(const WritingCommand& command) {
  if (command.name == "merge") {
    for (const char* number : {"1", "2"}) {
      const fs::path part = folder_ / ("inputs/part-" + std::string{number} + ".h5");
      const Words words{
          "sweep", folder_ / "inputs/sweep.yaml", "-q", "--shard", std::string{number} + "/2", "--out", part};
      EXPECT_EQ(app::testing::exit_of(app::testing::start_program(words, folder_ / "messages")), 0)
          << read_bytes(folder_ / "messages");
    }
  }
  const Ending ending = run(command, {});
  EXPECT_EQ(ending.code, 0) << ending.messages;
  const std::string digest = digest_of(command);
  empty_disk();
  return digest;
}

void WritingWorld::empty_disk() const {
  for (const auto& entry : fs::directory_iterator(disk_)) fs::remove_all(entry.path());
}

void WritingWorld::bring_to_its_end(const WritingCommand& command, const Words& more,
                                    const Ending& before) const {
  Ending ending = before;
  for (int attempt = 0; attempt < 3 && ending.code != 0; ++attempt) {
    Words words = more;
    if (ending.messages.find("--resume") != std::string::npos)
      words.emplace_back("--resume");
    else if (ending.messages.find("--discard-partial") != std::string::npos)
      words.emplace_back("--discard-partial");
    ending = run(command, words, disturbed_disk(disk_, folder_ / "calls", std::nullopt, "none", 0));
  }
  ASSERT_EQ(ending.code, 0) << ending.messages;
}

Environment disturbed_disk(const fs::path& disk, const fs::path& log, std::optional<long> call,
                           const std::string& effect, int error) {
  Environment variables{{"LD_PRELOAD", PEERCAP_FAILING_DISK},
                        {"PEERCAP_DISK_FOLDER", disk},
                        {"PEERCAP_DISK_LOG", log},
                        {"PEERCAP_DISK_EFFECT", effect},
                        {"PEERCAP_DISK_ERRNO", std::to_string(error)},
                        // Under the address sanitizer, whose library wants to be the first.
                        {"ASAN_OPTIONS", "verify_asan_link_order=0"}};
  if (call) variables.emplace_back("PEERCAP_DISK_CALL", std::to_string(*call));
  return variables;
}

}  // namespace peercap::testing
