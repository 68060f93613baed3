"""`vaiti-receipt/1`: what a receipt says. No personal data: opaque ids, our own words, times and counts. Pure.

It must still be checkable when the recording, its row and its keys are gone, so it repeats what it needs.
"""

from __future__ import annotations

import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass, fields
from datetime import UTC, datetime
from importlib.metadata import version
from typing import Any

from storage.receipt_chain import Head
from storage.receipts import ANCHOR, AUDIT, FORMAT, written
from storage.records import Kind, Recording

KEY_BACKUP_DAYS = 7
# The key store's backups may be this old (design.md, decision 8): until then a copy of the key may exist in one.
SOFTWARE = f"vaiti {version('vaiti')}"


@dataclass(frozen=True, slots=True, kw_only=True)
class Inventory:
    """How much of one recording each store holds; `versions` are all that objects have, markers and parts too."""

    keys: int
    objects: int
    versions: int
    rows: int
    index: int

    @classmethod
    def of(cls, detail: Mapping[str, Any]) -> Inventory:
        """Read what an audit entry holds; older ones counted versions as objects."""
        counted = {"versions": detail["objects"], **detail}
        return cls(**{field.name: int(counted[field.name]) for field in fields(cls)})

    @property
    def empty(self) -> bool:
        """Tell whether no store holds anything."""
        return not any(asdict(self).values())


def purge_body(
    recording: Recording, *, reason: str, at: datetime, before: Inventory, after: Inventory
) -> dict[str, Any]:
    """Return the receipt of a purge, to be signed. `after` is what was counted, not what was meant.

    `policy` is the digest of the rules by which the call was last masked.
    """
    counted_before, counted_after = asdict(before), asdict(after)
    return {
        **_head("purged", recording.controller, recording.kind, recording.delete_at),
        "recording": recording.id,
        "reason": reason,
        "purged_at": written(at),
        "stores": {store: {"before": counted_before[store], "after": counted_after[store]} for store in counted_before},
        "probes": {store: "gone" if not count else "found" for store, count in counted_after.items()},
        "policy": recording.rules,
        **key_backups(None),
    }


def key_backups(last_ends_at: datetime | None) -> dict[str, Any]:
    """Say until when a backup may still hold the key: within the days of every backup, and when the last one dies.

    None where there is none that this service made.
    """
    last = None if last_ends_at is None else written(last_ends_at)
    return {"key_backups_end_within_days": KEY_BACKUP_DAYS, "last_key_backup_ends_at": last}


def refusal_body(controller: str, kind: Kind, *, delete_at: datetime, at: datetime) -> dict[str, Any]:
    """Return the receipt of a push that came after its period: nothing was kept."""
    return {**_head("refused", controller, kind, delete_at), "reason": "past-retention", "refused_at": written(at)}


def anchor_body(at: datetime, *, audit: Mapping[str, Any], receipts: Mapping[str, Any]) -> dict[str, Any]:
    """Return a day's anchor, to be signed: number and hash of the last audit entry and of each register's receipt."""
    day = at.astimezone(UTC).date().isoformat()
    heads = {"audit": dict(audit), "receipts": dict(receipts)}
    return {"format": ANCHOR, "day": day, "at": written(at), **heads, "software": SOFTWARE}


def audit_seal(at: datetime, *, controller: str | None, head: Head, shown: int, forgotten: int = 0) -> dict[str, Any]:
    """Return the end of an audit log in a file, to be signed: how far it goes and how many entries it shows.

    `forgotten` are those whose period was over, whoever's they were.
    """
    told: dict[str, Any] = {"controller": controller, "entries": head.number, "head": head.hash, "shown": shown}
    told |= {"forgotten": forgotten} if forgotten else {}
    return {"format": AUDIT, "at": written(at), **told, "software": SOFTWARE}


def _head(event: str, controller: str, kind: Kind, delete_at: datetime) -> Mapping[str, Any]:
    return {
        "format": FORMAT,
        "id": uuid.uuid4().hex,
        "event": event,
        "controller": controller,
        "kind": kind.value,
        "delete_at": written(delete_at),
        "software": SOFTWARE,
    }
