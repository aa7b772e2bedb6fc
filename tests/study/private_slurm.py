"""A Slurm cluster of this one machine for the time of a test: its own munge key, ports and folder, nothing in /etc.

Needs slurmctld, slurmd, munged (Debian: slurmctld slurmd slurm-client munge).  No cgroups and no systemd are needed."""

import atexit
import getpass
import os
import shutil
import signal
import socket
import subprocess
import tempfile
import time

NEEDED = ("slurmctld", "slurmd", "munged", "sbatch", "squeue", "scontrol", "scancel", "sinfo")
CONFIG = """ClusterName=test
SlurmctldHost={host}
SlurmUser={user}
SlurmdUser={user}
AuthType=auth/munge
AuthInfo=socket={folder}/munge/socket
CredType=cred/munge
SlurmctldPort={port}
SlurmdPort={next_port}
StateSaveLocation={folder}/state
SlurmdSpoolDir={folder}/spool
SlurmctldPidFile={folder}/slurmctld.pid
SlurmdPidFile={folder}/slurmd.pid
SlurmctldLogFile={folder}/slurmctld.log
SlurmdLogFile={folder}/slurmd.log
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU
SchedulerParameters=batch_sched_delay=0,sched_interval=2,sched_min_interval=0
ReturnToService=2
KillWait=5
NodeName={host} CPUs={cpus} State=UNKNOWN
PartitionName=all Nodes=ALL Default=YES MaxTime=INFINITE State=UP
"""


def missing():
    """What is not installed, "" if nothing."""
    path = os.environ.get("PATH", "") + ":/usr/sbin:/sbin"
    return " ".join(name for name in NEEDED if not shutil.which(name, path=path))


def free_port():
    """The first of two neighbours that nobody listens on."""
    for port in range(26817, 27817, 2):
        try:
            for each in (port, port + 1):
                with socket.socket() as s:
                    s.bind(("", each))
            return port
        except OSError:
            continue
    raise OSError("no free port")


class Slurm:
    """Up after the constructor, down at the end of the process; RuntimeError if it does not come up."""

    def __init__(self):
        self.folder = tempfile.mkdtemp(prefix="cicatrix-slurm-")
        self.daemons = []
        atexit.register(self.stop)
        os.chmod(self.folder, 0o755)
        for name in ("state", "spool", "munge"):
            os.mkdir(os.path.join(self.folder, name))
        os.chmod(os.path.join(self.folder, "munge"), 0o711)
        os.environ["PATH"] += ":/usr/sbin:/sbin"
        os.environ["SLURM_CONF"] = os.path.join(self.folder, "slurm.conf")
        host, port = socket.gethostname().split(".")[0], free_port()
        with open(os.environ["SLURM_CONF"], "w") as file:
            file.write(CONFIG.format(folder=self.folder, host=host, port=port, next_port=port + 1,
                                     user=getpass.getuser(), cpus=os.cpu_count()))
        self.start_munge()
        self.start("slurmctld", "-D", "-c")
        self.start("slurmd", "-D", "-c")
        for _ in range(150):
            if "idle" in self.ask("sinfo", "--noheader", "--format=%T"):
                return
            time.sleep(0.2)
        raise RuntimeError("the node does not become idle: " + self.ask("sinfo", "--noheader", "--format=%T %E"))

    def start_munge(self):
        folder = os.path.join(self.folder, "munge")
        key = os.path.join(folder, "key")
        with open(os.open(key, os.O_WRONLY | os.O_CREAT, 0o600), "wb") as file:
            file.write(os.urandom(128))
        self.start("munged", "--foreground", "--force", "--key-file=" + key, *(
            f"--{name}={folder}/{name.split('-')[0]}" for name in ("socket", "pid-file", "log-file", "seed-file")))
        for _ in range(100):
            if os.path.exists(os.path.join(folder, "socket")):
                return
            time.sleep(0.05)
        raise RuntimeError("munged does not start")

    def start(self, *words):
        log = open(os.path.join(self.folder, words[0] + ".out"), "wb")
        self.daemons.append(subprocess.Popen(words, stdout=log, stderr=log, start_new_session=True))
        log.close()

    def ask(self, *words):
        return subprocess.run(words, capture_output=True, text=True, timeout=90).stdout

    def jobs(self):
        """{"12_3": "RUNNING", ...} of all that have not ended."""
        lines = self.ask("squeue", "--noheader", "--array", "--format=%i %T").split("\n")
        return dict(line.split() for line in lines if line.strip())

    def stop(self):
        if len(self.daemons) > 1:
            self.ask("scancel", "--user=" + getpass.getuser())
            for _ in range(50):
                if not self.jobs():
                    break
                time.sleep(0.2)
        for daemon in reversed(self.daemons):
            daemon.send_signal(signal.SIGTERM)
            try:
                daemon.wait(timeout=10)
            except subprocess.TimeoutExpired:
                daemon.kill()
                daemon.wait()
        shutil.rmtree(self.folder, ignore_errors=True)
