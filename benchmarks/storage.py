"""Sealed objects of 5 and 100 MB: written, read, read at a place and destroyed, against plain files and bare `minio`.

The difference to a plain file is what encryption, checksums and durability cost.
"""

from __future__ import annotations

import io
import os
import secrets
import uuid
from collections.abc import Callable, Iterable, Iterator
from contextlib import ExitStack, contextmanager
from datetime import date
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TypeVar

from minio import Minio

from benchmarks.pairs import Row, compare
from storage.folder import FolderObjects
from storage.keyring import Keyring
from storage.records import Item, RecordingId
from storage.s3 import Bucket, S3Objects
from storage.vault import Vault
from tests.roots import in_memory
from tests.s3_server import NoS3Server, running_s3_server
from workers.clock import SystemClock

SIZES = (("5 MB", 5_000_000), ("100 MB", 100_000_000))
PAIRS = 5
Thing = TypeVar("Thing")
MIDDLE = 64 * 1024
# Bytes that a player asks for when somebody jumps.


def rows(*, full: bool = False) -> list[Row]:
    """Compare on one folder, and on one server where there is one."""
    sizes = SIZES if full else SIZES[:1]
    with ExitStack() as stack:
        home = Path(stack.enter_context(TemporaryDirectory(prefix="vaiti-")))
        keys = stack.enter_context(_keyring(home))
        found = [row for name, size in sizes for row in _against_files(name, size, home, keys)]
        try:
            server = stack.enter_context(running_s3_server(store="bluestore"))
        except NoS3Server:
            return found
        ours, bare = server.make_bucket(), server.make_bucket()
        return found + [row for name, size in sizes for row in _against_minio(name, size, ours, bare, keys)]


@contextmanager
def _keyring(home: Path) -> Iterator[Keyring]:
    keys = Keyring.open(home / "keys.db", roots=in_memory(), now=SystemClock().now)
    yield keys
    keys.close()


def _against_files(name: str, size: int, home: Path, keys: Keyring) -> list[Row]:
    content, plain = secrets.token_bytes(size), home / "plain"
    ours = _Sealed(Vault(FolderObjects(home / "objects"), keys), keys, content)

    def write_plain() -> None:
        with plain.open("wb") as file:
            file.write(content)
            file.flush()
            os.fsync(file.fileno())

    def read_plain(start: int = 0, count: int = -1) -> bytes:
        with plain.open("rb") as file:
            file.seek(start)
            return file.read(count)

    return [
        compare(f"write {name} to a folder", ours.write, "a plain file, synced", write_plain, pairs=PAIRS),
        compare(f"read {name} from a folder", ours.read, "a plain file", read_plain, pairs=PAIRS),
        compare(
            f"read 64 KiB of {name}",
            partial(ours.read, size // 2, MIDDLE),
            "a plain file",
            partial(read_plain, size // 2, MIDDLE),
            pairs=PAIRS,
        ),
        compare(
            f"destroy {name} in a folder",
            ours.ready(PAIRS + 1),
            "unlinking a plain file, synced",
            _each_in_turn(_plain_files(home, content, PAIRS + 1), _unlink),
            pairs=PAIRS,
        ),
    ]


def _plain_files(home: Path, content: bytes, count: int) -> list[Path]:
    files = [home / f"plain-{number}" for number in range(count)]
    for each in files:
        each.write_bytes(content)
    return files


def _unlink(path: Path) -> None:
    path.unlink()
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _each_in_turn(things: Iterable[Thing], work: Callable[[Thing], object]) -> Callable[[], None]:
    """Return what does the work on the next thing each time; the things are made before the clock runs."""
    left = iter(things)

    def do_next() -> None:
        work(next(left))

    return do_next


def _against_minio(name: str, size: int, mine: Bucket, bare: Bucket, keys: Keyring) -> list[Row]:
    content = secrets.token_bytes(size)
    ours = _Sealed(Vault(S3Objects(mine), keys), keys, content)
    client = Minio(bare.endpoint, access_key=bare.access_key, secret_key=bare.secret_key, secure=False)

    def put() -> None:
        client.put_object(bare.name, "object", io.BytesIO(content), size)

    def get(start: int = 0, count: int = 0) -> bytes:
        answer = client.get_object(bare.name, "object", offset=start, length=count)
        try:
            return bytes(answer.read())
        finally:
            answer.close()
            answer.release_conn()

    return [
        compare(f"put {name} on S3", ours.write, "minio's put", put, pairs=PAIRS),
        compare(f"get {name} from S3", ours.read, "minio's get", get, pairs=PAIRS),
        compare(
            f"get 64 KiB of {name} from S3",
            partial(ours.read, size // 2, MIDDLE),
            "minio's get",
            partial(get, size // 2, MIDDLE),
            pairs=PAIRS,
        ),
        compare(
            f"destroy {name} on S3",
            ours.ready(PAIRS + 1),
            "minio's remove",
            _each_in_turn(_plain_objects(client, bare, content), partial(client.remove_object, bare.name)),
            pairs=PAIRS,
        ),
    ]


def _plain_objects(client: Minio, bucket: Bucket, content: bytes) -> list[str]:
    names = [f"object-{number}" for number in range(PAIRS + 1)]
    for each in names:
        client.put_object(bucket.name, each, io.BytesIO(content), len(content))
    return names


class _Sealed:
    """One vault, one content; each write is a recording of its own."""

    def __init__(self, vault: Vault, keys: Keyring, content: bytes) -> None:
        self._vault, self._keys, self._content = vault, keys, content
        self._last = RecordingId("")

    def write(self) -> None:
        """Seal the content for a new recording."""
        self._last = RecordingId(uuid.uuid4().hex)
        self._keys.create(self._last, controller="example", delete_on=date(2027, 1, 1))
        with self._vault.write(self._last, Item.RAW_AUDIO, first=True) as out:
            out.write(self._content)

    def ready(self, count: int) -> Callable[[], None]:
        """Write so many recordings and return what destroys the next of them: its key, then its objects."""
        named = []
        for _ in range(count):
            self.write()
            named.append(self._last)

        def destroy(recording: RecordingId) -> None:
            self._keys.destroy_all([recording])
            self._vault.destroy(recording)

        return _each_in_turn(named, destroy)

    def read(self, start: int = 0, count: int = -1) -> bytes:
        """Read what was written last."""
        with self._vault.open(self._last, Item.RAW_AUDIO) as source:
            source.seek(start)
            return source.read(count)
