"""Explorers: the mathematics under your hand. Each is imported when it is first used."""

from importlib import import_module
from typing import Any

_MODULES = {
    "ActivationExplorer": "activation",
    "BatchGraph": "batch_graph",
    "BatchSize": "batch_size",
    "BroadcastExplorer": "broadcast",
    "DigitsExplorer": "digits",
    "Explorer": "base",
    "GradientCheckCurve": "gradient_check_curve",
    "GradientFlow": "gradient_flow",
    "GraphStepper": "graph_stepper",
    "Initialization": "initialization",
    "LearningRate": "learning_rate",
    "OptimizerRace": "optimizer_race",
    "TrainingPlayer": "training_player",
}

__all__ = sorted(_MODULES)


def __getattr__(name: str) -> Any:
    if name in _MODULES:
        return getattr(import_module(f"mlcourse.explorers.{_MODULES[name]}"), name)
    raise AttributeError(f"module 'mlcourse.explorers' has no attribute {name!r}")


def __dir__() -> list[str]:
    return sorted(__all__)
