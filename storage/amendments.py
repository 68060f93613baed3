"""What is learnt of a call after its push: later facts, and an earlier beginning."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

from storage.records import AuditEntry, Recording, RecordingId, Reference, Scope, Tag


@dataclass(frozen=True, slots=True, kw_only=True)
class Amendment:
    """What changes in a recording's row, and the references that are added to those it has."""

    audit: AuditEntry
    changes: Mapping[str, Any]
    references: Sequence[Reference] = ()


Amend = Callable[[Recording, Sequence[Reference]], Amendment | None]
"""Given the recording and its references as they are, returns what to change; None: nothing. It may refuse."""


class Amendments(Protocol):
    """Changes what is known of calls, in the catalog."""

    def amend(self, scope: Scope, recording: RecordingId, change: Amend) -> Recording:
        """Do what `change` says, in one transaction in which nobody else changes the row. Raises NotFound."""

    def parts(self, scope: Scope, controller: str, call_group: Tag) -> Sequence[Recording]:
        """Return the parts of a call whose purge has not begun, in order of id."""
