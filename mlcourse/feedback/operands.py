"""Shapes of the arrays in an expression of the learner's, read off its syntax and its frame.

Nothing is called and nothing computed again, apart from shapes: names and constant subscripts are looked up,
the shape of a sum or a product follows from those of its parts. What cannot be read so stays unknown.
"""

import ast
from types import FrameType
from typing import Any

import numpy as np

Shape = tuple[int, ...]
Operands = tuple[tuple[str, Shape], ...]


def read_operands(node: ast.AST, frame: FrameType) -> Operands:
    """Source text and shape of each array that an operation takes.

    Parameters
    ----------
    node : ast.AST
        The operation: a binary operator, ``a @= b`` and its like, a call, or a subscript (its owner alone);
        of zip also the lengths of lists, of a subscript that of a dict.
    frame : frame
        Where it stands.

    Returns
    -------
    tuple of (str, tuple of int)
        Empty unless the shape of every operand could be read.
    """
    if isinstance(node, ast.For):  # taking the next item of what it goes through
        node = node.iter
    if isinstance(node, ast.BinOp):
        nodes = [node.left, node.right]
    elif isinstance(node, ast.AugAssign):
        nodes = [node.target, node.value]
    elif isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.func.id == "zip":
        values = [_value(argument, frame) for argument in node.args]
        if not all(type(value) in (list, tuple, np.ndarray) for value in values):
            return ()
        return tuple((ast.unparse(n)[:80], _extent(v)) for n, v in zip(node.args, values, strict=True))
    elif isinstance(node, ast.Call):
        nodes = [argument for argument in node.args if not isinstance(argument, ast.Constant)]
        if isinstance(node.func, ast.Attribute) and _shape(node.func.value, frame):
            nodes = [node.func.value, *nodes]  # a method, such as W.dot(A)
    elif isinstance(node, ast.Subscript):
        owner = _value(node.value, frame)
        shape = (len(owner),) if type(owner) is dict else _shape(node.value, frame)
        return ((ast.unparse(node.value)[:80], shape),) if shape else ()
    else:
        return ()
    shapes = [_shape(operand, frame) for operand in nodes]
    if len(nodes) < 2 or None in shapes:
        return ()
    return tuple((ast.unparse(n)[:80], shape) for n, shape in zip(nodes, shapes, strict=True) if shape)


def _extent(value: Any) -> Shape:
    """Shape of an array, the length of a list alone."""
    return value.shape if type(value) is np.ndarray else (len(value),)


def _shape(node: ast.expr, frame: FrameType) -> Shape | None:
    """Shape of an array, () of a number, None of what cannot be read."""
    if isinstance(node, ast.BinOp):
        return _joined(node.op, _shape(node.left, frame), _shape(node.right, frame))
    if isinstance(node, ast.Compare) and len(node.comparators) == 1:
        return _joined(ast.Add(), _shape(node.left, frame), _shape(node.comparators[0], frame))
    if isinstance(node, ast.UnaryOp):
        return _shape(node.operand, frame)
    if isinstance(node, ast.Attribute) and node.attr == "T":
        inner = _shape(node.value, frame)
        return inner[::-1] if inner else inner
    value = _value(node, frame)
    return value.shape if type(value) is np.ndarray else () if type(value) in (int, float) else None


def _joined(operator: ast.operator, a: Shape | None, b: Shape | None) -> Shape | None:
    if a is None or b is None:
        return None
    if not isinstance(operator, ast.MatMult):
        return np.broadcast_shapes(a, b)
    return (a[0], b[1]) if len(a) == len(b) == 2 else None


def _value(node: ast.expr, frame: FrameType) -> Any:
    """Value of a constant, a name, an object's own attribute, a subscript by these; None of all else."""
    if isinstance(node, ast.Constant):
        return node.value
    if isinstance(node, ast.Name):
        return frame.f_locals.get(node.id, frame.f_globals.get(node.id))
    if isinstance(node, ast.Attribute) and isinstance(node.value, ast.Name):
        own = getattr(_value(node.value, frame), "__dict__", None)
        return own.get(node.attr) if type(own) is dict else None
    if isinstance(node, ast.Subscript):
        owner = _value(node.value, frame)
        if type(owner) is np.ndarray:
            return owner[_index(node.slice, frame)]
        key = _value(node.slice, frame)
        if type(owner) in (dict, list, tuple) and type(key) in (str, int):
            return owner[key]
    if isinstance(node, ast.BinOp) and isinstance(node.op, ast.Add | ast.Sub):  # W[layer + 1]
        a, b = _value(node.left, frame), _value(node.right, frame)
        whole = type(a) is int and type(b) is int
        return (a + b if isinstance(node.op, ast.Add) else a - b) if whole else None
    if isinstance(node, ast.JoinedStr):  # cache[f"A{layer - 1}"]
        return _text(node, frame)
    if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute) and node.func.attr == "transpose":
        owner = _value(node.args[0] if node.args else node.func.value, frame)
        return owner.T if type(owner) is np.ndarray else None
    return None


def _text(node: ast.JoinedStr, frame: FrameType) -> str | None:
    """Text of an f-string that holds texts and whole numbers."""
    values = [_value(v.value if isinstance(v, ast.FormattedValue) else v, frame) for v in node.values]
    return "".join(map(str, values)) if all(type(value) in (int, str) for value in values) else None


def _index(node: ast.expr, frame: FrameType) -> Any:
    if isinstance(node, ast.Tuple):
        return tuple(_index(item, frame) for item in node.elts)
    if isinstance(node, ast.List):
        return [_index(item, frame) for item in node.elts]
    if isinstance(node, ast.Slice):
        return slice(*(part and _index(part, frame) for part in (node.lower, node.upper, node.step)))
    if isinstance(node, ast.Constant) and node.value is None:
        return None
    value = _value(node, frame)
    if type(value) not in (int, np.ndarray):
        raise LookupError
    return value
