"""What staff make of calls: tags, and collections for training; values, and the port. All of it dies with the call.

Notes are sealed beside the recording instead (`recordings.notes`): a sentence may name somebody.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import NewType, Protocol

from storage.records import AuditEntry, Recording, RecordingId, Scope

CollectionId = NewType("CollectionId", str)  # uuid4, hexadecimal, 32 characters


@dataclass(frozen=True, slots=True, kw_only=True)
class CallCollection:
    """A named list of calls, as a trainer keeps it. It is empty when the last of its calls is gone."""

    id: CollectionId
    controller: str
    name: str
    about: str
    made_at: datetime
    made_by: str
    count: int = 0  # of its calls, as far as they are kept


@dataclass(frozen=True, slots=True, kw_only=True)
class Collected:
    """A call in a collection, whole or a stretch of it in seconds."""

    recording: RecordingId
    added_at: datetime
    added_by: str
    start: float | None = None
    end: float | None = None


class Tags(Protocol):
    """Labels on calls."""

    def put(self, recording: Recording, tags: Collection[str], *, audit: AuditEntry) -> None:
        """Let a call have these tags and no others. Raises NotFound for a call that is gone."""

    def change(self, recording: Recording, *, add: str | None, drop: str | None, most: int, audit: AuditEntry) -> None:
        """Give a call one tag more, take one away, and let others' be. Raises NotFound, Conflict past `most` tags."""

    def of(self, scope: Scope, recordings: Collection[RecordingId]) -> Mapping[RecordingId, Sequence[str]]:
        """Return the tags of these calls, in order of the alphabet."""

    def counts(self, scope: Scope) -> Mapping[str, int]:
        """Return every tag and how many calls have it."""


class Collections(Protocol):
    """Lists of calls."""

    def add(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Keep a new collection. Raises Conflict where its register has one of this name."""

    def list(self, scope: Scope) -> Sequence[CallCollection]:
        """Return all, in order of name."""

    def get(self, scope: Scope, collection: CollectionId) -> CallCollection:
        """Return one. Raises NotFound."""

    def change(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Keep its name and what it is about. Raises NotFound, and Conflict where the name is taken."""

    def remove(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Remove it; its calls stay. Raises NotFound."""

    def collect(self, collection: CallCollection, item: Collected, *, audit: AuditEntry) -> None:
        """Put a call of the same register into it; one that is there has its stretch changed. Raises NotFound."""

    def drop(self, collection: CallCollection, recording: RecordingId, *, audit: AuditEntry) -> None:
        """Take a call out of it. Raises NotFound."""

    def items(self, scope: Scope, collection: CollectionId) -> Sequence[Collected]:
        """Return its calls in the order in which they were put there."""
