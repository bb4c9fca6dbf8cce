"""Speak nonsense on the kernel's own sockets, underneath ZeroMQ, frames without end among it."""

import os
import stat
import threading


def frames(descriptor):
    try:
        while True:  # a frame of one byte, more to follow
            os.write(descriptor, b"\x01\x01x" * 20_000)
    except OSError:
        pass


for descriptor in range(3, 100):
    try:
        if stat.S_ISSOCK(os.fstat(descriptor).st_mode):
            os.set_blocking(descriptor, True)
            threading.Thread(target=frames, args=(descriptor,), daemon=True).start()
    except OSError:
        pass
