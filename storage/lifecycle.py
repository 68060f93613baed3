"""Which stage may follow which: the move table of design.md, as one piece of data that rules and adapters share.

It lives here, below both, because the catalog refuses an illegal move in the same transaction that would make it.
"""

from __future__ import annotations

from collections.abc import Mapping
from types import MappingProxyType
from typing import Final

from storage.errors import IllegalMove
from storage.records import Stage

_AGAIN = frozenset({Stage.RECEIVED, Stage.TRANSCRIBED, Stage.PLANNED, Stage.PURGING})
_ASIDE = frozenset({Stage.QUARANTINED, Stage.FAILED, Stage.PURGING})

MOVES: Final[Mapping[Stage, frozenset[Stage]]] = MappingProxyType(
    {
        Stage.RECEIVED: _ASIDE | {Stage.TRANSCRIBED},
        Stage.TRANSCRIBED: _ASIDE | {Stage.PLANNED},
        # What is on its way is planned again when the person is to be masked more strictly (ADR 0014).
        Stage.PLANNED: _ASIDE | {Stage.MASKED, Stage.TRANSCRIBED},
        Stage.MASKED: _ASIDE | {Stage.PUBLISHED, Stage.TRANSCRIBED},
        # A published recording is planned again when a later run or a person adds to its plan (design.md 11).
        Stage.PUBLISHED: frozenset({Stage.TRANSCRIBED, Stage.PLANNED, Stage.QUARANTINED, Stage.PURGING}),
        # What a person decided is masked and verified again: nothing goes straight from quarantine to being seen.
        Stage.QUARANTINED: _AGAIN,
        Stage.FAILED: _AGAIN,
        Stage.PURGING: frozenset({Stage.PURGED}),
        Stage.PURGED: frozenset(),
    }
)


def may_move(before: Stage, after: Stage) -> bool:
    """Tell whether `after` may follow `before`."""
    return after in MOVES[before]


def check_move(before: Stage, after: Stage) -> None:
    """Raise IllegalMove when `after` may not follow `before`."""
    if not may_move(before, after):
        raise IllegalMove
