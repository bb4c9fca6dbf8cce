"""Hand in ten thousand cells."""

import json


def build(release):
    cell = {"cell_type": "code", "metadata": {}, "source": "1", "outputs": [], "execution_count": None}
    release["cells"] += [cell] * 10_000
    return json.dumps(release).encode()
