"""Write points into the graded cells."""

import json


def build(release):
    for cell in release["cells"]:
        if cell["metadata"].get("nbgrader", {}).get("grade"):
            cell["source"] = "4.0"
    return json.dumps(release).encode()
