"""The catalog's tables. Everything here is opaque, hashed or masked: no row holds what was said or who called.

Every table that holds rows of a recording carries the controller, so that one rule can keep registers apart
(`storage.sql.session`).
"""

from __future__ import annotations

from datetime import UTC, date, datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import (
    JSON,
    BigInteger,
    DateTime,
    Dialect,
    Enum,
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    Integer,
    MetaData,
    String,
    TypeDecorator,
    UniqueConstraint,
    false,
)
from sqlalchemy.orm import DeclarativeBase, Mapped, mapped_column

from storage.holds import HoldKind
from storage.records import Clearance, DecisionAction, Kind, Stage

_NAMES = {
    "ix": "ix_%(column_0_label)s",
    "uq": "uq_%(table_name)s_%(column_0_name)s",
    "fk": "fk_%(table_name)s_%(column_0_name)s",
    "pk": "pk_%(table_name)s",
}

INDEX_TABLE = "transcript_words"
# The full-text index; each kind of database has tables of its own for it, made in the migration and not mapped here.
LARGE = BigInteger().with_variant(Integer(), "sqlite")
# SQLite takes INTEGER alone for the number by which it keeps rows.


class UtcTime(TypeDecorator[datetime]):
    """An aware datetime, kept in UTC; SQLite keeps it as text that sorts by time."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Refuse a naive time: nobody knows which moment it means."""
        if value is None:
            return None
        if value.tzinfo is None:
            msg = "a time without its zone"
            raise ValueError(msg)
        value = value.astimezone(UTC)
        return value.replace(tzinfo=None) if dialect.name == "sqlite" else value

    def process_result_value(self, value: datetime | None, dialect: Dialect) -> datetime | None:
        """Give it back aware."""
        if value is None or dialect.name != "sqlite":
            return value
        return value.replace(tzinfo=UTC)


def _words(of: type[StrEnum]) -> Enum:
    """Keep an enumeration as its words, so that a new member is no migration."""
    return Enum(
        of, native_enum=False, create_constraint=False, length=24, values_callable=lambda e: [m.value for m in e]
    )


class Base(DeclarativeBase):
    """All tables of the catalog."""

    metadata = MetaData(naming_convention=_NAMES)
    type_annotation_map = {  # noqa: RUF012  # SQLAlchemy's own attribute
        datetime: UtcTime(),
        Kind: _words(Kind),
        Stage: _words(Stage),
        Clearance: _words(Clearance),
        DecisionAction: _words(DecisionAction),
        HoldKind: _words(HoldKind),
        dict[str, Any]: JSON(),
        list[str]: JSON(),
    }


class ScopedRow(Base):
    """A row that belongs to one controller's register; sessions show it only within their scope."""

    __abstract__ = True


class RecordingRow(ScopedRow):
    """One recording; the columns of `storage.records.Recording`, and who works on it until when."""

    __tablename__ = "recordings"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    kind: Mapped[Kind]
    call_tag: Mapped[str] = mapped_column(String(64))
    content_tag: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    zone_offset: Mapped[int]
    received_at: Mapped[datetime]
    delete_at: Mapped[datetime] = mapped_column(index=True)
    language: Mapped[str] = mapped_column(String(16))
    roles: Mapped[list[str]]
    direction: Mapped[str | None] = mapped_column(String(64))
    queue: Mapped[str | None] = mapped_column(String(128))
    agent: Mapped[str | None] = mapped_column(String(128))
    source: Mapped[str | None] = mapped_column(String(128))
    seconds: Mapped[float | None]
    stage: Mapped[Stage]
    slug: Mapped[str | None] = mapped_column(String(64))
    attempts: Mapped[int]
    token: Mapped[int]
    model: Mapped[str | None] = mapped_column(String(128))
    findings: Mapped[dict[str, Any]]
    seconds_masked: Mapped[float | None]
    verdict: Mapped[str | None] = mapped_column(String(24))
    topics: Mapped[list[str]] = mapped_column(server_default="[]")
    clearance: Mapped[Clearance | None]
    rules: Mapped[str | None] = mapped_column(String(64))
    held: Mapped[bool] = mapped_column(server_default=false())
    restricted: Mapped[bool] = mapped_column(server_default=false())
    call_started_at: Mapped[datetime | None]
    call_group: Mapped[str | None] = mapped_column(String(64))
    kinds: Mapped[list[str]] = mapped_column(server_default="[]")
    satisfaction: Mapped[int | None]
    told: Mapped[bool | None]
    told_at: Mapped[float | None]
    objected: Mapped[bool] = mapped_column(server_default=false())
    worker: Mapped[str | None] = mapped_column(String(128))
    lease_until: Mapped[datetime | None]
    began_at: Mapped[datetime | None]  # when the last claim was made
    stage_since: Mapped[datetime | None]  # None: since it was received
    __table_args__ = (
        UniqueConstraint("controller", "call_tag"),
        Index("ix_recordings_work", "stage", "lease_until"),
        Index("ix_recordings_newest", "controller", "started_at"),
        Index("ix_recordings_stage", "controller", "stage"),
        Index("ix_recordings_call_group", "controller", "call_group"),
    )


class ReferenceRow(ScopedRow):
    """A keyed hash that names a customer. It goes with the last recording that was pushed with it."""

    __tablename__ = "customer_references"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    customer: Mapped[str] = mapped_column(String(32), index=True)


class ReferenceProfileRow(ScopedRow):
    """How strictly the calls of whom a reference names are masked; it stays when the last of them is gone."""

    __tablename__ = "reference_profiles"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    type: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    profile: Mapped[str] = mapped_column(String(24))
    id: Mapped[str] = mapped_column(String(32), unique=True)
    # What the audit log calls it by: the tag would name the person there for ever.


class RecordingReferenceRow(ScopedRow):
    """Which references a recording was pushed with, and as what the person is in it (`storage.persons`)."""

    __tablename__ = "recording_references"
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    type: Mapped[str] = mapped_column(String(32), primary_key=True)
    tag: Mapped[str] = mapped_column(String(64), primary_key=True)
    role: Mapped[str] = mapped_column(String(24), server_default="customer")
    evidence: Mapped[str] = mapped_column(String(32), server_default="pushed")
    __table_args__ = (
        ForeignKeyConstraint(
            ["controller", "type", "tag"],
            ["customer_references.controller", "customer_references.type", "customer_references.tag"],
        ),
        Index("ix_recording_references_reference", "controller", "type", "tag"),
    )


class IdempotencyRow(ScopedRow):
    """The keyed hash of an Idempotency-Key; it goes with its recording."""

    __tablename__ = "idempotency"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    key: Mapped[str] = mapped_column(String(64), primary_key=True)
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), index=True)


class TranscriptRow(ScopedRow):
    """The masked words of a recording as they are searched; a newer call has a greater number (`.numbers`)."""

    __tablename__ = "transcripts"
    number: Mapped[int] = mapped_column(LARGE, primary_key=True, autoincrement=False)
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), unique=True)
    controller: Mapped[str] = mapped_column(String(64))
    turns: Mapped[int]
    edition: Mapped[str] = mapped_column(String(16), index=True)  # of what is indexed of it; empty: nothing yet


class TranscriptTurnsRow(ScopedRow):
    """The masked turns of a transcript: a JSON list of [channel, start, end, text]."""

    __tablename__ = "transcript_turns"
    number: Mapped[int] = mapped_column(ForeignKey("transcripts.number", ondelete="CASCADE"), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    turns: Mapped[str]


class DecisionRow(ScopedRow):
    """What a person decided about a place of a recording; it goes with it. The audit log keeps its shape."""

    __tablename__ = "decisions"
    number: Mapped[int] = mapped_column(primary_key=True)
    recording: Mapped[str] = mapped_column(ForeignKey("recordings.id", ondelete="CASCADE"), index=True)
    controller: Mapped[str] = mapped_column(String(64))
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(128))
    action: Mapped[DecisionAction]
    type: Mapped[str] = mapped_column(String(64))
    channel: Mapped[int | None]
    first: Mapped[int | None]
    last: Mapped[int | None]
    start: Mapped[float | None]
    end: Mapped[float | None]
    shape: Mapped[list[str]]
    why: Mapped[list[str]]


class HoldRow(ScopedRow):
    """A hold; the columns of `storage.holds.Hold`. It stays when it has ended."""

    __tablename__ = "holds"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    kind: Mapped[HoldKind]
    ground: Mapped[str] = mapped_column(String(64))
    case: Mapped[str] = mapped_column(String(128))
    placed_at: Mapped[datetime]
    placed_by: Mapped[str] = mapped_column(String(128))
    review_on: Mapped[date]
    until: Mapped[datetime | None]
    release_asked_by: Mapped[str | None] = mapped_column(String(128))
    notified_on: Mapped[date | None]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None] = mapped_column(String(128))


class HoldRecordingRow(ScopedRow):
    """What a hold keeps; it goes when the hold ends, so that nothing of a purged recording is left here."""

    __tablename__ = "hold_recordings"
    hold: Mapped[str] = mapped_column(ForeignKey("holds.id", ondelete="CASCADE"), primary_key=True)
    recording: Mapped[str] = mapped_column(
        ForeignKey("recordings.id", ondelete="CASCADE"), primary_key=True, index=True
    )
    controller: Mapped[str] = mapped_column(String(64))


class PeriodRow(ScopedRow):
    """The period in force for one kind; the columns of `storage.periods.Term`. It outlives its line in the file."""

    __tablename__ = "periods"
    controller: Mapped[str] = mapped_column(String(64), primary_key=True)
    kind: Mapped[Kind] = mapped_column(primary_key=True)
    period: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str] = mapped_column(String(64))
    end_of_day: Mapped[bool]


class PeriodChangeRow(ScopedRow):
    """A shorter period on its way; the columns of `storage.periods.PeriodChange`. It stays when it is done."""

    __tablename__ = "period_changes"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    kind: Mapped[Kind]
    period: Mapped[str] = mapped_column(String(32))
    zone: Mapped[str] = mapped_column(String(64))
    end_of_day: Mapped[bool]
    proposed_at: Mapped[datetime]
    proposed_by: Mapped[str] = mapped_column(String(128))
    earlier: Mapped[int]
    due: Mapped[int]
    approved_at: Mapped[datetime | None]
    approved_by: Mapped[str | None] = mapped_column(String(128))
    takes_effect_at: Mapped[datetime | None]
    in_force_at: Mapped[datetime | None]
    moved: Mapped[int]
    applied_at: Mapped[datetime | None]
    checked_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]
    withdrawn_by: Mapped[str | None] = mapped_column(String(128))


class TombstoneRow(ScopedRow):
    """What is left of a purged recording; it outlives everything else here."""

    __tablename__ = "tombstones"
    id: Mapped[str] = mapped_column(String(32), primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    call_tag: Mapped[str] = mapped_column(String(64))
    purged_at: Mapped[datetime]
    __table_args__ = (UniqueConstraint("controller", "call_tag"),)


class ReceiptRow(ScopedRow):
    """A signed receipt, as it was given out."""

    __tablename__ = "receipts"
    number: Mapped[int] = mapped_column(primary_key=True)
    controller: Mapped[str] = mapped_column(String(64))
    recording: Mapped[str | None] = mapped_column(String(32), index=True)
    body: Mapped[dict[str, Any]]


class AuditRow(ScopedRow):
    """One act, chained to the one before it (`storage.sql.audit`)."""

    __tablename__ = "audit"
    number: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    at: Mapped[datetime]
    actor: Mapped[str] = mapped_column(String(128))
    action: Mapped[str] = mapped_column(String(64))
    controller: Mapped[str | None] = mapped_column(String(64))
    recording: Mapped[str | None] = mapped_column(String(32), index=True)
    case: Mapped[str | None] = mapped_column(String(128))
    purpose: Mapped[str | None] = mapped_column(String(128))
    detail: Mapped[dict[str, Any]]
    salt: Mapped[str | None] = mapped_column(String(32))
    content: Mapped[str | None] = mapped_column(
        String(64)
    )  # of an entry that was forgotten: the digest of what it said
    previous: Mapped[str] = mapped_column(String(64))
    hash: Mapped[str] = mapped_column(String(64))


class PurgeGuardRow(Base):
    """The one row of `storage.records.GuardState`. It is about all registers together, so it has no controller."""

    __tablename__ = "purge_guard"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    seen_at: Mapped[datetime | None]
    boot: Mapped[str | None] = mapped_column(String(64))
    uptime: Mapped[float | None]
    halted_at: Mapped[datetime | None]
    reason: Mapped[str | None] = mapped_column(String(64))
    due: Mapped[int]
    kept: Mapped[int]
    allowed_until: Mapped[datetime | None]


class SweepRow(Base):
    """The one row of `storage.sweeps.SweepState`: about all registers together, as `PurgeGuardRow` is."""

    __tablename__ = "sweep"
    id: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    swept_at: Mapped[datetime | None]
    left: Mapped[dict[str, Any]]
    repaired: Mapped[dict[str, Any]]


class NoticedRow(Base):
    """What a sweep has seen and leaves alone for a day, by a name of our own making with an opaque id in it."""

    __tablename__ = "noticed"
    name: Mapped[str] = mapped_column(String(256), primary_key=True)
    seen_at: Mapped[datetime]


class StepTimeRow(Base):
    """How many steps that began in a stage took so long (`storage.work.BUCKETS`): counts over all registers."""

    __tablename__ = "step_times"
    stage: Mapped[Stage] = mapped_column(primary_key=True)
    bucket: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    count: Mapped[int]
    seconds: Mapped[float]
    sound: Mapped[float]


class StoppedRow(Base):
    """How often calls went to quarantine or failed, by slug: counts over all registers."""

    __tablename__ = "stopped"
    stage: Mapped[Stage] = mapped_column(primary_key=True)
    slug: Mapped[str] = mapped_column(String(64), primary_key=True)
    count: Mapped[int]
