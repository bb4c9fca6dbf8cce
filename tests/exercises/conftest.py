"""Shared by the tests of the exercises: run a function through the drive, judge it, read the variants."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from mlcourse.feedback import PartVerdict, Verdict, cases, evaluate, verdict
from mlcourse.feedback.run import answer

VARIANTS = Path(__file__).parent / "variants"


@pytest.fixture(scope="session")
def judge_part() -> Callable[..., PartVerdict]:
    """``judge_part(exercise, part, function, seed)``: verdict on one function with inputs of this seed."""

    def judge(exercise: Any, part: Any, function: Any, seed: int) -> PartVerdict:
        part_cases = cases(exercise, np.random.default_rng(seed))[exercise.parts.index(part)]
        answers = [answer(part.drive, function, case, part.seconds) for case in part_cases]
        return evaluate(exercise, part, part_cases, answers)

    return judge


@pytest.fixture(scope="session")
def judge_source(judge_part: Any) -> Callable[..., Verdict]:
    """``judge_source(exercise, path, seed)``: verdict on a submission, the source text of its functions."""

    def judge(exercise: Any, path: Path, seed: int) -> Verdict:
        space: dict[str, Any] = {"__name__": path.stem}
        exec(compile(path.read_text(), str(path), "exec"), space)
        parts = [judge_part(exercise, part, space[part.function], seed) for part in exercise.parts]
        return verdict(exercise, parts)

    return judge
