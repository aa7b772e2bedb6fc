"""All published comparisons: every row inside its tolerance, but the misses that are known as such."""

import os
import subprocess
import sys

SOURCE = os.environ.get("CX_SOURCE", os.path.dirname(os.path.dirname(os.path.dirname(os.path.abspath(__file__)))))

done = subprocess.run([sys.executable, os.path.join(SOURCE, "validation", "published", "published.py"), "--check"])
sys.exit(done.returncode)
