"""PyTorch, imported when something of it is first used, and classes that are made then.

It may be missing, and takes a second or more to import: declaring an exercise must do without. References
say ``torch.relu`` as a learner would; a class that derives from one of PyTorch's is written in a function:

    @deferred("Network")
    def _network():
        class Network(nn.Module): ...

        return Network
"""

from collections.abc import Callable
from importlib import import_module
from typing import Any


class _Module:
    """Stands for a module that is imported at the first look into it."""

    def __init__(self, name: str) -> None:
        self._name = name

    def __getattr__(self, attribute: str) -> Any:
        if attribute.startswith("__"):  # nobody's question about a module of PyTorch's
            raise AttributeError(attribute)
        return getattr(import_module(self._name), attribute)


torch: Any = _Module("torch")
nn: Any = _Module("torch.nn")
data: Any = _Module("torch.utils.data")


class _Deferred(type):
    """Stands for a class that is made when it is first used."""

    _make: Callable[[], type]
    _made: type

    def _class(cls) -> Any:
        if "_made" not in vars(cls):
            cls._made = cls._make()
        return vars(cls)["_made"]

    def __call__(cls, *args: Any, **kwargs: Any) -> Any:
        return cls._class()(*args, **kwargs)

    def __getattr__(cls, name: str) -> Any:
        if name.startswith("__"):
            raise AttributeError(name)
        return getattr(cls._class(), name)


def deferred(name: str) -> Callable[[Callable[[], type]], Any]:
    """Turn a function that makes a class into what stands for the class of this name."""

    def decorate(make: Callable[[], type]) -> Any:
        return _Deferred(name, (), {"_make": staticmethod(make), "__module__": make.__module__})

    return decorate


def is_deferred(thing: Any) -> bool:
    """Whether it stands for a class that is made when it is first used."""
    return isinstance(thing, _Deferred)
