"""The key store: `keys.db`, a SQLite file in a folder of its own (design.md 8).

root key (given or in a KMS, never stored) > date key of (controller, local date of deletion) > data key of one
recording > one derived key for each purpose. Ordinary backups leave this file out: without it a copy of an object is
noise, and what is destroyed here is gone wherever copies exist.

What a hold keeps is wrapped under the key of its case instead, so that the date key can die on its day. A case's key is
kept as a date key is, of a register that no controller can be and of a day that does not come.
"""

from __future__ import annotations

import hmac
import time
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat
from sqlalchemy import select
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage import crash_points, key_floors, key_wrap, receipts
from storage.errors import Conflict, KeyGone, Tampered
from storage.generations import Floors, Generation
from storage.key_backup import KeyBackups
from storage.key_database import RECEIPT_KEY, KeyDatabase
from storage.key_tables import ControllerKeyRow, DataKeyRow, DateKeyRow, SigningKeyRow
from storage.kms import RootKeys
from storage.records import HoldId, Item, RecordingId, Tag

_CASE, _NO_DAY = "case:", date.max
# A controller's name has no colon.


def _utc_now() -> datetime:
    return datetime.fromtimestamp(time.time(), UTC)


class Keyring:
    """KeyStore and ReceiptSigner on one SQLite file. Safe to use from several threads and processes."""

    def __init__(self, database: KeyDatabase, *, now: Callable[[], datetime] = _utc_now) -> None:
        """Use `open`, or give a database that is open."""
        self.database = database
        self._now = now
        self._signing: Ed25519PrivateKey | None = None

    @classmethod
    def open(cls, path: Path, *, roots: RootKeys, now: Callable[[], datetime] = _utc_now) -> Self:
        """Open or make the key store; `now` tells when a key was destroyed.

        Raises KeysUnusable, before anything is written, when the root key that made this store is not there.
        """
        return cls(KeyDatabase.open(path, roots), now=now)

    def close(self) -> None:
        """Close the file."""
        self.database.close()

    def create(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Make and keep a random data key. Raises Conflict when there is one."""
        with self.database.writing() as session:
            self._keep(session, recording, key=key_wrap.new_key(), owner=(controller, delete_on), floors=Floors())

    def move(self, recording: RecordingId, *, controller: str, delete_on: date) -> None:
        """Wrap the data key under another day's key: `delete_at` has moved, or a hold has ended. Raises KeyGone."""
        self._rewrap({recording: (controller, delete_on)})

    def move_all(self, days: Mapping[RecordingId, date], *, controller: str) -> None:
        """Do as `move` with all of these in one transaction; those that have no key any more are left out."""
        there = self.known(days.keys())
        self._rewrap({each: (controller, day) for each, day in days.items() if each in there})

    def hold(self, recordings: Sequence[RecordingId], *, hold: HoldId) -> None:
        """Wrap these data keys under the key of a hold's case, all or none. Raises KeyGone."""
        self._rewrap(dict.fromkeys(recordings, (f"{_CASE}{hold}", _NO_DAY)))

    def held(self) -> Mapping[RecordingId, HoldId]:
        """Every recording whose data key is under the key of a case, and the hold."""
        mine = select(DataKeyRow.recording, DataKeyRow.controller).where(DataKeyRow.delete_on == _NO_DAY)
        with self.database.reading() as session:
            return {
                RecordingId(row.recording): HoldId(row.controller.removeprefix(_CASE)) for row in session.execute(mine)
            }

    def derive(self, recording: RecordingId, purpose: str) -> bytes:
        """Return the 32-byte key of this recording for one purpose. Raises KeyGone, Tampered."""
        with self.database.reading() as session:
            _, key = self._data_key(session, recording)
        return key_wrap.derive(key, "recording", recording, purpose)

    def floors(self, recording: RecordingId) -> Floors:
        """Return the lowest generation of each item that may be read. Raises KeyGone."""
        return key_floors.read_floors(self.database, recording)

    def all_floors(self, beginning: str = "") -> Mapping[RecordingId, Floors]:
        """Return the floors of every recording that has a key and an id that begins so."""
        return key_floors.read_all_floors(self.database, beginning)

    def raise_floor(self, recording: RecordingId, item: Item, to: Generation) -> None:
        """Let nothing older than `to` be read; never lowers. Raises KeyGone, Unavailable."""
        key_floors.raise_floor(self.database, recording, item, to)

    def lower_floor(self, recording: RecordingId, item: Item, to: Generation) -> None:
        """Let what a restore put back be read again. Raises KeyGone, Unavailable."""
        key_floors.lower_floor(self.database, recording, item, to)

    def destroy(self, recording: RecordingId) -> datetime | None:
        """Destroy the data key; the date key too when it was its last. Returns the time, None if it was gone.

        When it returns, no byte of either wrapped key is left in the store's files. Raises Unavailable.
        """
        known = self.knows(recording)
        self.destroy_all([recording])
        return self._now() if known else None

    def destroy_all(self, recordings: Sequence[RecordingId]) -> None:
        """Destroy these data keys and the date keys that they leave without one, as `destroy` does each."""
        gone: list[bytes] = []
        with self.database.writing() as session:
            rows = session.scalars(select(DataKeyRow).where(DataKeyRow.recording.in_(recordings))).all()
            for row in rows:
                session.delete(row)
                gone.append(row.wrapped)
            session.flush()
            for controller, delete_on in sorted({(row.controller, row.delete_on) for row in rows}):
                gone += _drop_unused(session, controller, delete_on)
        crash_points.reach("keys.deleted")
        self.database.scrub(gone)

    def knows(self, recording: RecordingId) -> bool:
        """Tell whether a data key exists: the negative probe of a purge."""
        with self.database.reading() as session:
            return session.get(DataKeyRow, recording) is not None

    def known(self, recordings: Collection[RecordingId]) -> Collection[RecordingId]:
        """Ask as `knows` does about several; returns those that have a key."""
        theirs = select(DataKeyRow.recording).where(DataKeyRow.recording.in_(recordings))
        with self.database.reading() as session:
            return {RecordingId(each) for each in session.scalars(theirs)}

    def backups_end_at(self) -> datetime | None:
        """Say when the last backup dies of those made so far: until then what is destroyed now may be in one.

        None when there is no backup.
        """
        return KeyBackups(self.database).end_at(made_by=self._now())

    def recordings(self) -> Iterable[RecordingId]:
        """Every recording that has a key, in order of id."""
        with self.database.reading() as session:
            return [RecordingId(r) for r in session.scalars(select(DataKeyRow.recording).order_by("recording"))]

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

    def _receipt_key(self) -> Ed25519PrivateKey:
        """Open it once: it never changes, and a day's purge signs with it a hundred thousand times."""
        if self._signing is None:
            with self.database.reading() as session:
                row = session.get_one(SigningKeyRow, RECEIPT_KEY)
            self._signing = Ed25519PrivateKey.from_private_bytes(self.database.unseal(row))
        return self._signing

    def _controller_key(self, controller: str) -> bytes:
        with self.database.reading() as session:
            row = session.get(ControllerKeyRow, controller)
        if row is None:
            with self.database.writing() as session:
                row = session.get(ControllerKeyRow, controller)
                if row is None:
                    row = ControllerKeyRow(controller=controller)
                    self.database.seal(session, row, key_wrap.new_key())
        return self.database.unseal(row)

    def _keep(self, session: Session, recording: str, *, key: bytes, owner: tuple[str, date], floors: Floors) -> None:
        controller, delete_on = owner
        place = _data_place(recording, controller, delete_on)
        row = DataKeyRow(
            recording=recording,
            controller=controller,
            delete_on=delete_on,
            wrapped=key_wrap.wrap(key, under=self._date_key(session, *owner), place=place),
            commitment=key_wrap.commitment(key),
            floors=floors.packed,
        )
        session.add(row)
        try:
            session.flush()
        except IntegrityError:
            raise Conflict from None

    def _rewrap(self, owners: Mapping[RecordingId, tuple[str, date]]) -> None:
        """Wrap data keys under other owners' keys, all or none: each of these is opened once. Raises KeyGone."""
        if not owners:
            return
        with self.database.writing() as session:
            rows = session.scalars(select(DataKeyRow).where(DataKeyRow.recording.in_(owners))).all()
            if len(rows) < len(owners):
                raise KeyGone
            gone = [row.wrapped for row in rows]
            before = {(row.controller, row.delete_on) for row in rows}
            keys = {owner: self._date_key(session, *owner) for owner in sorted(before.union(owners.values()))}
            for row in rows:
                owner = owners[RecordingId(row.recording)]
                key = _open_data_key(row, under=keys[row.controller, row.delete_on])
                row.controller, row.delete_on = owner
                row.wrapped = key_wrap.wrap(key, under=keys[owner], place=_data_place(row.recording, *owner))
            session.flush()
            for owner in sorted(before.difference(owners.values())):
                gone += _drop_unused(session, *owner)
        self.database.scrub(gone)

    def _date_key(self, session: Session, controller: str, delete_on: date) -> bytes:
        row = session.get(DateKeyRow, (controller, delete_on))
        if row is None:
            row = DateKeyRow(controller=controller, delete_on=delete_on)
            self.database.seal(session, row, key_wrap.new_key())
            session.flush()
        return self.database.unseal(row)

    def _data_key(self, session: Session, recording: RecordingId) -> tuple[DataKeyRow, bytes]:
        row = session.get(DataKeyRow, recording)
        if row is None:
            raise KeyGone
        day = session.get_one(DateKeyRow, (row.controller, row.delete_on))
        return row, _open_data_key(row, under=self.database.unseal(day))


def _open_data_key(row: DataKeyRow, *, under: bytes) -> bytes:
    """Unwrap a data key. Raises Tampered."""
    place = _data_place(row.recording, row.controller, row.delete_on)
    key = key_wrap.unwrap(row.wrapped, under=under, place=place)
    if not hmac.compare_digest(key_wrap.commitment(key), row.commitment):
        raise Tampered
    return key


def _data_place(recording: str, controller: str, delete_on: date) -> bytes:
    return key_wrap.context("data", recording, controller, delete_on.isoformat())


def _drop_unused(session: Session, controller: str, delete_on: date) -> list[bytes]:
    """Let the date key die with its last recording; returns the wrapped key that was dropped, if one was."""
    mine = (DataKeyRow.controller == controller, DataKeyRow.delete_on == delete_on)
    if session.scalars(select(DataKeyRow.recording).where(*mine).limit(1)).first() is not None:
        return []
    row = session.get_one(DateKeyRow, (controller, delete_on))
    session.delete(row)
    return [row.wrapped]
