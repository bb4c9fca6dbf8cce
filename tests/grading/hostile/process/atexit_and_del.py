"""Wait for the end: at exit, and when an object is collected."""

import atexit


def late():
    open("HOSTILE-MARK-atexit", "w").write("late")
    get_ipython().run_cell("4.0")


class Last:
    def __del__(self):
        late()


atexit.register(late)
keep = Last()
