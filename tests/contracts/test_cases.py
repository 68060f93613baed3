"""What every register of cases must do: number them, move them by their state, and keep registers apart."""

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from uuid import uuid4

import pytest

from storage.cases import MOVES, Case, CaseId, CaseKind, Cases, CaseState, Way
from storage.errors import Conflict, NotFound
from storage.ports import AuditLog
from storage.records import Scope
from tests.contracts.builders import ETELA, KESKI, NOW, a_case, an_entry

SYSTEM = Scope.system()


def kept(cases: Cases, **changes: object) -> Case:
    case = a_case(**changes)
    return cases.add(case, audit=an_entry(action="case.opened", controller=case.controller))


def test_cases_are_numbered_in_their_register(cases: Cases) -> None:
    assert [kept(cases).number, kept(cases).number, kept(cases, controller=ETELA).number] == [1, 2, 1]


def test_cases_that_come_at_once_have_numbers_of_their_own(cases: Cases) -> None:
    with ThreadPoolExecutor(4) as pool:
        numbers = [each.number for each in pool.map(lambda _: kept(cases), range(12))]
    assert sorted(numbers) == list(range(1, 13))


def test_a_number_is_never_given_twice(cases: Cases) -> None:
    case = kept(cases, state=CaseState.ANSWERED)
    cases.forget(case, audit=an_entry(action="case.forgotten"))
    assert kept(cases).number == 2
    with pytest.raises(NotFound):
        cases.get(SYSTEM, case.id)


def test_the_audit_log_calls_a_case_by_its_number(cases: Cases, audit: AuditLog) -> None:
    case = kept(cases)
    (entry,) = audit.list(SYSTEM)
    assert (entry.action, entry.case) == ("case.opened", case.name)


def test_the_first_due_comes_first(cases: Cases) -> None:
    late, soon = kept(cases, due_on=NOW.date() + timedelta(days=9)), kept(cases, due_on=NOW.date())
    closed = kept(cases, state=CaseState.ANSWERED, due_on=NOW.date() - timedelta(days=9))
    assert [each.id for each in cases.list(SYSTEM, states=MOVES)] == [soon.id, late.id]
    assert [each.id for each in cases.list(SYSTEM)] == [closed.id, soon.id, late.id]
    assert [each.id for each in cases.list(SYSTEM, limit=1)] == [closed.id]


def test_of_two_changes_at_once_one_holds(cases: Cases) -> None:
    case = kept(cases)
    answered = cases.change(
        replace(case, state=CaseState.ANSWERED, closed_at=NOW), before=CaseState.OPEN, audit=an_entry(action="x")
    )
    assert answered == cases.get(SYSTEM, case.id)
    with pytest.raises(Conflict):
        cases.change(replace(case, state=CaseState.REFUSED), before=CaseState.OPEN, audit=an_entry(action="x"))


def test_an_open_case_is_not_forgotten(cases: Cases) -> None:
    case = kept(cases)
    with pytest.raises(Conflict):
        cases.forget(case, audit=an_entry(action="x"))


def test_another_registers_case_is_unknown(cases: Cases) -> None:
    mine = kept(cases)
    assert cases.list(Scope.of(ETELA)) == []
    with pytest.raises(NotFound):
        cases.get(Scope.of(ETELA), mine.id)
    theirs = replace(mine, controller=ETELA)
    with pytest.raises(NotFound):
        cases.change(theirs, before=CaseState.OPEN, audit=an_entry(action="x", controller=ETELA))
    assert cases.get(Scope.of(KESKI), mine.id) == mine


def test_what_was_never_opened_is_not_there(cases: Cases) -> None:
    with pytest.raises(NotFound):
        cases.get(SYSTEM, CaseId(uuid4().hex))
    assert (a_case().kind, a_case().way) == (CaseKind.ACCESS, Way.LETTER)
