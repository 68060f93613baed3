"""Which moves a recording may make, and who may reach it when. Pure.

The table of moves lies in `storage.lifecycle`, because the catalog refuses an illegal move in the transaction that
would make it; rules read it from here.
"""

from __future__ import annotations

from datetime import datetime

from recordings.retention import is_past
from storage.lifecycle import MOVES, check_move
from storage.records import Recording, Stage

__all__ = ["MOVES", "check_move", "is_reachable", "is_visible"]

_GONE = frozenset({Stage.PURGING, Stage.PURGED})


def is_reachable(recording: Recording, now: datetime) -> bool:
    """Tell whether anyone may still know of this recording: at `delete_at` it is out of reach, purged or not."""
    return recording.stage not in _GONE and not is_past(recording.delete_at, now)


def is_visible(recording: Recording, now: datetime) -> bool:
    """Tell whether staff may see and hear the masked copy: only once it has been masked, verified and published."""
    return recording.stage is Stage.PUBLISHED and is_reachable(recording, now)
