"""API keys on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields
from datetime import datetime
from typing import Final

from sqlalchemy import or_, select, update
from sqlalchemy.exc import IntegrityError

from storage.api_keys import ApiKey, ApiKeyId, KeyEnds, KeySecret
from storage.errors import Conflict, NotFound
from storage.records import AuditEntry, Kind, Scope
from storage.sql import audit as chain
from storage.sql.api_key_rows import ApiKeyRow, ApiKeySecretRow
from storage.sql.session import Database, ScopedSession

_LISTS: Final = frozenset({"controllers", "kinds", "scopes"})
_COLUMNS: Final = tuple(field.name for field in fields(ApiKey) if field.name not in _LISTS | {"secrets"})
_SECRET: Final = tuple(field.name for field in fields(KeySecret))


class SqlApiKeyStore:
    """An ApiKeyStore. Keys are about whole registers, so they are read past any scope."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def add(self, key: ApiKey, *, audit: AuditEntry) -> None:
        """Keep a new key. Raises Conflict where its name is taken."""
        row = ApiKeyRow(
            **{name: getattr(key, name) for name in _COLUMNS}, **{name: [*getattr(key, name)] for name in _LISTS}
        )
        try:
            with self._database.writing(Scope.system()) as session:
                session.add(row)
                session.flush()
                session.add_all(_secret_row(key.id, each) for each in key.secrets)
                chain.record(session, audit)
        except IntegrityError:
            raise Conflict from None  # its text shows the row

    def find(self, key: ApiKeyId) -> ApiKey | None:
        """Return a key as it is now."""
        with self._database.reading(Scope.system()) as session:
            row = session.get(ApiKeyRow, key)
            return None if row is None else _key_of(row, _secrets(session, key))

    def list(self) -> Sequence[ApiKey]:
        """Return all keys, oldest first, revoked ones too."""
        with self._database.reading(Scope.system()) as session:
            rows = session.scalars(select(ApiKeyRow).order_by(ApiKeyRow.created_at, ApiKeyRow.id)).all()
            return [_key_of(row, _secrets(session, row.id)) for row in rows]

    def rotate(self, key: ApiKeyId, digest: str, *, at: datetime, until: datetime, audit: AuditEntry) -> ApiKey:
        """Give a key another secret; the others end at `until`, or when they would have. Raises NotFound, Conflict."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, key)
            if not _key_of(row).is_good(at):
                raise Conflict
            known = _secrets(session, key)
            for each in known:
                each.valid_until = min(each.valid_until or until, until)
            number = max(each.number for each in known) + 1
            session.add(ApiKeySecretRow(key=key, number=number, digest=digest, made_at=at, valid_until=None))
            session.flush()
            chain.record(session, audit)
            return _key_of(row, _secrets(session, key))

    def revoke(self, key: ApiKeyId, *, at: datetime, by: str, audit: AuditEntry) -> ApiKey:
        """End a key for ever. Raises NotFound, Conflict where it is ended already."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, key)
            if row.revoked_at is not None:
                raise Conflict
            row.revoked_at, row.revoked_by = at, by
            chain.record(session, audit)
            return _key_of(row, _secrets(session, key))

    def note_use(self, key: ApiKeyId, *, at: datetime) -> None:
        """Keep when it was used last; an earlier time than the one that is kept changes nothing."""
        earlier = or_(ApiKeyRow.last_used_at.is_(None), ApiKeyRow.last_used_at < at)
        with self._database.writing(Scope.system()) as session:
            session.execute(update(ApiKeyRow).where(ApiKeyRow.id == key, earlier).values(last_used_at=at))

    def replay(self, ends: Mapping[ApiKeyId, KeyEnds]) -> int:
        """End in a restored database what was ended since; returns how many keys that changed."""
        changed = 0
        with self._database.writing(Scope.system()) as session:
            for key, told in ends.items():
                row = session.get(ApiKeyRow, key)
                changed += row is not None and _end(session, row, told)
        return changed


def _end(session: ScopedSession, row: ApiKeyRow, told: KeyEnds) -> bool:
    before = _key_of(row, _secrets(session, row.id))
    if row.revoked_at is None:
        row.revoked_at, row.revoked_by = told.revoked_at, told.revoked_by
    for each in _secrets(session, row.id):
        until = told.secrets.get(each.number)
        if until is not None:
            each.valid_until = min(each.valid_until or until, until)
    return _key_of(row, _secrets(session, row.id)) != before


def _locked(session: ScopedSession, key: ApiKeyId) -> ApiKeyRow:
    row = session.scalars(select(ApiKeyRow).where(ApiKeyRow.id == key).with_for_update()).first()
    if row is None:
        raise NotFound
    return row


def _secrets(session: ScopedSession, key: str) -> Sequence[ApiKeySecretRow]:
    theirs = select(ApiKeySecretRow).where(ApiKeySecretRow.key == key)
    return session.scalars(theirs.order_by(ApiKeySecretRow.number)).all()


def _secret_row(key: ApiKeyId, secret: KeySecret) -> ApiKeySecretRow:
    return ApiKeySecretRow(key=key, **{name: getattr(secret, name) for name in _SECRET})


def _key_of(row: ApiKeyRow, secrets: Sequence[ApiKeySecretRow] = ()) -> ApiKey:
    return ApiKey(
        **{name: getattr(row, name) for name in _COLUMNS},
        controllers=tuple(row.controllers),
        kinds=tuple(Kind(each) for each in row.kinds),
        scopes=tuple(row.scopes),
        secrets=tuple(KeySecret(**{name: getattr(each, name) for name in _SECRET}) for each in secrets),
    )
