"""A key store of the first format (`vaiti-keys/1`), from before root keys had versions, becomes one of the second."""

from __future__ import annotations

import uuid
from typing import Final

from sqlalchemy import Connection, Engine, text

from storage.errors import KeysUnusable
from storage.key_tables import KeyBase
from storage.ports import RootKeys
from storage.sqlite_file import for_writing

FIRST_FORMAT: Final = b"vaiti-keys/1"


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
            "UPDATE facts SET value = :format WHERE name = 'format'": {"format": b"vaiti-keys/2"},
        }
        for statement, values in fill.items():
            connection.execute(text(statement), values)


def _add_root(connection: Connection, root: str) -> None:
    for table in ("controller_keys", "date_keys"):
        connection.execute(text(f"ALTER TABLE {table} ADD COLUMN root VARCHAR(64) NOT NULL DEFAULT ''"))
        connection.execute(text(f"UPDATE {table} SET root = :root"), {"root": root})  # noqa: S608 - our own names
        connection.execute(text(f"CREATE INDEX ix_{table}_root ON {table} (root)"))
