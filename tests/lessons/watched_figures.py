"""Start-up file of a kernel: each figure that a cell shows is searched for collisions."""

import json
import os
from pathlib import Path

import IPython.core.pylabtools as tools

_print_figure = tools.print_figure


def _look_and_print(figure, *arguments, **keywords):
    from mlcourse.plots.collisions import collisions

    # The stored picture is cut to what is drawn, so no text can leave it.
    seen = {"lesson": Path.cwd().name, "found": collisions(figure, inside=False)}
    with open(os.environ["WATCHED_FIGURES"], "a", encoding="utf-8") as record:
        record.write(json.dumps(seen) + "\n")
    return _print_figure(figure, *arguments, **keywords)


tools.print_figure = _look_and_print
