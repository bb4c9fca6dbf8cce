"""A value that is the right formula with something of the inputs added, or with a number for an argument.

Both are solved for from what is right and what the learner has, not tried.
"""

import ast
from collections.abc import Sequence
from copy import deepcopy

import numpy as np

from mlcourse.feedback.equality import Equality, Sample
from mlcourse.feedback.multiples import Factor, common_factor, ratio
from mlcourse.feedback.scope import Scope, shown
from mlcourse.feedback.walker import value_of


def number_for_an_argument(samples: Sequence[Sample]) -> Equality | None:
    """A number of their own, 0.01 for learning_rate, where the formula takes an argument.

    Only where the value depends on the argument along a straight line, so that the number can be solved for.
    """
    first, found = samples[0], []
    names = [node.id for node, _ in Scope(first.step).numbers if isinstance(node, ast.Name)]
    computed = {step.place[0] for step in first.derivation.steps}
    for name in sorted(first.step.reads.intersection(names) - computed):
        factors: list[float | None] = []
        for sample in samples:
            at = [
                value_of(first.step.expression, {**sample.step.before, name: number})
                for number in (0.0, 1.0, 2.0)
            ]
            if any(np.shape(value) != sample.value.shape for value in at):
                break
            zero, one, two = (np.asarray(value, dtype=float) for value in at)
            if not np.allclose(two - zero, 2 * (one - zero)):
                break
            factors.append(ratio(one - zero, sample.value - zero))
        number = common_factor(factors, [sample.sizes for sample in samples])
        if len(factors) == len(samples) and number and not number.size:
            found.append((name, number))
    if len(found) != 1:
        return None
    name, number = found[0]
    constant = ast.parse(number.text, mode="eval").body

    class Put(ast.NodeTransformer):
        def visit_Name(self, node: ast.Name) -> ast.expr:
            return constant if node.id == name else node

    new = Put().visit(deepcopy(first.step.expression))
    texts = [shown(e, first.step, first.derivation) for e in (new, first.step.expression)]
    return Equality(first.name, ((first.name, texts[0], texts[1]),))


def added(samples: Sequence[Sample]) -> Equality | None:
    """A multiple of an array, or of a number times it, on top of what is right: weight decay, momentum."""
    rests = []
    for sample in samples:
        right = np.asarray(sample.step.value, dtype=float)
        if right.shape != sample.value.shape or right.size < 2:
            return None
        rests.append(sample.value - right)
    first = samples[0]
    found = []
    scope = Scope(first.step)
    arrays = [node for node, _ in scope.arrays]
    scaled = [ast.BinOp(number, ast.Mult(), node) for number, _ in scope.numbers for node in arrays]
    for node in [*arrays, *scaled]:
        terms = [value_of(node, sample.step.before) for sample in samples]
        factors = [ratio(term, rest) for term, rest in zip(terms, rests, strict=True)]
        once = len(factors) > 1 and all(factor and abs(factor - 1) < 1e-9 for factor in factors)
        factor = Factor(1.0) if once else common_factor(factors, [sample.sizes for sample in samples])
        if factor:
            found.append((node, factor))
    if len(found) != 1:
        return None
    node, factor = found[0]
    formula = shown(first.step.expression, first.step, first.derivation)
    sum_ = factor.added_to(formula, shown(node, first.step, first.derivation))
    return Equality(first.name, ((first.name, sum_, formula),))
