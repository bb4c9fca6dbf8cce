"""Give cells names that are paths."""

import json


def build(release):
    for cell in release["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["grade_id"] = "../../../HOSTILE-MARK-name"
    release["metadata"]["name"] = release["metadata"]["title"] = "../../HOSTILE-MARK-title"
    return json.dumps(release).encode()
