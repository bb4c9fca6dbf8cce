"""Give each graded cell the name of another."""

import json


def build(release):
    graded = [cell for cell in release["cells"] if cell["metadata"].get("nbgrader", {}).get("grade")]
    names = [cell["metadata"]["nbgrader"]["grade_id"] for cell in graded]
    for cell, name in zip(graded, names[1:] + names[:1]):
        cell["metadata"]["nbgrader"]["grade_id"] = name
    return json.dumps(release).encode()
