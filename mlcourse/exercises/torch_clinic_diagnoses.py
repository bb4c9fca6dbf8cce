"""What can be the matter with a program in PyTorch, and an answer to a guess."""

from mlcourse.exercises.clinic_diagnoses import Diagnosis, answer_to

DIAGNOSES = (
    Diagnosis(
        "softmax taken twice",
        "examples are answered right, and the loss still cannot come near 0: with C classes it stays above "
        "log(e + C - 1) - 1",
    ),
    Diagnosis(
        "weights too small for the depth",
        "from layer to layer backward the gradient becomes smaller, the loss stays where it began",
    ),
    Diagnosis(
        "gradients add up",
        "the loss comes down, and the norm of the gradient that a step goes by does not come down with it",
    ),
    Diagnosis(
        "parameters outside the optimizer",
        "some parameters have a gradient, and never move",
    ),
    Diagnosis(
        "dropout while predicting",
        "the same input gets different answers",
    ),
    Diagnosis(
        "learning rate too large",
        "the loss jumps from the first step on, though each gradient is right",
    ),
    Diagnosis(
        "graphs are kept",
        "training is healthy, and what comes back refers to the graphs of all steps, more with every step",
    ),
    Diagnosis(
        "examples in columns",
        "it runs only where there are as many examples as features, and it knows little about new examples",
    ),
)
"""What can be the matter: one for each case, and one that nobody here has.

Whoever counts, from 0 or from 1, finds no patient's own name at its number.
"""

_NAMED = {one.name: one for one in DIAGNOSES}

CAUSE = {
    0: _NAMED["dropout while predicting"],
    1: _NAMED["gradients add up"],
    2: _NAMED["softmax taken twice"],
    3: _NAMED["examples in columns"],
    4: _NAMED["graphs are kept"],
    5: _NAMED["parameters outside the optimizer"],
    6: _NAMED["weights too small for the depth"],
}
"""What each patient has; patient 0 is looked at together."""


def diagnose(n: int, words: str) -> str:
    """Answer a guess at what is wrong with ``broken_n``.

    Parameters
    ----------
    n : int
        Number of the case, 0 to 6.
    words : str
        Name of one of `DIAGNOSES`.

    Returns
    -------
    str
        Whether it is that, and which signs speak for or against it.
    """
    return answer_to(n, words, DIAGNOSES, CAUSE, "", "what you saw")
