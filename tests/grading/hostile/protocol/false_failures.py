"""Send failures and operands that do not fit their description."""

try:
    from mlcourse.feedback.plain import Opaque
    from mlcourse.grading.inside import driver

    odd = {
        "returned": Opaque("ndarray", "x" * 100_000),
        "inputs_after": [[[]]],
        "failure": ("NotImplementedError" * 1000, "m", "l", "t", ()),
        "warnings": ("w",) * 10_000,
        "changed_error_state": False,
        "printed": "p" * 1_000_000,
    }
    driver._answers = lambda part: [odd] * len(part["cases"])
except ImportError:
    pass
