"""What a process that decodes a hostile file may still do: compute, and talk over the lines that it has.

Everything is taken away by the process itself, after its libraries are loaded and before it sees the first byte, and
none of it can be taken back. It works as an ordinary user and inside a container; nothing has to be installed. The
filter of system calls is a list of what is allowed, so it stands for the network, for files, for other processes and
for what kernels learn in future (docs/adr/0032).
"""

from __future__ import annotations

import ctypes
import errno
import os
import platform
import resource
import signal
import socket
import struct
import sys
from collections.abc import Callable, Sequence
from contextlib import suppress

MEMORY = 512 * 2**20
# bytes of address space; 200 MiB of it are the libraries, and decoding the worst honest file takes 20 more
LINES = 4
# open files: the three that every process has, and the line
_PR_SET_PDEATHSIG, _PR_SET_DUMPABLE, _PR_SET_NO_NEW_PRIVS, _PR_SET_SECCOMP = 1, 4, 38, 22
_FILTER = 2

# the number of a system call is another one on every kind of machine: (audit's name of it, the calls)
_ALLOWED = {
    "x86_64": (
        0xC000003E,
        (
            "read 0, write 1, close 3, fstat 5, poll 7, lseek 8, mmap 9, mprotect 10, munmap 11, brk 12, "
            "rt_sigaction 13, rt_sigprocmask 14, rt_sigreturn 15, sched_yield 24, mremap 25, madvise 28, "
            "getpid 39, sendto 44, recvfrom 45, exit 60, gettimeofday 96, getrusage 98, sysinfo 99, "
            "gettid 186, futex 202, restart_syscall 219, "
            "clock_gettime 228, exit_group 231, getrandom 318"
        ),
    ),
    "aarch64": (
        0xC00000B7,
        (
            "close 57, lseek 62, read 63, write 64, ppoll 73, fstat 80, exit 93, exit_group 94, futex 98, "
            "clock_gettime 113, sched_yield 124, restart_syscall 128, rt_sigaction 134, rt_sigprocmask 135, "
            "rt_sigreturn 139, getrusage 165, gettimeofday 169, getpid 172, gettid 178, sysinfo 179, sendto 206, "
            "recvfrom 207, brk 214, munmap 215, mremap 216, mmap 222, mprotect 226, madvise 233, getrandom 278"
        ),
    ),
}


def confine(*, cpu_seconds: int, memory: int = MEMORY) -> None:
    """Take everything away from this process that decoding does not need. What the system lacks is left out."""
    _limit(resource.RLIMIT_CORE, 0)
    _limit(resource.RLIMIT_FSIZE, 0)
    _limit(resource.RLIMIT_NOFILE, LINES)
    _limit(resource.RLIMIT_CPU, cpu_seconds, cpu_seconds + 5)  # first SIGXCPU, which names the reason, then SIGKILL
    _limit(resource.RLIMIT_AS, memory)
    _forbid_calls()


def end_with_parent(parent: int) -> None:
    """Let the kernel kill this process when the one that forked it is gone. Linux only; elsewhere the line ends."""
    if sys.platform == "linux":
        _prctl(_PR_SET_DUMPABLE, 0)
        _prctl(_PR_SET_PDEATHSIG, signal.SIGKILL)
    if os.getppid() != parent:
        os._exit(0)


def name_protections() -> dict[str, bool]:
    """Try what should be impossible in this process, and say of each protection whether it holds."""
    for number in (0, 2):  # who has broken in can make room for what he opens
        with suppress(OSError):
            os.close(number)
    return {
        "no files": _fails(lambda: os.close(os.open("/", os.O_RDONLY))),
        "no network": _fails(lambda: socket.socket(socket.AF_INET, socket.SOCK_DGRAM).close()),
        "no other processes": _fails(lambda: os.kill(os.getpid(), 0)),
        "a limit of memory": _fails(lambda: bytearray(MEMORY)),
    }


def _fails(action: Callable[[], object]) -> bool:
    try:
        action()
    except (OSError, MemoryError):
        return True
    return False


def _limit(what: int, soft: int, hard: int | None = None) -> None:
    """Lower a limit; a system without it (macOS has no limit of memory) goes without."""
    most = resource.getrlimit(what)[1]
    last = soft if hard is None else hard
    last = last if most == resource.RLIM_INFINITY else min(last, most)
    with suppress(OSError, ValueError):
        resource.setrlimit(what, (min(soft, last), last))


def _forbid_calls() -> None:
    """Let the kernel answer EPERM to every system call that is not on the list."""
    arch, calls = _ALLOWED.get(platform.machine(), (0, ""))
    if sys.platform != "linux" or not calls:
        return
    program = _compile(arch, [int(call.split()[1]) for call in calls.split(",")])
    code = ctypes.create_string_buffer(program, len(program))
    head = _Program(len(program) // 8, ctypes.addressof(code))
    _prctl(_PR_SET_NO_NEW_PRIVS, 1)
    _prctl(_PR_SET_SECCOMP, _FILTER, ctypes.addressof(head))


class _Program(ctypes.Structure):
    """What the kernel calls `sock_fprog`."""

    _fields_ = (("length", ctypes.c_ushort), ("filter", ctypes.c_void_p))


def _compile(arch: int, allowed: Sequence[int]) -> bytes:
    """Write the filter in the kernel's instructions: (operation, jump if so, jump if not, value)."""
    load, equal, answer = 0x20, 0x15, 0x06
    allow, refuse = 0x7FFF0000, 0x00050000 | errno.EPERM
    count = len(allowed)
    lines = [(load, 0, 0, 4), (equal, 0, count + 1, arch), (load, 0, 0, 0)]
    lines += [(equal, count - at, 0, number) for at, number in enumerate(allowed)]
    lines += [(answer, 0, 0, refuse), (answer, 0, 0, allow)]
    return b"".join(struct.pack("=HBBI", *line) for line in lines)


def _prctl(option: int, value: int, pointer: int = 0) -> None:
    ctypes.CDLL(None).prctl(option, ctypes.c_ulong(value), ctypes.c_ulong(pointer), 0, 0)
