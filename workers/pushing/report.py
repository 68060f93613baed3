"""Copies at the sender that are not confirmed deleted: every recording that still lies there, and why.

Paths may hold phone numbers. They go to the operator's terminal and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from workers.pushing.folder import SIDECAR, Legs, scan
from workers.pushing.ledger import ACKNOWLEDGED, Copy, Entry, Ledger, Outcome

_WAITING = "waiting"


@dataclass(frozen=True, slots=True)
class Left:
    """One copy that is left. `state` is waiting, stored, refused, failed, delete-failed or changed."""

    path: Path
    file: str
    state: str
    slug: str | None
    recording: str | None
    receipt: str | None


def left_in_folder(folder: Path, ledger: Ledger, legs: Legs | None = None) -> Iterator[Left]:
    """Yield the recordings below a folder, in the order of their paths; of two files each. Raises OSError."""
    for found in scan(folder, sidecars=False, legs=legs):
        file = ledger.tag(str(found.path.relative_to(folder)))
        for path in found.sounds:
            if found.is_whole or path.exists():
                yield left(path, file, ledger.get(file))


def left(path: Path, file: str, entry: Entry | None) -> Left:
    """Say of one copy why it is there."""
    if entry is None:
        return Left(path, file[:12], _WAITING, None, None, None)
    state = str(entry.outcome)
    if entry.outcome in ACKNOWLEDGED:
        state = str(Outcome.STORED) if entry.copy in {Copy.KEPT, Copy.DELETED} else str(entry.copy)
    return Left(path, file[:12], state, entry.slug, entry.recording, entry.receipt)


def count_lone_sidecars(folder: Path, legs: Legs | None = None) -> int:
    """Count facts whose sound is gone: they are personal data too. Raises OSError."""
    calls = scan(folder, sidecars=False, legs=legs)
    sounds = {found.path.with_name(found.name or found.path.name).with_suffix(SIDECAR) for found in calls}
    return sum(
        1 for path in folder.rglob(f"*{SIDECAR}") if path not in sounds and path.is_file() and path.name[0] != "."
    )
