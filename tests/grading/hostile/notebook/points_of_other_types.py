"""Give points that are none."""

import json


def build(release):
    for cell, points in zip(release["cells"], [None, "4", [], {}, float("nan"), 1e999, -5] * 9):
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["points"] = points
    return json.dumps(release).encode()
