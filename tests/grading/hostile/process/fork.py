"""Become two kernels on the same sockets."""

import os

if os.fork() == 0:
    get_ipython().user_ns["check"] = lambda *a: 4.0
