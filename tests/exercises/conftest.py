"""Shared by the tests of the exercises: run a function through the drive, judge it, read the variants."""

import runpy
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import pytest
from submissions import source_of

from mlcourse.feedback import PartVerdict, Verdict, cases, evaluate, verdict
from mlcourse.feedback.run import answer, compute


@pytest.fixture(scope="session")
def foreign() -> Callable[[Any], Any]:
    """``foreign(function)``: the same as if a learner had written it, in a file of their own."""
    return runpy.run_path(str(Path(__file__).parent / "foreign.py"))["foreign"]


@pytest.fixture(scope="session")
def cases_of() -> Callable[[Any, int], list[list[dict[str, Any]]]]:
    """``cases_of(exercise, seed)``: the same cases each time; nobody changes them, all work on copies."""
    drawn: dict[tuple[int, int], Any] = {}

    def of(exercise: Any, seed: int) -> list[list[dict[str, Any]]]:
        key = (id(exercise), seed)
        if key not in drawn:
            drawn[key] = exercise, cases(exercise, np.random.default_rng(seed))
        return drawn[key][1]

    return of


@pytest.fixture(scope="session")
def answers() -> dict[tuple[str, Any, int], Any]:
    """What references and known mistakes have answered so far."""
    return {}


@pytest.fixture(scope="module", autouse=True)
def remembered_answers(answers: dict[tuple[str, Any, int], Any]) -> Iterator[None]:
    """References and known mistakes answer a case once, though n mistakes are tried on n submissions.

    A learner's function that is watched while it runs once more does run, and other folders' tests find
    everything as it was.
    """

    def remember(drive: str, function: Any, case: dict[str, Any]) -> Any:
        key = (drive, function, id(case))
        if key not in answers:
            answers[key] = (
                case,
                compute(drive, function, case),
            )
        return answers[key][1]

    with pytest.MonkeyPatch.context() as patch:
        for module in [m for name, m in sys.modules.items() if name.startswith("mlcourse.feedback")]:
            if vars(module).get("compute") is compute and not module.__name__.endswith(".moments"):
                patch.setattr(module, "compute", remember)
        yield


@pytest.fixture(scope="session")
def judge_part(cases_of: Any) -> Callable[..., PartVerdict]:
    """``judge_part(exercise, part, function, seed)``: verdict on one function with inputs of this seed."""

    def judge(exercise: Any, part: Any, function: Any, seed: int) -> PartVerdict:
        part_cases = cases_of(exercise, seed)[exercise.parts.index(part)]
        answers = [answer(part.drive, function, case, part.seconds) for case in part_cases]
        return evaluate(exercise, part, part_cases, answers)

    return judge


@pytest.fixture(scope="session")
def judge_source(judge_part: Any) -> Callable[..., Verdict]:
    """``judge_source(exercise, path, seed)``: verdict on a submission, the source text of its functions."""

    def judge(exercise: Any, path: Path, seed: int) -> Verdict:
        space: dict[str, Any] = {"__name__": path.stem}
        exec(compile(source_of(path), str(path), "exec"), space)
        parts = [judge_part(exercise, part, space[part.function], seed) for part in exercise.parts]
        return verdict(exercise, parts)

    return judge
