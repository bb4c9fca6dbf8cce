"""Outputs of a cell, from the kernel's messages: capped, and without anything that could do harm."""

import base64
import binascii
import os
import re
import sysconfig
from functools import cache
from typing import Any

from mlcourse.grading.cleaning import clean_html
from mlcourse.grading.visible_files import site_packages

_INSTALLED = ("stdlib", "platstdlib", "purelib", "platlib")
_IMAGES = ("image/png", "image/jpeg")
_MOST_OUTPUTS = 200
_ASKS = "Nobody answers input() while a notebook is graded: write the value into the cell."
_TRUNCATED = "\n... the rest of this output was not kept ...\n"


class Outputs:
    """Outputs of one cell.

    Parameters
    ----------
    most : int
        Bytes to keep.

    Attributes
    ----------
    size : int
        Bytes that arrived.
    full : bool
        Whether more arrived than may be kept.
    """

    def __init__(self, most: int) -> None:
        self._most, self.size, self.full = max(most, 0), 0, False
        self._outputs: list[dict[str, Any]] = []
        self._clear = False

    def count(self, size: int) -> None:
        """Take note of a message of this many bytes."""
        self.size += size
        # What a silent request or an exhausted notebook says is dropped, but a little of it is no flood.
        self.full = self.size > max(self._most, 1 << 20)

    def add(self, kind: str, content: dict[str, Any]) -> None:
        """Add what a message shows, if it shows something."""
        if kind == "clear_output":
            self._clear = bool(content.get("wait"))
            if not self._clear:
                self._outputs.clear()
            return
        output = _output(kind, content)
        if output is None or self.full or not self._most:
            return
        if self._clear:
            self._outputs.clear()
            self._clear = False
        last = self._outputs[-1] if self._outputs else {}
        if output["output_type"] == "stream" and last.get("name") == output["name"]:
            last["text"] += output["text"]
        elif len(self._outputs) < _MOST_OUTPUTS:
            self._outputs.append(output)

    def finished(self) -> list[dict[str, Any]]:
        """Return all outputs, and a note where some are missing."""
        if self.full or len(self._outputs) >= _MOST_OUTPUTS:
            return [*self._outputs, {"output_type": "stream", "name": "stdout", "text": _TRUNCATED}]
        return self._outputs


def error(name: str, message: str) -> dict[str, Any]:
    """Return an output by which the grader says something in a cell; nbgrader scores it as zero."""
    return {"output_type": "error", "ename": name, "evalue": message, "traceback": [f"{name}: {message}"]}


def _output(kind: str, content: dict[str, Any]) -> dict[str, Any] | None:
    if kind == "stream":
        name = "stderr" if content.get("name") == "stderr" else "stdout"
        return {"output_type": "stream", "name": name, "text": _text(content.get("text"))}
    if kind == "error":
        if content.get("ename") == "StdinNotImplementedError":
            return error("InputAsked", _ASKS)
        lines = content.get("traceback")
        return {
            "output_type": "error",
            "ename": _text(content.get("ename"))[:200],
            "evalue": _text(content.get("evalue"))[:2000],
            "traceback": [_text(line) for line in lines[:100]] if isinstance(lines, list) else [],
        }
    if kind in ("execute_result", "display_data"):
        data = clean_display(content.get("data"))
        result = {"output_type": kind, "data": data, "metadata": {}}
        return result | ({"execution_count": None} if kind == "execute_result" else {})
    return None


def clean_display(data: Any) -> dict[str, str]:
    """Keep of a display what cannot run in the reader's browser: text, images of pixels, and cleaned HTML."""
    data = data if isinstance(data, dict) else {}
    kept = {"text/plain": _text(data.get("text/plain"))}
    if isinstance(data.get("text/html"), str):
        kept["text/html"] = clean_html(data["text/html"])
    for kind in _IMAGES:
        if isinstance(data.get(kind), str) and _is_base64(data[kind]):
            kept[kind] = data[kind]
    return kept


def _text(value: Any) -> str:
    """Return a string that any reader can show: no control characters but colours and ends of lines.

    And no folder of the machine that graded it: of Python's own and installed files the rest is left.
    """
    text = value if isinstance(value, str) else ""
    text = _own_folders().sub("", text.encode("utf-8", errors="replace").decode("utf-8"))
    return re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1a\x1c-\x1f\x7f]", "\ufffd", text)


@cache
def _own_folders() -> re.Pattern[str]:
    folders = {*map(str, site_packages()), *(sysconfig.get_path(name) for name in _INSTALLED)}
    longest_first = sorted(folders | {os.path.realpath(folder) for folder in folders}, key=len, reverse=True)
    return re.compile("|".join(re.escape(os.path.join(folder, "")) for folder in longest_first))


def _is_base64(text: str) -> bool:
    try:
        return bool(base64.b64decode("".join(text.split()), validate=True))
    except (binascii.Error, ValueError):
        return False
