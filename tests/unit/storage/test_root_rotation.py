"""Another root key takes over: killed anywhere, it ends in one right state, and no object is touched."""

from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import select

from recordings.settings import Settings
from storage import key_wrap
from storage.errors import KeysUnusable, RootKeyNeeded
from storage.key_database import KeyDatabase
from storage.key_rotation import BATCH, Rotated, rotate_root
from storage.key_tables import RootVersionRow, tables_under_root
from storage.keyring import Keyring
from storage.kms import RootKeys
from storage.records import RecordingId
from storage.root_keys import LocalRootKeys
from tests.contracts.builders import ETELA, KESKI, an_id
from tests.crashes import KILLED, points_of, run_until
from tests.roots import ROOT, in_memory

DAY = date(2027, 11, 22)
NEW = bytes(range(100, 132))
POINTS = [*points_of("storage/key_rotation.py"), *points_of("storage/root_keys.py")]
# What runs in the process that is killed; `{folder}` holds the store and the file of its root keys.
ROTATE = """
from tests.unit.storage.test_root_rotation import rotated
rotated({folder!r})
"""


def roots_in(folder: Path) -> LocalRootKeys:
    settings = Settings(data=folder / "data")
    return LocalRootKeys(read=settings.read_root_keys, write=settings.write_root_keys)


def opened(folder: Path, roots: RootKeys | None = None) -> Keyring:
    return Keyring.open(folder / "data" / "keys.db", roots=roots or roots_in(folder))


def rotated(folder: str | Path) -> Rotated:
    """Rotate as the command does, with a file in the place of a backup."""
    database = KeyDatabase.open(Path(folder) / "data" / "keys.db", roots_in(Path(folder)))
    try:
        return rotate_root(database, back_up=(Path(folder) / "backup").touch)
    finally:
        database.close()


def filled(keyring: Keyring, days: int = 3) -> list[RecordingId]:
    recordings = [an_id() for _ in range(2 * days)]
    for number, recording in enumerate(recordings):
        day = DAY.replace(year=DAY.year + number // 2)
        keyring.create(recording, controller=KESKI if number % 2 else ETELA, delete_on=day)
    keyring.tag(KESKI, "phone", "1")
    return recordings


def answers(keyring: Keyring, recordings: list[RecordingId]) -> list[object]:
    """Everything that the store's keys can be asked."""
    return [*(keyring.derive(each, "x") for each in recordings), keyring.tag(KESKI, "phone", "1"), keyring.public_key()]


def versions(keyring: Keyring) -> set[str]:
    """Every version of the root key that the store names anywhere."""
    with keyring.database.reading() as session:
        named = set(session.scalars(select(RootVersionRow.version)))
        for table in tables_under_root():
            named |= set(session.scalars(select(table.root)))
        return named | {keyring.database.root(session)}


def test_every_key_is_the_same_under_the_new_root_key_alone(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    recordings = filled(keyring)
    before, (old,) = answers(keyring, recordings), versions(keyring)
    keyring.close()
    done = rotated(tmp_path)
    assert (done.rewrapped, done.left) == (6 + 1 + 1, ())  # days, the controller's, the receipts'
    again = opened(tmp_path)
    assert answers(again, recordings) == before
    assert versions(again) == {done.version} != {old}
    assert len(Settings(data=tmp_path / "data").read_root_keys()) == 1


def test_more_keys_than_one_transaction_takes_are_all_wrapped_again(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    recordings = filled(keyring, days=BATCH // 2 + 10)
    before = answers(keyring, recordings)
    told: list[int] = []
    rotate_root(keyring.database, back_up=lambda: None, progress=told.append)
    assert told == sorted(told)
    assert len(told) == 4  # 120 days in two, the controller's, the receipts'
    assert answers(keyring, recordings) == before


def test_no_wrapping_under_the_old_root_key_stays_in_the_file(tmp_path: Path) -> None:
    keyring = opened(tmp_path)
    filled(keyring)
    with keyring.database.reading() as session:
        old = [row.wrapped for table in tables_under_root() for row in session.scalars(select(table))]
    keyring.close()
    rotated(tmp_path)
    content = b"".join(file.read_bytes() for file in (tmp_path / "data").iterdir())
    assert [wrapped for wrapped in old if wrapped[12:28] in content] == []


def test_a_service_that_runs_meanwhile_reads_and_writes_on_under_the_new_root_key(tmp_path: Path) -> None:
    running = opened(tmp_path)
    (first, *_) = filled(running)
    before = running.derive(first, "x")
    version = rotated(tmp_path).version
    assert running.derive(first, "x") == before
    late = an_id()
    running.create(late, controller="uusi", delete_on=DAY)
    assert running.derive(late, "x") == opened(tmp_path).derive(late, "x")
    assert versions(running) == {version}


@pytest.mark.parametrize("point", POINTS)
def test_killed_between_any_two_effects_it_ends_in_one_right_state(tmp_path: Path, point: str) -> None:
    keyring = opened(tmp_path)
    recordings = filled(keyring)
    before, (old,) = answers(keyring, recordings), versions(keyring)
    keyring.close()
    assert run_until(point, ROTATE.format(folder=str(tmp_path))) == KILLED
    between = opened(tmp_path)  # the service may start as it is
    assert answers(between, recordings) == before
    late = an_id()
    between.create(late, controller=KESKI, delete_on=DAY)
    between.close()
    rotated(tmp_path)
    after = opened(tmp_path)
    assert answers(after, recordings) == before
    assert after.derive(late, "x")
    assert len(versions(after)) == 1
    keys = Settings(data=tmp_path / "data").read_root_keys()
    assert [key_wrap.derive(key, "root check").hex() for key in keys] == list(versions(after))
    assert (tmp_path / "backup").exists()
    assert old not in versions(after)


def test_a_root_key_from_the_environment_is_followed_by_the_one_that_stands_after_it(tmp_path: Path) -> None:
    path, given = tmp_path / "keys.db", [ROOT]
    keyring = Keyring.open(path, roots=LocalRootKeys(read=lambda: given))
    recordings = filled(keyring)
    before, (old,) = answers(keyring, recordings), versions(keyring)
    with pytest.raises(RootKeyNeeded):
        rotate_root(keyring.database, back_up=lambda: None)
    given.append(NEW)
    assert rotate_root(keyring.database, back_up=lambda: None).left == (old,)
    assert answers(Keyring.open(path, roots=in_memory(NEW)), recordings) == before
    given.remove(ROOT)
    assert rotate_root(keyring.database, back_up=lambda: None).left == ()


def test_the_old_root_key_lives_on_when_the_backup_fails(tmp_path: Path) -> None:
    keyring = opened(tmp_path)

    def fail() -> None:
        raise OSError

    with pytest.raises(OSError):  # noqa: PT011 - whatever a backup raises
        rotate_root(keyring.database, back_up=fail)
    assert len(Settings(data=tmp_path / "data").read_root_keys()) == 2


def test_the_old_root_key_opens_nothing_any_more(tmp_path: Path) -> None:
    path, old = tmp_path / "keys.db", in_memory()
    keyring = Keyring.open(path, roots=in_memory())
    filled(keyring)
    rotate_root(keyring.database, back_up=lambda: None)
    with pytest.raises(KeysUnusable):
        Keyring.open(path, roots=old)
