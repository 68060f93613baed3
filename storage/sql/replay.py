"""Writes into a restored database what the journal says. Each can be done again with the same result."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import delete, func, select

from storage.records import AuditEntry, Recording, Scope, Tombstone
from storage.sql import audit as chain
from storage.sql import references as links
from storage.sql import rows
from storage.sql.session import Database
from storage.sql.tables import AuditRow, ReceiptRow, RecordingRow, TombstoneRow


class SqlReplay:
    """For a database that serves nobody."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def go_on(self, entries: Iterable[Mapping[str, Any]]) -> int:
        """Write the entries of the audit log that it has lost; returns how many. Raises Tampered.

        So the log is again the one that was anchored outside, and nobody's act is forgotten.
        """
        written = 0
        with self._database.writing(Scope.system()) as session:
            session.wait_turn("audit")
            known = session.scalar(select(func.max(AuditRow.number))) or 0
            for entry in entries:
                if entry["number"] > known:
                    chain.put_back(session, entry)
                    written += 1
        return written

    def bury(self, tombstone: Tombstone) -> bool:
        """Remove every row of a recording that was purged after the backup, held there or not; tells if there was one.

        What is left is the tombstone that its purge had left.
        """
        with self._database.writing(Scope.system()) as session:
            row = session.scalars(select(RecordingRow).where(RecordingRow.id == tombstone.id)).first()
            if row is not None:
                links.unlink(session, [rows.recording_of(row)])
                session.execute(delete(RecordingRow).where(RecordingRow.id == tombstone.id))
            if session.get(TombstoneRow, tombstone.id) is None:
                session.add(TombstoneRow(**{name: getattr(tombstone, name) for name in tombstone.__slots__}))
            return row is not None

    def keep_receipts(self, receipts: Sequence[Mapping[str, Any]]) -> None:
        """Keep receipts that were given out after the backup, each register's in their order, each once."""
        with self._database.writing(Scope.system()) as session:
            session.wait_turn("receipts")
            known = {row.body["id"] for row in session.scalars(select(ReceiptRow))}
            new = {each["id"]: each for each in receipts if each["id"] not in known}
            for each in sorted(new.values(), key=lambda receipt: receipt.get("number", 0)):
                recording = each.get("recording")
                session.add(ReceiptRow(controller=each["controller"], recording=recording, body=dict(each)))
                session.flush()

    def set_back(self, recording: Recording, changes: Mapping[str, Any], *, audit: AuditEntry) -> None:
        """Let a row follow objects that were written after the backup: stage, token, measures."""
        with self._database.writing(Scope.system()) as session:
            row = session.scalars(select(RecordingRow).where(RecordingRow.id == recording.id)).one()
            for name, value in rows.columns(changes).items():
                setattr(row, name, value)
            row.worker = row.lease_until = None
            chain.record(session, audit)
