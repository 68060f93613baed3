"""Floors of generations: a kill between publishing and raising leaves what opens, and raising waits for no disk."""

import sqlite3
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from datetime import UTC, date, datetime
from pathlib import Path
from threading import Event

import pytest

from storage.errors import NotFound, Tampered, Unavailable
from storage.folder import FolderObjects
from storage.generations import FIRST, Floors, Generation
from storage.key_backup import KeyBackups
from storage.keyring import Keyring
from storage.records import Item, RecordingId
from storage.vault import Vault
from tests.contracts.builders import KESKI, an_id
from tests.crashes import KILLED, points_of, run_until
from tests.roots import in_memory

SOUND = Item.MASKED_AUDIO
NOW = datetime(2026, 11, 22, 9, 0, tzinfo=UTC)
WRITE = """
from pathlib import Path
from storage.folder import FolderObjects
from storage.keyring import Keyring
from storage.records import Item
from storage.vault import Vault
from tests.roots import in_memory

home = Path({home!r})
vault = Vault(FolderObjects(home / "objects"), Keyring.open(home / "keys" / "keys.db", roots=in_memory()))
with vault.write({recording!r}, Item.MASKED_AUDIO, token=2) as out:
    out.write(b"newer")
"""


def opened(home: Path) -> Vault:
    keys = Keyring.open(home / "keys" / "keys.db", roots=in_memory())
    return Vault(FolderObjects(home / "objects"), keys)


def put(vault: Vault, recording: RecordingId, content: bytes, token: int) -> None:
    with vault.write(recording, SOUND, token=token) as out:
        out.write(content)


def got(vault: Vault, recording: RecordingId) -> bytes:
    with vault.open(recording, SOUND) as source:
        return source.read()


@pytest.fixture
def recording(tmp_path: Path) -> RecordingId:
    recording = an_id()
    vault = opened(tmp_path)
    vault._keys.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    put(vault, recording, b"older", 1)
    return recording


def roll_back(home: Path, recording: RecordingId, older: dict[str, bytes]) -> None:
    folder = home / "objects" / recording[:2] / recording
    for path in folder.iterdir():
        path.unlink()
    for name, content in older.items():
        (folder / name).write_bytes(content)


def kept(home: Path, recording: RecordingId) -> dict[str, bytes]:
    folder = home / "objects" / recording[:2] / recording
    return {path.name: path.read_bytes() for path in folder.iterdir()}


@pytest.mark.parametrize("point", points_of("storage/sealed_objects.py"))
def test_a_writer_that_is_killed_leaves_the_new_generation_to_be_read(
    tmp_path: Path, recording: RecordingId, point: str
) -> None:
    older = kept(tmp_path, recording)
    assert run_until(point, WRITE.format(home=str(tmp_path), recording=recording)) == KILLED
    assert len(kept(tmp_path, recording)) == 2
    vault = opened(tmp_path)
    assert got(vault, recording) == b"newer"
    vault.settle(recording, SOUND)  # as the next sweep does
    roll_back(tmp_path, recording, older)
    with pytest.raises(Tampered):
        vault.open(recording, SOUND)
    put(vault, recording, b"made again", 3)
    assert got(vault, recording) == b"made again"
    assert len(kept(tmp_path, recording)) == 1


def test_an_older_backup_of_the_keys_opens_what_is_newer_and_its_floors_rise_again(
    tmp_path: Path, recording: RecordingId
) -> None:
    vault = opened(tmp_path)
    older = kept(tmp_path, recording)
    assert isinstance(vault._keys, Keyring)
    backup = KeyBackups(vault._keys.database).make(tmp_path / "backups", now=NOW)
    put(vault, recording, b"newer", 2)
    keys = Keyring.open(backup.path, roots=in_memory())
    vault = Vault(FolderObjects(tmp_path / "objects"), keys)
    assert keys.floors(recording)[SOUND] == Generation(1, 0)
    assert got(vault, recording) == b"newer"
    vault.settle(recording, SOUND)
    roll_back(tmp_path, recording, older)
    with pytest.raises(Tampered):
        vault.open(recording, SOUND)


def test_after_a_floor_was_raised_the_next_transaction_waits_for_the_disk(
    tmp_path: Path, recording: RecordingId, monkeypatch: pytest.MonkeyPatch
) -> None:
    keys = opened(tmp_path)._keys
    assert isinstance(keys, Keyring)
    keys.raise_floor(recording, SOUND, Generation(2, 0))
    for _ in range(3):
        with keys.database.engine.connect() as connection:
            assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2

    def fail(*_: object) -> Floors:
        raise sqlite3.OperationalError

    monkeypatch.setattr(Floors, "moved", fail)
    with pytest.raises(Unavailable):
        keys.raise_floor(recording, SOUND, Generation(3, 0))
    with keys.database.engine.connect() as connection:
        assert connection.exec_driver_sql("PRAGMA synchronous").scalar() == 2
    assert keys.floors(recording)[SOUND] == Generation(2, 0)


def test_what_a_push_writes_raises_no_floor(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    vault, recording = opened(tmp_path), an_id()
    vault._keys.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    monkeypatch.setattr(Keyring, "raise_floor", None)
    for item in (Item.RAW_AUDIO, Item.RAW_FACTS, Item.MANIFEST):
        with vault.write(recording, item, token=0) as out:
            out.write(b"pushed")
    assert vault._keys.floors(recording) == Floors()


def test_floors_of_before_an_item_was_thought_of_are_at_the_bottom() -> None:
    floors = Floors().moved(Item.RAW_WORDS, Generation(7, 1))
    short = Floors(floors.packed[:12])
    assert [short[item] for item in (Item.RAW_WORDS, Item.PLAN)] == [Generation(7, 1), FIRST]
    again = short.moved(Item.PLAN, Generation(1, 0))
    assert (len(again.packed), again[Item.RAW_WORDS]) == (len(Floors().packed), Generation(7, 1))
    assert again.newest_token() == 7


def test_readers_meet_no_floor_while_generations_follow_each_other(tmp_path: Path, recording: RecordingId) -> None:
    """A reader that listed before the floor was raised must not take what it found for something put back."""
    vault, done = opened(tmp_path), Event()

    def read_on() -> int:
        read = 0
        while not done.is_set():
            with suppress(NotFound):  # two rewrites at once may outrun it, and no recording has that
                assert got(vault, recording).startswith((b"older", b"number"))
                read += 1
        return read

    with ThreadPoolExecutor(3) as threads:
        readers = [threads.submit(read_on) for _ in range(3)]
        for number in range(40):
            put(vault, recording, f"number {number}".encode(), 2)
        done.set()
        assert all(reader.result() for reader in readers)
