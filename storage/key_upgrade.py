"""Key stores of older formats become one of the present format, a step at a time.

`vaiti-keys/1` is from before root keys had versions, `vaiti-keys/2` from before the floors of generations.
"""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import Connection, Engine, text

from storage.errors import KeysUnusable
from storage.key_tables import KeyBase
from storage.kms import RootKeys
from storage.sqlite_file import for_writing

FIRST_FORMAT: Final = b"vaiti-keys/1"
SECOND_FORMAT: Final = b"vaiti-keys/2"


def upgrade_first_format(engine: Engine, roots: RootKeys) -> None:
    """Write down under which root key each key is, in one transaction. Raises KeysUnusable before anything else."""
    with for_writing(engine).begin() as connection:
        rows = connection.execute(text("SELECT name, value FROM facts"))
        facts: dict[str, bytes] = {row.name: row.value for row in rows}
        if facts["format"] != FIRST_FORMAT:
            return  # another process was quicker
        root = facts["root-check"].hex()
        if not roots.has(root):
            raise KeysUnusable
        _add_root(connection, root)
        KeyBase.metadata.create_all(connection)
        fill: dict[str, dict[str, object]] = {
            "INSERT INTO root_versions (version) VALUES (:root)": {"root": root},
            "INSERT INTO signing_keys (name, root, wrapped) VALUES ('receipt-key', :root, :wrapped)": {
                "root": root,
                "wrapped": facts["receipt-key"],
            },
            "INSERT INTO facts (name, value) VALUES ('root', :root)": {"root": root.encode()},
            "INSERT INTO facts (name, value) VALUES ('store', :store)": {"store": uuid.uuid4().hex.encode()},
            "DELETE FROM facts WHERE name IN ('receipt-key', 'root-check')": {},
            "UPDATE facts SET value = :format WHERE name = 'format'": {"format": SECOND_FORMAT},
        }
        for statement, values in fill.items():
            connection.execute(text(statement), values)


def upgrade_second_format(engine: Engine) -> None:
    """Give every data key its floors, at the bottom: what is there opens, and the next sweeps raise them to it."""
    with for_writing(engine).begin() as connection:
        facts = "SELECT value FROM facts WHERE name = 'format'"
        if connection.execute(text(facts)).scalar_one() != SECOND_FORMAT:
            return  # another process was quicker
        connection.execute(text("ALTER TABLE data_keys ADD COLUMN floors BLOB NOT NULL DEFAULT x''"))
        connection.execute(text("UPDATE facts SET value = CAST('vaiti-keys/3' AS BLOB) WHERE name = 'format'"))


def _add_root(connection: Connection, root: str) -> None:
    for table in ("controller_keys", "date_keys"):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN root VARCHAR(64) NOT NULL DEFAULT ''"))
        connection.execute(text(f"UPDATE {table} SET root = :root"), {"root": root})  # noqa: S608 - our own names
        connection.execute(text(f"CREATE INDEX ix_{table}_root ON {table} (root)"))
