"""Never come back from a call that Python cannot interrupt."""

import ctypes

ctypes.PyDLL(None).sleep(100_000)
