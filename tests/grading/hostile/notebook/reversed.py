"""Hand in the cells in reverse order."""

import json


def build(release):
    release["cells"].reverse()
    return json.dumps(release).encode()
