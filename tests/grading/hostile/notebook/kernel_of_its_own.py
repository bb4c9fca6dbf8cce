"""Ask for a kernel of its own choice."""

import json


def build(release):
    release["metadata"]["kernelspec"] = {"name": "bash", "display_name": "x", "language": "bash"}
    release["metadata"]["language_info"] = {"name": "../../../etc/passwd"}
    return json.dumps(release).encode()
