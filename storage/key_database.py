"""The key store's file with its root keys: what the key ring, the rotation and the backup share.

Which version of the root key is in force is written in the file, not in a process: whoever writes reads it in the same
transaction, so that after a rotation began nobody wraps a key under the old one.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Final, Self

from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PrivateKey
from sqlalchemy import Engine, inspect
from sqlalchemy.orm import Session

from storage.errors import KeysUnusable, Tampered
from storage.key_tables import FactRow, KeyBase, RootVersionRow, SigningKeyRow, UnderRoot
from storage.key_upgrade import FIRST_FORMAT, SECOND_FORMAT, upgrade_first_format, upgrade_second_format
from storage.kms import RootKeys
from storage.sqlite_file import answering, checkpoint, for_writing, holds_any, open_sqlite, write_anew

FORMAT: Final = b"vaiti-keys/3"
RECEIPT_KEY: Final = "receipt-key"
FEW: Final = 10
# Keys that are looked for in the files one by one; looking for one costs about a fifth of writing all anew.


class KeyDatabase:
    """Transactions on the key store, and keys wrapped under its root key."""

    def __init__(self, engine: Engine, roots: RootKeys) -> None:
        """Use `open`."""
        self.engine = engine
        self.roots = roots

    @classmethod
    def open(cls, path: Path, roots: RootKeys) -> Self:
        """Open or make the file. Raises KeysUnusable, before anything is written, when its root key is not there."""
        database = cls(open_sqlite(path), roots)
        try:
            with answering():
                database._check_or_make()
        except KeysUnusable:
            database.close()
            raise
        return database

    def close(self) -> None:
        """Close the file."""
        self.engine.dispose()

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Open a transaction that reads. Raises Unavailable."""
        with answering(), Session(self.engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def writing(self) -> Iterator[Session]:
        """Open a transaction that is written when the context ends well; one at a time. Raises Unavailable."""
        with answering(), Session(for_writing(self.engine), expire_on_commit=False) as session, session.begin():
            yield session

    def root(self, session: Session) -> str:
        """Return the version of the root key that is in force."""
        return session.get_one(FactRow, "root").value.decode()

    def seal(self, session: Session, row: UnderRoot, key: bytes) -> None:
        """Wrap a key into its row, under the root key in force. Raises KeysUnusable, Unavailable."""
        root = self.root(session)
        row.wrapped = self.roots.wrap(root, key, place=row.place)
        row.root = root
        session.add(row)

    def unseal(self, row: UnderRoot) -> bytes:
        """Return the key of a row. Raises Tampered, KeysUnusable, Unavailable."""
        return self.roots.unwrap(row.root, row.wrapped, place=row.place)

    def scrub(self, gone: list[bytes]) -> None:
        """Look for what was deleted in the files, and write them anew when a byte of it stayed (see `write_anew`)."""
        checkpoint(self.engine)
        # without knowing what to look for, writing anew is the only certainty; and for many it is soonest done
        if not 0 < len(gone) <= FEW or holds_any(self.engine, gone):
            write_anew(self.engine)

    def _check_or_make(self) -> None:
        known = self._format()
        if known == FIRST_FORMAT:
            upgrade_first_format(self.engine, self.roots)
        elif known in {SECOND_FORMAT, FORMAT} and self._has_root():
            self._check_root()
        elif known not in {None, SECOND_FORMAT, FORMAT}:
            raise KeysUnusable
        if known in {FIRST_FORMAT, SECOND_FORMAT}:
            upgrade_second_format(self.engine)
        KeyBase.metadata.create_all(for_writing(self.engine))
        self._make_if_new()

    def _format(self) -> bytes | None:
        if not inspect(self.engine).has_table(FactRow.__tablename__):
            return None
        with self.reading() as session:
            row = session.get(FactRow, "format")
        return None if row is None else row.value

    def _has_root(self) -> bool:
        with self.reading() as session:
            return session.get(FactRow, "root") is not None

    def _check_root(self) -> None:
        """Open a key that is always there: that the version's name is known does not prove that it is the same key."""
        with self.reading() as session:
            row = session.get_one(SigningKeyRow, RECEIPT_KEY)
        try:
            self.unseal(row)
        except Tampered:
            raise KeysUnusable from None

    def _make_if_new(self) -> None:
        """Give the store its id first: the first root key is made for it, and found again after a crash."""
        with self.writing() as session:
            if session.get(FactRow, "format") is None:
                session.add(FactRow(name="format", value=FORMAT))
                session.add(FactRow(name="store", value=uuid.uuid4().hex.encode()))
        with self.writing() as session:
            if session.get(FactRow, "root") is None:
                root = self.roots.make_next(session.get_one(FactRow, "store").value.decode())
                session.add(FactRow(name="root", value=root.encode()))
                session.add(RootVersionRow(version=root))
                session.flush()
                self.seal(session, SigningKeyRow(name=RECEIPT_KEY), Ed25519PrivateKey.generate().private_bytes_raw())
