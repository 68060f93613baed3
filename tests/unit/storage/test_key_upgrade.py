"""A key store of an older format opens as before, once its root key is shown to be the right one."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from storage.errors import KeysUnusable
from storage.folder import FolderObjects
from storage.generations import Floors, Generation
from storage.keyring import Keyring
from storage.records import Item, RecordingId
from storage.vault import Vault
from tests.contracts.builders import KESKI, an_id
from tests.roots import in_memory

OF_THE_FIRST_FORMAT = """
INSERT INTO facts SELECT 'receipt-key', wrapped FROM signing_keys;
UPDATE facts SET value = CAST('vaiti-keys/1' AS BLOB) WHERE name = 'format';
DELETE FROM facts WHERE name IN ('root', 'store');
DROP TABLE signing_keys;
DROP TABLE root_versions;
DROP TABLE key_backups;
DROP INDEX ix_date_keys_root;
DROP INDEX ix_controller_keys_root;
ALTER TABLE date_keys DROP COLUMN root;
ALTER TABLE controller_keys DROP COLUMN root;
ALTER TABLE data_keys DROP COLUMN floors;
"""


OF_THE_SECOND_FORMAT = """
UPDATE facts SET value = CAST('vaiti-keys/2' AS BLOB) WHERE name = 'format';
ALTER TABLE data_keys DROP COLUMN floors;
"""


def answers(keyring: Keyring, recording: RecordingId) -> list[object]:
    return [keyring.derive(recording, "x"), keyring.tag(KESKI, "phone", "1"), keyring.public_key()]


@pytest.fixture
def recording() -> RecordingId:
    return an_id()


@pytest.fixture
def before(tmp_path: Path, recording: RecordingId) -> list[object]:
    """What a store of the first format at `keys.db` answered."""
    keyring = Keyring.open(tmp_path / "keys.db", roots=in_memory())
    keyring.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    found = answers(keyring, recording)
    with keyring.database.reading() as session:
        check = bytes.fromhex(keyring.database.root(session))
    keyring.close()
    with sqlite3.connect(tmp_path / "keys.db") as connection:
        connection.execute("INSERT INTO facts VALUES ('root-check', ?)", (check,))
        connection.executescript(OF_THE_FIRST_FORMAT)
    connection.close()
    return found


def test_a_store_of_the_first_format_answers_as_before(
    tmp_path: Path, before: list[object], recording: RecordingId
) -> None:
    for _ in range(2):
        keyring = Keyring.open(tmp_path / "keys.db", roots=in_memory())
        assert answers(keyring, recording) == before
        keyring.close()


def test_with_another_root_key_it_is_left_as_it_is(tmp_path: Path, before: list[object]) -> None:
    content = (tmp_path / "keys.db").read_bytes()
    with pytest.raises(KeysUnusable):
        Keyring.open(tmp_path / "keys.db", roots=in_memory(bytes(32)))
    assert (tmp_path / "keys.db").read_bytes() == content
    assert before


@pytest.fixture
def objects(tmp_path: Path) -> FolderObjects:
    return FolderObjects(tmp_path / "objects")


@pytest.fixture
def without_floors(tmp_path: Path, recording: RecordingId, objects: FolderObjects) -> Path:
    """A store of the second format, of a call whose masked sound was written twice."""
    path = tmp_path / "keys.db"
    keyring = Keyring.open(path, roots=in_memory())
    keyring.create(recording, controller=KESKI, delete_on=date(2027, 11, 22))
    for token in (3, 5):
        write(Vault(objects, keyring), recording, token)
    keyring.close()
    with sqlite3.connect(path) as connection:
        connection.executescript(OF_THE_SECOND_FORMAT)
    connection.close()
    return path


def write(vault: Vault, recording: RecordingId, token: int) -> None:
    with vault.write(recording, Item.MASKED_AUDIO, token=token) as out:
        out.write(f"by {token}".encode())


def read(vault: Vault, recording: RecordingId) -> bytes:
    with vault.open(recording, Item.MASKED_AUDIO) as source:
        return source.read()


def test_a_store_of_the_second_format_opens_what_is_there_and_raises_floors_from_then_on(
    without_floors: Path, recording: RecordingId, objects: FolderObjects
) -> None:
    for _ in range(2):
        keyring = Keyring.open(without_floors, roots=in_memory())
        vault = Vault(objects, keyring)
        assert read(vault, recording) == b"by 5"
        assert keyring.floors(recording) == Floors(b"")
        keyring.close()
    keyring = Keyring.open(without_floors, roots=in_memory())
    vault = Vault(objects, keyring)
    vault.settle(recording, Item.MASKED_AUDIO)
    assert keyring.floors(recording)[Item.MASKED_AUDIO] == Generation(5, 0)
    write(vault, recording, 6)
    assert keyring.floors(recording)[Item.MASKED_AUDIO] == Generation(6, 0)
    assert read(vault, recording) == b"by 6"
    keyring.close()


def test_a_second_format_under_another_root_key_is_left_as_it_is(without_floors: Path) -> None:
    content = without_floors.read_bytes()
    with pytest.raises(KeysUnusable):
        Keyring.open(without_floors, roots=in_memory(bytes(32)))
    assert without_floors.read_bytes() == content


def test_a_backup_of_the_second_format_is_upgraded_when_it_is_put_back(
    without_floors: Path, recording: RecordingId, objects: FolderObjects, tmp_path: Path
) -> None:
    backup = tmp_path / "backup" / "keys.db"
    backup.parent.mkdir()
    backup.write_bytes(without_floors.read_bytes())
    later = Keyring.open(without_floors, roots=in_memory())
    write(Vault(objects, later), recording, 6)
    later.close()
    keyring = Keyring.open(backup, roots=in_memory())
    assert read(Vault(objects, keyring), recording) == b"by 6"
    keyring.close()
