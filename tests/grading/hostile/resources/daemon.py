"""Leave a process behind, out of reach of whoever kills the group."""

import os
import subprocess

for _ in range(3):
    subprocess.Popen(["sleep", "98765.4321"], start_new_session=True)
if os.fork() == 0:
    os.setsid()
    if os.fork() == 0:
        os.execvp("sleep", ["sleep", "98765.4321"])
    os._exit(0)
