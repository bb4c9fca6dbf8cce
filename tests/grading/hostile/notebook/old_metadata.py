"""Use old versions of nbgrader's metadata, and of the notebook format."""

import json


def build(release):
    for cell in release["cells"]:
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"].update(schema_version=0)
    release["nbformat"], release["nbformat_minor"] = 4, 0
    return json.dumps(release).encode()
