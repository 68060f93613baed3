"""Persons on SQL, in the catalog's database."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from typing import Any

from sqlalchemy import and_, select, tuple_

from storage.errors import Conflict, NotFound
from storage.persons import Bond, DecisionId, Evidence, Link, LinksThen, PersonDecision, Role
from storage.records import AuditEntry, CustomerId, RecordingId, Reference, Scope, Tag
from storage.sql import audit as chain
from storage.sql import case_persons, correcting, grouping
from storage.sql.person_rows import PartedLinkRow, PersonDecisionRow
from storage.sql.references import REFERENCES
from storage.sql.session import Database, ScopedSession
from storage.sql.tables import RecordingReferenceRow, ReferenceRow


class SqlPersons:
    """Persons in the catalog's database."""

    def __init__(self, database: Database) -> None:
        self._database = database

    def decide(self, decision: PersonDecision, *, audit: AuditEntry) -> None:
        """Keep a decision and group anew whom it concerns. Raises NotFound, Conflict."""
        named = [_name(each) for each in (decision.reference, decision.other) if each is not None]
        with self._database.writing(Scope.of(decision.controller)) as session:
            session.wait_turn(REFERENCES)
            if any(session.get(ReferenceRow, (decision.controller, *name)) is None for name in named):
                raise NotFound
            row = PersonDecisionRow(**_values(decision))
            known = grouping.decisions_about(session, decision.controller, named)
            if any(each.undone_at is None and _says(each) == _says(row) for each in known):
                raise Conflict
            session.add(row)
            session.flush()
            moved = grouping.regroup(session, decision.controller, named)
            chain.record(session, audit)
            case_persons.record(session, moved, audit)

    def undo(self, scope: Scope, decision: DecisionId, *, at: datetime, by: str, audit: AuditEntry) -> PersonDecision:
        """Take a decision back and group anew. Raises NotFound, Conflict when it is undone."""
        with self._database.writing(scope) as session:
            session.wait_turn(REFERENCES)
            row = session.scalars(select(PersonDecisionRow).where(PersonDecisionRow.id == decision)).first()
            if row is None:
                raise NotFound
            if row.undone_at is not None:
                raise Conflict
            row.undone_at, row.undone_by = at, by
            session.flush()
            undone = _decision_of(row)
            both = [_name(each) for each in (undone.reference, undone.other) if each is not None]
            moved = grouping.regroup(session, row.controller, both)
            chain.record(session, replace(audit, controller=row.controller))
            case_persons.record(session, moved, audit)
            return undone

    def history(self, scope: Scope, customer: CustomerId) -> Sequence[PersonDecision]:
        """Return what was decided about a person's references and shared ones of her calls, oldest first."""
        with self._database.reading(scope) as session:
            mine = session.scalars(select(ReferenceRow).where(ReferenceRow.customer == customer)).all()
            if not mine:
                return []
            controller, names = mine[0].controller, {(row.type, row.tag) for row in mine}
            names |= grouping.shared_among(session, controller, _beside(session, controller, names))
            return [_decision_of(row) for row in grouping.decisions_about(session, controller, names)]

    def replay(self, decision: PersonDecision) -> None:
        """Keep a decision as the journal has it, whatever is known of it here; nothing for references that are gone."""
        named = [_name(each) for each in (decision.reference, decision.other) if each is not None]
        with self._database.writing(Scope.of(decision.controller)) as session:
            session.wait_turn(REFERENCES)
            if any(session.get(ReferenceRow, (decision.controller, *name)) is None for name in named):
                return
            session.merge(PersonDecisionRow(**_values(decision)))
            session.flush()
            grouping.regroup(session, decision.controller, named)

    def links(self, scope: Scope, customer: CustomerId) -> Sequence[Link]:
        """Return a person's calls by each reference, and those of household numbers that her calls have as well."""
        with self._database.reading(scope) as session:
            mine = session.scalars(select(ReferenceRow).where(ReferenceRow.customer == customer)).all()
            if not mine:
                return []
            controller = mine[0].controller
            names = {(row.type, row.tag) for row in mine}
            all_names = names | _beside(session, controller, names)
            shared = grouping.shared_among(session, controller, all_names)
            # half a town's calls may have a company's number: those of a person have another of hers as well
            homes = grouping.shared_among(session, controller, all_names, [Bond.HOUSEHOLD])
            return [
                Link(
                    recording=RecordingId(row.recording),
                    reference=Reference(type=row.type, tag=Tag(row.tag)),
                    role=Role(row.role),
                    evidence=Evidence(row.evidence),
                    shared=(row.type, row.tag) in shared,
                )
                for row in _links(session, controller, names | homes)
            ]

    def parted(self, scope: Scope, customer: CustomerId) -> Sequence[tuple[RecordingId, Reference]]:
        """Return the calls that were found not to be a person's, by which of her references, while she has it."""
        link, mine = PartedLinkRow, ReferenceRow
        same = and_(link.controller == mine.controller, link.type == mine.type, link.tag == mine.tag)
        with self._database.reading(scope) as session:
            found = session.scalars(
                select(link).join(mine, same).where(mine.customer == customer).order_by(link.recording)
            )
            return [(RecordingId(each.recording), Reference(type=each.type, tag=Tag(each.tag))) for each in found]

    def correct(
        self, recording: RecordingId, reference: Reference, role: Role | None, evidence: Evidence, *, audit: AuditEntry
    ) -> None:
        """Say as what a person is in a call; None: not at all, also when it is pushed again; a role takes that back.

        Raises NotFound for a reference that the call was never pushed with.
        """
        with self._database.writing(Scope.of(str(audit.controller))) as session:
            session.wait_turn(REFERENCES)
            if role is None:
                moved = correcting.part(session, recording, reference)
            else:
                moved = correcting.put(session, recording, reference, role, evidence)
            session.flush()
            chain.record(session, audit)
            case_persons.record(session, moved, audit)

    def replay_links(self, recording: RecordingId, links: LinksThen) -> None:
        """Let a call's links be what the journal says; nothing for a call that is not here."""
        with self._database.writing(Scope.system()) as session:
            session.wait_turn(REFERENCES)
            for reference, what in links.of.items():
                with suppress(NotFound):
                    if what is None:
                        correcting.part(session, recording, reference)
                    else:
                        correcting.put(session, recording, reference, *what)


def _links(session: ScopedSession, controller: str, names: set[grouping.Name]) -> Sequence[RecordingReferenceRow]:
    link = RecordingReferenceRow
    mine = (link.controller == controller, tuple_(link.type, link.tag).in_(sorted(names)))
    return session.scalars(select(link).where(*mine).order_by(link.recording, link.type, link.tag)).all()


def _beside(session: ScopedSession, controller: str, names: set[grouping.Name]) -> set[grouping.Name]:
    """Return all references of the calls that have one of these."""
    calls = {row.recording for row in _links(session, controller, names)}
    beside = session.scalars(select(RecordingReferenceRow).where(RecordingReferenceRow.recording.in_(calls)))
    return {(row.type, row.tag) for row in beside}


def _name(reference: Reference) -> grouping.Name:
    return reference.type, str(reference.tag)


def _says(row: PersonDecisionRow) -> tuple[str, frozenset[tuple[str | None, str | None]]]:
    return row.bond, frozenset({(row.type, row.tag), (row.other_type, row.other_tag)})


def _values(decision: PersonDecision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "controller": decision.controller,
        "bond": decision.bond.value,
        "type": decision.reference.type,
        "tag": decision.reference.tag,
        "other_type": decision.other.type if decision.other else None,
        "other_tag": decision.other.tag if decision.other else None,
        "evidence": decision.evidence.value,
        "at": decision.at,
        "by": decision.by,
        "case": decision.case,
        "undone_at": decision.undone_at,
        "undone_by": decision.undone_by,
    }


def _decision_of(row: PersonDecisionRow) -> PersonDecision:
    other = Reference(type=row.other_type, tag=Tag(row.other_tag)) if row.other_type and row.other_tag else None
    return PersonDecision(
        id=DecisionId(row.id),
        controller=row.controller,
        bond=Bond(row.bond),
        reference=Reference(type=row.type, tag=Tag(row.tag)),
        other=other,
        evidence=Evidence(row.evidence),
        at=row.at,
        by=row.by,
        case=row.case,
        undone_at=row.undone_at,
        undone_by=row.undone_by,
    )
