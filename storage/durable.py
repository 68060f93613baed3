"""What is written is on the disk before it is built on."""

from __future__ import annotations

import os
from collections.abc import Iterable
from pathlib import Path
from typing import Final

SQLITE_BESIDE: Final = ("-wal", "-shm")
# What SQLite keeps beside a database file.


def sync(path: Path) -> None:
    """Wait until a file's bytes, or the names in a folder, are on the disk. Raises OSError."""
    descriptor = os.open(path, os.O_RDONLY)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)


def put_in_place(new: Path, path: Path, *, beside: Iterable[str] = ()) -> None:
    """Let a whole file take another's place. What lies beside the old one by these endings goes first. Raises OSError.

    A database's log would be played into the new file otherwise.
    """
    sync(new)
    for ending in beside:
        path.with_name(f"{path.name}{ending}").unlink(missing_ok=True)
    new.replace(path)
    sync(path.parent)
