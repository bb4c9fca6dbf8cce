"""What the lessons say, for tests that hold them to it."""

import os
import re
import subprocess
import sys
from collections.abc import Callable, Iterator
from functools import cache
from pathlib import Path

import pytest
from threadpoolctl import threadpool_limits

from mlcourse.exercises import questions_of_lesson

SOLUTIONS = Path(__file__).parents[2] / "solutions"
# A slope: a partial derivative, a primed function, or dW, dz, ... of a layer.
_GRADIENT = re.compile(r"\\partial|\\sigma'|'\(|(?<![A-Za-z\\])d[AaBbWXxZz](\^|_|\b)")


def _normal(text: str) -> str:
    return " ".join(text.split())


@cache
def _source(lesson: str) -> str:
    return (SOLUTIONS / lesson / f"{lesson}.md").read_text(encoding="utf-8")


@pytest.fixture
def says() -> Callable[[str, str], None]:
    """``says(lesson, sentence)`` fails if neither the source nor a question's reason says so."""

    def says(lesson: str, sentence: str) -> None:
        reasons = " ".join(question.why for question in questions_of_lesson(lesson))
        text = _normal(f"{_source(lesson)} {reasons}")
        assert _normal(sentence) in text, f"lesson {lesson} does not say: {sentence}"

    return says


@pytest.fixture
def displayed() -> Callable[[str], list[str]]:
    """``displayed(lesson)``: its displayed formulas, ``$$...$$``, white space made single."""

    def displayed(lesson: str) -> list[str]:
        return [_normal(found) for found in re.findall(r"\$\$(.+?)\$\$", _source(lesson), flags=re.S)]

    return displayed


@pytest.fixture
def gradient_formulas(displayed: Callable[[str], list[str]]) -> Callable[[str], list[str]]:
    """``gradient_formulas(lesson)``: the displayed formulas that state a slope, so have two sides."""

    def gradient_formulas(lesson: str) -> list[str]:
        equations = [f for f in displayed(lesson) if re.search(r"=|\\approx", f)]
        return [formula for formula in equations if _GRADIENT.search(formula)]

    return gradient_formulas


@pytest.fixture
def one_thread() -> Iterator[None]:
    """Small matrices: several threads of several test processes would only wait for each other."""
    with threadpool_limits(1):
        yield


@pytest.fixture
def statements() -> Callable[[str], list[tuple[int, int]]]:
    """``statements(lesson)``: points and minutes under each exercise's heading, in the order of the text."""

    def statements(lesson: str) -> list[tuple[int, int]]:
        found = re.findall(r"^\*(\d+) points?, about (\d+) minutes?\.\*$", _source(lesson), flags=re.M)
        return [(int(points), int(minutes)) for points, minutes in found]

    return statements


@pytest.fixture
def nbval(tmp_path: Path) -> Callable[..., None]:
    """``nbval(option, notebooks, *plugins)`` runs it on notebooks, without this project's own options."""
    settings = tmp_path / "pytest.ini"
    settings.write_text("[pytest]\n")

    def nbval(option: str, notebooks: list[Path], *plugins: str) -> None:
        command = [sys.executable, "-m", "pytest", "-c", str(settings), "--rootdir", str(SOLUTIONS.parent)]
        command += ["-q", "-p", "no:cacheprovider", "-p", "no:xdist", option, "--nbval-current-env"]
        command += ["--nbval-cell-timeout=120", *(part for name in plugins for part in ("-p", name))]
        environment = os.environ | {"PYTHONPATH": str(Path(__file__).parent)}  # the plugins are found here
        done = subprocess.run(
            [*command, *map(str, notebooks)],
            env=environment,
            capture_output=True,
            encoding="utf-8",
            errors="replace",
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    return nbval
