"""Was the caller told that the call is recorded: the share of calls by queue; values, and the port that counts."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.records import Kind, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class NoticeCount:
    """The calls of one queue; a call that was transferred counts once, by its first part."""

    controller: str
    kind: Kind
    queue: str | None
    told: int
    untold: int
    unheard: int  # nobody has listened for the notice: they wait, failed, or were heard by an older version


class NoticeBooks(Protocol):
    """The catalog as who answers for the recording notice asks it."""

    def count(self, scope: Scope, *, since: datetime, until: datetime) -> Sequence[NoticeCount]:
        """Count the calls that began in [since, until), by controller, kind and queue. Raises Unavailable."""
