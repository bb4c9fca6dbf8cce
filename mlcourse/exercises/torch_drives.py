"""How the learner's function is called where it is made of PyTorch: beside `drives`, and like it.

Cases come as plain data, are made tensors here, and what the learner's tensors hold goes back as plain data.
Where exact answers are compared, PyTorch's default is float64 for as long as a call lasts: then two right
programs differ by no more than rounding.
"""

import time
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import Any
from weakref import WeakSet

import numpy as np


def torch_gradients(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Pass the case's values in order; tensors in the dict that comes back become arrays."""
    with without_advice():
        return arrays(function(*case.values()))


@contextmanager
def without_advice() -> Iterator[None]:
    """PyTorch warns of what may be slow or not meant, also where the answer is right: `float(loss)`."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", UserWarning)
        yield


def arrays(value: Any) -> Any:
    """Copy of a value in which tensors, in dicts and lists too, have become arrays."""
    if hasattr(value, "detach"):
        return value.detach().cpu().numpy().copy()
    if type(value) is dict:
        return {key: arrays(item) for key, item in value.items()}
    return type(value)(map(arrays, value)) if type(value) in (list, tuple) else value


@contextmanager
def in_float64(seed: int) -> Iterator[Any]:
    """PyTorch with float64 as its default and a seed; with what was there before afterwards."""
    import torch

    before, state = torch.get_default_dtype(), torch.get_rng_state()
    torch.set_default_dtype(torch.float64)
    torch.default_generator.manual_seed(seed)  # that of the CPU; the others' are asked for in many lines
    try:
        with without_advice():
            yield torch
    finally:
        torch.set_default_dtype(before)
        torch.set_rng_state(state)


WIDE = (300, 200, 250)
"""Units of a network whose initial weights are measured: so many that their spread is certain."""


def torch_network(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Measure initial weights; with the case's weights in their place, go forward and back."""
    with in_float64(case["seed"]) as torch:
        found: dict[str, Any] = {"initial": _initial(function(list(WIDE))), "Z": None, "gradients": None}
        network = function(list(case["sizes"]))
        parameters = list(network.parameters())
        given = [array for pair in zip(case["weights"], case["biases"], strict=True) for array in pair]
        found = {"shapes": [str(tuple(parameter.shape)) for parameter in parameters], **found}
        if found["shapes"] != [str(array.shape) for array in given]:
            return found
        with torch.no_grad():
            for parameter, array in zip(parameters, given, strict=True):
                parameter.copy_(torch.tensor(array))
        Z = network(torch.tensor(case["X"]))
        found["Z"] = arrays(Z)
        if not torch.is_tensor(Z):
            return found
        if Z.requires_grad:
            (Z * torch.tensor(case["dZ"])).sum().backward()
        found["gradients"] = [arrays(parameter.grad) for parameter in parameters]
        return found


def _initial(network: Any) -> list[float]:
    """Spread of each layer's weights and its largest bias, in units of 1/sqrt(n_in), to one decimal.

    The decimal of a bias is the next above: then PyTorch's own end at 1 whatever is drawn, and only 0 is 0.
    """
    found, n_in = [], 1
    for parameter in network.parameters():
        values = arrays(parameter)
        if values.ndim == 2:
            n_in = values.shape[1]
            found.append(float(np.round(values.std() * np.sqrt(n_in), 1)))
        else:
            found.append(float(np.ceil(10 * np.abs(values).max() * np.sqrt(n_in)) / 10))
    return found


def linear_layers(torch: Any, case: dict[str, Any]) -> list[Any]:
    """Layers of a case, with its weights and biases."""
    layers = []
    for W, b in zip(case["weights"], case["biases"], strict=True):
        layer = torch.nn.Linear(W.shape[1], W.shape[0])
        with torch.no_grad():
            layer.weight.copy_(torch.tensor(W))
            layer.bias.copy_(torch.tensor(b))
        layers.append(layer)
    return layers


def torch_training_step(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Take steps with a network and an optimizer of the case; somebody has gone back through it before."""
    with in_float64(0) as torch:
        first, last = linear_layers(torch, case)
        model = torch.nn.Sequential(first, torch.nn.ReLU(), last)
        optimizer = getattr(torch.optim, case["optimizer"])(model.parameters(), **case["options"])
        batches = [(torch.tensor(X), torch.tensor(Y)) for X, Y in case["batches"]]
        model(batches[0][0]).square().sum().backward()
        losses = [function(model, optimizer, X, Y) for X, Y in batches]
        return {"losses": losses, "parameters": [arrays(parameter) for parameter in model.parameters()]}


def torch_dataset(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Build a dataset; what a DataLoader makes of it, in order."""
    from torch.utils.data import DataLoader

    with without_advice():
        dataset = function(case["X"], case["Y"])
        batches = list(DataLoader(dataset, batch_size=case["batch_size"]))
    types = [str(getattr(item, "dtype", type(item).__name__)) for item in batches[0]]
    return {
        "length": len(dataset),
        "types": [name.removeprefix("torch.") for name in types],
        "X": [arrays(batch[0]) for batch in batches],
        "labels": [arrays(batch[1]) for batch in batches],
    }


def torch_function(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Apply an operation twice before going back through both; then PyTorch's own check of it."""
    with in_float64(0) as torch:

        def given(name: str) -> Any:
            return torch.tensor(case[name], requires_grad=name != "dA")

        Z, beta, dA = given("Z"), given("beta"), given("dA")
        other, steep = given("other"), given("steep")
        apply = getattr(function, "apply", function)
        A = apply(Z, beta)
        behind = apply(other, steep)
        if not torch.is_tensor(A):
            return dict.fromkeys(("A", "dZ", "dbeta", "dZ_other", "dbeta_other", "gradcheck")) | {"A": A}
        shares = _shares(function, A, dA)
        A.backward(dA)
        behind.sum().backward()
        dZ, dbeta = shares or (Z.grad, beta.grad)
        first = {"A": arrays(A), "dZ": arrays(dZ), "dbeta": arrays(dbeta)}
        second = {"dZ_other": arrays(other.grad), "dbeta_other": arrays(steep.grad)}
        try:
            passed = bool(torch.autograd.gradcheck(apply, (given("Z"), given("beta"))))
        except RuntimeError:  # that is how it says no
            passed = False
        return {**first, **second, "gradcheck": passed}


def _shares(function: Any, A: Any, dA: Any) -> Any:
    """What backward returns itself: PyTorch adds up a slope that is still as large as after a broadcast."""
    try:
        shares = function.backward(A.grad_fn, dA)
    except Exception:  # written in another way; or it fails, and fails again on the way back
        return None
    return shares if type(shares) in (tuple, list) and len(shares) == 2 else None


LETTING_GO = 0.2
"""Seconds for whoever looks at the frames of a running program, and so holds what their variables refer to.

Dask's profiler does, every hundredth of a second, in the process in which the judge asks the reference.
"""


def graphs_alive(torch: Any, layer: Any) -> Callable[[], int]:
    """Watch a layer; the answer is how many graphs of earlier steps were alive at once when it was used.

    A step ends with its way back. The graphs of the last one are not counted: the loss refers to them until
    it is computed anew.
    """
    alive: WeakSet[Any] = WeakSet()
    steps, most, patient = 0, 0, True

    class Token:
        """Lives as long as the graph that it is part of."""

        def __init__(self) -> None:
            self.step = steps

    class Watched(torch.autograd.Function):
        @staticmethod
        def forward(ctx: Any, Z: Any) -> Any:
            ctx.token = Token()
            alive.add(ctx.token)
            return Z.clone()

        @staticmethod
        def backward(ctx: Any, dZ: Any) -> Any:
            nonlocal steps
            steps += 1
            return dZ

    def kept() -> int:
        return sum(token.step < steps - 1 for token in alive)

    def used(module: Any, inputs: Any, Z: Any) -> Any:
        nonlocal most, patient
        if patient and kept():
            until = time.monotonic() + LETTING_GO
            while kept() and time.monotonic() < until:
                time.sleep(0.001)
            patient = not kept()  # else it is the program that keeps them
        most = max(most, kept())
        return Watched.apply(Z) if Z.requires_grad else Z

    layer.register_forward_hook(used)
    return lambda: most


def torch_program(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Run a program that trains; what it gives back, the parameters then, and the graphs that it kept."""
    with in_float64(0) as torch:
        first, last = linear_layers(torch, case)
        kept = graphs_alive(torch, first)
        models = (first, last) if case["apart"] else (torch.nn.Sequential(first, torch.nn.ReLU(), last),)
        result = function(*models, torch.tensor(case["X"]), torch.tensor(case["labels"]), case["steps"])
        given = _given_back(result, case["gives_back"])
        parameters = [arrays(parameter) for layer in (first, last) for parameter in layer.parameters()]
        return {**arrays(given), "parameters": parameters, "kept": kept()}


def _given_back(result: Any, names: list[str]) -> dict[str, Any]:
    """What a program gives back, by name; None where it does not."""
    return {**dict.fromkeys(["diagnosis", *names]), **(result if type(result) is dict else {})}


def torch_deep_network(function: Callable[..., Any], case: dict[str, Any]) -> Any:
    """Build a deep network; in place of the network, the spread of its weights and its scores with others."""
    with in_float64(case["seed"]) as torch:
        width, depth, classes = case["width"], case["depth"], case["classes"]
        found = _given_back(function(width, depth, classes), ["model"])
        model = found.pop("model")
        found |= {"spreads": None if model is None else [], "last": False, "scores": None}
        parameters = [] if model is None else list(model.parameters())
        shapes = [list(parameter.shape) for parameter in parameters]
        if shapes == [[width, width], [width]] * depth + [[classes, width], [classes]]:
            *found["spreads"], last = _initial(model)[::2]
            found["last"] = last > 0
            with torch.no_grad():
                for parameter in parameters:
                    count = torch.arange(parameter.numel(), dtype=torch.float64)
                    parameter.copy_(torch.sin(count).reshape(parameter.shape) / 4)
            found["scores"] = arrays(model(torch.sin(torch.arange(3.0 * width)).reshape(3, width)))
        return found
