"""Which moves a recording may make, and who may reach it when. Pure.

The table of moves lies in `storage.lifecycle`, because the catalog refuses an illegal move in the transaction that
would make it; rules read it from here.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from recordings.retention import is_past
from storage.lifecycle import MOVES, check_move
from storage.records import Clearance, Recording, Stage

__all__ = ["MOVES", "check_move", "flag", "is_cleared", "is_of_use", "is_reachable", "is_usable", "is_visible"]

_GONE = frozenset({Stage.PURGING, Stage.PURGED})


def is_reachable(recording: Recording, now: datetime) -> bool:
    """Tell whether anyone may still know of this recording: at `delete_at` it is out of reach, purged or not."""
    return recording.stage not in _GONE and not is_past(recording.delete_at, now)


def is_usable(recording: Recording, now: datetime) -> bool:
    """Tell whether anyone may work with this recording: what is restricted (GDPR Art. 18) is kept, and no more."""
    return is_reachable(recording, now) and not recording.restricted


def is_visible(recording: Recording, now: datetime) -> bool:
    """Tell whether staff may see and hear the masked copy: masked, verified, published, cleared, and of use to them."""
    return recording.stage is Stage.PUBLISHED and is_cleared(recording) and is_of_use(recording, now)


def is_of_use(recording: Recording, now: datetime) -> bool:
    """Tell whether staff may know of this call: not where the person objected to what such calls are for (Art. 21)."""
    return is_usable(recording, now) and not recording.objected


def is_cleared(recording: Recording) -> bool:
    """Tell whether nothing sensitive is known of a call, or a privacy officer has granted that staff may see it."""
    return recording.clearance in {None, Clearance.GRANTED}


def flag(recording: Recording, topics: Iterable[str], *, again: bool = False) -> dict[str, Any]:
    """Return what changes when these topics are found: a new one asks the privacy officer, whatever was decided.

    With `again` one that is known asks too. Nothing changes without a new one: a decision stands.
    """
    found = {str(topic) for topic in topics}
    if not found or (not again and found <= set(recording.topics)):
        return {}
    return {"topics": tuple(sorted({*recording.topics, *found})), "clearance": Clearance.WAITING}
