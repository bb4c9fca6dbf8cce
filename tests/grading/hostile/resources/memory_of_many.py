# stock: never
"""Take all the memory there is, a little in each of many processes."""

import mmap
import os
import time

# The kernel fills the pages itself, in half the time: the limit is met before the cell's time is up.
FLAGS = mmap.MAP_PRIVATE | mmap.MAP_ANONYMOUS | mmap.MAP_POPULATE

for _ in range(40):
    if os.fork() == 0:
        kept = mmap.mmap(-1, 200_000_000, flags=FLAGS)
        time.sleep(1000)
time.sleep(1000)
