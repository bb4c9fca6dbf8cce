"""The cells of a file that somebody handed in. It may hold anything; what is no cell is left out."""

import json
from dataclasses import dataclass
from typing import Any

MOST_BYTES = 30_000_000
"""Size of a file, without its outputs, that is still read."""
MOST_SOURCE = 500_000
"""Characters of a cell."""
MOST_CELLS = 2_000


@dataclass(frozen=True)
class SubmittedCell:
    """A cell as it was handed in.

    Attributes
    ----------
    kind : str
        nbformat's ``cell_type``.
    source : str
        Its text.
    grade_id, cell_id : str
        nbgrader's and Jupyter's name for it; empty where an editor dropped them.
    points : object
        What it claims to be worth.
    attachments : object
        What it claims to have attached.
    """

    kind: str
    source: str
    grade_id: str = ""
    cell_id: str = ""
    points: Any = None
    attachments: Any = None


def read_cells(content: bytes) -> tuple[list[SubmittedCell], list[str]]:
    """Read a notebook.

    Parameters
    ----------
    content : bytes
        A file.

    Returns
    -------
    list of SubmittedCell
        Its cells.
    list of str
        Flags.

    Raises
    ------
    ValueError, RecursionError, MemoryError
        If it is no notebook.
    """
    if len(content) > MOST_BYTES:
        raise ValueError(f"{len(content)} bytes without outputs, at most {MOST_BYTES} are read")
    flags = []
    text = content.decode(json.detect_encoding(content), errors="replace").lstrip("\ufeff \t\r\n")
    if not text:
        raise ValueError("the file is empty; ask for it again")
    try:
        notebook, end = json.JSONDecoder().raw_decode(text)
    except json.JSONDecodeError as error:
        raise ValueError(_why(text, error)) from error
    except RecursionError:
        raise ValueError("the file is nested too deeply to be a notebook") from None
    except ValueError:  # of an integer of thousands of digits
        raise ValueError("the file has a number too long for a notebook; ask for it again") from None
    if rest := text[end:].strip():
        flags.append(f"text after the notebook was left out: {rest[:20]!r}")
    cells = _cells(notebook)
    if cells is None:
        raise ValueError("the file has no cells as a notebook has; ask for the .ipynb itself")
    if len(cells) > MOST_CELLS:
        flags.append(f"too many cells: {len(cells)}")
        cells = cells[:MOST_CELLS]
    read = [cell for raw in cells if (cell := _cell(raw)) is not None]
    if len(read) < len(cells):
        flags.append(f"malformed cells: {len(cells) - len(read)}")
    return read, flags


def _why(text: str, error: json.JSONDecodeError) -> str:
    """In plain words what keeps a text from being read, and what to do; not where, as outputs are cut out."""
    if text[0] not in "{[":
        return "the file is no notebook: it does not begin with {; ask for the .ipynb itself"
    if error.msg.startswith("Unterminated string") or not text[error.pos :].strip():
        return "the file ends in the middle; ask for it again"
    return f"the file is damaged ({error.msg}); ask for it again"


def _cells(notebook: Any) -> list[Any] | None:
    if not isinstance(notebook, dict):
        return None
    cells = notebook.get("cells")
    if isinstance(cells, list):
        return cells
    sheets = notebook.get("worksheets")  # format 3
    if not isinstance(sheets, list):
        return None
    found = [sheet["cells"] for sheet in sheets if isinstance(sheet, dict) and "cells" in sheet]
    return [cell for cells in found if isinstance(cells, list) for cell in cells]


def _cell(raw: Any) -> SubmittedCell | None:
    """Read a cell; None if it is none."""
    if not isinstance(raw, dict) or not isinstance(raw.get("cell_type"), str):
        return None
    source = raw.get("source", raw.get("input", ""))
    if isinstance(source, list) and all(isinstance(line, str) for line in source):
        source = "".join(source)
    if not isinstance(source, str) or (raw["cell_type"] == "code" and len(source) > MOST_SOURCE):
        return None
    source = source.encode("utf-8", errors="replace").decode("utf-8")  # no lone surrogates
    metadata = raw.get("metadata")
    nbgrader = metadata.get("nbgrader") if isinstance(metadata, dict) else None
    nbgrader = nbgrader if isinstance(nbgrader, dict) else {}
    grade_id, cell_id = nbgrader.get("grade_id"), raw.get("id")
    return SubmittedCell(
        raw["cell_type"],
        source.replace("\r\n", "\n").replace("\r", "\n"),  # as Python counts lines
        grade_id if isinstance(grade_id, str) else "",
        cell_id if isinstance(cell_id, str) else "",
        nbgrader.get("points"),
        raw.get("attachments"),
    )
