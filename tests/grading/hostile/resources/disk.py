# stock: never
"""Fill the disk, with one file and with many."""

import os

for place in (".", os.environ.get("TMPDIR", "/tmp"), "/dev/shm"):
    try:
        with open(f"{place}/HOSTILE-MARK-large", "wb") as file:
            for _ in range(2000):
                file.write(bytes(1_000_000))
    except OSError:
        pass
    try:
        for number in range(20_000):
            open(f"{place}/HOSTILE-MARK-{number}", "wb").write(bytes(100_000))
    except OSError:
        pass
