"""How the learner's function is called with a case: the only code that runs beside the learner's own.

The judge sends a case and the name of a drive into the sandbox; what comes back is the drive's result as
plain data. So this module, `value_drives`, `tensor_drives` and `torch_drives` import nothing else of the
exercises: no reference, no mistake, no expected value.

Each drive is ``drive(function, case) -> raw result``.
"""

from collections.abc import Callable
from copy import deepcopy
from typing import Any

import numpy as np

from mlcourse.exercises.tensor_drives import tensor_operations as tensor_operations
from mlcourse.exercises.torch_drives import torch_dataset as torch_dataset
from mlcourse.exercises.torch_drives import torch_deep_network as torch_deep_network
from mlcourse.exercises.torch_drives import torch_function as torch_function
from mlcourse.exercises.torch_drives import torch_gradients as torch_gradients
from mlcourse.exercises.torch_drives import torch_network as torch_network
from mlcourse.exercises.torch_drives import torch_program as torch_program
from mlcourse.exercises.torch_drives import torch_training_step as torch_training_step
from mlcourse.exercises.value_drives import backward as backward
from mlcourse.exercises.value_drives import computed as computed
from mlcourse.exercises.value_drives import labelled_graph as labelled_graph
from mlcourse.exercises.value_drives import value_operations as value_operations

ADDED = ("again", "other", "starts")
"""Keys that a drive adds to a learner's dict."""


def call(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order."""
    return function(*case.values())


def with_generator(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order; ``seed``, the last of them, as a random generator."""
    *values, seed = case.values()
    return function(*values, np.random.default_rng(seed))


def methods(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Build an object, and call its methods as the case's "calls" say, a list of lists of names.

    ``["forward", "X"]`` passes X to forward, ``["dW"]`` alone reads an attribute. The constructor gets, in
    order, what is in no call. What comes of a call, comes under the name of its method.
    """
    named = {name for _, *names in case["calls"] for name in names} | {"calls"}
    made = function(*(value for name, value in case.items() if name not in named))
    found = {}
    for method, *names in case["calls"]:
        attribute = getattr(made, method)
        called = names or callable(attribute)
        found[method] = _now(attribute(*(case[name] for name in names)) if called else attribute)
    return found


def repeated(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """As `with_generator`, three times: with the seed, with it again, and with another.

    The second and the third come under "again" and "other" of the first, which is to be a dict.
    """
    first, again, other = _three_times(function, case)
    return first | {"again": again, "other": other} if type(first) is dict else first


def repeated_list(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """As `repeated`, where it is a list that is asked for: three of them come as a list."""
    three = _three_times(function, case)
    return three if type(three[0]) is list else three[0]


def _three_times(function: Callable[..., Any], case: dict[str, Any]) -> list[Any]:
    *values, seed = case.values()
    copies = [values, deepcopy(values), deepcopy(values)]
    seeds = (seed, seed, seed + 1)
    return [function(*v, np.random.default_rng(s)) for v, s in zip(copies, seeds, strict=True)]


def train_network(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """As `with_generator`; under "starts" the parameters it gives for zero epochs, with several seeds."""
    *values, _, seed = case.values()
    result = with_generator(function, case)
    try:
        parameters, losses = result
        starts = [function(*values, 0, np.random.default_rng(seed + k))[0] for k in range(4)]
        return parameters | {"starts": starts}, losses
    except Exception:  # of another form, or not made for zero epochs
        return result


def numerical_gradient(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass a function of theta that the case describes, theta, and epsilon if there is one; count calls."""
    calls = 0

    def f(theta: Any) -> float:
        nonlocal calls
        calls += 1
        coupled = np.sum(case["coupling"] * theta)
        return float(np.sum(case["linear"] * theta) + np.sum(case["cubic"] * theta**3) + coupled**2)

    options = [case["epsilon"]] if "epsilon" in case else []
    return {"gradient": function(f, case["theta"], *options), "calls": calls}


def dense_layer(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Build a layer; with the case's W and b in place of the initial ones, two batches forward and back.

    Another layer lives beside it, and sees other numbers between the passes forward and back: what the two
    share shows.
    """
    layer = function(case["n_in"], case["n_out"], np.random.default_rng(case["seed"]))
    initial = {"W": _now(layer.W), "b": _now(layer.b)}
    neighbour = function(case["n_in"], case["n_out"], np.random.default_rng(case["seed"] + 1))
    other = _now(neighbour.W)
    names = ("Z", "dW", "db", "dA")
    again: dict[str, Any] = dict.fromkeys(names)
    result: dict[str, Any] = {
        "initial": initial,
        "same": _now(function(case["n_in"], case["n_out"], np.random.default_rng(case["seed"])).W),
        "other": other,
        "again": again,
        **dict.fromkeys(names),
    }
    if np.shape(layer.W) != case["W"].shape or np.shape(layer.b) != case["b"].shape:
        return result
    layer.W[...], layer.b[...] = case["W"], case["b"]
    result["set"] = {"W": _now(layer.W), "b": _now(layer.b)}
    for place, suffix in ((result, ""), (again, "_again")):
        place["Z"] = _now(layer.forward(case[f"A{suffix}"]))
        neighbour.forward(0.7 * case[f"A{suffix}"][:, ::-1] + 0.1)  # what nobody would compute
        place["dA"] = _now(layer.backward(case[f"dZ{suffix}"]))
        place |= {"dW": _now(layer.dW), "db": _now(layer.db)}
    result["after"] = {"W": _now(layer.W), "b": _now(layer.b)}
    result["neighbour"] = _now(neighbour.W)
    return result


def _now(value: Any) -> Any:
    """Copy of an array that may still change."""
    return value.copy() if isinstance(value, np.ndarray) else value


class Affine:
    """Layer with parameters, for networks to be built of."""

    def __init__(self, W: np.ndarray, b: np.ndarray) -> None:
        self.W, self.b = W.copy(), b.copy()
        self.dW, self.db = np.zeros_like(W), np.zeros_like(b)

    def forward(self, A: np.ndarray) -> np.ndarray:
        """W A + b."""
        self.A = A
        return self.W @ A + self.b

    def backward(self, dZ: np.ndarray) -> np.ndarray:
        """Set dW, db; return dA."""
        self.dW, self.db = dZ @ self.A.T, np.sum(dZ, axis=1, keepdims=True)
        return self.W.T @ dZ


class Tanh:
    """Layer without parameters."""

    def forward(self, Z: np.ndarray) -> np.ndarray:
        """Element by element."""
        self.A = np.tanh(Z)
        return self.A

    def backward(self, dA: np.ndarray) -> np.ndarray:
        """Element by element."""
        return dA * (1 - self.A**2)


def network(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Build a network; go forward, back, change its parameters in place, and go forward and back again."""
    layers: list[Any] = []
    for W, b in zip(case["weights"], case["biases"], strict=True):
        layers += [Affine(W, b), Tanh()]
    net = function(layers[:-1])
    Z = _now(net.forward(case["X"]))
    dX = _now(net.backward(case["dZ"]))
    parameters, gradients = net.parameters(), net.gradients()
    found = {"Z": Z, "dX": dX, "parameters": _kept(parameters), "gradients": _kept(gradients)}
    own = {"W": [layer.W for layer in layers[::2]], "b": [layer.b for layer in layers[::2]]}
    before = deepcopy(own)
    for array in parameters if type(parameters) in (list, tuple) else ():
        if type(array) is np.ndarray:
            array *= 0.5
    # Arrays of the layers that this has not changed, as what parameters() gave are copies.
    found["copied"] = [n for n in own if any(map(np.array_equal, own[n], before[n]))]
    try:
        again = {"Z_after": _now(net.forward(case["X"]))}
    except ValueError as error:
        error.args = (f"{error} (in the forward pass after the backward pass)",)
        raise
    net.backward(0.5 * case["dZ"])
    return found | again | {"gradients_after": _kept(net.gradients())}


def _kept(values: Any) -> Any:
    """Copy of arrays in a list that may still change; what is none, a generator, comes as it is."""
    return deepcopy(values) if type(values) in (list, tuple) else values


def train_digits(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Train on the bundled training digits; predict those of the case, if that is a function."""
    from mlcourse.datasets import digits

    train = digits().split("train")
    X, Y = train.images.copy(order="K"), train.one_hot
    predict = function(X, Y, np.random.default_rng(case["seed"]))
    return {"predictions": predict(case["images"] / 255)} if callable(predict) else {}


def log_softmax(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass Z; then call the function that comes back, twice, since going back must change nothing."""
    result = function(case["Z"])
    if type(result) not in (list, tuple) or len(result) != 2:
        several = type(result) in (list, tuple, dict)
        found = f"a {type(result).__name__} of {len(result)}" if several else "one thing"
        return "no pair", "nothing" if result is None else found
    L, pullback = result
    if not callable(pullback):
        return L, "no function"
    L = _now(L)
    pullback(-case["dL"])
    return L, pullback(case["dL"])
