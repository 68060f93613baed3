"""Which references are one person, where somebody has decided about it.

Without a decision `references.link` joins what is pushed together, and nothing is looked up. With one, the groups that
it concerns are made anew: from what was decided to be the same, and then call by call, oldest first; nothing joins two
that were decided to be apart, and what is shared joins nobody.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import combinations
from uuid import uuid4

from sqlalchemy import Select, or_, select, tuple_

from storage.persons import SHARED, Bond
from storage.sql import case_persons, objected
from storage.sql.case_rows import CaseRow
from storage.sql.person_rows import PersonDecisionRow
from storage.sql.session import ScopedSession
from storage.sql.tables import RecordingReferenceRow, RecordingRow, ReferenceRow

Name = tuple[str, str]  # type and tag


def decisions_about(session: ScopedSession, controller: str, names: Collection[Name]) -> Sequence[PersonDecisionRow]:
    """Return all that was decided about these references, oldest first, what was undone too."""
    row = PersonDecisionRow
    some = sorted(names)
    theirs = or_(tuple_(row.type, row.tag).in_(some), tuple_(row.other_type, row.other_tag).in_(some))
    return session.scalars(select(row).where(row.controller == controller, theirs).order_by(row.at, row.id)).all()


def shared_among(
    session: ScopedSession, controller: str, names: Collection[Name], bonds: Collection[Bond] = SHARED
) -> set[Name]:
    """Return those of these references that name no person, for one of these reasons."""
    found = [each for each in decisions_about(session, controller, names) if Bond(each.bond) in bonds]
    return _shared(found) & set(names)


def regroup(session: ScopedSession, controller: str, names: Collection[Name]) -> Sequence[CaseRow]:
    """Group these references, and all that are or were one person with them, anew; mark their calls.

    Return the cases that are somebody else's id now, or nobody's.
    """
    reached, decided = _closure(session, controller, names)
    rows = {(row.type, row.tag): row for row in session.scalars(_of(controller, reached))}
    before = {name: row.customer for name, row in rows.items()}
    for group, customer in _customers(_groups(session, controller, rows.keys(), decided), before):
        for name in group:
            rows[name].customer = customer
    session.flush()
    after = {name: row.customer for name, row in rows.items()}
    objected.mark_customers(session, {*before.values(), *after.values()})
    return case_persons.follow(session, before, after, shared=_shared(decided))


def forget(session: ScopedSession, controller: str, names: Collection[Name]) -> None:
    """Remove what was decided about references of these that no call has any more."""
    left = {(row.type, row.tag) for row in session.scalars(_of(controller, names))}
    gone = set(names) - left
    for row in decisions_about(session, controller, gone) if gone else ():
        session.delete(row)
    session.flush()


def _closure(
    session: ScopedSession, controller: str, names: Collection[Name]
) -> tuple[set[Name], Sequence[PersonDecisionRow]]:
    """Return all references that may be one person with these, and what counts about them.

    What is shared is reached and not gone through: half a town has called from some company's number.
    """
    reached, more = set[Name](), set(names)
    decided: Sequence[PersonDecisionRow] = ()
    while more - reached:
        reached = more
        decided = [each for each in decisions_about(session, controller, reached) if each.undone_at is None]
        shared = _shared(decided)
        customers = {row.customer for row in session.scalars(_of(controller, reached))}
        together = session.scalars(select(ReferenceRow).where(ReferenceRow.customer.in_(customers)))
        beside = _beside(session, controller, reached - shared)
        more = reached | {(row.type, row.tag) for row in together} | beside
        more |= {name for each in decided for name in _named(each)}
    return reached, decided


def _beside(session: ScopedSession, controller: str, names: Collection[Name]) -> set[Name]:
    """Return the references of all calls that have one of these."""
    link = RecordingReferenceRow
    calls = select(link.recording).where(link.controller == controller, tuple_(link.type, link.tag).in_(sorted(names)))
    return {(row.type, row.tag) for row in session.scalars(select(link).where(link.recording.in_(calls)))}


def _of(controller: str, names: Collection[Name]) -> Select[ReferenceRow]:
    some = tuple_(ReferenceRow.type, ReferenceRow.tag).in_(sorted(names))
    return select(ReferenceRow).where(ReferenceRow.controller == controller, some)


def _shared(decided: Iterable[PersonDecisionRow]) -> set[Name]:
    return {(each.type, each.tag) for each in decided if each.undone_at is None and Bond(each.bond) in SHARED}


def _named(decision: PersonDecisionRow) -> Iterable[Name]:
    yield decision.type, decision.tag
    if decision.other_type is not None and decision.other_tag is not None:
        yield decision.other_type, decision.other_tag


def _groups(
    session: ScopedSession, controller: str, names: Collection[Name], decided: Sequence[PersonDecisionRow]
) -> Sequence[frozenset[Name]]:
    """Return the groups that the decisions and the calls make of these references."""
    shared = _shared(decided)
    pairs = {bond: [tuple(_named(each)) for each in decided if each.bond == bond] for bond in (Bond.SAME, Bond.APART)}
    groups = {name: frozenset({name}) for name in names}
    for one, other in (*pairs[Bond.SAME], *_pushed_together(session, controller, names)):
        if one in groups and other in groups and not {one, other} & shared:
            joined = groups[one] | groups[other]
            if not any(joined.issuperset(pair) for pair in pairs[Bond.APART]):
                groups |= dict.fromkeys(joined, joined)
    return sorted(set(groups.values()), key=sorted)


def _pushed_together(session: ScopedSession, controller: str, names: Collection[Name]) -> Iterable[tuple[Name, Name]]:
    link = RecordingReferenceRow
    mine = (link.controller == controller, tuple_(link.type, link.tag).in_(sorted(names)))
    both = (
        select(link.recording, link.role, link.type, link.tag)
        .join(RecordingRow, RecordingRow.id == link.recording)
        .where(*mine)
    )
    calls: dict[tuple[str, str], list[Name]] = {}
    for recording, role, type_, tag in session.execute(both.order_by(RecordingRow.started_at, RecordingRow.id)):
        calls.setdefault((recording, role), []).append((type_, tag))  # who speaks for her is somebody else
    for together in calls.values():
        yield from combinations(sorted(together), 2)


def _customers(groups: Sequence[frozenset[Name]], before: Mapping[Name, str]) -> Iterable[tuple[frozenset[Name], str]]:
    """Give each group the smallest id that one of its references had and no other group has; new ones where none is."""
    taken: set[str] = set()
    for group in sorted(groups, key=lambda each: (-len(each), sorted(each))):
        free = {before[name] for name in group} - taken
        customer = min(free, default=uuid4().hex)
        taken.add(customer)
        yield group, customer
