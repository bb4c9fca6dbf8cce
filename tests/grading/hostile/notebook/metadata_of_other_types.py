"""Put other things where metadata are expected."""

import json


def build(release):
    odd = [
        None,
        [],
        "x",
        1,
        {"nbgrader": None},
        {"nbgrader": []},
        {"nbgrader": {"grade_id": ["x"]}},
        {"nbgrader": "x"},
    ]
    for index, cell in enumerate(release["cells"]):
        cell["metadata"] = odd[index % len(odd)]
    release["metadata"] = None
    return json.dumps(release).encode()
