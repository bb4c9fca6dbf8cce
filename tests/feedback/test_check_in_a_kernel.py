"""`check` in a real notebook kernel: no stderr, no error, a score that nbgrader reads; it lives on."""

import nbformat
from nbclient import NotebookClient
from nbgrader.utils import determine_grade

GRADED = {"nbgrader": {"grade": True, "solution": False, "points": 4, "grade_id": "x", "schema_version": 3}}

FIRST = """
import ctypes, logging, os, subprocess, sys, warnings
import numpy as np
from mlcourse import check
from mlcourse.exercises import get
right = get("backward-propagation").parts[0].reference
def after(action):
    def function(*arguments):
        action()
        return right(*arguments)
    return function
"""

FUNCTIONS = {
    "right": 4.0,
    "after(lambda: print('x', file=sys.stderr))": 4.0,
    "after(lambda: print('x', file=sys.__stderr__, flush=True))": 4.0,
    "after(lambda: os.write(2, b'x'))": 4.0,
    "after(lambda: subprocess.run('echo x >&2', shell=True))": 4.0,
    "after(lambda: ctypes.CDLL(None).perror(b'x'))": 4.0,
    "after(lambda: logging.warning('x'))": 4.0,
    "after(lambda: exit())": 0.0,
    "after(lambda: quit())": 0.0,
    "after(lambda: sys.exit(3))": 0.0,
    "after(lambda: input())": 0.0,
    "after(lambda: np.log(np.zeros(1)))": 0.0,
    "after(lambda: [print(i) for i in range(100000)])": 4.0,
    "after(lambda: [print(i) for i in iter(int, 1)])": 0.0,
    "lambda *a: undefined": 0.0,
    "lambda *a: a[2] @ a[2]": 0.0,
    "type('T', (), {})": 0.0,
}


def test_bad_functions_in_a_kernel(monkeypatch):
    cells = [nbformat.v4.new_code_cell(FIRST)]
    cells += [
        nbformat.v4.new_code_cell(f'check("backward-propagation", {source})', metadata=GRADED)
        for source in (*FUNCTIONS, "right")
    ]
    notebook = nbformat.v4.new_notebook(cells=cells)
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    for cell, expected in zip(notebook.cells[1:], [*FUNCTIONS.values(), 4.0], strict=True):
        kinds = [(output.output_type, output.get("name")) for output in cell.outputs]
        assert set(kinds[:-1]) <= {("stream", "stdout")}, cell.source
        assert kinds[-1] == ("execute_result", None), cell.source
        assert "of 4 points" not in "".join(output.get("text", "") for output in cell.outputs), cell.source
        assert determine_grade(cell) == (expected, 4.0), cell.source
        assert cell.outputs[-1].data["text/html"].startswith('<div role="region"')


def test_a_card_is_shown_once_wherever_in_its_cell_the_check_stands():
    sources = [
        'check("backward-propagation", right)',
        'check("backward-propagation", right); x = 1',
        'score = check("backward-propagation", right)\nscore',
        'for f in (right, abs): check("backward-propagation", f)',
        "x = 2",
    ]
    notebook = nbformat.v4.new_notebook(cells=[nbformat.v4.new_code_cell(s) for s in (FIRST, *sources)])
    NotebookClient(notebook, timeout=60, kernel_name="python3").execute()
    shown = [
        sum("Backward propagation" in output.get("data", {}).get("text/html", "") for output in cell.outputs)
        for cell in notebook.cells
    ]
    assert shown == [0, 1, 1, 1, 2, 0]
    assert all(output.output_type != "stream" for cell in notebook.cells for output in cell.outputs)
