#include "tests/regression/fingerprint.h"

#include <algorithm>
#include <array>
#include <fstream>
#include <sstream>
#include <stdexcept>

#include "app/commands/compare.h"
#include "app/commands/run.h"
#include "app/commands/sweep.h"
#include "sim/io/hdf5/result_file.h"
#include "sim/io/yaml/document.h"
#include "sim/io/yaml/file_text.h"
#include "sim/observe/content_digest.h"
#include "tests/sim/io/files/temporary_folder.h"

namespace peercap::testing {
namespace {

namespace fs = std::filesystem;

const fs::path configs = fs::path{PEERCAP_SOURCE_DIR} / "configs";

/// Groups of a result file that repeat what was asked.
constexpr std::array<std::string_view, 3> asked{"/scenario", "/parameters", "/study"};

std::string digest_of_result(const fs::path& file) {
  ResultContent content = read_result(file);
  std::erase_if(content.groups,
                [](const ResultGroup& group) { return std::ranges::find(asked, group.path) != asked.end(); });
  return content_digest(content);
}

/// Of an answer in JSON, without how long it took.
std::string digest_of_answer(const std::string& json) {
  std::istringstream lines{json};
  Sha256 digest;
  for (std::string line; std::getline(lines, line);)
    if (line.find("\"seconds\":") == std::string::npos) digest.update(line + "\n");
  return digest.finish();
}

std::vector<std::string> overrides_of(const Fingerprint& fingerprint) {
  return {"run.horizon=" + fingerprint.horizon, "run.burn_in=" + fingerprint.burn_in};
}

void require_done(app::ExitCode code, const Fingerprint& fingerprint, const std::string& messages) {
  if (code == app::ExitCode::done) return;
  throw std::runtime_error(fingerprint.command + " " + fingerprint.file + ": " + messages);
}

std::string digest_of_run(const Fingerprint& fingerprint) {
  const TemporaryFolder folder;
  const std::size_t mark = std::min(fingerprint.file.find('#'), fingerprint.file.size());
  app::RunOptions options;
  options.scenario = configs / fingerprint.file.substr(0, mark);
  if (mark < fingerprint.file.size()) options.load.variant = fingerprint.file.substr(mark + 1);
  options.load.overrides = overrides_of(fingerprint);
  options.load.overrides.push_back("run.seed=" + fingerprint.seed);
  options.load.overrides.push_back("run.replications=" + fingerprint.replications);
  options.out = folder / "result.h5";
  options.checkpoint_every.reset();
  std::ostringstream out;
  std::ostringstream err;
  require_done(app::run(options, out, err), fingerprint, err.str());
  return digest_of_result(*options.out);
}

app::StudyLoadOptions study_options(const Fingerprint& fingerprint) {
  app::StudyLoadOptions options;
  options.overrides = overrides_of(fingerprint);
  options.replications = std::stoi(fingerprint.replications);
  options.seed = std::stoull(fingerprint.seed);
  return options;
}

std::string digest_of_sweep(const Fingerprint& fingerprint) {
  const TemporaryFolder folder;
  app::SweepOptions options;
  options.file = configs / fingerprint.file;
  options.load = study_options(fingerprint);
  options.out = folder / "result.h5";
  std::ostringstream out;
  std::ostringstream err;
  require_done(app::sweep(options, out, err), fingerprint, err.str());
  return digest_of_result(*options.out);
}

std::string digest_of_comparison(const Fingerprint& fingerprint) {
  app::CompareOptions options;
  options.file = configs / fingerprint.file;
  options.load = study_options(fingerprint);
  options.form = app::OutputForm::json;
  std::ostringstream out;
  std::ostringstream err;
  require_done(app::compare(options, out, err), fingerprint, err.str());
  return digest_of_answer(out.str());
}

}  // namespace

std::string to_line(const Fingerprint& f) {
  return f.command + "," + f.file + "," + f.seed + "," + f.horizon + "," + f.burn_in + "," + f.replications +
         "," + f.digest;
}

std::vector<Fingerprint> read_fingerprints(const fs::path& table) {
  std::ifstream in{table};
  std::string line;
  if (!std::getline(in, line) || line != fingerprint_columns)
    throw std::runtime_error(table.string() + ": the first line is not " + fingerprint_columns);
  std::vector<Fingerprint> all;
  while (std::getline(in, line)) {
    std::istringstream cells{line};
    Fingerprint f;
    for (std::string* cell : {&f.command, &f.file, &f.seed, &f.horizon, &f.burn_in, &f.replications})
      if (!std::getline(cells, *cell, ',') || cell->empty())
        throw std::runtime_error(table.string() + ": too few cells in " + line);
    std::getline(cells, f.digest);
    all.push_back(f);
  }
  return all;
}

std::string compute_digest(const Fingerprint& fingerprint) {
  if (fingerprint.command == "run") return digest_of_run(fingerprint);
  if (fingerprint.command == "sweep") return digest_of_sweep(fingerprint);
  if (fingerprint.command == "compare") return digest_of_comparison(fingerprint);
  throw std::runtime_error("no fingerprint can be taken of " + fingerprint.command);
}

std::vector<std::string> shipped_scenarios() {
  std::vector<std::string> all;
  for (const auto& entry : fs::directory_iterator(configs / "scenarios")) {
    if (entry.path().extension() != ".yaml") continue;
    const std::string file = "scenarios/" + entry.path().filename().string();
    all.push_back(file);
    Diagnostics diagnostics;
    const auto text = yaml::read_file_text(entry.path(), diagnostics);
    const auto root = text ? yaml::parse_document(*text, entry.path(), diagnostics) : std::nullopt;
    if (!root) throw std::runtime_error(file + " cannot be read");
    if (const yaml::Entry* variants = root->find("scenarios"))
      for (const yaml::Entry& variant : variants->value.entries) all.push_back(file + "#" + variant.key);
  }
  std::ranges::sort(all);
  return all;
}

}  // namespace peercap::testing
