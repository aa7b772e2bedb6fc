"""No kernel needs more than 5 % more instructions than recorded (validation/bench/instructions.json).  Skipped where counts cannot be
compared: no valgrind, another compiler, other processor features or another kind of build."""

import os
import subprocess
import sys

GUARD = os.path.join(os.environ["CX_SOURCE"], "validation", "bench", "instructions.py")
sys.exit(subprocess.run([sys.executable, GUARD, "--build", os.environ["CX_BUILD"]]).returncode)
