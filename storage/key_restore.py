"""A backup of the key store is made ready to be the store again (docs/keys.md).

That is done in a file of its own beside the store, so that no key which a backup brings back lies in the store for a
moment. What a crash leaves of that file goes with the next try, or with a sweep a day later.
"""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import Final

from storage.durable import SQLITE_BESIDE, put_in_place, sync
from storage.errors import NotFound, StorageError
from storage.key_database import KeyDatabase
from storage.kms import RootKeys
from storage.sqlite_file import answering, checkpoint

PART: Final = ".vaiti-keys.part"
_OWNER_ONLY: Final = 0o600


def is_healthy(store: Path, roots: RootKeys) -> bool:
    """Tell whether a key store is there and whole, and its root key too. Nothing is made or changed."""
    try:
        facts = _read_facts(store)
        return "root" not in facts or roots.has(facts["root"].decode())
    except (NotFound, StorageError):
        return False


@contextmanager
def making_ready(backup: Path, folder: Path, roots: RootKeys) -> Iterator[KeyDatabase]:
    """Open a copy of a backup in the store's folder; when the context ends well it is whole and on the disk.

    Raises NotFound for what is no whole backup of a key store, KeysUnusable where its root key is not there.
    """
    part = folder / PART
    remove_part(folder)
    with ExitStack() as unless_ready:
        unless_ready.callback(remove_part, folder)
        with answering():
            part.touch(mode=_OWNER_ONLY)
            shutil.copyfile(backup, part)
        _read_facts(part)
        with closing(KeyDatabase.open(part, roots)) as database:
            yield database
            checkpoint(database.engine)
        with answering():
            sync(part)
        unless_ready.pop_all()


def remove_part(folder: Path) -> None:
    """Remove what is not ready, or was left. Raises Unavailable."""
    with answering():
        for ending in ("", *SQLITE_BESIDE):
            (folder / f"{PART}{ending}").unlink(missing_ok=True)


def put_in_store(folder: Path, store: Path) -> None:
    """Let what was made ready be the store. Nobody may have it open. Raises Unavailable."""
    with answering():
        put_in_place(folder / PART, store, beside=SQLITE_BESIDE)


def _read_facts(path: Path) -> dict[str, bytes]:
    """Return the facts of a key store that is whole. Raises NotFound for anything else."""
    try:
        with closing(sqlite3.connect(f"{path.absolute().as_uri()}?mode=rw", uri=True)) as store:
            whole = store.execute("PRAGMA integrity_check").fetchone() == ("ok",)
            facts: dict[str, bytes] = dict(store.execute("SELECT name, value FROM facts").fetchall())
    except sqlite3.Error:
        raise NotFound from None
    if not whole or "format" not in facts:
        raise NotFound
    return facts
