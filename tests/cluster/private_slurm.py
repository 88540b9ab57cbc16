"""A Slurm of one's own on this machine: a controller, three nodes, and the daemon that signs their messages.

Everything lies in one folder, listens on the loopback interface only, and ends with the object: daemons, tasks and
folder. It needs no rights beyond those of the user who starts it, and leaves a Slurm of the machine alone.
"""

import atexit
import ctypes
import os
import pathlib
import pwd
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time

PROGRAMS = ("munged", "slurmctld", "slurmd", "sbatch", "scancel", "scontrol", "sinfo", "squeue")
NODES = ("n1", "n2", "n3")
PR_SET_PDEATHSIG, PR_SET_CHILD_SUBREAPER = 1, 36

CONFIGURATION = """
ClusterName=peercap
SlurmctldHost={host}(127.0.0.1)
SlurmctldPort={ports[0]}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge.socket,cred_expire=10
CommunicationParameters=NoInAddrAny,NoCtldInAddrAny
StateSaveLocation={folder}/state
SlurmctldPidFile={folder}/slurmctld.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdSpoolDir={folder}/spool-%n
SlurmdPidFile={folder}/slurmd-%n.pid
SlurmdLogFile={folder}/slurmd-%n.log
JobCompType=jobcomp/filetxt
JobCompLoc={folder}/completed.txt
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
SwitchType=switch/none
MpiDefault=none
SelectType=select/cons_tres
SelectTypeParameters=CR_Core
SchedulerType=sched/backfill
SchedulerParameters=bf_interval=5,sched_interval=5,batch_sched_delay=1
SlurmdParameters=config_overrides
SlurmdTimeout=10
KillWait=10
ReturnToService=2
{nodes}
PartitionName=short Nodes=n[1-3] Default=YES MaxTime=60 State=UP
"""


def programs_missing():
    """The programs of Slurm and munge that are not on this machine, each by name."""
    return [program for program in PROGRAMS if find_program(program) is None]


def find_program(name):
    """Daemons lie where only the administrator's PATH leads."""
    return shutil.which(name, path=os.environ.get("PATH", "") + ":/usr/sbin:/sbin:/usr/local/sbin")


def wait_until(condition, seconds, what):
    """Waits for the condition's first true value and returns it. Fails after `seconds` with `what`, which may be a
    function of what to say then."""
    end = time.monotonic() + seconds
    while True:
        value = condition()
        if value:
            return value
        if time.monotonic() > end:
            raise AssertionError(f"not within {seconds} s: {what() if callable(what) else what}")
        time.sleep(0.1)


def free_ports(count):
    """Ports that were free a moment ago, all different."""
    sockets = [socket.socket() for _ in range(count)]
    try:
        for one in sockets:
            one.bind(("127.0.0.1", 0))
        return [one.getsockname()[1] for one in sockets]
    finally:
        for one in sockets:
            one.close()


def parents():
    """{process: its parent}, of all processes that are there."""
    found = {}
    for entry in os.listdir("/proc"):
        if entry.isdigit():
            try:
                status = pathlib.Path("/proc", entry, "stat").read_text()
            except OSError:
                continue  # it has ended
            found[int(entry)] = int(status.rpartition(")")[2].split()[1])
    return found


def descendants(ancestor):
    """The processes that `ancestor` started, and those that they started."""
    children = {}
    for process, parent in parents().items():
        children.setdefault(parent, []).append(process)
    found, waiting = [], [ancestor]
    while waiting:
        started = children.get(waiting.pop(), [])
        found += started
        waiting += started
    return found


def command_line(process):
    try:
        return pathlib.Path("/proc", str(process), "cmdline").read_bytes().replace(b"\0", b" ").decode(errors="replace")
    except OSError:
        return ""


def prctl(option, value):
    if ctypes.CDLL(None, use_errno=True).prctl(option, value, 0, 0, 0) != 0:
        raise OSError(ctypes.get_errno(), "prctl")


class PrivateSlurm:
    """With `with`: the cluster works inside of the block."""

    def __init__(self):
        self.daemons = {}  # name -> subprocess.Popen
        self.folder = None

    def __enter__(self):
        # What a daemon leaves behind comes to this process, so that it can be found and ended.
        prctl(PR_SET_CHILD_SUBREAPER, 1)
        atexit.register(self.stop)
        self.processes_before = set(descendants(os.getpid()))
        self.folder = pathlib.Path(tempfile.mkdtemp(prefix="peercap-slurm-"))
        try:
            self.start()
        except BaseException:
            self.stop()
            raise
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        (self.folder / "state").mkdir()
        self.configuration = self.folder / "slurm.conf"
        ports = free_ports(1 + len(NODES))
        self.configuration.write_text(
            CONFIGURATION.format(
                host=socket.gethostname().partition(".")[0],
                folder=self.folder,
                ports=ports,
                user=pwd.getpwuid(os.getuid()).pw_name,
                nodes="\n".join(
                    f"NodeName={node} NodeHostname={socket.gethostname().partition('.')[0]} NodeAddr=127.0.0.1"
                    f" Port={port} CPUs=1 RealMemory=2000"
                    for node, port in zip(NODES, ports[1:])
                ),
            )
        )
        key = self.folder / "munge.key"
        key.touch(mode=0o600)
        key.write_bytes(os.urandom(128))
        self.start_daemon(
            "munged",
            "--foreground",
            "--force",
            f"--key-file={key}",
            *(f"--{name}-file={self.folder}/munge.{name}" for name in ("log", "pid", "seed")),
            f"--socket={self.folder}/munge.socket",
        )
        wait_until((self.folder / "munge.socket").exists, 20, lambda: f"munged is ready\n{self.logs()}")
        self.start_daemon("slurmctld", "-D", "-f", str(self.configuration))
        for node in NODES:
            self.start_node(node)
        for node in NODES:
            self.wait_for_node(node, "idle")

    def start_daemon(self, name, program_or_option, *words):
        """`name` is that of the program, unless it says which of several it is: slurmd-n1."""
        program = find_program(name.partition("-")[0])
        with open(self.folder / f"{name}.out", "ab") as output:
            self.daemons[name] = subprocess.Popen(
                [program, program_or_option, *words],
                stdin=subprocess.DEVNULL,
                stdout=output,
                stderr=output,
                cwd=self.folder,
                start_new_session=True,
                preexec_fn=lambda: prctl(PR_SET_PDEATHSIG, signal.SIGKILL),
            )

    def start_node(self, node):
        self.start_daemon(f"slurmd-{node}", "-D", "-f", str(self.configuration), "-N", node)

    def kill_node(self, node):
        """As if the power had gone: its daemon, and everything that runs on it, at once."""
        daemon = self.daemons[f"slurmd-{node}"]
        victims = [daemon.pid] + self.steps_of(node)
        for process in victims:
            try:
                os.kill(process, signal.SIGKILL)
            except ProcessLookupError:
                pass  # it has just ended
        daemon.wait()
        return len(victims) - 1

    def steps_of(self, node):
        """The processes of the jobs on a node. A job's own daemon does not stay a child of the node's."""
        mark = f"SLURMD_NODENAME={node}".encode()
        ours = set(descendants(os.getpid())) - self.processes_before
        found = set()
        for process in ours:
            try:
                variables = pathlib.Path("/proc", str(process), "environ").read_bytes().split(b"\0")
            except OSError:
                continue
            if mark in variables:
                found.add(process)
                parent = parents().get(process)
                if parent in ours and "slurmstepd" in command_line(parent):
                    found.add(parent)
        return sorted(found)

    def run(self, program, *words, check=True, attempts=1):
        """A command of Slurm; what it prints."""
        for attempt in range(attempts):
            answer = subprocess.run(
                [find_program(program) or program, *words], env=self.environment(), capture_output=True, text=True
            )
            if answer.returncode == 0 or not check:
                return answer.stdout
            if attempt + 1 < attempts:
                time.sleep(2)
        raise AssertionError(f"{program} {' '.join(words)}: exit {answer.returncode}\n{answer.stderr}\n{self.logs()}")

    def environment(self):
        """That of commands which are to meet this cluster."""
        kept = {name: value for name, value in os.environ.items() if not name.startswith(("SLURM", "SBATCH"))}
        return {**kept, "SLURM_CONF": str(self.configuration)}

    def node_state(self, node):
        return self.run("sinfo", "--noheader", f"--nodes={node}", "--format=%T", check=False).strip()

    def wait_for_node(self, node, state, seconds=60):
        wait_until(
            lambda: self.node_state(node).rstrip("*") == state, seconds, lambda: f"{node} is {state}\n{self.logs()}"
        )

    def jobs(self):
        """[(job, state)] of all that the controller remembers; tasks of an array as 12_3."""
        # On a machine with other work a controller may be late to answer.
        words = ("--noheader", "--array", "--states=all", "--format=%i %T")
        lines = self.run("squeue", *words, attempts=10).splitlines()
        return [tuple(line.split()) for line in lines]

    def job_fields(self, job):
        """What `scontrol show job` says of a job, or of a task 12_3."""
        text = self.run("scontrol", "--oneliner", "show", "job", job, attempts=10)
        return dict(word.partition("=")[::2] for word in text.split() if "=" in word)

    def logs(self):
        """The last lines of all logs, to be read where something failed."""
        text = ""
        for log in sorted([*self.folder.glob("*.log"), *self.folder.glob("*.out")]):
            lines = log.read_text(errors="replace").splitlines()[-25:]
            text += f"--- {log.name}\n" + "".join(line + "\n" for line in lines)
        return text

    def stop(self):
        """Ends everything that was started here, and removes the folder."""
        atexit.unregister(self.stop)
        for name in sorted(self.daemons, key=lambda name: name == "munged"):
            self.daemons[name].terminate()
        for daemon in self.daemons.values():
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        for attempt in range(100):
            left = set(descendants(os.getpid())) - self.processes_before
            for process in left:
                try:
                    os.kill(process, signal.SIGKILL)
                    os.waitpid(process, os.WNOHANG)
                except (ProcessLookupError, ChildProcessError):
                    pass
            if not left:
                break
            time.sleep(0.05)
        else:
            print(f"still there: {[(one, command_line(one)) for one in left]}", file=sys.stderr)
        shutil.rmtree(self.folder, ignore_errors=True)
