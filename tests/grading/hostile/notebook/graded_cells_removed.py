"""Hand in no graded cell at all."""

import json


def build(release):
    release["cells"] = [
        cell for cell in release["cells"] if not cell["metadata"].get("nbgrader", {}).get("grade")
    ]
    return json.dumps(release).encode()
