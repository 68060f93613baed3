"""Backups of the key store: whole, known before they exist, and dead in time."""

from datetime import UTC, date, datetime, timedelta
from pathlib import Path

import pytest

from storage.errors import KeysUnusable, Unavailable
from storage.key_backup import KeyBackups
from storage.key_database import KeyDatabase
from storage.key_rotation import rotate_root
from storage.keyring import Keyring
from tests.contracts.builders import KESKI, an_id
from tests.crashes import KILLED, points_of, run_until
from tests.roots import in_memory

DAY = date(2027, 11, 22)
NOW = datetime(2027, 1, 1, 12, 0, tzinfo=UTC)
WEEK = timedelta(days=7)
MAKE_AND_REMOVE = """
from pathlib import Path
from datetime import timedelta
from tests.unit.storage.test_key_backup import NOW, WEEK, backups_of
backups = backups_of(Path({folder!r}))
backups.make(Path({folder!r}) / "backups", now=NOW)
backups.remove_dead(now=NOW + WEEK)
"""


def backups_of(folder: Path) -> KeyBackups:
    return KeyBackups(KeyDatabase.open(folder / "keys.db", in_memory()))


@pytest.fixture
def keyring(tmp_path: Path) -> Keyring:
    return Keyring.open(tmp_path / "keys.db", roots=in_memory(), now=lambda: NOW)


@pytest.fixture
def backups(keyring: Keyring) -> KeyBackups:
    return KeyBackups(keyring.database)


def test_a_backup_opens_every_key_with_the_root_key_and_none_without(
    keyring: Keyring, backups: KeyBackups, tmp_path: Path
) -> None:
    recording = an_id()
    keyring.create(recording, controller=KESKI, delete_on=DAY)
    made = backups.make(tmp_path / "backups", now=NOW)
    assert made.path.stat().st_mode & 0o777 == 0o600
    assert [each.name for each in made.path.parent.iterdir()] == [made.path.name]
    key = keyring.derive(recording, "x")
    keyring.destroy(recording)
    assert Keyring.open(made.path, roots=in_memory()).derive(recording, "x") == key
    with pytest.raises(KeysUnusable):
        Keyring.open(made.path, roots=in_memory(bytes(32)))


def test_a_backup_holds_no_byte_of_what_was_destroyed_before(
    keyring: Keyring, backups: KeyBackups, tmp_path: Path
) -> None:
    recording = an_id()
    keyring.create(recording, controller=KESKI, delete_on=DAY)
    keyring.destroy(recording)
    assert recording.encode() not in backups.make(tmp_path / "backups", now=NOW).path.read_bytes()


def test_it_is_known_until_when_a_destroyed_key_may_be_in_a_backup(
    keyring: Keyring, backups: KeyBackups, tmp_path: Path
) -> None:
    assert keyring.backups_end_at() is None
    for days in (-3, -1, 1):
        backups.make(tmp_path / "backups", now=NOW + timedelta(days=days))
    assert keyring.backups_end_at() == NOW - timedelta(days=1) + WEEK  # the later one cannot hold it


def test_a_backup_is_removed_when_its_days_are_over(backups: KeyBackups, tmp_path: Path) -> None:
    old = backups.make(tmp_path / "backups", now=NOW)
    new = backups.make(tmp_path / "backups", now=NOW + timedelta(days=1))
    assert backups.remove_dead(now=NOW + WEEK - timedelta(seconds=1)) == 0
    assert backups.remove_dead(now=NOW + WEEK) == 1
    assert (old.path.exists(), new.path.exists()) == (False, True)
    assert [each.id for each in backups.list()] == [new.id]


def test_a_backup_that_cannot_be_removed_stays_on_the_list(backups: KeyBackups, tmp_path: Path) -> None:
    made = backups.make(tmp_path / "backups", now=NOW)
    made.path.unlink()
    made.path.mkdir()
    with pytest.raises(Unavailable):
        backups.remove_dead(now=NOW + WEEK)
    assert [each.id for each in backups.list()] == [made.id]


def test_a_backup_of_before_a_rotation_does_not_count(keyring: Keyring, backups: KeyBackups, tmp_path: Path) -> None:
    backups.make(tmp_path / "backups", now=NOW)
    rotate_root(keyring.database, back_up=lambda: None)
    assert backups.newest() is None
    made = backups.make(tmp_path / "backups", now=NOW)
    assert backups.newest() == made
    assert len(backups.list()) == 2


@pytest.mark.parametrize("life", [timedelta(0), timedelta(days=-1), WEEK + timedelta(seconds=1)])
def test_no_backup_lives_longer_than_receipts_say(keyring: Keyring, life: timedelta) -> None:
    with pytest.raises(ValueError, match="seven days"):
        KeyBackups(keyring.database, life=life)


@pytest.mark.parametrize("point", points_of("storage/key_backup.py"))
def test_killed_anywhere_no_backup_exists_that_is_not_on_the_list(tmp_path: Path, point: str) -> None:
    Keyring.open(tmp_path / "keys.db", roots=in_memory()).close()
    assert run_until(point, MAKE_AND_REMOVE.format(folder=str(tmp_path))) == KILLED
    backups = backups_of(tmp_path)
    (known,) = backups.list()
    assert all(file.name.startswith(known.path.name) for file in (tmp_path / "backups").glob("*"))
    assert known.finished == (point == "key-backup.removed")
    backups.remove_dead(now=NOW + WEEK)
    assert backups.list() == []
    assert not any((tmp_path / "backups").glob("*"))
