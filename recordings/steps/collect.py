"""Trainers keep lists of calls: whole calls, or the stretch that is worth hearing.

Reads: catalog. Writes: catalog, audit. Next: nothing. It cannot see the vault.

A collection shows what may be seen now: a call that is withheld, masked again or restricted is left out until it is
back, and one that has ended is gone from it for good.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import uuid4

from recordings.engines import Clock
from recordings.errors import NotPublished, RequestInvalid
from recordings.lifecycle import is_reachable, is_visible
from recordings.notes import check_text
from storage.collections import CallCollection, Collected, CollectionId, Collections
from storage.errors import NotFound
from storage.ports import Catalog
from storage.records import AuditEntry, Recording, RecordingId, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Collect:
    """Keeps collections."""

    collections: Collections
    catalog: Catalog
    clock: Clock

    def list(self, scope: Scope) -> Sequence[CallCollection]:
        """Return all collections, in order of name."""
        return self.collections.list(scope)

    def make(self, controller: str, name: str, about: str = "", *, actor: str) -> CallCollection:
        """Make a collection. Raises Conflict where there is one of this name, NamesSomebody, RequestInvalid."""
        made = CallCollection(
            id=CollectionId(uuid4().hex),
            controller=controller,
            name=_name(name),
            about=check_text(about),
            made_at=self.clock.now(),
            made_by=actor,
        )
        self.collections.add(made, audit=self._entry(made, "collection.made", actor))
        return made

    def rename(self, scope: Scope, collection: CollectionId, *, name: str, about: str, actor: str) -> CallCollection:
        """Change a collection's name and what it is about. Raises NotFound, Conflict, NamesSomebody."""
        changed = replace(self.collections.get(scope, collection), name=_name(name), about=check_text(about))
        self.collections.change(changed, audit=self._entry(changed, "collection.changed", actor))
        return changed

    def remove(self, scope: Scope, collection: CollectionId, *, actor: str) -> None:
        """Remove a collection; its calls stay. Raises NotFound."""
        found = self.collections.get(scope, collection)
        self.collections.remove(found, audit=self._entry(found, "collection.removed", actor))

    def add(
        self,
        scope: Scope,
        collection: CollectionId,
        recording: RecordingId,
        *,
        stretch: tuple[float, float] | None,
        actor: str,
    ) -> None:
        """Put a call, or a stretch of it in seconds, into a collection. Raises NotFound, NotPublished."""
        found = self.collections.get(scope, collection)
        call = self.catalog.get(Scope.of(found.controller), recording)
        if not scope.allows(call.controller) or not is_reachable(call, self.clock.now()):
            raise NotFound
        if not is_visible(call, self.clock.now()):
            raise NotPublished
        start, end = stretch or (None, None)
        item = Collected(recording=recording, added_at=self.clock.now(), added_by=actor, start=start, end=end)
        self.collections.collect(found, item, audit=self._entry(found, "collection.added", actor, recording))

    def drop(self, scope: Scope, collection: CollectionId, recording: RecordingId, *, actor: str) -> None:
        """Take a call out of a collection. Raises NotFound."""
        found = self.collections.get(scope, collection)
        self.collections.drop(found, recording, audit=self._entry(found, "collection.dropped", actor, recording))

    def open(
        self, scope: Scope, collection: CollectionId
    ) -> tuple[CallCollection, Sequence[tuple[Collected, Recording]]]:
        """Return a collection with the calls in it that may be seen now. Raises NotFound."""
        found, now = self.collections.get(scope, collection), self.clock.now()
        seen = []
        for item in self.collections.items(scope, collection):
            try:
                call = self.catalog.get(scope, item.recording)
            except NotFound:  # it went meanwhile
                continue
            if is_visible(call, now):
                seen.append((item, call))
        return found, seen

    def _entry(
        self, collection: CallCollection, action: str, actor: str, recording: RecordingId | None = None
    ) -> AuditEntry:
        return AuditEntry(
            at=self.clock.now(),
            actor=actor,
            action=action,
            controller=collection.controller,
            recording=recording,
            detail={"collection": collection.id},
        )


def _name(name: str) -> str:
    plain = check_text(" ".join(name.split()))
    if not plain:
        raise RequestInvalid([("name", "missing")])
    return plain
