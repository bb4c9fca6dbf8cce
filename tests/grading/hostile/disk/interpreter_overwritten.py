"""Write into the interpreter that everybody uses, through /proc and through its path."""

import os
import sys

for path in (
    "/proc/self/exe",
    sys.executable,
    os.path.realpath("/proc/self/exe"),
    os.__file__,
    "/proc/1/exe",
):
    try:
        descriptor = os.open(path, os.O_WRONLY | os.O_APPEND)
        os.write(descriptor, b"")
        print("HOSTILE-MARK writable", path)
    except OSError:
        pass
