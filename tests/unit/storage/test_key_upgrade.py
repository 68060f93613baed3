"""A key store from before root keys had versions opens as before, once its root key is shown to be the right one."""

import sqlite3
from datetime import date
from pathlib import Path

import pytest

from storage.errors import KeysUnusable
from storage.keyring import Keyring
from storage.records import RecordingId
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
