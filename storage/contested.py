"""Masks that somebody says hide nothing personal: values, and the port to the book of them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from storage.records import AuditEntry, Recording, RecordingId, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class ContestedMask:
    """A stretch of a published copy that is cut, and who says for nothing; seconds from the call's start."""

    recording: RecordingId
    start: float
    end: float
    at: datetime
    by: str  # an actor's pseudonym


class ContestedMasks(Protocol):
    """The book of contested masks. Its rows go with their call."""

    def add(self, recording: Recording, mask: ContestedMask, *, audit: AuditEntry) -> None:
        """Keep one; said again by anybody it changes nothing. Raises NotFound for a call that is gone."""

    def list(self, scope: Scope, *, limit: int, only: RecordingId | None = None) -> Sequence[ContestedMask]:
        """Return what waits for a privacy officer, `only` of one call, the oldest word first. Raises Unavailable."""

    def settle(self, recording: Recording, *, audit: AuditEntry | None) -> int:
        """Forget what was said of a call; returns how many masks. Raises Unavailable."""
