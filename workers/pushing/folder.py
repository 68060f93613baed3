"""What lies in a folder, and which of it is finished.

The folder is looked at every few seconds. Notices from the kernel (inotify) do not come from NFS and CIFS shares nor
after an overflow, so a scan would be needed beside them; alone it is enough (ADR 0035).

A file is finished when its size and time, and those of its sidecar, stay the same for a while and no process of this
machine has it open for writing.
"""

from __future__ import annotations

import fcntl
import os
import stat
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass
from errno import EAGAIN
from pathlib import Path

SUFFIXES = frozenset({".wav", ".mp3", ".opus", ".ogg", ".flac", ".m4a", ".aac"})
SIDECAR = ".json"

Signature = tuple[int, ...]
# Size and time of a file, and of its sidecar.


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

    @property
    def path(self) -> Path:
        """Where it is."""
        return Path(self.place)


def scan(folder: Path, *, sidecars: bool) -> Iterator[Found]:
    """Yield every recording below a folder. Hidden files, links and other kinds are passed over. Raises OSError."""
    with os.scandir(folder) as entries:
        listed = sorted(entries, key=lambda each: each.name)
    for entry in listed:
        if entry.name.startswith("."):
            continue
        if entry.is_dir(follow_symlinks=False):
            with suppress(OSError):  # a folder that may not be read, or went meanwhile: the others are
                yield from scan(Path(entry.path), sidecars=sidecars)
        elif os.path.splitext(entry.name)[1].lower() in SUFFIXES:  # noqa: PTH122 - no Path (Found.place)
            with suppress(FileNotFoundError):
                found = _look_at(entry, sidecars=sidecars)
                if found is not None:
                    yield found


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
