"""Put other things where cells are expected."""

import json


def build(release):
    release["cells"] += [None, 1, "x", [], {}, {"cell_type": []}, {"cell_type": "code", "source": {}}]
    release["cells"] += [{"cell_type": "code", "source": [1, None]}, {"cell_type": "code", "metadata": {}}]
    return json.dumps(release).encode()
