"""Audit entries about a recording: who, what, when, with slugs and counts beside and nothing else. Pure."""

from __future__ import annotations

from datetime import datetime

from storage.records import AuditEntry, Recording

WORKER = "worker"
CLOCK = "clock"
# Actors that are no person: the process that works on calls, and the passing of time.


def about(recording: Recording, action: str, *, at: datetime, actor: str = WORKER, **detail: str | float) -> AuditEntry:
    """Return an entry about one recording. `detail` holds our own words and numbers only."""
    return AuditEntry(
        at=at, actor=actor, action=action, controller=recording.controller, recording=recording.id, detail=detail
    )
