"""Have a dict of cells."""

import json


def build(release):
    release["cells"] = {str(index): cell for index, cell in enumerate(release["cells"])}
    return json.dumps(release).encode()
