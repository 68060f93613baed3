"""The key store: `keys.db`, a SQLite file in a folder of its own (design.md 8).

root key (given, never stored) > date key of (controller, local date of deletion) > data key of one recording > one
derived key for each purpose. Ordinary backups leave this file out: without it a copy of an object is noise, and what
is destroyed here is gone wherever copies exist.

What a hold keeps is wrapped under the key of its case instead, so that the date key can die on its day. A case's key is
kept as a date key is, of a register that no controller can be and of a day that does not come.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import Engine, ForeignKeyConstraint, String, select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import DeclarativeBase, Mapped, Session, mapped_column

from storage import key_wrap, receipts
from storage.errors import Conflict, KeyGone, KeysUnusable, Tampered
from storage.records import HoldId, RecordingId, Tag
from storage.sqlite_file import answering, checkpoint, for_writing, holds_any, open_sqlite, write_anew

_FORMAT = b"vaiti-keys/1"
_CASE, _NO_DAY = "case:", date.max
# A controller's name has no colon.


class _Base(DeclarativeBase):
    """The key store's own schema, apart from the catalog's."""


class _FactRow(_Base):
    """The store's format, its check of the root key, and the wrapped key that signs receipts."""

    __tablename__ = "facts"
    name: Mapped[str] = mapped_column(String(32), primary_key=True)
    value: Mapped[bytes]


class _ControllerKeyRow(_Base):
    """A controller's key for tags, wrapped under the root key."""

    __tablename__ = "controller_keys"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    wrapped: Mapped[bytes]


class _DateKeyRow(_Base):
    """The key of one controller's one day of deletion, wrapped under the root key."""

    __tablename__ = "date_keys"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    delete_on: Mapped[date] = mapped_column(primary_key=True)
    wrapped: Mapped[bytes]


class _DataKeyRow(_Base):
    """A recording's key, wrapped under its date key, and its commitment."""

    __tablename__ = "data_keys"
    recording: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    delete_on: Mapped[date]
    wrapped: Mapped[bytes]
    commitment: Mapped[bytes]
    __table_args__ = (
        ForeignKeyConstraint(["controller", "delete_on"], ["date_keys.controller", "date_keys.delete_on"]),
    )


def _utc_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


class Keyring:
    """KeyStore and ReceiptSigner on one SQLite file. Safe to use from several threads and processes."""

    def __init__(self, engine: Engine, *, root_key: bytes, now: Callable[[], datetime]) -> None:
        """Use `open`."""
        self._engine = engine
        self._root = root_key
        self._now = now

    @classmethod
    def open(cls, path: Path, *, root_key: bytes, now: Callable[[], datetime] = _utc_now) -> Self:
        """Open or make the key store; `root_key` is 32 random bytes, `now` tells when a key was destroyed.

        Raises KeysUnusable, before anything is written, when another root key made this store; ValueError for a root
        key of another length.
        """
        if len(root_key) != key_wrap.KEY_SIZE:
            msg = "a root key is 32 bytes"
            raise ValueError(msg)
        keyring = cls(open_sqlite(path), root_key=root_key, now=now)
        try:
            keyring._check_or_make()
        except KeysUnusable:
            keyring.close()
            raise
        return keyring

    def close(self) -> None:
        """Close the file."""
        self._engine.dispose()

    def create(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Make and keep a random data key. Raises Conflict when there is one."""
        with self._writing() as session:
            self._keep(session, recording, key=key_wrap.new_key(), owner=(controller, delete_on))

    def move(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Wrap the data key under another day's key: `delete_at` has moved, or a hold has ended. Raises KeyGone."""
        self._rewrap([recording], owner=(controller, delete_on))

    def hold(self, recordings: Sequence[RecordingId], *, hold: HoldId) -> None:
        """Wrap these data keys under the key of a hold's case, all or none. Raises KeyGone."""
        self._rewrap(recordings, owner=(f"{_CASE}{hold}", _NO_DAY))

    def held(self) -> Mapping[RecordingId, HoldId]:
        """Every recording whose data key is under the key of a case, and the hold."""
        mine = select(_DataKeyRow.recording, _DataKeyRow.controller).where(_DataKeyRow.delete_on == _NO_DAY)
        with self._reading() as session:
            return {
                RecordingId(row.recording): HoldId(row.controller.removeprefix(_CASE)) for row in session.execute(mine)
            }

    def derive(self, recording: RecordingId, purpose: str) -> bytes:
        """Return the 32-byte key of this recording for one purpose. Raises KeyGone, Tampered."""
        with self._reading() as session:
            _, key = self._data_key(session, recording)
        return key_wrap.derive(key, "recording", recording, purpose)

    def destroy(self, recording: RecordingId) -> datetime | None:
        """Destroy the data key; the date key too when it was its last. Returns the time, None if it was gone.

        When it returns, no byte of either wrapped key is left in the store's files. Raises Unavailable.
        """
        gone: list[bytes] = []
        with self._writing() as session:
            row = session.get(_DataKeyRow, recording)
            if row is not None:
                session.delete(row)
                session.flush()
                gone = [row.wrapped, *_drop_unused(session, row.controller, row.delete_on)]
        self._scrub(gone)
        return self._now() if row is not None else None

    def knows(self, recording: RecordingId) -> bool:
        """Tell whether a data key exists: the negative probe of a purge."""
        with self._reading() as session:
            return session.get(_DataKeyRow, recording) is not None

    def recordings(self) -> Iterable[RecordingId]:
        """Every recording that has a key, in order of id."""
        with self._reading() as session:
            return [RecordingId(r) for r in session.scalars(select(_DataKeyRow.recording).order_by("recording"))]

    def tag(self, controller: str, purpose: str, value: str) -> Tag:
        """Return a keyed hash that is stable within a controller and a purpose."""
        return Tag(key_wrap.keyed_hash(self._controller_key(controller), purpose, value))

    def sign(self, body: Mapping[str, Any]) -> Mapping[str, Any]:
        """Return the body with its `signature` block (storage.receipts)."""
        return receipts.sign(body, self._receipt_key())

    def public_key(self) -> str:
        """Return the public key that receipts are checked with, PEM."""
        public = self._receipt_key().public_key()
        return public.public_bytes(Encoding.PEM, PublicFormat.SubjectPublicKeyInfo).decode()

    # -- the store itself

    def _check_or_make(self) -> None:
        check = key_wrap.derive(self._root, "root check")
        with answering():
            _Base.metadata.create_all(for_writing(self._engine))
        with self._writing() as session:
            known = session.get(_FactRow, "root-check")
            if known is None:
                session.add(_FactRow(name="format", value=_FORMAT))
                session.add(_FactRow(name="root-check", value=check))
                secret = Ed25519PrivateKey.generate().private_bytes_raw()
                session.add(_FactRow(name="receipt-key", value=self._wrap(secret, "receipt-key")))
            elif not hmac.compare_digest(known.value, check) or session.get_one(_FactRow, "format").value != _FORMAT:
                raise KeysUnusable

    def _scrub(self, gone: list[bytes]) -> None:
        """Look for what was deleted in the files, and write them anew when a byte of it stayed (see `write_anew`)."""
        checkpoint(self._engine)
        if not gone or holds_any(self._engine, gone):
            write_anew(self._engine)  # without knowing what to look for, that is the only certainty

    def _receipt_key(self) -> Ed25519PrivateKey:
        with self._reading() as session:
            row = session.get_one(_FactRow, "receipt-key")
        return Ed25519PrivateKey.from_private_bytes(self._unwrap(row.value, "receipt-key"))

    def _controller_key(self, controller: str) -> bytes:
        with self._reading() as session:
            row = session.get(_ControllerKeyRow, controller)
        if row is None:
            with self._writing() as session:
                row = session.get(_ControllerKeyRow, controller)
                if row is None:
                    wrapped = self._wrap(key_wrap.new_key(), "controller", controller)
                    row = _ControllerKeyRow(controller=controller, wrapped=wrapped)
                    session.add(row)
        return self._unwrap(row.wrapped, "controller", controller)

    def _keep(self, session: Session, recording: str, *, key: bytes, owner: tuple[str, date]) -> None:
        controller, delete_on = owner
        place = _data_place(recording, controller, delete_on)
        row = _DataKeyRow(
            recording=recording,
            controller=controller,
            delete_on=delete_on,
            wrapped=key_wrap.wrap(key, under=self._date_key(session, *owner), place=place),
            commitment=key_wrap.commitment(key),
        )
        session.add(row)
        try:
            session.flush()
        except IntegrityError:
            raise Conflict from None

    def _rewrap(self, recordings: Sequence[RecordingId], *, owner: tuple[str, date]) -> None:
        gone: list[bytes] = []
        with self._writing() as session:
            for recording in recordings:
                row, key = self._data_key(session, recording)
                session.delete(row)
                session.flush()
                self._keep(session, recording, key=key, owner=owner)
                gone += [row.wrapped, *_drop_unused(session, row.controller, row.delete_on)]
        if gone:
            self._scrub(gone)

    def _date_key(self, session: Session, controller: str, delete_on: date) -> bytes:
        row = session.get(_DateKeyRow, (controller, delete_on))
        if row is None:
            wrapped = self._wrap(key_wrap.new_key(), "date", controller, delete_on.isoformat())
            row = _DateKeyRow(controller=controller, delete_on=delete_on, wrapped=wrapped)
            session.add(row)
            session.flush()
        return self._unwrap(row.wrapped, "date", controller, delete_on.isoformat())

    def _data_key(self, session: Session, recording: RecordingId) -> tuple[_DataKeyRow, bytes]:
        row = session.get(_DataKeyRow, recording)
        if row is None:
            raise KeyGone
        day = session.get_one(_DateKeyRow, (row.controller, row.delete_on))
        under = self._unwrap(day.wrapped, "date", row.controller, row.delete_on.isoformat())
        place = _data_place(recording, row.controller, row.delete_on)
        key = key_wrap.unwrap(row.wrapped, under=under, place=place)
        if not hmac.compare_digest(key_wrap.commitment(key), row.commitment):
            raise Tampered
        return row, key

    def _wrap(self, key: bytes, *place: str) -> bytes:
        under = key_wrap.derive(self._root, "wrap", place[0])
        return key_wrap.wrap(key, under=under, place=key_wrap.context(*place))

    def _unwrap(self, wrapped: bytes, *place: str) -> bytes:
        under = key_wrap.derive(self._root, "wrap", place[0])
        return key_wrap.unwrap(wrapped, under=under, place=key_wrap.context(*place))

    @contextmanager
    def _reading(self) -> Iterator[Session]:
        with answering(), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def _writing(self) -> Iterator[Session]:
        with answering(), Session(for_writing(self._engine), expire_on_commit=False) as session, session.begin():
            yield session


def _data_place(recording: str, controller: str, delete_on: date) -> bytes:
    return key_wrap.context("data", recording, controller, delete_on.isoformat())


def _drop_unused(session: Session, controller: str, delete_on: date) -> list[bytes]:
    """Let the date key die with its last recording; returns the wrapped key that was dropped, if one was."""
    mine = (_DataKeyRow.controller == controller, _DataKeyRow.delete_on == delete_on)
    if session.scalars(select(_DataKeyRow.recording).where(*mine).limit(1)).first() is not None:
        return []
    row = session.get_one(_DateKeyRow, (controller, delete_on))
    session.delete(row)
    return [row.wrapped]
