"""In which role somebody opened a call: what she was in the register then, as the accounts keep it. Pure."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from recordings.permissions import ROLES, Permission, Role, role_of
from storage.people import RoleHeld
from storage.records import AuditEntry

_OF_ORIGINALS: Final = frozenset({"raw.opened", "raw-audio.opened"})
# All other openings are of masked copies.


def role_then(entry: AuditEntry, held: Sequence[RoleHeld]) -> Role | None:
    """Return the role that let somebody do this then; None for this machine's own terminal and token.

    Of several roles the one that is given for fewer things: who is a supervisor and privacy officer listened as the
    supervisor, and opened an original as the officer.
    """
    asked = Permission.ORIGINALS_OPEN if entry.action in _OF_ORIGINALS else Permission.MASKED_OPEN
    then = [
        role
        for each in held
        if entry.actor == f"user-{each.account}"
        and (each.controller == entry.controller and each.granted_at <= entry.at)
        and all(end is None or entry.at < end for end in (each.until, each.revoked_at))
        and (role := role_of(each.role)) is not None
        and asked in ROLES[role].may
    ]
    return min(then, key=lambda role: (len(ROLES[role].may), role), default=None)
