"""Use surrogates, control characters and the ends of strings in sources and names."""

import json


def build(release):
    for cell in release["cells"]:
        cell["source"] = "# \ud800 \x00 \x1b[2J \u202e \ufeff '\"</script>\n" + cell["source"]
        if "nbgrader" in cell["metadata"]:
            cell["metadata"]["nbgrader"]["HOSTILE\ud800"] = "'; DROP TABLE grade; --"
    return json.dumps(release).encode()
