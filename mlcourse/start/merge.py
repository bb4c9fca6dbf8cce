"""Bring a learner's notebook to a new edition of its lesson, cell by cell."""

from collections.abc import Iterator

from nbformat import NotebookNode
from nbformat.v4 import new_code_cell


def merged(old: NotebookNode, mine: NotebookNode, new: NotebookNode) -> NotebookNode:
    """Put what a learner wrote into a new edition.

    A cell's id is made from its text, or is its exercise's: a cell with the id of another is the same one.
    Where an editor gave cells new ids, their text is compared.

    Parameters
    ----------
    old : NotebookNode
        The edition that the learner began with.
    mine : NotebookNode
        The learner's notebook.
    new : NotebookNode
        The edition to bring it to.

    Returns
    -------
    NotebookNode
        The new edition, in which cells that the learner edited are as they left them, their own cells follow
        the cell that they followed, what they deleted stays deleted, and outputs stay where the code is the
        same. Cells that nbgrader locks are the new edition's; what was added to one stands above it.
    """
    # A notebook that has some of the new edition already: an update was stopped halfway.
    known = {cell.id: cell for cell in (*new.cells, *old.cells)}
    came_from = _origins(known, mine)
    theirs = {origin: cell for cell, origin in zip(mine.cells, came_from, strict=True) if origin}
    begun, shown = {cell.id for cell in old.cells}, {cell.id for cell in new.cells}

    following: dict[str | None, list[NotebookNode]] = {}
    place = None  # the last cell before this one that the new edition has too
    for cell, origin in zip(mine.cells, came_from, strict=True):
        if origin in shown:
            place = origin
        elif origin is None or cell.source != known[origin].source:
            following.setdefault(place, []).append(cell)

    cells = list(following.get(None, ()))
    for cell in new.cells:
        if cell.id in theirs:
            cells += _added(theirs[cell.id], known[cell.id], cell)
            cells.append(_kept(theirs[cell.id], known[cell.id], cell))
        elif cell.id not in begun:  # what is in both editions and not in the learner's: they deleted it
            cells.append(cell)
        cells += following.get(cell.id, ())
    result = NotebookNode(new | {"cells": list(_with_own_ids(cells))})
    # Cells have ids since this minor version of the format.
    result.nbformat, result.nbformat_minor = 4, max(new.nbformat_minor, mine.nbformat_minor, 5)
    return result


def _origins(known: dict[str, NotebookNode], mine: NotebookNode) -> list[str | None]:
    """Return the id of the known cell that each of the learner's was, None for their own."""
    found = [cell.get("id") if cell.get("id") in known else None for cell in mine.cells]
    by_text: dict[tuple[str, str], list[str]] = {}
    for cell in known.values():
        if cell.id not in found:
            by_text.setdefault((cell.cell_type, cell.source), []).append(cell.id)
    for number, cell in enumerate(mine.cells):
        same = by_text.get((cell.cell_type, cell.source))
        if found[number] is None and same:
            found[number] = same.pop(0)
    return found


def _kept(mine: NotebookNode, old: NotebookNode, new: NotebookNode) -> NotebookNode:
    """Return the new edition's cell with the learner's text, if they changed it, and with its outputs."""
    locked = new.metadata.get("nbgrader", {}).get("locked", False)
    pictures = mine.get("attachments", {})
    edited = (mine.source != old.source or pictures != old.get("attachments", {})) and not locked
    cell = NotebookNode(new | {"source": mine.source if edited else new.source})
    if edited and mine.cell_type != new.cell_type:
        return mine
    if edited and pictures:
        cell.attachments = pictures
    if cell.cell_type == "code" and cell.source == mine.source:
        cell.outputs, cell.execution_count = mine.outputs, mine.execution_count
    return cell


def _added(mine: NotebookNode, old: NotebookNode, new: NotebookNode) -> list[NotebookNode]:
    """Return a cell of the learner's own with what they added to a locked one, as some editors allow."""
    if not new.metadata.get("nbgrader", {}).get("locked", False) or old.source not in mine.source:
        return []
    added = mine.source.replace(old.source, "", 1).strip()
    return [new_code_cell(added, id=f"{new.id}-added")] if added and mine.cell_type == "code" else []


def _with_own_ids(cells: list[NotebookNode]) -> Iterator[NotebookNode]:
    """Give a cell whose id is missing or taken another one."""
    taken: set[str] = set()
    for number, cell in enumerate(cells):
        name = cell.get("id") or f"own-{number}"
        while name in taken:
            name += "-again"
        taken.add(name)
        yield cell if cell.get("id") == name else NotebookNode(cell | {"id": name[-64:]})
