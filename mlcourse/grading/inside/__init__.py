"""What runs inside the sandbox. Nothing here is secret, and nothing that it says is believed."""

CHANNELS = ("shell", "iopub", "stdin", "control")
"""Sockets that a kernel is given, in this order; their "ports" count from 1.

Here and not beside the kernel: the judge needs them too, and has no use for a kernel's libraries.
"""
