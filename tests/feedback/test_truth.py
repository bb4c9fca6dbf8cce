"""Every statement of a card is true: what "equals" is computed again, and lines are those of the code."""

import ast
import re

import numpy as np
import pytest

from mlcourse.exercises import LESSONS, get, of_lesson
from mlcourse.exercises.edits import Edit, apply, tree_of
from mlcourse.feedback import checking
from mlcourse.feedback.derivation import NoDerivation, derive
from mlcourse.feedback.rules import common, rare
from mlcourse.feedback.scope import Scope
from mlcourse.nn.activations import sigmoid

BACKWARD = ("backward-propagation", "tanh-backward", "three-layer-backward", "deep-backward")
OTHERS = ("momentum", "update-parameters", "softmax-cross-entropy", "adam", "forward-propagation")
PROGRAMS = 24
"""Random programs for each exercise; 9 exercises."""


WITHOUT_STEPS = {
    "diagnosis": "it holds a function of its own",
    "largest-stable-rate": "its loops take more steps than are kept",
    "best-epoch": "its loop gives two variables their next values",
    "confusion": "its loop gives two variables their next values",
    "unbroadcast": "its loop goes on until a condition holds",
}
"""Why a reference is not taken apart."""


def test_every_reference_that_is_called_once_is_taken_apart_or_has_a_reason():
    without = set()
    for exercise in (e for lesson in LESSONS for e in of_lesson(lesson) if not e.requires):
        for number, part in enumerate(exercise.parts):
            if part.drive == "call":
                try:
                    derive(part, checking._fixed_cases(exercise)[number][0])
                except NoDerivation:
                    without.add(exercise.id)
    assert without == set(WITHOUT_STEPS)


def said(exercise, function):
    """Finding, where, and the cases, of a wrong function."""
    result, _ = checking.judge(exercise, (function,))
    return result, checking._fixed_cases(get(exercise))[0]


def _parsed(text):
    return compile(text, "<said>", "eval")


def sizes(part, case):
    from mlcourse.feedback.inputs import letters

    return letters(part, case)


def holds(exercise, function, result):
    """Whether the sentence "your X equals E" is true of the function; None where there is none."""
    part = get(exercise).parts[0]
    sentence = result.findings[0].sentence
    if result.findings[0].mistake or not sentence.startswith("Your `"):
        return None
    variable = re.match(r"Your `(.+?)`", sentence)[1]
    case = checking._fixed_cases(get(exercise))[0][0]
    derivation = derive(part, case)
    held = _held(part, function, case)
    if variable not in held:
        return None  # a value that only a variable held
    steps = {step.name: number for number, step in enumerate(derivation.steps) if not step.alias}
    number = derivation.leaves.get(variable, steps.get(variable))
    names = {"np": np, "sigmoid": sigmoid, **sizes(part, case)}
    if "what comes out with" in sentence:
        wrong = sentence.partition("what comes out with ")[2].partition("; the formula")[0]
        changes = {}
        for name, expression in re.findall(r"`(\w+) = (.+?)`", wrong):
            changes[derivation.leaves.get(name, steps.get(name))] = expression
        value = _replayed(derivation, changes, number, names)
        factor = re.search(r"multiplied by `(.+)`", wrong)
        if factor:
            value = value * eval(_parsed(factor[1]), names)
    elif " equals `" in sentence:
        expression = re.search(r" equals `(.+?)`; the formula", sentence)[1]
        value = eval(_parsed(expression), names | _scope(derivation, number))
    else:
        value = _multiple(sentence, np.asarray(derivation.steps[number].value), names)
    return bool(np.allclose(value, held[variable], rtol=1e-6, atol=1e-12))


def _multiple(sentence, right, names):
    if "wrong sign" in sentence:
        return -right
    found = re.search(r"is exactly (\S+) times", sentence) or re.search(r"` is (\w+) times", sentence)
    found = found or re.search(r"is `(.+)` times", sentence)
    return right * eval(_parsed(found[1]), names)


def _held(part, function, case):
    from mlcourse.feedback.form import form, order, split
    from mlcourse.feedback.run import compute

    shape = form(part, case)
    return split(shape, compute(part.drive, function, case).returned, order(part, case, ()))


def _scope(derivation, number):
    """Names of the course, with the values that the step was computed from."""
    step = derivation.steps[number]
    found = {name: value for name, value in step.before.items() if isinstance(value, float | int)}
    for value in step.before.values():
        items = value.values() if isinstance(value, dict) else [value]
        for item in items:
            if isinstance(item, np.ndarray) and id(item) in derivation.names:
                found[derivation.names[id(item)]] = item
    return found


def _replayed(derivation, changes, until, names):
    """Value of a step with others assigned, computed anew: each in the names that it is told in."""
    made = {}
    for number in sorted(changes):
        scope = names | _scope(derivation, number)
        for earlier, step in enumerate(derivation.steps[:number]):
            if made and earlier >= min(made) and step.name in scope:
                scope[step.name] = derivation.replayed(made, earlier)
        made[number] = _Constant(eval(_parsed(changes[number]), scope)).node
    return derivation.replayed(made, until)


class _Constant:
    """An expression that is a value that was computed before."""

    def __init__(self, value):
        self.node = ast.parse(
            f"np.array({np.asarray(value).tolist()!r}).reshape({np.shape(value)})", mode="eval"
        ).body


def programs(exercise, seed, count):
    """Wrong functions: one to three random edits of the reference, from inside and outside of the rules."""
    part = get(exercise).parts[0]
    rng = np.random.default_rng(seed)
    derivation = derive(part, checking._fixed_cases(get(exercise))[0][0])
    places = {step.expression: step for step in derivation.steps if not step.alias}
    made = 0
    while made < count:
        edits = []
        for _ in range(int(rng.integers(1, 4))):
            expression = list(places)[int(rng.integers(len(places)))]
            edits.append(Edit({expression: _changed(expression, places[expression], rng)}))
        function = apply(part.reference, edits)
        if function is not None:
            made += 1
            yield function, [ast.unparse(new) for edit in edits for new in edit.changes.values()]


def _changed(expression, step, rng):
    scope = Scope(step)
    own = [
        ast.BinOp(expression, ast.Mult(), ast.Constant(float(rng.choice([0.5, 3.7, -1.3])))),
        ast.BinOp(expression, ast.Add(), ast.Constant(0.25)),
        ast.Call(ast.parse("np.tanh", mode="eval").body, [expression], []),
        ast.BinOp(expression, ast.Mult(), expression),
    ]
    variants = [*common(expression, scope), *rare(expression, scope), *own]
    return variants[int(rng.integers(len(variants)))]


@pytest.mark.parametrize("exercise", [*BACKWARD, *OTHERS])
def test_no_random_program_is_told_that_a_value_equals_what_it_does_not_equal(exercise):
    told = 0
    for function, edits in programs(exercise, seed=3, count=PROGRAMS):
        result, _ = said(exercise, function)
        if result.passed or not result.findings:
            continue
        truth = holds(exercise, function, result)
        assert truth is not False, (edits, result.findings[0].sentence)
        told += truth is True
    assert told >= 1


@pytest.mark.parametrize("exercise", BACKWARD)
def test_explaining_a_wrong_answer_leaves_the_reference_as_it_was(exercise):
    reference = get(exercise).parts[0].reference
    before = ast.dump(tree_of(reference))
    for function, _ in programs(exercise, seed=5, count=4):
        said(exercise, function)
    assert ast.dump(tree_of(reference)) == before
