"""Where a lesson names a value of an explorer's control, the control has it, and its label writes it so."""

import re

import pytest

from mlcourse import explorers
from mlcourse.authoring import Course
from mlcourse.explorers.settings import Number

N = r"(−?\d+(?:\.\d+)?)"
NAMED = {
    "learning_rate": [
        rf"\brates?(?: to| from)? {N}(?: (?:and|to) {N})?",
        rf"slider's {N}",
        rf"\b(?:At|at|Up to|[Ff]rom) {N}(?= the| it| on|, the next notch)",
    ],
    "z": [rf"\$z\$ to {N}", rf"happens at {N}", rf"At {N}, half of {N}"],
    "scale": [rf"\$s\$ to {N}", rf"\$s = {N}\$"],
    "epsilon": [rf"ε to {N}", rf"nudge of {N}"],
    "seed": [rf"\bseeds? {N}(?: to {N})?"],
    "epoch": [rf"\bepochs? (?:to )?{N}(?: and {N})?", rf"Within {N} epochs"],
    "hidden_units": [rf"{N} hidden units", rf"[Ww]ith {N} all", rf"are with {N}", rf"{N} units\b"],
    "steps": [rf"\*Steps\* to {N}", rf"\b(?:of|in|[Aa]fter) {N} steps"],
    "depth": [rf"at {N} layers"],
    "batch_size": [rf"\b[Ff]rom {N} on", rf"batches of {N}(?: and {N})?"],
    "examples": [rf"batch of {N}"],
    "example": [rf"\bnumber {N}"],
}
"""How the text names a value of each setting."""
COMPUTED = {
    "02-two-layer-network": {"0.125"},  # a border, which the text compares with the slider's values
    "06-optimization": {"200"},  # steps that the explorer has not, and the text says "later"
}


def labels(setting):
    """Every value of a control, as its label writes it; where it starts, too."""
    values = [setting.start, *(setting.at(notch) for notch in range(setting.last + 1))]
    return {f"{value:.3g}" if isinstance(setting, Number) else str(value) for value in values}


def named(text):
    """Setting, its labels and the value, for each that the text around an explorer names."""
    for cell in re.finditer(r"```\{code-cell\} ipython3\n([A-Z]\w+)\(\)\n```\n", text):
        before = text[: cell.start()].rstrip().rpartition("\n\n")[2]
        after = re.split(r"^(?:#|```)", text[cell.end() :], flags=re.M)[0]
        for name, setting in getattr(explorers, cell[1]).settings.items():
            for rule in NAMED.get(name, []):
                for found in re.finditer(rule, f"{before}\n{after}"):
                    for value in filter(None, found.groups()):
                        yield rule, labels(setting), value


FOUND = [
    (lesson.name, *each)
    for lesson in Course.find().lessons()
    if lesson.instructor
    for each in named(lesson.source.read_text(encoding="utf-8"))
]


@pytest.mark.parametrize("lesson", sorted({lesson for lesson, *_ in FOUND}))
def test_a_value_that_a_text_names_can_be_set(lesson):
    for where, rule, can_be_set, value in FOUND:
        if where == lesson and value not in COMPUTED.get(lesson, ()):
            assert f"{float(value.replace('−', '-')):.3g}" in can_be_set, f"{value} ({rule})"


def test_each_way_of_naming_a_value_stands_somewhere():
    assert {rule for _, rule, *_ in FOUND} == {rule for rules in NAMED.values() for rule in rules}
