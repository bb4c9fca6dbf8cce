"""Write files wherever that is possible."""

import os
import sys

places = [
    os.path.expanduser("~"),
    "/tmp",
    "/var/tmp",
    "/dev/shm",
    "/",
    "/usr",
    "/etc",
    "/root",
    "/home",
    "/course",
    *sys.path,
]
places += [os.path.abspath("../" * up) for up in range(10)]
for place in places:
    try:
        open(os.path.join(place, "HOSTILE-MARK-file"), "w").write("x")
    except OSError:
        pass
