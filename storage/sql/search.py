"""The search index: masked words only, by all their forms, as the database at hand indexes words.

A recording matches when all words are said somewhere in it; the hit shows the turn that has most to do with them.
ä and a are different letters: "väli" must not find "vali".

The index says which transcripts say it, newest first and a few at a time (`words`); which of those may be seen and
pass the filters is asked of their recordings by number. So no query sorts all that it finds, and none depends on how
well the database guesses.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from itertools import islice
from typing import Final

from sqlalchemy import ColumnElement, Select, delete, func, select
from sqlalchemy.orm import Session

from storage.errors import LostClaim
from storage.records import (
    Clearance,
    Hit,
    HitCount,
    IndexedTurn,
    Recording,
    RecordingId,
    Scope,
    SearchFilter,
    Stage,
)
from storage.sql import numbers, rows
from storage.sql import query as queries
from storage.sql.forms import best_turn, forms_of
from storage.sql.lemmas import edition
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import RecordingRow, TranscriptRow, TranscriptTurnsRow
from storage.sql.words import Stretch

TRANSCRIPTS: Final = "transcripts"
# Numbers are given out in turn: two calls of one second must not get the same.
COUNTED_AT_MOST: Final = 10_000
_LOOKED_AT: Final = 100_000
# Transcripts whose recordings are asked for a count: a filter may leave nearly none of many that say it.
_FIRST: Final = 32
_MOST: Final = 4_096
# Transcripts that are asked for at a time, at first and at most.
_AT_ONCE: Final = 512


class SqlSearchIndex:
    """A SearchIndex in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, recording: Recording, turns: Sequence[IndexedTurn]) -> None:
        """Index, replacing what was indexed for this recording.

        Raises LostClaim when the row has another token: a worker that was busy with a purged call cannot bring its
        words back.
        """
        texts = [queries.normal(turn.text) for turn in turns]
        forms = forms_of(texts)
        with self._database.writing(Scope.system()) as session:
            row = session.get(RecordingRow, recording.id, with_for_update=True)  # a purge waits for us, or we for it
            if row is None or row.token != recording.token or row.stage == Stage.PURGING:
                raise LostClaim
            session.wait_turn(TRANSCRIPTS)
            session.execute(delete(TranscriptRow).where(TranscriptRow.recording == recording.id))
            if not turns:
                return
            number, controller = numbers.next_free(session, recording.started_at), recording.controller
            mine = {"recording": recording.id, "turns": len(turns), "edition": edition()}
            session.add(TranscriptRow(number=number, controller=controller, **mine))
            session.flush()
            session.add(TranscriptTurnsRow(number=number, controller=controller, turns=_written(turns, texts)))
            self._database.words.keep(session, number, controller, forms)

    def search(  # noqa: PLR0913 - what is asked, and which page of it
        self,
        scope: Scope,
        query: str,
        *,
        only: SearchFilter,
        limit: int = 20,
        after: int | None = None,
        now: datetime,
    ) -> Sequence[Hit]:
        """Return published recordings that say it, newest call first, one hit each; none past `delete_at`.

        `after` is the number of the last hit of the page before. Raises ValueError for a query without words.
        """
        asked = queries.parse(query)
        with self._database.reading(scope) as session:
            seen = self._seen(session, asked, only, after=after, now=now)
            return _hits(session, list(islice((number for _, some in seen for number in some), limit)), asked)

    def count(self, scope: Scope, query: str, *, only: SearchFilter, now: datetime) -> HitCount:
        """Count what `search` would find, up to a limit. Raises ValueError as `search` does."""
        asked = queries.parse(query)
        calls = looked_at = 0
        with self._database.reading(scope) as session:
            unread = session.scalar(select(func.count(TranscriptRow.number)).where(_unread())) or 0
            for said, some in self._seen(session, asked, only, after=None, now=now):
                calls += len(some)
                looked_at += said
                if calls > COUNTED_AT_MOST or looked_at > _LOOKED_AT:
                    return HitCount(calls=min(calls, COUNTED_AT_MOST), more=True, unread=unread)
        return HitCount(calls=calls, more=False, unread=unread)

    def _seen(
        self, session: ScopedSession, asked: queries.Query, only: SearchFilter, *, after: int | None, now: datetime
    ) -> Iterator[tuple[int, Sequence[int]]]:
        """Yield how many transcripts say it and which of them may be seen and pass, newest first, some at a time."""
        conditions = (
            RecordingRow.stage == Stage.PUBLISHED,
            RecordingRow.delete_at > now,
            RecordingRow.restricted.is_(False),
            RecordingRow.objected.is_(False),
            _cleared(),
        )
        passing = rows.narrow(_of_recordings(), replace(only, customer=None)).where(*conditions)
        within = numbers.stretch(only.since, only.until)
        if after is not None:
            within = Stretch(within.first, min(within.end, after))
        for said in self._saying(session, asked, only, within):
            if said:
                found = passing.where(TranscriptRow.number.in_(said)).order_by(TranscriptRow.number.desc())
                yield len(said), session.scalars(found).all()

    def _saying(
        self, session: ScopedSession, asked: queries.Query, only: SearchFilter, within: Stretch
    ) -> Iterator[Sequence[int]]:
        """Yield transcripts that say it, newest first, some at a time and then more at a time."""
        words = self._database.words
        if only.customer is not None:
            theirs = _of_recordings().where(rows.of_customer(only.customer))
            in_time = (TranscriptRow.number >= within.first, TranscriptRow.number < within.end)
            mine = session.scalars(theirs.where(*in_time).order_by(TranscriptRow.number.desc())).all()
            for start in range(0, len(mine), _AT_ONCE):
                yield words.among(session, asked, mine[start : start + _AT_ONCE])
            return
        session.keep_to_indexes()
        size = _FIRST
        for stretch in words.stretches(session, within):
            rest = stretch
            while rest.first < rest.end:
                found = words.numbers(session, asked, rest, limit=size)
                for start in range(0, len(found), _AT_ONCE):
                    yield found[start : start + _AT_ONCE]
                if len(found) < size:
                    break
                rest, size = Stretch(rest.first, found[-1]), min(size * 4, _MOST)

    def renew(self, limit: int = 50) -> int:
        """Index anew what another edition of the forms has indexed, the newest first; how many there were at most."""
        old = select(TranscriptRow).where(_unread()).order_by(TranscriptRow.number.desc()).limit(limit)
        with self._database.writing(Scope.system()) as session:
            found = session.scalars(old.with_for_update(skip_locked=True)).all()
            for row in found:
                turns = _read(session.get_one(TranscriptTurnsRow, row.number))
                forms = forms_of([turn.text for turn in turns])
                self._database.words.keep(session, row.number, row.controller, forms)
                row.edition = edition()
            return len(found)

    def remove(self, recording: RecordingId) -> int:
        """Remove a recording's turns; returns how many there were."""
        return self.remove_all([recording])

    def remove_all(self, recordings: Sequence[RecordingId]) -> int:
        """Remove the turns of these recordings in one transaction; returns how many there were."""
        mine = TranscriptRow.recording.in_(recordings)
        with self._database.writing(Scope.system()) as session:
            number = session.scalar(select(func.sum(TranscriptRow.turns)).where(mine)) or 0
            session.execute(delete(TranscriptRow).where(mine))
            return number

    def knows(self, recording: RecordingId) -> int:
        """How many turns are indexed: the negative probe of a purge."""
        return self.count_turns([recording]).get(recording, 0)

    def count_turns(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
        """Ask as `knows` does about several; what has no turn is left out."""
        theirs = select(TranscriptRow.recording, TranscriptRow.turns).where(TranscriptRow.recording.in_(recordings))
        with self._database.reading(Scope.system()) as session:
            return {RecordingId(recording): turns for recording, turns in session.execute(theirs)}

    def scrub(self) -> None:
        """Make removed terms unreadable on disk too, as far as the database can. Raises Unavailable."""
        self._database.scrub()


def _of_recordings() -> Select[int]:
    """Select transcripts beside their recordings."""
    return select(TranscriptRow.number).join(RecordingRow, RecordingRow.id == TranscriptRow.recording)


def _cleared() -> ColumnElement[bool]:
    """Say that staff may see it: nothing sensitive in it, or a privacy officer has granted it."""
    return RecordingRow.clearance.is_(None) | (RecordingRow.clearance == Clearance.GRANTED)


def _unread() -> ColumnElement[bool]:
    """Say that another edition of the forms indexed it, or none."""
    return (TranscriptRow.edition < edition()) | (TranscriptRow.edition > edition())


def _hits(session: Session, found: Sequence[int], asked: queries.Query) -> list[Hit]:
    """Make the hits of these transcripts, in their order."""
    if not found:
        return []
    theirs = select(TranscriptTurnsRow).where(TranscriptTurnsRow.number.in_(found))
    turns = {row.number: _read(row) for row in session.scalars(theirs)}
    both = select(TranscriptRow.number, RecordingRow).join(RecordingRow, RecordingRow.id == TranscriptRow.recording)
    recordings = {row[0]: row[1] for row in session.execute(both.where(TranscriptRow.number.in_(found)))}
    hits, best_of = [], best_turn(asked)
    for number in found:
        best = best_of(turns[number])
        if best is not None:
            recording = rows.recording_of(recordings[number])
            hits.append(Hit(recording=recording, turn=best[0], found=best[1], number=number))
    return hits


def _written(turns: Sequence[IndexedTurn], texts: Sequence[str]) -> str:
    lines = [[turn.channel, turn.start, turn.end, text] for turn, text in zip(turns, texts, strict=True)]
    return json.dumps(lines, ensure_ascii=False, separators=(",", ":"))


def _read(row: TranscriptTurnsRow) -> list[IndexedTurn]:
    lines = json.loads(row.turns)
    return [IndexedTurn(channel=channel, start=start, end=end, text=text) for channel, start, end, text in lines]
