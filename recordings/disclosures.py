"""To whom originals were given, why, and what the receiver has to be told since (GDPR Art. 19). Pure.

The audit log is the register: an entry for each call that was given, one for each time that the receiver was told, and
in between what happened to the calls. Who exactly received them stands in the company's own case.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final

from storage.records import AuditEntry, RecordingId

MADE: Final = "disclosure.made"
TOLD: Final = "disclosure.told"
PERIOD_ENDED: Final = "period-ended"
# Why a call ends by itself.


class Recipient(StrEnum):
    """What kind of receiver it is."""

    POLICE = "police"
    COURT = "court"
    AUTHORITY = "authority"
    COLLECTOR = "collector"
    COUNSEL = "counsel"
    INSURER = "insurer"
    MARKET_PARTY = "market-party"
    DATAHUB = "datahub"
    OTHER = "other"


class Untold(StrEnum):
    """Why the person is not told of it: a ground that has to be in law (Art. 23; Data Protection Act 1050/2018, 34)."""

    INVESTIGATION = "investigation"  # preventing or finding out about crime
    SECURITY = "security"  # of the state, or public order
    DANGER = "danger"  # to somebody's health, care or rights
    ORDER = "order"  # of an authority or a court


class Change(StrEnum):
    """What a receiver is told of."""

    ERASED = "erased"
    RESTRICTED = "restricted"
    RECTIFIED = "rectified"


class How(StrEnum):
    """What was done about telling the receiver."""

    TOLD = "told"
    IMPOSSIBLE = "impossible"
    DISPROPORTIONATE = "disproportionate"  # effort


@dataclass(frozen=True, slots=True)
class Changed:
    """What happened to a call after it was given."""

    recording: RecordingId
    change: Change
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Disclosure:
    """Calls that were given to one receiver at once. `waits`: what it has not been told of, oldest first."""

    id: str
    controller: str
    case: str
    purpose: str
    recipient: Recipient
    untold: Untold | None
    at: datetime
    by: str
    recordings: tuple[RecordingId, ...]
    told_at: datetime | None
    told_how: How | None
    waits: tuple[Changed, ...]


def read_change(entry: AuditEntry) -> Changed | None:
    """Return what an act changed for who was given the call; the end of its period changes nothing (Art. 17 does)."""
    if entry.recording is None:
        return None
    if entry.action == "recording.purged" and entry.detail.get("reason") != PERIOD_ENDED:
        return Changed(entry.recording, Change.ERASED, entry.at)
    if entry.action == "restriction.placed":
        return Changed(entry.recording, Change.RESTRICTED, entry.at)
    if entry.action == "recording.rectified":
        return Changed(entry.recording, Change.RECTIFIED, entry.at)
    return None


CHANGING: Final = frozenset({"recording.purged", "restriction.placed", "recording.rectified"})
# The acts that `read_change` reads.


def group(entries: Iterable[AuditEntry], since: Iterable[AuditEntry]) -> Sequence[Disclosure]:
    """Return disclosures, oldest first, from the entries about them and those about their calls, each oldest first."""
    made, told = dict[str, list[AuditEntry]](), dict[str, AuditEntry]()
    for entry in entries:
        named = str(entry.detail["disclosure"])
        if entry.action == MADE:
            made.setdefault(named, []).append(entry)
        else:
            told[named] = entry  # the last one counts
    changes = [changed for each in since if (changed := read_change(each)) is not None]
    return [_disclosure(named, its, told.get(named), changes) for named, its in made.items()]


def _disclosure(
    named: str, made: Sequence[AuditEntry], told: AuditEntry | None, changes: Sequence[Changed]
) -> Disclosure:
    first = made[0]
    recordings = tuple(each.recording for each in made if each.recording is not None)
    known = told.at if told is not None else first.at
    untold = first.detail.get("untold")
    return Disclosure(
        id=named,
        controller=first.controller or "",
        case=first.case or "",
        purpose=first.purpose or "",
        recipient=Recipient(str(first.detail["recipient"])),
        untold=Untold(str(untold)) if untold else None,
        at=first.at,
        by=first.actor,
        recordings=recordings,
        told_at=told.at if told is not None else None,
        told_how=How(str(told.detail["how"])) if told is not None else None,
        waits=tuple(each for each in changes if each.recording in recordings and each.at > known),
    )
