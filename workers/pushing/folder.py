"""What lies in a folder, and which of it is finished.

The folder is looked at every few seconds. Notices from the kernel (inotify) do not come from NFS and CIFS shares nor
after an overflow, so a scan would be needed beside them; alone it is enough (ADR 0035).

A file is finished when its size and time, and those of its sidecar, stay the same for a while and no process of this
machine has it open for writing. A call in two files is finished when both are.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from errno import EAGAIN
from pathlib import Path

SUFFIXES = frozenset({".wav", ".mp3", ".opus", ".ogg", ".flac", ".m4a", ".aac"})
SIDECAR = ".json"

Signature = tuple[int, ...]
# Size and time of a file, and of its sidecar. Of two files, both: what is missing counts as nothing.
_ABSENT: Signature = (-1, -1)


@dataclass(frozen=True, slots=True)
class Legs:
    """How the names of a call's two mono files end, before the suffix: `-out` the agent's, `-in` the customer's."""

    agent: str
    customer: str

    def names(self, name: str) -> tuple[str, str, str] | None:
        """Return what both files of a call and the call itself are named; None for a file that is no leg."""
        stem, suffix = os.path.splitext(name)  # noqa: PTH122 - no Path (Found.place)
        for ending in (self.agent, self.customer):
            call = stem.removesuffix(ending)
            if call not in {stem, ""}:
                return f"{call}{self.agent}{suffix}", f"{call}{self.customer}{suffix}", f"{call}{suffix}"
        return None


@dataclass(slots=True)
class Spot:
    """One file as it was last seen. `file`: its hash; `again_at`: not before this moment; `done`: nothing is left."""

    file: str
    signature: Signature
    since: float
    done: bool = False
    again_at: float = 0.0
    tries: int = 0


@dataclass(frozen=True, slots=True)
class Found:
    """One file of the folder; `sidecar` is None where facts come from the name, or it is not there yet."""

    place: str  # a folder may hold 100,000 files that were dealt with: only one that was not becomes a Path
    signature: Signature
    sidecar: Path | None
    customer: str | None = None  # where the customer's file is or will be; `place` is then the agent's, there or not
    name: str | None = None  # of such a call: its files' name without their endings
    is_whole: bool = True

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)

    @property
    def sounds(self) -> tuple[Path, ...]:
        """Its files of sound, whether they are there or not."""
        return (self.path,) if self.customer is None else (self.path, Path(self.customer))


def scan(folder: Path, *, sidecars: bool, legs: Legs | None = None) -> Iterator[Found]:
    """Yield every call below a folder. Hidden files, links and other kinds are passed over. Raises OSError.

    With `legs`, two files whose names differ by these endings alone are one call.
    """
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda each: each.name)
    paired = set[str]()
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            with suppress(OSError):  # a folder that may not be read, or went meanwhile: the others are
                yield from scan(Path(entry.path), sidecars=sidecars, legs=legs)
        elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:  # noqa: PTH122 - no Path (Found.place)
            names = legs.names(entry.name) if legs else None
            if names is not None and names[0] in paired:
                continue
            with suppress(FileNotFoundError):
                found = _look_at_legs(folder, names, sidecars) if names else _look_at(entry, sidecars=sidecars)
                if found is not None:
                    if names is not None:
                        paired.add(names[0])
                    yield found


def _look_at_legs(folder: Path, names: tuple[str, str, str], sidecars: bool) -> Found | None:  # noqa: FBT001 - as scan
    """Look at a call of two files, of which one may not be there; None when neither is a file."""
    agent, customer = folder / names[0], folder / names[1]
    seen = [_signature_at(path) for path in (agent, customer)]
    if not any(seen):
        return None
    sidecar = (folder / names[2]).with_suffix(SIDECAR)
    beside = _signature_at(sidecar) if sidecars else None
    signature = (seen[0] or _ABSENT) + (seen[1] or _ABSENT) + (beside or ())
    found = Found(str(agent), signature, sidecar if beside else None)
    return replace(found, customer=str(customer), name=names[2], is_whole=all(seen))


def _signature_at(path: Path) -> Signature | None:
    try:
        return _signature(path.lstat())
    except FileNotFoundError:
        return None


def _look_at(entry: os.DirEntry[str], *, sidecars: bool) -> Found | None:
    sound = _signature(entry.stat(follow_symlinks=False))
    if sound is None or not sidecars:
        return Found(entry.path, sound, None) if sound else None
    sidecar = Path(entry.path).with_suffix(SIDECAR)
    beside: Signature | None = None
    with suppress(FileNotFoundError):
        beside = _signature(sidecar.lstat())
    return Found(entry.path, sound + (beside or ()), sidecar if beside else None)


def _signature(found: os.stat_result) -> Signature | None:
    """Return what changes when a file is written to; None for links, pipes and other kinds.

    The inode is left out: some shares number their files anew each time they are mounted.
    """
    return (found.st_size, found.st_mtime_ns) if stat.S_ISREG(found.st_mode) else None


def is_written_to(path: Path) -> bool:
    """Tell whether a process of this machine has a file open for writing; False where that cannot be known.

    The kernel grants a read lease only where nobody writes. It asks for the file's owner or CAP_LEASE, and a local
    file system.
    """
    try:
        descriptor = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError:
        return False
    try:
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_RDLCK)
        fcntl.fcntl(descriptor, fcntl.F_SETLEASE, fcntl.F_UNLCK)
    except OSError as fault:
        return fault.errno == EAGAIN
    finally:
        os.close(descriptor)
    return False
