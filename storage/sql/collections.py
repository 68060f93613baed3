"""Tags and collections on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import fields
from typing import Final

from sqlalchemy import delete, func, select
from sqlalchemy.exc import IntegrityError

from storage.collections import CallCollection, Collected, CollectionId
from storage.errors import Conflict, NotFound
from storage.records import AuditEntry, Recording, RecordingId, Scope
from storage.sql import audit as chain
from storage.sql.collection_rows import CollectedRow, CollectionRow, TagRow
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import RecordingRow

_COLUMNS: Final = tuple(field.name for field in fields(CallCollection) if field.name != "count")
_ITEM: Final = tuple(field.name for field in fields(Collected))


class SqlTags:
    """Tags in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def put(self, recording: Recording, tags: Collection[str], *, audit: AuditEntry) -> None:
        """Let a call have these tags and no others. Raises NotFound for a call that is gone."""
        with self._database.writing(Scope.of(recording.controller)) as session:
            _hold_fast(session, recording.id)
            session.execute(delete(TagRow).where(TagRow.recording == recording.id))
            session.add_all(
                TagRow(recording=recording.id, controller=recording.controller, tag=tag) for tag in sorted({*tags})
            )
            session.flush()
            chain.record(session, audit)

    def change(self, recording: Recording, *, add: str | None, drop: str | None, most: int, audit: AuditEntry) -> None:
        """Give a call one tag more, take one away, and let others' be. Raises NotFound, Conflict past `most` tags."""
        with self._database.writing(Scope.of(recording.controller)) as session:
            _hold_fast(session, recording.id)
            mine = {row.tag: row for row in session.scalars(select(TagRow).where(TagRow.recording == recording.id))}
            if drop in mine:
                session.delete(mine.pop(drop))
            if add is not None and add not in mine:
                if len(mine) >= most:
                    raise Conflict
                session.add(TagRow(recording=recording.id, controller=recording.controller, tag=add))
            session.flush()
            chain.record(session, audit)

    def of(self, scope: Scope, recordings: Collection[RecordingId]) -> Mapping[RecordingId, Sequence[str]]:
        """Return the tags of these calls, in order of the alphabet."""
        mine = select(TagRow).where(TagRow.recording.in_(recordings)).order_by(TagRow.tag)
        found: dict[RecordingId, list[str]] = {}
        with self._database.reading(scope) as session:
            for row in session.scalars(mine):
                found.setdefault(RecordingId(row.recording), []).append(row.tag)
        return found

    def counts(self, scope: Scope) -> Mapping[str, int]:
        """Return every tag and how many calls have it."""
        counted = select(TagRow.tag, func.count().label("number")).group_by(TagRow.tag).order_by(TagRow.tag)
        with self._database.reading(scope) as session:
            return {row.tag: row.number for row in session.execute(counted)}


class SqlCollections:
    """Collections in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Keep a new collection. Raises Conflict where its register has one of this name."""
        with _unless_taken(), self._database.writing(Scope.of(collection.controller)) as session:
            session.add(CollectionRow(**{name: getattr(collection, name) for name in _COLUMNS}))
            session.flush()
            chain.record(session, audit)

    def list(self, scope: Scope) -> Sequence[CallCollection]:
        """Return all, in order of name."""
        with self._database.reading(scope) as session:
            rows = session.scalars(select(CollectionRow).order_by(CollectionRow.name, CollectionRow.id)).all()
            counts = _counts(session)
            return [_collection_of(row, counts.get(row.id, 0)) for row in rows]

    def get(self, scope: Scope, collection: CollectionId) -> CallCollection:
        """Return one. Raises NotFound."""
        with self._database.reading(scope) as session:
            return _collection_of(_row(session, collection), _counts(session, collection).get(collection, 0))

    def change(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Keep its name and what it is about. Raises NotFound, and Conflict where the name is taken."""
        with _unless_taken(), self._database.writing(Scope.of(collection.controller)) as session:
            row = _row(session, collection.id)
            row.name, row.about = collection.name, collection.about
            session.flush()
            chain.record(session, audit)

    def remove(self, collection: CallCollection, *, audit: AuditEntry) -> None:
        """Remove it; its calls stay. Raises NotFound."""
        with self._database.writing(Scope.of(collection.controller)) as session:
            session.delete(_row(session, collection.id))
            session.flush()
            chain.record(session, audit)

    def collect(self, collection: CallCollection, item: Collected, *, audit: AuditEntry) -> None:
        """Put a call of the same register into it; one that is there has its stretch changed. Raises NotFound."""
        with self._database.writing(Scope.of(collection.controller)) as session:
            _row(session, collection.id)
            _hold_fast(session, item.recording)
            row = session.get(CollectedRow, (collection.id, item.recording))
            if row is None:
                values = {name: getattr(item, name) for name in _ITEM}
                session.add(CollectedRow(collection=collection.id, controller=collection.controller, **values))
            else:
                row.start, row.end = item.start, item.end
            session.flush()
            chain.record(session, audit)

    def drop(self, collection: CallCollection, recording: RecordingId, *, audit: AuditEntry) -> None:
        """Take a call out of it. Raises NotFound."""
        with self._database.writing(Scope.of(collection.controller)) as session:
            row = session.get(CollectedRow, (collection.id, recording))
            if row is None:
                raise NotFound
            session.delete(row)
            session.flush()
            chain.record(session, audit)

    def items(self, scope: Scope, collection: CollectionId) -> Sequence[Collected]:
        """Return its calls in the order in which they were put there."""
        mine = select(CollectedRow).where(CollectedRow.collection == collection)
        with self._database.reading(scope) as session:
            rows = session.scalars(mine.order_by(CollectedRow.added_at, CollectedRow.recording)).all()
            return [Collected(**{name: getattr(row, name) for name in _ITEM}) for row in rows]


@contextmanager
def _unless_taken() -> Iterator[None]:
    try:
        yield
    except IntegrityError:
        raise Conflict from None  # its text shows the row


def _hold_fast(session: ScopedSession, recording: RecordingId) -> None:
    """Let a call not go before this transaction has ended. Raises NotFound where it is gone, or another register's."""
    mine = select(RecordingRow.id).where(RecordingRow.id == recording).with_for_update()
    if session.scalars(mine).first() is None:
        raise NotFound


def _row(session: ScopedSession, collection: CollectionId) -> CollectionRow:
    row = session.scalars(select(CollectionRow).where(CollectionRow.id == collection)).first()
    if row is None:
        raise NotFound
    return row


def _counts(session: ScopedSession, collection: CollectionId | None = None) -> dict[str, int]:
    counted = select(CollectedRow.collection, func.count().label("number")).group_by(CollectedRow.collection)
    if collection is not None:
        counted = counted.where(CollectedRow.collection == collection)
    return {row.collection: row.number for row in session.execute(counted)}


def _collection_of(row: CollectionRow, count: int) -> CallCollection:
    return CallCollection(**{name: getattr(row, name) for name in _COLUMNS}, count=count)
