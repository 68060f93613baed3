"""Rows to values and back. Columns and fields have the same names, so neither side can drift unseen."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import fields
from datetime import datetime
from typing import Any, Final, TypeVar

from sqlalchemy import ColumnElement, Select, String, cast, select

from storage.errors import NotFound
from storage.records import Decision, Kind, Recording, SearchFilter, Stage, Tombstone
from storage.sql.collection_rows import TagRow
from storage.sql.tables import DecisionRow, RecordingReferenceRow, RecordingRow, ReferenceRow, TombstoneRow

_FIELDS: Final = tuple(field.name for field in fields(Recording))
_DECISION: Final = tuple(field.name for field in fields(Decision))
_CLOCK: Final = frozenset({"started_at", "call_started_at", "call_group", "received_at"})
_FIXED: Final = _CLOCK | {
    "id",
    "controller",
    "call_tag",
    "content_tag",
    "stage",
    "token",
    "held",
    "restricted",
    "objected",
}
# What no step may change: the identity, the clock of the call, what fencing stands on, and what others say.

_AnySelect = TypeVar("_AnySelect", bound=Select[Any])


def recording_of(row: RecordingRow | None) -> Recording:
    """Make the value of a row. Raises NotFound where there is none."""
    if row is None:
        raise NotFound
    values = {name: getattr(row, name) for name in _FIELDS}
    kinds = tuple(Kind(each) for each in row.kinds)
    return Recording(**values | {"roles": tuple(row.roles), "topics": tuple(row.topics), "kinds": kinds})


def row_of(recording: Recording) -> RecordingRow:
    """Make the row of a value."""
    return RecordingRow(**columns({name: getattr(recording, name) for name in _FIELDS}))


def columns(values: Mapping[str, Any]) -> dict[str, Any]:
    """Turn fields into what columns take: JSON knows lists and dicts only."""
    plain = dict(values)
    for name in ("roles", "topics", "kinds"):
        if name in plain:
            plain[name] = list(plain[name])
    if "findings" in plain:
        plain["findings"] = dict(plain["findings"])
    return plain


def changeable(changes: Mapping[str, Any] | None) -> dict[str, Any]:
    """Check what a move changes beside the stage. Raises ValueError for a column that no step may change."""
    wrong = (changes or {}).keys() - (set(_FIELDS) - _FIXED)
    if wrong:
        msg = f"not to be changed by a step: {', '.join(sorted(wrong))}"
        raise ValueError(msg)
    return columns(changes or {})


def moved(to: Stage, at: datetime) -> dict[str, Any]:
    """Return what every move writes: the new stage since now, and nobody's."""
    return {"stage": to, "stage_since": at, "worker": None, "lease_until": None}


def claimable(now: datetime, stages: Iterable[Stage]) -> Select[RecordingRow]:
    """Select what a worker may take, oldest first."""
    free = RecordingRow.lease_until.is_(None) | (RecordingRow.lease_until <= now)
    return (
        select(RecordingRow)
        .where(RecordingRow.stage.in_(frozenset(stages)), free, RecordingRow.delete_at > now)
        .where(RecordingRow.restricted.is_(False))
        .order_by(RecordingRow.received_at, RecordingRow.id)
    )


def tombstone_of(row: TombstoneRow) -> Tombstone:
    """Make the value of a row."""
    return Tombstone(**{field.name: getattr(row, field.name) for field in fields(Tombstone)})


def decision_of(row: DecisionRow) -> Decision:
    """Make the value of a row."""
    values = {name: getattr(row, name) for name in _DECISION}
    return Decision(**values | {"shape": tuple(row.shape), "why": tuple(row.why)})


def decision_row(decision: Decision) -> DecisionRow:
    """Make the row of a value."""
    values = {name: getattr(decision, name) for name in _DECISION}
    return DecisionRow(**values | {"shape": list(decision.shape), "why": list(decision.why)})


def narrow(statement: _AnySelect, only: SearchFilter | None) -> _AnySelect:
    """Add a filter's conditions to a select over recordings; `since` is included, `until` is not."""
    return statement.where(*_conditions(only)) if only else statement


def of_customer(customer: str) -> ColumnElement[bool]:
    """Say which recordings were pushed with a reference of this customer."""
    linked = (
        select(RecordingReferenceRow.recording)
        .join(
            ReferenceRow,
            (ReferenceRow.controller == RecordingReferenceRow.controller)
            & (ReferenceRow.type == RecordingReferenceRow.type)
            & (ReferenceRow.tag == RecordingReferenceRow.tag),
        )
        .where(ReferenceRow.customer == customer)
    )
    return RecordingRow.id.in_(linked)


def older_than(row: RecordingRow) -> ColumnElement[bool]:
    """Say what follows this row in a list that begins with the newest call."""
    same = (RecordingRow.started_at == row.started_at) & (RecordingRow.id < row.id)
    return (RecordingRow.started_at < row.started_at) | same


def is_of(kind: Kind) -> ColumnElement[bool]:
    """Say which recordings are of a kind, by their push or by what was sent later."""
    # their JSON is a list of words of ours
    return (RecordingRow.kind == kind) | cast(RecordingRow.kinds, String).contains(f'"{kind.value}"')


def is_due(now: datetime) -> ColumnElement[bool]:
    """Say what a purge has to end: whose time has come and that nothing holds, and what is half purged."""
    return ((RecordingRow.delete_at <= now) & RecordingRow.held.is_(False)) | (RecordingRow.stage == Stage.PURGING)


def _conditions(only: SearchFilter) -> list[ColumnElement[bool]]:
    row = RecordingRow
    limits: tuple[tuple[Any, Callable[[Any], ColumnElement[bool]]], ...] = (
        (only.queue, row.queue.__eq__),
        (only.agent, row.agent.__eq__),
        (only.direction, row.direction.__eq__),
        (only.language, row.language.__eq__),
        (only.clearance, row.clearance.__eq__),
        (only.since, row.started_at.__ge__),
        (only.until, row.started_at.__lt__),
        (only.shortest, row.seconds.__ge__),
        (only.longest, row.seconds.__le__),
        (only.kind, is_of),
        (only.customer, of_customer),
    )
    wanted = [meets(value) for value, meets in limits if value is not None]
    wanted += [row.findings[each].as_integer() > 0 for each in only.masked]
    return wanted + [row.id.in_(select(TagRow.recording).where(TagRow.tag == each)) for each in only.tags]
