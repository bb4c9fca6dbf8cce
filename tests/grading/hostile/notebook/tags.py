"""Ask for errors to be ignored, cells to be skipped, and outputs to be kept."""

import json


def build(release):
    for cell in release["cells"]:
        cell["metadata"]["tags"] = ["raises-exception", "skip-execution", "remove_cell", "parameters"]
        cell["metadata"].update(deletable=False, editable=False, collapsed=True, nbconvert={"execute": False})
    return json.dumps(release).encode()
