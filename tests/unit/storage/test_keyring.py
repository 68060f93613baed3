"""The key store: what was destroyed is in no byte of its files, and a wrong root key writes nothing."""

import sqlite3
import threading
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from storage import key_wrap
from storage.errors import KeyGone, KeysUnusable, Tampered, Unavailable
from storage.keyring import Keyring
from storage.receipts import verify
from storage.records import HoldId, RecordingId
from storage.sqlite_file import checkpoint
from tests.contracts.builders import ETELA, KESKI, an_id
from tests.roots import ROOT, in_memory

DAY = date(2027, 11, 22)
NEXT_DAY = date(2027, 11, 23)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "keys" / "keys.db"


def opened(path: Path, root: bytes = ROOT) -> Keyring:
    return Keyring.open(path, roots=in_memory(root))


def created(keyring: Keyring, day: date = DAY, controller: str = KESKI) -> RecordingId:
    recording = an_id()
    keyring.create(recording, controller=controller, delete_on=day)
    return recording


def everything(path: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in path.parent.iterdir()}


def rows(path: Path, query: str) -> list[tuple[object, ...]]:
    with sqlite3.connect(path) as connection:
        return connection.execute(query).fetchall()


def test_keys_are_the_same_after_opening_again(path: Path) -> None:
    keyring = opened(path)
    recording = created(keyring)
    before = (keyring.derive(recording, "x"), keyring.tag(KESKI, "phone", "1"), keyring.public_key())
    keyring.close()
    again = opened(path)
    assert (again.derive(recording, "x"), again.tag(KESKI, "phone", "1"), again.public_key()) == before


def test_a_wrong_root_key_is_refused_before_anything_is_written(path: Path) -> None:
    keyring = opened(path)
    created(keyring)
    keyring.close()
    before = everything(path)
    with pytest.raises(KeysUnusable):
        opened(path, bytes(32))
    assert everything(path) == before
    opened(path).close()


@pytest.mark.parametrize("length", [0, 16, 31, 33, 64])
def test_a_root_key_of_another_length_is_refused(path: Path, length: int) -> None:
    with pytest.raises(ValueError, match="32 bytes"):
        opened(path, bytes(length))
    assert not path.exists()


def test_a_store_of_another_format_is_refused(path: Path) -> None:
    opened(path).close()
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE facts SET value = 'vaiti-keys/9' WHERE name = 'format'")
    with pytest.raises(KeysUnusable):
        opened(path)


def test_the_file_and_its_folder_are_for_their_owner_only(path: Path) -> None:
    keyring = opened(path)
    created(keyring)
    assert path.parent.stat().st_mode & 0o777 == 0o700
    assert {file.stat().st_mode & 0o777 for file in path.parent.iterdir()} == {0o600}


def test_no_key_lies_in_clear(path: Path) -> None:
    keyring = opened(path)
    recording = created(keyring)
    with keyring.database.reading() as session:
        _, key = keyring._data_key(session, recording)
    content = b"".join(everything(path).values())
    assert key not in content
    assert ROOT not in content


@pytest.mark.parametrize("at_once", [False, True])
def test_no_byte_of_a_destroyed_key_stays_in_the_files(path: Path, *, at_once: bool) -> None:
    keyring = opened(path)
    recordings = [created(keyring) for _ in range(20)]
    kept = created(keyring, NEXT_DAY)
    wrapped = [row[0] for row in rows(path, "SELECT wrapped FROM data_keys WHERE delete_on = '2027-11-22'")]
    wrapped += [row[0] for row in rows(path, "SELECT wrapped FROM date_keys WHERE delete_on = '2027-11-22'")]
    assert len(wrapped) == 21
    for some in [recordings] if at_once else [[each] for each in recordings]:
        keyring.destroy_all(some)
    content = b"".join(everything(path).values())
    assert [key for key in wrapped if isinstance(key, bytes) and (key in content or key[12:] in content)] == []
    assert keyring.derive(kept, "x")


def test_a_stale_copy_of_a_destroyed_key_is_looked_for_and_removed(path: Path) -> None:
    """SQLite may leave old bytes in free space: here a dropped table does."""
    keyring = opened(path)
    recording, kept = created(keyring), created(keyring)
    ((wrapped,),) = rows(path, f"SELECT wrapped FROM data_keys WHERE recording = '{recording}'")
    assert isinstance(wrapped, bytes)
    with sqlite3.connect(path) as connection:
        connection.execute("PRAGMA secure_delete=OFF")
        connection.execute("CREATE TABLE stale AS SELECT substr(wrapped, 20, 30) FROM data_keys")
        connection.execute("DROP TABLE stale")
    connection.close()
    checkpoint(keyring.database.engine)
    assert wrapped[20:40] in path.read_bytes()
    keyring.destroy(recording)
    assert not any(wrapped[at : at + 15] in path.read_bytes() for at in range(len(wrapped) - 15))
    assert keyring.derive(kept, "x")


def test_a_date_key_dies_with_its_last_recording(path: Path) -> None:
    keyring = opened(path)
    first, second, other = created(keyring), created(keyring), created(keyring, controller=ETELA)
    days = "SELECT controller FROM date_keys ORDER BY controller"
    keyring.destroy(first)
    assert rows(path, days) == [(ETELA,), (KESKI,)]
    keyring.destroy(second)
    assert rows(path, days) == [(ETELA,)]
    assert keyring.derive(other, "x")


def test_an_old_copy_of_a_wrapped_key_opens_nothing_after_its_day(path: Path) -> None:
    keyring = opened(path)
    recording = created(keyring)
    (copy,) = rows(path, "SELECT * FROM data_keys")
    keyring.destroy(recording)
    created(keyring)  # the same day again, under a new date key
    with sqlite3.connect(path) as connection:
        connection.execute("INSERT INTO data_keys VALUES (?, ?, ?, ?, ?, ?)", copy)
    with pytest.raises(Tampered):
        keyring.derive(recording, "x")


def test_a_wrapped_key_cannot_be_put_in_anothers_place(path: Path) -> None:
    keyring = opened(path)
    first, second = created(keyring), created(keyring)
    with sqlite3.connect(path) as connection:
        connection.execute(
            "UPDATE data_keys SET (wrapped, commitment) = (SELECT wrapped, commitment FROM data_keys"
            " WHERE recording = ?) WHERE recording = ?",
            (first, second),
        )
    with pytest.raises(Tampered):
        keyring.derive(second, "x")


def test_a_key_that_is_not_the_committed_one_is_refused(path: Path) -> None:
    keyring = opened(path)
    recording = created(keyring)
    with sqlite3.connect(path) as connection:
        connection.execute("UPDATE data_keys SET commitment = zeroblob(32)")
    with pytest.raises(Tampered):
        keyring.derive(recording, "x")


def test_moving_to_another_day_keeps_the_key_and_ends_the_old_day(path: Path) -> None:
    keyring = opened(path)
    recording = created(keyring, NEXT_DAY)
    before = keyring.derive(recording, "x")
    keyring.move(recording, controller=KESKI, delete_on=DAY)
    assert keyring.derive(recording, "x") == before
    assert rows(path, "SELECT delete_on FROM date_keys") == [("2027-11-22",)]
    keyring.move(recording, controller=KESKI, delete_on=DAY)
    assert keyring.derive(recording, "x") == before
    with pytest.raises(KeyGone):
        keyring.move(an_id(), controller=KESKI, delete_on=DAY)


def test_the_key_of_a_day_dies_while_its_calls_are_held_and_a_cases_key_with_its_last_call(path: Path) -> None:
    keyring = opened(path)
    first, second = created(keyring), created(keyring)
    wrapped = [row[0] for row in rows(path, "SELECT wrapped FROM date_keys")]
    wrapped += [row[0] for row in rows(path, "SELECT wrapped FROM data_keys")]
    keyring.hold([first, second], hold=HoldId("c" * 32))
    assert rows(path, "SELECT controller FROM date_keys") == [("case:" + "c" * 32,)]
    content = b"".join(everything(path).values())
    assert [each for each in wrapped if isinstance(each, bytes) and each not in content] == wrapped
    keyring.destroy(first)
    keyring.move(second, controller=KESKI, delete_on=DAY)
    assert rows(path, "SELECT controller FROM date_keys") == [(KESKI,)]


def test_the_time_of_destruction_is_the_given_clocks(path: Path) -> None:
    moment = datetime(2027, 11, 22, 9, 0, tzinfo=UTC)
    keyring = Keyring.open(path, roots=in_memory(), now=lambda: moment)
    assert keyring.destroy(created(keyring)) == moment


def test_destroying_says_so_when_an_old_copy_may_be_left_in_the_log(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("storage.sqlite_file.BUSY_SECONDS", 0)
    keyring = opened(path)
    recording = created(keyring)
    reader = sqlite3.connect(path)
    reader.execute("BEGIN")
    reader.execute("SELECT * FROM data_keys").fetchall()
    with pytest.raises(Unavailable):
        keyring.destroy(recording)
    reader.close()
    assert keyring.destroy(recording) is None
    assert not keyring.knows(recording)


def test_destroying_and_deriving_from_many_threads_loses_nothing(path: Path) -> None:
    keyring = opened(path)
    recordings = [created(keyring) for _ in range(24)]
    faults: list[BaseException] = []

    def work(mine: list[RecordingId]) -> None:
        try:
            for recording in mine:
                keyring.derive(recording, "x")
                assert keyring.destroy(recording)
        except (AssertionError, KeyGone, Unavailable) as fault:
            faults.append(fault)

    threads = [threading.Thread(target=work, args=(recordings[n::4],)) for n in range(4)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert faults == []
    assert list(keyring.recordings()) == []


def test_receipts_are_signed_by_one_key_for_the_life_of_the_store(path: Path) -> None:
    keyring = opened(path)
    receipt = keyring.sign({"event": "purged"})
    keyring.close()
    assert verify(receipt, opened(path).public_key())


def test_parts_of_a_context_cannot_be_shifted_into_each_other() -> None:
    assert key_wrap.context("ab", "c") != key_wrap.context("a", "bc")
    assert key_wrap.derive(ROOT, "a") != key_wrap.derive(ROOT, "a", "")


def test_wrapping_hides_and_binds_a_key() -> None:
    key = key_wrap.new_key()
    wrapped = key_wrap.wrap(key, under=ROOT, place=b"here")
    assert key not in wrapped
    assert key_wrap.unwrap(wrapped, under=ROOT, place=b"here") == key
    for changed in (wrapped[:-1], b"", wrapped[:12], bytes([wrapped[0] ^ 1]) + wrapped[1:]):
        with pytest.raises(Tampered):
            key_wrap.unwrap(changed, under=ROOT, place=b"here")
    with pytest.raises(Tampered):
        key_wrap.unwrap(wrapped, under=ROOT, place=b"there")
    with pytest.raises(Tampered):
        key_wrap.unwrap(wrapped, under=bytes(32), place=b"here")
