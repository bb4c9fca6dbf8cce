"""Use the notebook format of ten years ago."""

import json


def build(release):
    cells = [dict(cell, input=cell["source"], language="python") for cell in release["cells"]]
    old = {"nbformat": 3, "nbformat_minor": 0, "metadata": {"name": "x"}, "worksheets": [{"cells": cells}]}
    return json.dumps(old).encode()
