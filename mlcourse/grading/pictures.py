"""Pictures in a learner's text: attached, inlined or handed in beside it, they become clean attachments."""

import base64
import binascii
import re
from collections.abc import Mapping
from typing import Any
from urllib.parse import unquote

from mlcourse.grading.cleaning import clean_markdown

_KINDS = {
    "image/png": b"\x89PNG\r\n\x1a\n",
    "image/jpeg": b"\xff\xd8\xff",
    "image/gif": b"GIF8",
}
_MOST_BYTES = 12_000_000
"""Of a picture, as text: a photo of a page is about half of it."""
_MOST = 20
_ADDRESS = r"attachment:[^\s)>\"']{1,300}|data:image/[a-z]{1,10};base64,[A-Za-z0-9+/=]*+|[^\s)>\"':]{1,300}"
_MARKDOWN = re.compile(rf"!\[([^\[\]\n]{{0,300}})\]\(\s*<?({_ADDRESS})>?(?:\s+\"[^\"\n]{{0,300}}\")?\s*\)")
_TAG = re.compile(r"<img\b[^<>]*+>", re.IGNORECASE)
_SOURCE = re.compile(rf"\bsrc\s*=\s*[\"']?({_ADDRESS})", re.IGNORECASE)
_LETTERS = re.compile(r"[A-Za-z0-9+/=]++")
_SHORTEST = 1000
"""Letters in a row that can only be a picture."""
_PLACE = "\ue000{}\ue001"
"""Stands for a picture while the text around it is cleaned: letters that no keyboard has."""


def with_pictures(
    text: str, attachments: Any, files: Mapping[str, bytes], first: int = 0
) -> tuple[str, dict[str, dict[str, str]], list[str]]:
    """Clean a text, and keep its pictures.

    Parameters
    ----------
    text : str
        Markdown that a learner wrote.
    attachments : object
        The cell's, whatever the file says.
    files : mapping of str to bytes
        What was handed in beside the notebook.
    first : int
        How many pictures there are already.

    Returns
    -------
    str
        Cleaned Markdown, in which the pictures have names of ours.
    dict
        Attachments as nbformat has them, pictures of pixels only.
    list of str
        Names of those that were left out.
    """
    attached = attachments if isinstance(attachments, dict) else {}
    kept: dict[str, dict[str, str]] = {}
    shown: list[str] = []
    left_out: list[str] = []
    used: set[str] = set()

    def keep(alternative: str, found: tuple[str, str] | None, name: str) -> str:
        if found is None or first + len(kept) >= _MOST:
            left_out.append(name[:60])
            return ""
        kind, data = found
        ours = f"picture-{first + len(kept) + 1}.{kind.partition('/')[2]}"
        kept[ours] = {kind: data}
        words = re.sub(r"[^\w .,-]", " ", alternative)[:100]
        shown.append(f"![{words}](attachment:{ours})")
        return _PLACE.format(len(shown) - 1)

    def replaced(alternative: str, address: str, written: str) -> str:
        if address.startswith("attachment:"):
            name = unquote(address.removeprefix("attachment:"))
            used.add(name)
            return keep(alternative, _attached(attached.get(name)), name)
        if address.startswith("data:"):
            kind, _, data = address.removeprefix("data:").partition(";base64,")
            return keep(alternative, _picture(kind, data), "of the text itself")
        content = files.get(unquote(address).removeprefix("./"))
        return keep(alternative, _of_file(content), address) if content is not None else written

    text = text.replace("\ue000", "").replace("\ue001", "")
    text = _MARKDOWN.sub(lambda found: replaced(found[1], found[2], found[0]), text)
    text = _TAG.sub(
        lambda tag: replaced("", source[1], tag[0]) if (source := _SOURCE.search(tag[0])) else tag[0], text
    )
    for name in attached:  # attached, but nowhere shown
        if isinstance(name, str) and name not in used and (found := _attached(attached[name])):
            text += "\n\n" + keep("", found, name)
    text = clean_markdown(text)
    for number, picture in enumerate(shown):
        text = text.replace(_PLACE.format(number), picture)
    return text, kept, left_out


def length_without_pictures(text: str) -> int:
    """Characters of a text that are not those of a picture in it.

    Parameters
    ----------
    text : str
        Markdown that a learner wrote.
    """
    return len(text) - sum(len(run) for run in _LETTERS.findall(text) if len(run) > _SHORTEST)


def _attached(bundle: Any) -> tuple[str, str] | None:
    """Kind and data of an attachment, if it is a picture."""
    for kind, data in bundle.items() if isinstance(bundle, dict) else ():
        text = "".join(data) if isinstance(data, list) and all(type(part) is str for part in data) else data
        if isinstance(text, str) and (found := _picture(str(kind), text)):
            return found
    return None


def _picture(kind: str, data: str) -> tuple[str, str] | None:
    kind = "image/jpeg" if kind == "image/jpg" else kind
    if kind not in _KINDS or len(data) > _MOST_BYTES:
        return None
    data = "".join(data.split())
    try:
        content = base64.b64decode(data, validate=True)
    except (binascii.Error, ValueError):
        return None
    return (kind, data) if content.startswith(_KINDS[kind]) else None


def _of_file(content: bytes) -> tuple[str, str] | None:
    for kind, start in _KINDS.items():
        if content.startswith(start) and len(content) * 4 // 3 <= _MOST_BYTES:
            return kind, base64.b64encode(content).decode()
    return None
