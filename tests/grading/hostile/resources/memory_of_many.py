# stock: never
"""Take all the memory there is, a little in each of many processes."""

import os
import time

for _ in range(40):
    if os.fork() == 0:
        kept = bytearray(b"x") * 200_000_000
        time.sleep(1000)
time.sleep(1000)
