"""What an explorer puts into a notebook: words, a picture for pages without a kernel, and its card."""

import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from mlcourse.explorers.work import finish, kernel_shell

if TYPE_CHECKING:
    from mlcourse.explorers.base import Explorer

PAGES = "MLCOURSE_PAGES"
"""Variable of the environment: ``1``, or a folder for the pictures, whose name precedes theirs there."""


def bundle(explorer: "Explorer") -> tuple[dict[str, Any], dict[str, Any]]:
    """Data by MIME type, and their metadata, as IPython asks for them."""
    if os.environ.get("NBGRADER_EXECUTION"):
        # A grader is running the notebook: nobody looks.
        return {"text/plain": f"{type(explorer).__name__} (not drawn while grading)"}, {}
    with explorer._lock:
        data: dict[str, Any] = {"text/plain": repr(explorer)}
        metadata: dict[str, Any] = {}
        shell = kernel_shell()
        if pages := os.environ.get(PAGES):
            beside = (None, "") if pages == "1" else (Path(pages), f"{Path(pages).name}/")
            data["text/html"] = explorer.page(*beside)
        elif shell is not None:
            if explorer._live is None:
                from mlcourse.explorers.live import Live

                explorer._live = Live(explorer, shell.user_ns.get("In", [""])[-1].strip().split("\n")[-1])
            data["application/vnd.jupyter.widget-view+json"] = {
                "version_major": 2,
                "version_minor": 0,
                "model_id": explorer._live.panel.root.model_id,
            }
            # What anywidget wants a page to know of its widgets; Colab shows none without it.
            _, told = explorer._live.panel.card._repr_mimebundle_() or ({}, {})
            metadata.update(told)
        data["image/png"], words = _stored(explorer)
    width, height = explorer._page_size()
    return data, {**metadata, "image/png": {"width": width, "height": height, "alt": words}}


def _stored(explorer: "Explorer") -> tuple[bytes, str]:
    """The picture for pages without a kernel, and its words."""
    values = explorer.values
    if explorer.stored and all(setting.start == values[name] for name, setting in explorer.settings.items()):
        with explorer._as_if({**values, **explorer.stored}):
            state = finish(explorer.compute(**explorer.values))
            return explorer._draw(state).png(smallest=True), explorer.describe(state)
    return explorer._draw().png(smallest=True), explorer.summary
