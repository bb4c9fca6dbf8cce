"""Move a process into a sandbox that bubblewrap has built, and take its privileges away.

Bubblewrap starts programs; a kernel that is forked from a fork server is not started but moved. What is done
here is what ``nsenter`` does, in the order of setns(2) and capabilities(7).
"""

import ctypes
import os
import resource
from typing import Any

_libc = ctypes.CDLL(None, use_errno=True)

# user, mount, process, network, IPC, host name and cgroup namespaces (linux/sched.h)
_NAMESPACES = 0x10000000 | 0x00020000 | 0x20000000 | 0x40000000 | 0x08000000 | 0x04000000 | 0x02000000
_PR_SET_DUMPABLE, _PR_CAPBSET_DROP, _PR_SET_NO_NEW_PRIVS = 4, 24, 38
_CAPABILITY_VERSION_3 = 0x20080522


def become(user: int) -> None:
    """Turn from root into a user who owns nothing; all capabilities go with it."""
    os.setgroups([])
    os.setresgid(user, user, user)
    os.setresuid(user, user, user)
    _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)


def enter(init: int) -> None:
    """Join all namespaces of the sandbox whose first process is `init`; children are born inside it.

    One call for all of them: rights over the outer ones are checked before the user namespace changes.
    """
    descriptor = os.pidfd_open(init)
    try:
        _call("setns", descriptor, _NAMESPACES)
    finally:
        os.close(descriptor)


def renounce() -> None:
    """Give up every capability, for good; a program that is executed cannot get one back."""
    for capability in range(64):
        if _libc.prctl(_PR_CAPBSET_DROP, capability, 0, 0, 0):
            break  # the last one that this Linux knows
    _call("prctl", _PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0)
    header = (ctypes.c_uint32 * 2)(_CAPABILITY_VERSION_3, 0)
    _call("capset", header, (ctypes.c_uint32 * 6)())
    # Joining made /proc/self unreadable to ourselves, which honest libraries trip over.
    _call("prctl", _PR_SET_DUMPABLE, 1, 0, 0, 0)


def limit(limits: dict[str, Any]) -> None:
    """Set the kernel's own limits; see `mlcourse.grading.limits.SandboxLimits`."""
    for name, value in (
        (resource.RLIMIT_AS, limits["memory"]),
        (resource.RLIMIT_NPROC, limits["processes"]),
        (resource.RLIMIT_FSIZE, limits["disk"]),
        (resource.RLIMIT_CPU, int(limits["notebook"]) + 1),
        (resource.RLIMIT_NOFILE, 512),
        (resource.RLIMIT_MSGQUEUE, 0),
        (resource.RLIMIT_MEMLOCK, 0),
        (resource.RLIMIT_CORE, 0),
    ):
        if value is not None:
            resource.setrlimit(name, (value, value))


def _call(name: str, *arguments: Any) -> None:
    if getattr(_libc, name)(*arguments):
        code = ctypes.get_errno()
        raise OSError(code, f"{name}: {os.strerror(code)}")
