"""Hand in every cell twice, with the same names."""

import json


def build(release):
    release["cells"] += json.loads(json.dumps(release["cells"]))
    return json.dumps(release).encode()
