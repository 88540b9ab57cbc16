#include "app/cluster/slurm_script.h"

#include <fmt/format.h>

#include "app/cluster/slurm_words.h"
#include "app/command_line.h"

namespace peercap::app {
namespace {

/// What both jobs ask of Slurm. Relative names are below the folder.
std::string common_directives(const SlurmSweep& sweep, const std::string& job_name, const std::string& log,
                              std::chrono::seconds time_limit, std::uint64_t memory_mib) {
  std::string text;
  const auto add = [&](const std::string& option) { text += "#SBATCH " + directive_word(option) + "\n"; };
  add("--job-name=" + job_name);
  add("--chdir=" + sweep.folder.string());
  add("--output=logs/" + log);
  add("--open-mode=append");
  add("--requeue");
  add("--time=" + time_limit_text(time_limit));
  add(fmt::format("--mem={}M", memory_mib));
  return text;
}

std::string further_directives(const SlurmSweep& sweep) {
  std::string text;
  for (const std::string& option : sweep.job_options) text += "#SBATCH " + directive_word(option) + "\n";
  return text;
}

std::string setup_of(const SlurmSweep& sweep) {
  std::string text;
  for (const std::string& command : sweep.setup_commands) text += command + "\n";
  return text.empty() ? text : "\n# What this cluster needs before a program starts.\n" + text;
}

std::string words_of(const std::vector<std::string>& arguments) {
  std::string text;
  for (const std::string& argument : arguments) text += " " + shell_word(argument);
  return text;
}

/// The comment at the head of a script, before what it asks of Slurm.
std::string head_of(const SlurmSweep& sweep, const std::string& does) {
  return fmt::format("#!/bin/bash\n# {} of the sweep {}. Written by\n#   {}\n#\n", does, sweep.name,
                     sweep.command_line);
}

constexpr const char* array_comment =
    R"script(# It may be submitted any number of times: a task whose shard is complete ends at once, another one goes on
# where its shard stands.
#
# Before the time limit   Slurm sends SIGUSR1 to this script ({} s ahead), and the script SIGTERM to peercap. Runs
#                         that have begun come to their end, all are kept, and the task is queued again.
# Canceled, preempted     The same by SIGTERM, but whether the task is queued again is for Slurm to say.
# A node fails            Slurm queues the task again. What peercap had saved, every 10 s, is kept.
#
)script";

constexpr const char* array_body = R"script(
shard=shards/$name.shard-$SLURM_ARRAY_TASK_ID-of-$shards.h5

say() {
  printf '%s, task %s, start %s on %s: %s\n' \
    "$(date '+%F %T')" "$SLURM_ARRAY_TASK_ID" "$((${SLURM_RESTART_COUNT:-0} + 1))" "$(hostname)" "$*"
}

# How many blocks of finished runs are on the disk.
saved_blocks() { find "$shard.partial" -name 'runs-*' 2>/dev/null | wc -l; }

# On a node that Slurm has lost sight of, a former start may still be at work; peercap refuses to work on one
# shard twice.
lock=$shard.partial/lock
if [[ -e $lock ]] && command -v flock >/dev/null && ! flock --nonblock "$lock" true 2>/dev/null; then
  say "another process is at work on this shard: waiting for it, 5 minutes at most"
  flock --timeout 300 "$lock" true 2>/dev/null || true
fi

blocks_before=$(saved_blocks)
say "shard $SLURM_ARRAY_TASK_ID of $shards begins"
"${sweep[@]}" --shard "$SLURM_ARRAY_TASK_ID/$shards" --out "$shard" --resume --threads "${SLURM_CPUS_PER_TASK:-1}" &
process=$!

caught=no
limit_is_near=no
# shellcheck disable=SC2317  # called by the traps
ask_to_end() {
  caught=yes
  kill -TERM "$process" 2>/dev/null || true
}
trap 'limit_is_near=yes; ask_to_end' USR1
trap ask_to_end TERM INT

# A signal ends `wait`, not peercap.
while true; do
  caught=no
  wait "$process"
  status=$?
  [[ $caught == yes ]] || break
done
# From here on Slurm may end this script, but not before it has said what happens.
trap '' USR1 TERM INT

if [[ $status -eq 5 && -e $shard ]]; then
  say "some runs failed; the shard says which, and the merge will"
  exit 0
fi
if [[ $status -eq 143 && $limit_is_near == yes ]]; then
  if [[ $(saved_blocks) -eq $blocks_before ]]; then
    say "no run came to its end within the time limit; submit with a longer one: sbatch --time=..."
  elif scontrol requeue "${SLURM_ARRAY_JOB_ID}_$SLURM_ARRAY_TASK_ID"; then
    say "the time limit is near; the task is queued again"
  else
    say "the time limit is near, and the task cannot be queued again; submit it once more"
  fi
fi
say "peercap ended with exit code $status"
exit "$status"
)script";

constexpr const char* merge_comment =
    R"script(# To be submitted with --dependency=afterok:JOB, where JOB is that of the array: it starts once every task has
# succeeded, and is taken out of the queue where one has failed. The shards stay.
#
)script";

constexpr const char* merge_body = R"script(
if [[ -e $result ]]; then
  echo "$result is there already"
  exit 0
fi
exec "$peercap" merge shards --out "$result"
)script";

}  // namespace

std::string array_script(const SlurmSweep& sweep) {
  const SlurmPlan& plan = sweep.plan;
  std::string text = head_of(sweep, "The shards, one for each task of this array,");
  text += fmt::format(array_comment, plan.warning.count());
  text += fmt::format("#SBATCH --array=1-{}{}\n", plan.shards,
                      sweep.at_once > 0 ? fmt::format("%{}", sweep.at_once) : "");
  text += common_directives(sweep, sweep.name, "shard-%a.log", plan.time_limit, plan.memory_mib);
  text += fmt::format("#SBATCH --signal=B:USR1@{}\n", plan.warning.count());
  text += fmt::format("#SBATCH --cpus-per-task={}\n", plan.threads);
  text += further_directives(sweep) + setup_of(sweep) + "\nset -u\n";
  text += fmt::format("name={}\n", shell_word(sweep.result.stem().string()));
  text += fmt::format("shards={}\n", plan.shards);
  text += fmt::format("sweep=({} sweep {}{})\n", shell_word(sweep.program.string()),
                      shell_word(sweep.study.string()), words_of(sweep.study_arguments));
  return text + array_body;
}

std::string merge_script(const SlurmSweep& sweep) {
  const SlurmPlan& plan = sweep.plan;
  std::string text = head_of(sweep, "Makes one result of the shards") + merge_comment;
  text += common_directives(sweep, sweep.name + "-merge", "merge.log", plan.merge_time_limit,
                            plan.merge_memory_mib);
  text += "#SBATCH --kill-on-invalid-dep=yes\n";
  text += further_directives(sweep) + setup_of(sweep) + "\nset -u\n";
  text += fmt::format("peercap={}\n", shell_word(sweep.program.string()));
  text += fmt::format("result={}\n", shell_word(sweep.result.string()));
  return text + merge_body;
}

}  // namespace peercap::app
