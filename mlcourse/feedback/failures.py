"""What an exception of the learner's code means, in words."""

import ast
import re

import numpy as np

from mlcourse.exercises.base import Case, Finding, Part
from mlcourse.feedback.answers import Failure
from mlcourse.feedback.form import known_variable, lookup
from mlcourse.feedback.inputs import letters
from mlcourse.feedback.layers import missing_layer

_PLAIN_FAILURES = {
    "InputAsked": "calls input(): there is nobody to answer while it is checked. Use the arguments only.",
    "SystemExit": "ends Python (sys.exit) instead of returning its result.",
    "RecursionError": "calls itself without end.",
    "KeyboardInterrupt": "was interrupted.",
    "MemoryError": "needs more memory than there is.",
    "NotImplementedError": "still raises NotImplementedError for some inputs: is a part not written yet?",
}


def describe_failure(part: Part, case: Case, failure: Failure) -> Finding:
    """Say what failed, in which line, and what the exception means.

    Parameters
    ----------
    part, case
        What was asked, and the inputs it failed with.
    failure : Failure
        Where and how.
    """
    name = part.function
    if failure.kind == "NotImplementedError" and failure.helper:
        return Finding(name, f"{name} calls {failure.helper}, which is not written yet.")
    of_a_library = failure.kind == "NotImplementedError" and failure.message
    if failure.kind in _PLAIN_FAILURES and not of_a_library:
        return Finding(name, f"{name} {_PLAIN_FAILURES[failure.kind]}")
    if failure.kind == "TimeLimit":
        return Finding(
            name, f"{name} did not finish within {part.seconds:g} seconds. Is there a loop without end?"
        )
    if failure.kind == "OutputLimit":
        return Finding(name, f"{name} prints {failure.message}: take the print out of it.")
    line = f" in the line `{failure.line}`" if failure.line else ""
    shapes = _shape_clash(part, case, failure)
    if shapes:
        variable = known_variable(part, failure.target) or name
        return Finding(variable, f"Shapes do not fit{line}: {shapes}")
    message = f": {failure.message[:200].rstrip('.')}" if failure.message else ""
    called = ""
    if failure.kind == "TypeError" and not line and part.drive == "call":
        called = f" It is called as {name}({', '.join(case)})."
    means = missing_layer(case, failure) or meaning(failure)
    sentence = f"{name} raises {failure.kind}{line}{message}.{called} {means}"
    return Finding(name, sentence.strip())


def met_shapes(failure: Failure | None) -> str:
    """Which shapes met where they did not fit, to go with a named mistake; empty if something else failed."""
    if failure is None or len(failure.operands) < 2 or not failure.about_shapes or not failure.line:
        return ""
    return f"In the line `{failure.line}`, {_met(failure)}."


def meaning(failure: Failure) -> str:
    """What a cryptic message of NumPy or Python means; empty where it speaks for itself."""
    message, calls = failure.message, _calls(failure.line)
    of_class = _of_a_class(failure)
    if of_class:
        return of_class
    if "truth value of an array" in message:
        return _one_decision(failure.line, calls)
    if "integer scalar arrays can be converted" in message:
        if calls & {"np.max", "np.amax"}:
            return "np.max takes the largest entry of one array, np.maximum compares two entry by entry."
        if calls & {"np.min", "np.amin"}:
            return "np.min takes the smallest entry of one array, np.minimum compares two entry by entry."
        return "An array stands where one whole number is asked for: an index, an axis or a number of times."
    if re.search(r"(size-1|length-1|0-dimensional) arrays? can be converted", message):
        wrong = sorted(call for call in calls if call.startswith("math."))
        if wrong:
            return f"{wrong[0]} takes one number; np.{wrong[0][5:]} works entry by entry."
        return "A single number is asked for here, and this is an array; `.item()` takes the only one out."
    if message.startswith("zip() argument"):
        return _unequal_lengths(failure)
    if "duplicate value in 'axis'" in message:
        return "One axis is given twice."
    if "read-only" in message:
        return "np.broadcast_to and its like give arrays that cannot be changed: write a = a + b, not a += b."
    if "does not have enough dimensions" in message:
        return "`@` multiplies matrices, and one of the two is a single number: that takes `*`."
    if found := re.search(r"index (-?\d+) is out of bounds for axis (\d+) with size (\d+)", message):
        return _out_of_bounds(failure, int(found[3]))
    if "list indices must be integers" in message or "tuple indices must be integers" in message:
        return "This is a list or tuple of Python, not an array: np.array makes one."
    if found := re.search(
        r"'(numpy\.)?(ndarray|float64|float|int)' object has no attribute '(\w+)'", message
    ):
        if re.search(rf"\b(np|numpy|math)\.{found[3]}\b", failure.line):
            return "The name before the dot was given another value, and is no longer that of the module."
        kind = "array" if found[2] == "ndarray" else "number"
        return f"A plain {kind} stands where an object with `{found[3]}` is needed: make one of it first."
    if failure.kind == "KeyError":
        return f"There is no entry {message[:60]} in it."
    if "'NoneType'" in message:
        return "Something is None here, such as the result of a function without return."
    if "unhashable type: 'numpy.ndarray'" in message:
        return "An array cannot be a key; its name can, in quotes."
    if re.search(r"'(numpy\.)?(ndarray|float64|float|int)' object is not callable", message):
        return "Is a `*` missing before the bracket, or has a function's name been given to a number?"
    return ""


def _of_a_class(failure: Failure) -> str:
    """How a class has to be written that cannot be called as the course calls it; or a name of NumPy's."""
    message = failure.message
    if failure.kind == "NotImplementedError" and not failure.line:
        return "A method is missing: is one misspelled, or not indented as part of the class?"
    missing = re.match(r"'(\w+)' object has no attribute '(\w+)'", message)
    if missing and not failure.line and missing[1][:1].isupper():
        return f"Is `{missing[2]}` misspelled, not set in `self`, or not indented as part of the class?"
    if message.endswith("() takes no arguments"):
        return "Its `__init__` is missing: it has two underscores on each side, and is indented in the class."
    given = re.search(r"\.\w+\(\) takes (\d+) positional arguments? but (\d+) w", message)
    if given and int(given[2]) == int(given[1]) + 1:
        return "The parameters of a method are `self`, the object, and then what it is given."
    name = re.match(r"name '(\w+)' is not defined", message)
    if name and callable(getattr(np, name[1], None)):
        return f"NumPy's is `np.{name[1]}`."
    return ""


def _one_decision(line: str, calls: set[str]) -> str:
    wrong = sorted(calls & {"max", "min"})
    if wrong:
        return f"`{wrong[0]}` compares single numbers; np.{wrong[0]}imum compares entry by entry."
    if re.search(r"\b(and|or|not)\b", line) and not re.search(r"\bif\b", line):
        return "`and`, `or`, `not` decide once for all; &, | and ~ work entry by entry."
    word = "while" if re.match(r"while\b", line) else "if"
    return f"`{word}` decides once, and this is an array of many entries: np.where chooses entry by entry."


def _unequal_lengths(failure: Failure) -> str:
    told = [
        f"{text} is an array of shape {shape}, of which zip takes the rows"
        if len(shape) > 1
        else f"{text} has {shape[0]}" + (" entry" if shape == (1,) else " entries")
        for text, shape in failure.operands
        if shape
    ]
    words = f"zip with strict=True takes things of the same length{': ' if told else ''}{', '.join(told)}."
    if told and not any(len(shape) > 1 for _, shape in failure.operands):
        return words
    return f"{words} If one array was meant: (x,) with a comma is a tuple of one."


def _out_of_bounds(failure: Failure, size: int) -> str:
    words = f"Its last index is {size - 1}." if size else "It is empty along that axis."
    text, shape = failure.operands[0] if len(failure.operands) == 1 else ("", ())
    if len(shape) > 1 and re.search(rf"{re.escape(text)}\[\w+\]", failure.line):
        words += (
            f" {text} has shape {shape}: one index takes a whole row. {text}[:, k] is a column, and "
            f"np.ndindex({text}.shape) goes through all entries."
            if len(shape) == 2
            else f" {text} has shape {shape}: one index is of its first axis, {text}[:, k] of its second."
        )
    return words


def _calls(line: str) -> set[str]:
    """Names of what a line calls, as written: ``{"np.max", "math.exp"}``."""
    for text in (line, f"{line} pass", f"if 1: pass\n{line} pass"):
        try:
            tree = ast.parse(text)
        except (SyntaxError, ValueError):
            continue
        return {ast.unparse(node.func) for node in ast.walk(tree) if isinstance(node, ast.Call)}
    return set(re.findall(r"([A-Za-z_][\w.]*)\(", line))


def _shape_clash(part: Part, case: Case, failure: Failure) -> str:
    """Which shapes met and which the formula has; empty if the failure is not about shapes."""
    if not failure.about_shapes:
        return ""
    met = f"{_met(failure)}."
    given = dict(failure.operands)
    if part.drive == "numerical_gradient" and "theta" in given and "case['coupling']" in given:
        wanted = case["theta"].shape
        return f"f takes an array like theta, of shape {wanted}, and was given one of shape {given['theta']}."
    variable = known_variable(part, failure.target)
    formula = lookup(part.formulas, variable) if variable else ""
    if not formula:
        return met
    sizes = letters(part, case)
    operands = dict.fromkeys(re.findall(r"[A-Za-z]\w*(?:\.T)?", formula.partition("=")[2]))
    told = [words for words in (_told(part, operand, sizes) for operand in operands) if words]
    return f"{met} The formula is {formula}{', where ' + ', '.join(told) if told else ''}."


def _met(failure: Failure) -> str:
    if len(failure.operands) >= 2:
        return " and ".join(f"{text} is {shape}" for text, shape in failure.operands)
    shapes = re.findall(r"\(\d*(?:,\s*\d*)*\)", failure.message)
    return f"{shapes[0]} meets {shapes[1]}" if len(shapes) >= 2 else failure.message[:200].rstrip(".")


def _told(part: Part, operand: str, sizes: dict[str, int]) -> str:
    shape = lookup(part.shapes, operand.removesuffix(".T"))
    if not shape.startswith("("):
        return ""
    symbols = [symbol.strip() for symbol in shape.strip("() ").split(",") if symbol.strip()]
    symbols = symbols[::-1] if operand.endswith(".T") else symbols
    text = f"({', '.join(symbols)})" if len(symbols) != 1 else f"({symbols[0]},)"
    numbers = [sizes.get(symbol, int(symbol) if symbol.isdigit() else None) for symbol in symbols]
    if None in numbers:
        return f"{operand} is {text}"
    return f"{operand} is {text} = {tuple(numbers)}"
