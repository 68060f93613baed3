"""Whose a case is, after references were joined or parted: it follows its person, and asks again where she is two.

A case keeps the id of a person. Ids are merged and handed on when references are grouped anew, so an open request would
be left with nobody's calls, or with somebody else's.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import replace

from sqlalchemy import select

from storage.records import AuditEntry
from storage.sql import audit as chain
from storage.sql.case_rows import CaseRow
from storage.sql.session import ScopedSession

Name = tuple[str, str]  # a reference's type and tag


def follow(
    session: ScopedSession, before: Mapping[Name, str], after: Mapping[Name, str], *, shared: Collection[Name] = ()
) -> Sequence[CaseRow]:
    """Give cases the ids that their persons have now, and nobody's where one became several; return what changed.

    What names no person decides nothing, unless it is all that a case had.
    """
    went = dict[str, dict[Name, str]]()
    for name, customer in before.items():
        went.setdefault(customer, {})[name] = after[name]
    now = {customer: _one(its, shared) for customer, its in went.items()}
    moved = {customer for customer, new in now.items() if new != customer}
    found = session.scalars(select(CaseRow).where(CaseRow.customer.in_(moved))).all() if moved else ()
    for row in found:
        row.customer = now[str(row.customer)]
    return found


def record(session: ScopedSession, cases: Sequence[CaseRow], audit: AuditEntry) -> None:
    """Tell the journal of the cases that changed, beside the act that changed them."""
    for row in cases:
        act = "case.person-moved" if row.customer else "case.person-parted"
        name = f"{row.received_on.year}-{row.number}"
        told = replace(audit, action=act, recording=None, controller=row.controller, case=name, detail={"case": row.id})
        chain.record(session, told)


def _one(its: Mapping[Name, str], shared: Collection[Name]) -> str | None:
    persons = {customer for name, customer in its.items() if name not in shared} or set(its.values())
    return persons.pop() if len(persons) == 1 else None
