"""Staff say what they think of a call: notes at a moment, and tags.

Reads: catalog, masked store. Writes: masked store (notes), catalog (tags), audit. Next: nothing.
It cannot see the vault.

Only who may see the call may write about it, and everything dies with it: notes are sealed under its key, tags are rows
that go with its row. Neither their text nor a tag goes into the audit log.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from uuid import uuid4

from recordings.audit import about
from recordings.documents import read_json, write_json
from recordings.engines import Clock
from recordings.errors import NotPublished, RequestInvalid, TooMany, Withheld
from recordings.lifecycle import is_cleared, is_reachable, is_visible
from recordings.notes import MOST, MOST_TAGS, Note, check_tag, check_text, from_document, to_document
from storage.amendments import Amendment, Amendments
from storage.collections import Tags
from storage.errors import Conflict, KeyGone, NotFound
from storage.masked_store import MaskedStore
from storage.ports import Catalog
from storage.records import Item, Recording, RecordingId, Reference, Scope


@dataclass(frozen=True, slots=True, kw_only=True)
class Annotate:
    """Keeps notes and tags."""

    amendments: Amendments
    catalog: Catalog
    masked: MaskedStore
    tags: Tags
    clock: Clock

    def notes(self, scope: Scope, recording: RecordingId) -> Sequence[Note]:
        """Return a call's notes by their moment, those of the whole call first. Raises NotFound, NotPublished."""
        found = self._read(self._get(scope, recording))
        return sorted(found, key=lambda note: (-1.0 if note.at is None else note.at, note.written_at))

    def write(self, scope: Scope, recording: RecordingId, text: str, *, at: float | None, actor: str) -> Note:
        """Keep a note. Raises NotFound, NotPublished, NamesSomebody, TooMany, and RequestInvalid past the end."""
        seconds = self._get(scope, recording).seconds
        if at is not None and seconds is not None and at > seconds:
            raise RequestInvalid([("at", "within_the_call")])
        note = Note(id=uuid4().hex, at=at, text=check_text(text), written_by=actor, written_at=self.clock.now())

        def change(row: Recording, _known: Sequence[Reference]) -> Amendment:
            notes = self._read(self._check(row))
            if len(notes) >= MOST:
                raise TooMany
            return self._seal(row, (*notes, note), action="recording.noted", actor=actor)

        self.amendments.amend(scope, recording, change)
        return note

    def remove(self, scope: Scope, recording: RecordingId, note: str, *, actor: str, anybodys: bool = False) -> None:
        """Remove a note that the actor wrote, or `anybodys`. Raises NotFound, NotPublished."""
        self._get(scope, recording)

        def change(row: Recording, _known: Sequence[Reference]) -> Amendment:
            notes = self._read(self._check(row))
            left = [each for each in notes if each.id != note or not (anybodys or each.written_by == actor)]
            if len(left) == len(notes):
                raise NotFound
            return self._seal(row, left, action="recording.note-removed", actor=actor)

        self.amendments.amend(scope, recording, change)

    def tag(self, scope: Scope, recording: RecordingId, tags: Collection[str], *, actor: str) -> Sequence[str]:
        """Let a call have these tags and no others; returns them. Raises NotFound, LabelInvalid, NamesSomebody."""
        found = self._get(scope, recording)
        plain = sorted({check_tag(each) for each in tags})
        if len(plain) > MOST_TAGS:
            raise TooMany
        audit = about(found, "recording.tagged", at=self.clock.now(), actor=actor, count=len(plain))
        self.tags.put(found, plain, audit=audit)
        return plain

    def change_tag(
        self, scope: Scope, recording: RecordingId, *, actor: str, add: str | None = None, drop: str | None = None
    ) -> None:
        """Give a call one tag more, or take one away; what somebody else tags meanwhile stays. Raises as `tag`."""
        found = self._get(scope, recording)
        add = check_tag(add) if add else None
        audit = about(found, "recording.tagged", at=self.clock.now(), actor=actor, count=1)
        try:
            self.tags.change(found, add=add, drop=drop or None, most=MOST_TAGS, audit=audit)
        except Conflict:
            raise TooMany from None

    def tags_of(self, scope: Scope, recordings: Collection[RecordingId]) -> Mapping[RecordingId, Sequence[str]]:
        """Return the tags of calls that the caller has been shown."""
        return self.tags.of(scope, recordings)

    def _get(self, scope: Scope, recording: RecordingId) -> Recording:
        return self._check(self.catalog.get(scope, recording))

    def _check(self, recording: Recording) -> Recording:
        now = self.clock.now()
        if not is_reachable(recording, now):
            raise NotFound
        if not is_visible(recording, now):
            raise NotPublished if is_cleared(recording) else Withheld
        return recording

    def _read(self, recording: Recording) -> tuple[Note, ...]:
        try:
            return from_document(read_json(self.masked, recording.id, Item.NOTES))
        except KeyGone:  # a purge overtook this read
            raise NotFound from None
        except NotFound:
            return ()

    def _seal(self, row: Recording, notes: Sequence[Note], *, action: str, actor: str) -> Amendment:
        write_json(self.masked, row, Item.NOTES, to_document(notes))
        return Amendment(audit=about(row, action, at=self.clock.now(), actor=actor), changes={})
