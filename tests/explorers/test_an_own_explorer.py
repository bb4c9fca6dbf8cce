"""The explorer that CONTRIBUTING writes, outside the package."""

import re
from pathlib import Path

import pytest

CONTRIBUTING = Path(__file__).resolve().parents[2] / "CONTRIBUTING.md"


@pytest.fixture
def tangent():
    text = CONTRIBUTING.read_text(encoding="utf-8")
    space = {}
    exec(re.findall(r"```python\n(.*?)```", text, flags=re.S)[0], space)
    return space["Tangent"]()


def test_the_explorer_of_contributing_follows_its_control_in_words_and_picture(tangent):
    before = tangent._draw().pixels().copy()
    tangent.controls["x"].value = -1.5
    assert tangent.summary == "At x = -1.5 the curve is at 2.25 and its slope is -3.0."
    assert (tangent._draw().pixels() != before).any()
