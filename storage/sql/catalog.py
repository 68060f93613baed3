"""The catalog on SQL: the truth about which recordings exist and where they are in their life.

A worker's hold on a recording is its token (reliability.md 6.2): every claim and the beginning of a purge add one, and
a commit counts only while the row still has the token that the worker was given.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any, Final

from sqlalchemy import CursorResult, func, select, update
from sqlalchemy.exc import IntegrityError
from sqlalchemy.orm import Session

from storage.errors import Conflict, Held, IllegalMove, LostClaim, NotFound, Unavailable
from storage.lifecycle import check_move
from storage.ports import Ending, Sealing
from storage.receipt_chain import Head
from storage.records import (
    AuditEntry,
    CustomerId,
    Decision,
    Recording,
    RecordingId,
    Reference,
    Scope,
    SearchFilter,
    Stage,
    Tag,
    Tombstone,
)
from storage.sql import audit as chain
from storage.sql import ending, objected, profiles, rows, work
from storage.sql import receipts as sealed
from storage.sql import references as links
from storage.sql.session import Database
from storage.sql.tables import (
    DecisionRow,
    IdempotencyRow,
    ReceiptRow,
    RecordingRow,
    ReferenceRow,
    TombstoneRow,
)

_STOPPED: Final = frozenset({Stage.FAILED, Stage.QUARANTINED})
_PLANNABLE: Final = frozenset({Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED, Stage.PUBLISHED})
_MOST_OVERDUE: Final = (RecordingRow.stage == Stage.PURGING, RecordingRow.delete_at, RecordingRow.id)
# What is begun has lost its key; where its end has to wait, it keeps no other from losing theirs.


class SqlCatalog:
    """A Catalog in a SQL database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    # -- what comes in

    def add(
        self,
        recording: Recording,
        *,
        references: Sequence[Reference],
        audit: AuditEntry,
        idempotency: Tag | None = None,
    ) -> None:
        """Keep a new recording. Raises Conflict when its call is known or purged, or the idempotency key is used."""
        scope = Scope.of(recording.controller)
        try:
            with self._database.writing(scope) as session:
                session.add(rows.row_of(recording))
                session.flush()  # waits for a purge of the same call that is about to end
                if _tombstone(session, recording.controller, recording.call_tag):
                    raise Conflict
                if idempotency is not None:
                    kept = {"controller": recording.controller, "key": idempotency, "recording": recording.id}
                    session.add(IdempotencyRow(**kept))
                    session.flush()
                links.link(session, recording, references)
                objected.mark(session, recording.id)
                chain.record(session, audit)
        except IntegrityError:
            raise Conflict from None

    # -- what is asked

    def get(self, scope: Scope, recording: RecordingId) -> Recording:
        """Return a recording. Raises NotFound, for a purged one too."""
        with self._database.reading(scope) as session:
            return rows.recording_of(_row(session, recording))

    def find_call(self, scope: Scope, controller: str, call_tag: Tag) -> Recording | Tombstone | None:
        """Return the recording or tombstone of a call, if there is one."""
        call = (RecordingRow.controller == controller, RecordingRow.call_tag == call_tag)
        with self._database.reading(scope) as session:
            row = session.scalars(select(RecordingRow).where(*call)).first()
            return rows.recording_of(row) if row else _tombstone(session, controller, call_tag)

    def find_idempotent(self, scope: Scope, controller: str, key: Tag) -> Recording | None:
        """Return the recording that was pushed under this idempotency key, if there is one."""
        pushed = select(IdempotencyRow.recording).where(
            IdempotencyRow.controller == controller, IdempotencyRow.key == key
        )
        with self._database.reading(scope) as session:
            row = session.scalars(select(RecordingRow).where(RecordingRow.id.in_(pushed))).first()
            return rows.recording_of(row) if row else None

    def list(
        self,
        scope: Scope,
        *,
        only: SearchFilter | None = None,
        stages: Iterable[Stage] = (),
        limit: int = 50,
        before: RecordingId | None = None,
    ) -> Sequence[Recording]:
        """Newest call first; no stages means all. Raises NotFound when `before` is not there (any more)."""
        wanted = frozenset(stages)
        statement = select(RecordingRow).order_by(RecordingRow.started_at.desc(), RecordingRow.id.desc()).limit(limit)
        statement = rows.narrow(statement, only)
        if wanted:
            statement = statement.where(RecordingRow.stage.in_(wanted))
        with self._database.reading(scope) as session:
            if before is not None:
                last = _row(session, before)
                if last is None:
                    raise NotFound
                statement = statement.where(rows.older_than(last))
            return [rows.recording_of(row) for row in session.scalars(statement)]

    def count(self, scope: Scope) -> Mapping[Stage, int]:
        """How many recordings are in each stage; stages without any are left out."""
        statement = select(RecordingRow.stage, func.count()).group_by(RecordingRow.stage)
        with self._database.reading(scope) as session:
            return {stage: number for stage, number in session.execute(statement)}  # noqa: C416  # typed rows

    def find_customer(self, scope: Scope, controller: str, reference: Reference) -> CustomerId | None:
        """Return the customer that a reference names, if anyone."""
        with self._database.reading(scope) as session:
            row = session.get(ReferenceRow, (controller, reference.type, reference.tag))
            return CustomerId(row.customer) if row else None

    def recordings_of(self, scope: Scope, customer: CustomerId) -> Sequence[Recording]:
        """Return a customer's recordings, oldest first. Raises NotFound for a customer outside the scope."""
        statement = select(RecordingRow).where(rows.of_customer(customer))
        with self._database.reading(scope) as session:
            found = session.scalars(statement.order_by(RecordingRow.started_at, RecordingRow.id)).all()
            if not found:  # a customer is its references, and they go with the last recording
                raise NotFound
            return [rows.recording_of(row) for row in found]

    # -- work

    def claim(
        self, *, worker: str, now: datetime, lease: float, stages: Iterable[Stage], only: RecordingId | None = None
    ) -> Recording | None:
        """Take the oldest recording in one of these stages whose lease is free and whose time has not come.

        What is restricted is left alone. Adds one to its token and its attempts. Lease in seconds.
        """
        oldest = rows.claimable(now, stages).limit(1).with_for_update(skip_locked=True)
        if only is not None:
            oldest = oldest.where(RecordingRow.id == only)
        with self._database.writing(Scope.system()) as session:
            row = session.scalars(oldest).first()
            if row is None:
                return None
            row.token += 1
            row.attempts += 1
            row.worker = worker
            row.lease_until = now + timedelta(seconds=lease)
            row.began_at = now
            session.flush()
            return rows.recording_of(row)

    def claimable(self, *, now: datetime, stages: Iterable[Stage], limit: int) -> Sequence[Recording]:
        """Return what `claim` would take, oldest first."""
        with self._database.reading(Scope.system()) as session:
            return [rows.recording_of(row) for row in session.scalars(rows.claimable(now, stages).limit(limit))]

    def renew(self, recording: Recording, *, now: datetime, lease: float) -> None:
        """Keep a claim. Raises LostClaim."""
        with self._database.writing(Scope.system()) as session:
            _change(session, recording, {"lease_until": now + timedelta(seconds=lease)})

    def release(self, recording: Recording, *, until: datetime | None = None) -> None:
        """Give a claim back without a move, so that it can be tried again at once or from `until`. Raises LostClaim.

        The attempt is not counted: attempts are those that nobody came back from.
        """
        with self._database.writing(Scope.system()) as session:
            changes = {"lease_until": until, "worker": None, "attempts": recording.attempts - 1}
            _change(session, recording, changes)

    def move(
        self, recording: Recording, *, to: Stage, audit: AuditEntry, changes: Mapping[str, Any] | None = None
    ) -> Recording:
        """Change the stage (and these columns) if the row still has this token and stage, and free the lease.

        Attempts begin again at 0, but for `failed` and `quarantined`, unless `changes` says otherwise. Raises
        LostClaim, IllegalMove, ValueError for a column that no step may change.
        """
        _check_step(recording.stage, to)
        values = {} if to in _STOPPED else {"attempts": 0}
        values |= rows.changeable(changes) | rows.moved(to, audit.at)
        with self._database.writing(Scope.system()) as session:
            _change(session, recording, values)
            chain.record(session, audit)
            row = _row(session, recording.id)
            moved = rows.recording_of(row)
            if row is not None:
                work.count(session, row, before=recording.stage, at=audit.at)
            return moved

    def note(self, recording: Recording, *, changes: Mapping[str, Any], audit: AuditEntry) -> Recording:
        """Change these columns without a move if the row still has this token and stage. Raises as `move` does."""
        with self._database.writing(Scope.system()) as session:
            _change(session, recording, rows.changeable(changes))
            chain.record(session, audit)
            return rows.recording_of(_row(session, recording.id))

    # -- what people decide

    def decide(
        self, recording: Recording, decisions: Sequence[Decision], *, to: Stage, audit: Sequence[AuditEntry]
    ) -> Recording:
        """Keep what a person decided and move the recording, in one transaction. Raises as `move` does."""
        _check_step(recording.stage, to)
        values = rows.moved(to, audit[0].at) | {"attempts": 0, "slug": None}
        with self._database.writing(Scope.system()) as session:
            _change(session, recording, values)
            session.add_all(rows.decision_row(each) for each in decisions)
            for entry in audit:
                chain.record(session, entry)
            return rows.recording_of(_row(session, recording.id))

    def decisions(self, scope: Scope, recording: RecordingId) -> Sequence[Decision]:
        """Return what was decided about a recording, oldest first."""
        statement = select(DecisionRow).where(DecisionRow.recording == recording).order_by(DecisionRow.number)
        with self._database.reading(scope) as session:
            return [rows.decision_of(row) for row in session.scalars(statement)]

    # -- how strictly a person's calls are masked

    def set_profile(self, controller: str, reference: Reference, profile: str | None, *, audit: AuditEntry) -> None:
        """Keep how strictly whom the reference names is masked; None forgets it. It outlasts the recordings."""
        with self._database.writing(Scope.of(controller)) as session:
            known = profiles.put(session, controller, reference, profile)
            chain.record(session, replace(audit, detail={**audit.detail, "person": known}) if known else audit)

    def profiles_of(self, scope: Scope, recording: RecordingId) -> Sequence[str]:
        """Return the profiles that any reference of the recording's customer has."""
        with self._database.reading(scope) as session:
            return profiles.of_recording(session, recording)

    def plan_again(self, recording: RecordingId, *, audit: AuditEntry) -> Recording | None:
        """Move what is planned or further to transcribed; whoever works on it loses. None in any other stage."""
        with self._database.writing(Scope.system()) as session:
            row = _locked(session, recording)
            if row is None or row.stage not in _PLANNABLE:
                return None
            if row.stage != Stage.TRANSCRIBED:
                check_move(row.stage, Stage.TRANSCRIBED)
            row.stage, row.stage_since = Stage.TRANSCRIBED, audit.at
            row.slug = row.worker = row.lease_until = None
            row.attempts = 0
            row.token += 1
            session.flush()
            chain.record(session, audit)
            return rows.recording_of(row)

    # -- the end

    def due(self, *, now: datetime, limit: int) -> Sequence[Recording]:
        """Return recordings whose time has come and that nothing holds, oldest `delete_at` first; half purged last."""
        statement = select(RecordingRow).where(rows.is_due(now)).order_by(*_MOST_OVERDUE).limit(limit)
        with self._database.reading(Scope.system()) as session:
            return [rows.recording_of(row) for row in session.scalars(statement)]

    def due_ids(self, *, now: datetime) -> Sequence[RecordingId]:
        """Return all that `due` would, ids only."""
        statement = select(RecordingRow.id).where(rows.is_due(now)).order_by(*_MOST_OVERDUE)
        with self._database.reading(Scope.system()) as session:
            return [RecordingId(each) for each in session.scalars(statement)]

    def begin_purges(
        self, recordings: Collection[RecordingId], *, reason: str, entry: Callable[[Recording], AuditEntry]
    ) -> Sequence[Recording]:
        """Move these to purging from any stage, in one transaction: no reader or worker has them any more.

        Returns those that are purging now; what is held or gone is left out. `reason` is a slug and becomes the
        recording's, `entry` makes what the audit log says of it. Done twice, the second changes nothing.
        """
        with self._database.writing(Scope.system()) as session:
            return ending.begin(session, recordings, reason=reason, entry=entry)

    def purging(self, recordings: Collection[RecordingId]) -> Sequence[Recording]:
        """Return those of these recordings whose purge has begun and not ended."""
        statement = select(RecordingRow).where(RecordingRow.id.in_(recordings), RecordingRow.stage == Stage.PURGING)
        with self._database.reading(Scope.system()) as session:
            return [rows.recording_of(row) for row in session.scalars(statement)]

    def begin_purge(self, recording: RecordingId, *, reason: str, audit: AuditEntry) -> Recording:
        """Do as `begin_purges` with one. Raises NotFound, Held."""
        with self._database.writing(Scope.system()) as session:
            begun = ending.begin(session, [recording], reason=reason, entry=lambda _: audit)
            if begun:
                return begun[0]
            if _row(session, recording) is None:
                raise NotFound
        raise Held

    def forget(self, endings: Sequence[Ending]) -> Sequence[Mapping[str, Any]]:
        """Remove every row of these recordings; keep tombstones and receipts, which it returns. One transaction.

        Idempotent. Raises IllegalMove when a purge has not begun, NotFound when there never was such a recording.
        """
        with self._database.writing(Scope.system()) as session:
            kept = ending.forget(session, endings)
        with suppress(Unavailable):  # committed already; what the log still holds goes with the next scrub
            self._database.cut_log()
        return kept

    def knows(self, recording: RecordingId) -> int:
        """How many rows hold this id, tombstones, receipts and audit entries aside: the negative probe of a purge."""
        return self.count_rows([recording]).get(recording, 0)

    def count_rows(self, recordings: Collection[RecordingId]) -> Mapping[RecordingId, int]:
        """Ask as `knows` does about several; what has no row is left out."""
        with self._database.reading(Scope.system()) as session:
            return ending.count_rows(session, recordings)

    def receipts(
        self, scope: Scope, *, recording: RecordingId | None = None, limit: int = 100
    ) -> Sequence[Mapping[str, Any]]:
        """Signed receipts, newest first."""
        statement = select(ReceiptRow).order_by(ReceiptRow.number.desc()).limit(limit)
        if recording is not None:
            statement = statement.where(ReceiptRow.recording == recording)
        with self._database.reading(scope) as session:
            return [row.body for row in session.scalars(statement)]

    def add_receipt(self, controller: str, receipt: Sealing, *, audit: AuditEntry) -> Mapping[str, Any]:
        """Keep and return a receipt that belongs to no stored recording (a push that came too late)."""
        with self._database.writing(Scope.of(controller)) as session:
            kept = sealed.keep(session, controller, None, receipt)
            chain.record(session, audit)
        return kept

    def receipt_heads(self, scope: Scope) -> Mapping[str, Head]:
        """Return the last receipt of each controller that has one."""
        with self._database.reading(scope) as session:
            return sealed.heads(session)


def _check_step(before: Stage, after: Stage) -> None:
    """Raise IllegalMove where a step may not move there: the end has its own two doors, which ask for holds."""
    if after in {Stage.PURGING, Stage.PURGED}:
        raise IllegalMove
    check_move(before, after)


def _row(session: Session, recording: RecordingId) -> RecordingRow | None:
    return session.scalars(select(RecordingRow).where(RecordingRow.id == recording)).first()


def _locked(session: Session, recording: RecordingId) -> RecordingRow | None:
    """Read a row that nobody else changes until this transaction ends."""
    return session.scalars(select(RecordingRow).where(RecordingRow.id == recording).with_for_update()).first()


def _tombstone(session: Session, controller: str, call_tag: Tag) -> Tombstone | None:
    call = (TombstoneRow.controller == controller, TombstoneRow.call_tag == call_tag)
    row = session.scalars(select(TombstoneRow).where(*call)).first()
    return rows.tombstone_of(row) if row else None


def _change(session: Session, recording: Recording, values: Mapping[str, Any]) -> None:
    """Write to the row only while it has this token and stage. Raises LostClaim."""
    mine = (
        RecordingRow.id == recording.id,
        RecordingRow.token == recording.token,
        RecordingRow.stage == recording.stage,
    )
    done = session.execute(update(RecordingRow).where(*mine).values(**values))
    if not isinstance(done, CursorResult) or done.rowcount != 1:
        raise LostClaim
