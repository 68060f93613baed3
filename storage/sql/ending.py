"""How recordings end in the catalog: many in one transaction, since a day's worth of them ends together."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping, Sequence
from typing import Any, Final

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from storage.errors import IllegalMove, NotFound
from storage.lifecycle import check_move
from storage.ports import Ending
from storage.records import AuditEntry, Recording, RecordingId, Stage
from storage.sql import audit, receipts, references, rows
from storage.sql.collection_rows import CollectedRow, ContestedMaskRow, TagRow
from storage.sql.people_rows import GivenCallRow
from storage.sql.session import ScopedSession
from storage.sql.tables import (
    DecisionRow,
    HoldRecordingRow,
    IdempotencyRow,
    ReceiptRow,
    RecordingReferenceRow,
    RecordingRow,
    TombstoneRow,
    TranscriptRow,
)

_IDS: Final = (
    RecordingRow.id,
    RecordingReferenceRow.recording,
    IdempotencyRow.recording,
    TranscriptRow.recording,
    DecisionRow.recording,
    HoldRecordingRow.recording,
    GivenCallRow.recording,
    TagRow.recording,
    CollectedRow.recording,
    ContestedMaskRow.recording,
)
# Where a recording's id stands while it is kept.


def begin(
    session: ScopedSession,
    recordings: Collection[RecordingId],
    *,
    reason: str,
    entry: Callable[[Recording], AuditEntry],
) -> Sequence[Recording]:
    """Move to purging what is there and not held; return it with what was purging before, in order of id."""
    found = [row for row in _locked(session, recordings) if row.stage == Stage.PURGING or not row.held]
    begun = [row for row in found if row.stage != Stage.PURGING]
    for row in begun:
        check_move(row.stage, Stage.PURGING)
        row.stage = Stage.PURGING
        row.slug = reason
        row.token += 1  # whoever works on it loses
        row.worker = row.lease_until = None
    session.flush()
    audit.record_all(session, [entry(rows.recording_of(row)) for row in begun])
    return [rows.recording_of(row) for row in found]


def forget(session: ScopedSession, endings: Sequence[Ending]) -> Sequence[Mapping[str, Any]]:
    """Remove every row of these recordings and return their receipts, those of recordings that are gone as well."""
    ids = [each.recording.id for each in endings]
    here = {row.id: row for row in _locked(session, ids)}
    if any(row.stage != Stage.PURGING for row in here.values()):
        raise IllegalMove
    gone = _old_receipts(session, [each for each in ids if each not in here])
    now = [each for each in endings if each.recording.id in here]
    references.unlink(session, [each.recording for each in now])
    # index and idempotency rows go by their foreign keys, through the index's own triggers
    session.execute(delete(RecordingRow).where(RecordingRow.id.in_(here)))
    session.add_all(TombstoneRow(**{n: getattr(each.tombstone, n) for n in each.tombstone.__slots__}) for each in now)
    kept = receipts.keep_all(session, [(each.recording.controller, each.recording.id, each.receipt) for each in now])
    audit.record_all(session, [each.audit for each in now])
    signed = gone | dict(zip((each.recording.id for each in now), kept, strict=True))
    return [signed[each] for each in ids]


def count_rows(session: Session, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
    """How many rows hold each of these ids, tombstones, receipts and audit entries aside."""
    found: Counter[RecordingId] = Counter()
    for each in _IDS:
        counted = select(each, func.count()).where(each.in_(recordings)).group_by(each)
        found.update({RecordingId(recording): number for recording, number in session.execute(counted)})
    return found


def _locked(session: Session, recordings: Collection[RecordingId]) -> Sequence[RecordingRow]:
    """Read rows that nobody else changes until this transaction ends; in one order, so that two purges never cross."""
    mine = select(RecordingRow).where(RecordingRow.id.in_(recordings)).order_by(RecordingRow.id)
    return session.scalars(mine.with_for_update()).all()


def _old_receipts(session: Session, gone: Sequence[RecordingId]) -> dict[RecordingId, Mapping[str, Any]]:
    """Return the receipts of what was purged before. Raises NotFound where there never was such a recording."""
    if not gone:
        return {}
    known = session.scalars(select(ReceiptRow).where(ReceiptRow.recording.in_(gone))).all()
    found = {RecordingId(str(row.recording)): row.body for row in known}
    if found.keys() != set(gone):
        raise NotFound
    return dict(found)
