"""Hand in forty megabytes."""

import json


def build(release):
    release["metadata"]["x"] = "x" * 40_000_000
    return json.dumps(release).encode()
