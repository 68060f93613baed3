"""The audit log: append-only, each entry chained to the one before it (`storage.audit_chain`).

The chain shows edits, removals and changes of order to whoever walks it. A cut tail shows only against a head that
was kept elsewhere: `head` is what receipts and checkpoints carry outside.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import fields, replace
from datetime import UTC, datetime
from typing import Any, Final

import rfc8785
from sqlalchemy import Index, exists, select, text

from storage import audit_chain
from storage.errors import Tampered
from storage.records import AuditEntry, RecordingId, Scope
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import AuditRow, RecordingRow

_BEGINNING: Final = "0" * 64
_AT_ONCE: Final = 2_000
# Entries in one transaction: a longer one would keep a purge from emptying SQLite's write-ahead log.
FORGOTTEN: Final = "audit.forgotten"
# Of the entry that says so, and of those that were: these have a digest instead of what they said.
_DISCLOSURES: Final = "disclosure."
_OF_DISCLOSURES: Final = text("substr(audit.action, 1, 11) = 'disclosure.'")
# As the index below says it: else it is not used.
Index(
    "ix_audit_disclosures",
    AuditRow.number,
    sqlite_where=text("substr(action, 1, 11) = 'disclosure.'"),
    postgresql_where=text("substr(action, 1, 11) = 'disclosure.'"),
)
_FIELDS: Final = tuple(field.name for field in fields(AuditEntry))


def record(session: ScopedSession, entry: AuditEntry) -> None:
    """Write an entry at the end of the chain, in the caller's transaction. Raises ValueError for no plain JSON.

    The end of the chain is read past the session's scope: there is one chain for all registers.
    """
    record_all(session, [entry])


def record_all(session: ScopedSession, entries: Sequence[AuditEntry]) -> None:
    """Write entries in this order, as `record` does each."""
    if not entries:
        return
    session.wait_turn("audit")
    last, previous = _end(session)
    for number, entry in enumerate(entries, start=last + 1):
        row = AuditRow(number=number, previous=previous, hash="", **{name: getattr(entry, name) for name in _FIELDS})
        row.detail, row.salt = dict(entry.detail), audit_chain.new_salt()
        row.hash = previous = _hash(row)
        session.add(row)
    session.flush()


class SqlAuditLog:
    """An AuditLog in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def append(self, entry: AuditEntry) -> None:
        """Write an entry that stands alone."""
        with self._database.writing(Scope.system()) as session:
            record(session, entry)

    def list(self, scope: Scope, *, recording: RecordingId | None = None, limit: int = 100) -> Sequence[AuditEntry]:
        """Newest first; entries of no controller only for the service itself."""
        statement = select(AuditRow).where(AuditRow.content.is_(None)).order_by(AuditRow.number.desc()).limit(limit)
        if recording is not None:
            statement = statement.where(AuditRow.recording == recording)
        with self._database.reading(scope) as session:
            return [_entry(row) for row in session.scalars(statement)]

    def of_acts(self, scope: Scope, acts: Collection[str], *, of: Collection[RecordingId] = ()) -> Sequence[AuditEntry]:
        """Oldest first, of some recordings where these are named; else only acts of disclosures are found fast."""
        statement = select(AuditRow).where(AuditRow.action.in_(sorted(acts))).order_by(AuditRow.number)
        if of:
            statement = statement.where(AuditRow.recording.in_(of))
        elif all(each.startswith(_DISCLOSURES) for each in acts):
            statement = statement.where(_OF_DISCLOSURES)
        with self._database.reading(scope) as session:
            return [_entry(row) for row in session.scalars(statement)]

    def first(self, recordings: Collection[RecordingId], *, action: str) -> Mapping[RecordingId, AuditEntry]:
        """Return the oldest entry of an action about each of these recordings; what has none is left out."""
        theirs = select(AuditRow).where(AuditRow.recording.in_(recordings), AuditRow.action == action)
        with self._database.reading(Scope.system()) as session:
            newest_first = session.scalars(theirs.order_by(AuditRow.number.desc())).all()
        return {RecordingId(str(row.recording)): _entry(row) for row in newest_first}

    def forget(self, controller: str | None, *, before: datetime, audit: AuditEntry) -> int:
        """Leave of older entries about calls that are gone, or about none, their digests; returns how many.

        The log says through which entry it was told to forget: nobody hides what was done yesterday.
        """
        forgotten = 0
        while batch := self._forget_some(controller, before, audit):
            forgotten += batch
        return forgotten

    def _forget_some(self, controller: str | None, before: datetime, audit: AuditEntry) -> int:
        there = exists().where(RecordingRow.id == AuditRow.recording)
        theirs = AuditRow.controller.is_(None) if controller is None else AuditRow.controller == controller
        old = (AuditRow.at < before, theirs, AuditRow.content.is_(None), AuditRow.salt.is_not(None), ~there)
        with self._database.writing(Scope.system()) as session:
            session.wait_turn("audit")
            rows = session.scalars(select(AuditRow).where(*old).order_by(AuditRow.number).limit(_AT_ONCE)).all()
            for row in rows:
                row.content = audit_chain.hide(_body(row))["content"]
                row.actor, row.action, row.detail = "", FORGOTTEN, {}
                row.recording = row.case = row.purpose = row.salt = None
            if rows:
                record(session, replace(audit, detail={"through": rows[-1].number, "count": len(rows)}))
            return len(rows)

    def verify(self) -> int:
        """Walk the chain; returns how many entries hold. Raises Tampered."""
        number, previous, hidden, through = 0, _BEGINNING, 0, 0
        for number, row in enumerate(self._walk(), start=1):
            if row.number != number or row.previous != previous or row.hash != _hash(row):
                raise Tampered(f"audit entry {number} is not what was written")
            previous = row.hash
            if row.content is not None:
                hidden = number
            elif row.action == FORGOTTEN:
                through = max(through, int(row.detail["through"]))
        if hidden > through:
            raise Tampered(f"what audit entry {hidden} said is gone, and nothing says that it was to be forgotten")
        return number

    def walk(self) -> Iterator[Mapping[str, Any]]:
        """Yield every entry as it is hashed, oldest first, those written meanwhile too."""
        return map(_body, self._walk())

    def _walk(self) -> Iterator[AuditRow]:
        number, statement = None, select(AuditRow).order_by(AuditRow.number).limit(_AT_ONCE)
        while True:
            after = statement if number is None else statement.where(AuditRow.number > number)
            with self._database.reading(Scope.system()) as session:
                rows = session.scalars(after).all()
            yield from rows
            if len(rows) < _AT_ONCE:
                return
            number = rows[-1].number

    def head(self) -> tuple[int, str]:
        """Return number and hash of the last entry: kept elsewhere, they show a cut tail."""
        with self._database.reading(Scope.system()) as session:
            return _end(session)

    def hash_of(self, number: int) -> str | None:
        """Return the hash of an entry, None where there is none; before the first it is all zeros."""
        if number == 0:
            return _BEGINNING
        with self._database.reading(Scope.system()) as session:
            row = session.scalars(select(AuditRow).where(AuditRow.number == number)).first()
            return row.hash if row else None


def _end(session: ScopedSession) -> tuple[int, str]:
    statement = select(AuditRow.number, AuditRow.hash).order_by(AuditRow.number.desc()).limit(1)
    with session.past_scope() as connection:
        last = connection.execute(statement).first()
    return (last.number, last.hash) if last else (0, _BEGINNING)


def plain(row: AuditRow) -> dict[str, Any]:
    """Return an entry as plain JSON, its hash included; a forgotten one with what is left of it."""
    digest = {} if row.content is None else {"content": row.content}
    return {**_said(row), **digest, "number": row.number, "previous": row.previous, "hash": row.hash}


def put_back(session: ScopedSession, entry: Mapping[str, Any]) -> None:
    """Write an entry again that a database which was restored has lost. Raises Tampered when it does not follow."""
    row = AuditRow(**{**entry, "at": datetime.fromisoformat(entry["at"])})
    if _end(session) != (row.number - 1, row.previous) or row.hash != _hash(row):
        raise Tampered("the journal does not go on where the restored audit log ends")
    session.add(row)
    session.flush()


def _body(row: AuditRow) -> dict[str, Any]:
    """Return what is hashed."""
    place = {"number": row.number, "previous": row.previous}
    return {**place, "content": row.content} if row.content is not None else {**_said(row), **place}


def _said(row: AuditRow) -> dict[str, Any]:
    said: dict[str, Any] = {name: getattr(row, name) for name in _FIELDS}
    said["at"] = row.at.astimezone(UTC).isoformat(timespec="microseconds")
    return said if row.salt is None else {**said, "salt": row.salt}


def _hash(row: AuditRow) -> str:
    try:
        return audit_chain.digest(_body(row))
    except rfc8785.CanonicalizationError:
        raise ValueError("an audit entry's detail holds slugs and counts only") from None  # the cause shows the value


def _entry(row: AuditRow) -> AuditEntry:
    return AuditEntry(**{name: getattr(row, name) for name in _FIELDS})
