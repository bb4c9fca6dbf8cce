"""The one-way rule of the house: nothing imports upwards; the learner's part needs few libraries."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mlcourse

ROOT = Path(mlcourse.__file__).parent
MODULES = sorted(ROOT.rglob("*.py"))

MAY_IMPORT = {
    "nn": {"nn"},
    "autograd": {"autograd"},
    "datasets": {"datasets"},
    "plots": {"plots", "nn", "autograd", "datasets"},
    "explorers": {"explorers", "plots", "nn", "autograd", "datasets"},
    "exercises": {"exercises", "nn", "autograd", "datasets"},
    "feedback": {"feedback", "exercises", "nn", "autograd", "datasets"},
    "grading": {"grading", "feedback", "exercises", "nn", "autograd", "datasets"},
    "start": {"start"},
    "authoring": {
        "authoring",
        "grading",
        "feedback",
        "exercises",
        "nn",
        "autograd",
        "datasets",
        "plots",
        "explorers",
    },
    "site": {"site", "authoring", "explorers"},
}
"""What a part of the package may import of it; ``__init__`` and ``cli`` stand on top of everything."""

AT_THE_BOTTOM = {"__version__", "course_folder", "errors", "lab", "whole_files"}
"""Modules at the top level that import nothing of the package but each other."""

OF_THE_COMMAND_LINE = {ROOT / "cli.py", ROOT / "errors.py", ROOT / "lab.py"}

LEARNERS_PARTS = {"", "nn", "autograd", "datasets", "plots", "explorers", "exercises", "feedback"}
# Pillow and contourpy are what matplotlib itself draws with: they are there wherever it is, in Pyodide too.
LIBRARIES = {
    "plots": {"numpy", "matplotlib"},
    "explorers": {"numpy", "matplotlib", "PIL", "contourpy", "ipywidgets", "IPython"},
    "feedback": {"numpy", "matplotlib", "ipywidgets", "IPython"},
}
# The widgets that ipywidgets does not have.
OF_ONE_MODULE = {
    "explorers/card.py": {"anywidget", "traitlets"},
    "explorers/drawing_pad.py": {"anywidget", "traitlets"},
    # Inside of functions: what runs where PyTorch is installed.
    "exercises/torch_drives.py": {"torch"},
    "exercises/torch_symptoms.py": {"torch"},
}


def part(path):
    """``plots`` of ``mlcourse/plots/graph.py``; empty for modules of the top level."""
    relative = path.relative_to(ROOT)
    return relative.parts[0] if len(relative.parts) > 1 else ""


def imports(path, at_the_top=False):
    """Full names of what a module imports anywhere in it, or only when it is imported itself."""
    tree = ast.parse(path.read_text())
    inner = {
        child
        for function in ast.walk(tree)
        if isinstance(function, ast.FunctionDef | ast.AsyncFunctionDef | ast.Lambda)
        for child in ast.walk(function)
    }
    for node in ast.walk(tree):
        if at_the_top and node in inner:
            continue
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0, (
                f"{path}:{node.lineno}: relative imports hide the arrow; write the full name"
            )
            yield node.module
            if node.module == "mlcourse":
                yield from (f"mlcourse.{alias.name}" for alias in node.names)


def test_no_module_imports_upwards():
    upwards = []
    for path in MODULES:
        for name in imports(path) if part(path) else ():
            below = MAY_IMPORT[part(path)] | AT_THE_BOTTOM
            if name.startswith("mlcourse.") and name.split(".")[1] not in below:
                upwards.append(f"{path} imports {name}")
    assert upwards == []


def test_every_part_of_the_package_has_its_place_in_the_rule():
    parts = {path.name for path in ROOT.iterdir() if (path / "__init__.py").exists()}
    assert parts == set(MAY_IMPORT)


def test_the_rule_itself_has_no_circle():
    ranked = []
    remaining = {name: below - {name} for name, below in MAY_IMPORT.items()}
    while remaining:
        free = [name for name, below in remaining.items() if below <= set(ranked)]
        assert free, f"circle among {sorted(remaining)}"
        ranked += free
        remaining = {name: below for name, below in remaining.items() if name not in free}


def test_the_learners_part_imports_only_numpy_matplotlib_ipywidgets_and_the_pad_anywidget():
    others = []
    for path in MODULES:
        if part(path) not in LEARNERS_PARTS or path in OF_THE_COMMAND_LINE:
            continue
        allowed = LIBRARIES.get(part(path), {"numpy"}) | {"mlcourse"} | set(sys.stdlib_module_names)
        allowed |= OF_ONE_MODULE.get(path.relative_to(ROOT).as_posix(), set())
        others += [f"{path} imports {name}" for name in imports(path) if name.split(".")[0] not in allowed]
    assert others == []


def loaded_by(statement):
    """Top-level names of the modules that a new interpreter has loaded after the statement."""
    code = f"{statement}\nimport sys; print(*{{name.split('.')[0] for name in sys.modules}})"
    return set(
        subprocess.run(
            [sys.executable, "-c", code], capture_output=True, text=True, check=True
        ).stdout.split()
    )


def test_import_mlcourse_loads_neither_numpy_nor_matplotlib_nor_ipywidgets():
    assert not loaded_by("import mlcourse") & {"numpy", "matplotlib", "ipywidgets", "IPython"}


@pytest.mark.parametrize("name", ["nn", "autograd", "datasets", "exercises", "feedback"])
def test_parts_that_only_compute_load_no_plots_and_no_widgets(name):
    loaded = loaded_by(f"import mlcourse.{name}")
    assert "mlcourse" in loaded
    assert not loaded & {"matplotlib", "ipywidgets", "IPython"}
