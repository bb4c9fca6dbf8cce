"""Make raw cells of all cells, and code of the text."""

import json


def build(release):
    for cell in release["cells"]:
        cell["cell_type"] = "raw" if cell["cell_type"] == "code" else "code"
    return json.dumps(release).encode()
