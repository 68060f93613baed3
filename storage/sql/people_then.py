"""What the journal keeps of accounts, roles and given calls: never a name, a hash or a secret."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime
from typing import Any

from sqlalchemy import select

from storage.sql.people_rows import AccountRow, GivenCallRow, RoleRow
from storage.sql.session import ScopedSession


def accounts_then(session: ScopedSession, ids: Collection[str]) -> dict[object, Mapping[str, Any]]:
    """Return of these accounts who was put out, which roles ended, and when their secrets changed."""
    if not ids:
        return {}
    roles = session.scalars(select(RoleRow).where(RoleRow.account.in_(ids))).all()
    return {
        row.id: {
            "id": row.id,
            "disabled_at": _moment(row.disabled_at),
            "disabled_by": row.disabled_by,
            "secrets_at": _moment(row.secrets_at),
            "roles": {
                each.id: {"revoked_at": _moment(each.revoked_at), "revoked_by": each.revoked_by}
                for each in roles
                if each.account == row.id
            },
        }
        for row in session.scalars(select(AccountRow).where(AccountRow.id.in_(ids)))
    }


def given_then(
    session: ScopedSession, cases: Collection[tuple[str | None, str | None]]
) -> dict[object, Mapping[str, Any]]:
    """Return which calls these cases have now, by controller and case."""
    told: dict[object, Mapping[str, Any]] = {}
    for controller, case in cases:
        mine = select(GivenCallRow.recording).where(GivenCallRow.controller == controller, GivenCallRow.case == case)
        told[controller, case] = {"recordings": sorted(session.scalars(mine))}
    return told


def _moment(moment: datetime | None) -> str | None:
    return moment.isoformat() if moment else None
