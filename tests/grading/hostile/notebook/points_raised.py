"""Raise the points."""

import json


def build(release):
    for cell in release["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["metadata"]["nbgrader"]["points"] = 1000
    return json.dumps(release).encode()
