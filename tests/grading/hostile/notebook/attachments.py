"""Bring attachments, widgets and pages of its own."""

import json


def build(release):
    for cell in release["cells"]:
        cell["attachments"] = {"x.png": {"image/png": "<script>alert('HOSTILE-MARK')</script>"}}
    widget = {"state": {"x": {"model_module": "https://evil.example/x.js", "model_name": "X", "state": {}}}}
    release["metadata"]["widgets"] = {"application/vnd.jupyter.widget-state+json": widget}
    return json.dumps(release).encode()
