"""No line is blamed that is right, nor said to be used where it is not: programs of ``blamed.txt``.

Below each program stands what its card says (``# says:``), and what it must not say (``# never:``).
"""

import linecache
import re
from pathlib import Path

import numpy as np
import pytest

from mlcourse.exercises import get
from mlcourse.feedback import card_text, checking

BLOCKS = re.split(r"^=== ", Path(__file__).with_name("blamed.txt").read_text(encoding="utf-8"), flags=re.M)[
    1:
]


@pytest.mark.parametrize("block", BLOCKS, ids=lambda block: block.partition(" | ")[0])
def test_a_card_says_what_is_true_of_each_line_that_it_names(block):
    heading, _, program = block.partition("\n")
    title, _, exercise = heading.partition(" | ")
    linecache.cache[title] = len(program), None, program.splitlines(keepends=True), title
    names = {"np": np, "__name__": "__main__"}
    exec(compile(program, title, "exec"), names)
    verdict, _ = checking.judge(exercise, tuple(names[part.function] for part in get(exercise).parts))
    card = card_text(verdict)
    assert not verdict.passed
    for words in re.findall(r"^# says: (.*)$", program, flags=re.M):
        assert words in card
    for words in re.findall(r"^# never: (.*)$", program, flags=re.M):
        assert words not in card
