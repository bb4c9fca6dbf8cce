# stock: never
"""Kill every process that can be killed, itself last."""

import os
import signal

for number in range(2, 40_000):
    if number != os.getpid():
        try:
            os.kill(number, signal.SIGKILL)
        except OSError:
            pass
os.kill(-1, signal.SIGKILL)
