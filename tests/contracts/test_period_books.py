"""What every PeriodBooks must do."""

from dataclasses import replace
from datetime import timedelta
from typing import Any

import pytest

from storage.errors import Conflict, NotFound
from storage.holds import HoldStore
from storage.periods import ChangeState, PeriodBooks, PeriodChange, Term
from storage.ports import AuditLog, Catalog
from storage.records import Kind, Scope
from tests.contracts.builders import ETELA, KESKI, NOW, a_hold, a_period_change, added, an_entry
from tests.contracts.conftest import Books

DAY = timedelta(days=1)
SYSTEM = Scope.system()
YEAR = Term(period="P1Y", zone="Europe/Helsinki", end_of_day=False)
HALF = Term(period="P6M", zone="Europe/Helsinki", end_of_day=False)


@pytest.fixture
def periods(books: Books) -> PeriodBooks:
    return books.periods


def approved(periods: PeriodBooks, **changes: Any) -> PeriodChange:
    change = a_period_change(approved_at=NOW, approved_by="officer-2", takes_effect_at=NOW + DAY, **changes)
    periods.propose(change, audit=an_entry())
    return change


def actions(audit: AuditLog) -> list[str]:
    return [entry.action for entry in audit.list(SYSTEM)]


def test_a_term_is_kept_for_each_register_and_kind(periods: PeriodBooks, audit: AuditLog) -> None:
    assert periods.term(KESKI, Kind.SERVICE) is None
    periods.keep_term(KESKI, Kind.SERVICE, YEAR, before=None, audit=an_entry(action="period.set"))
    periods.keep_term(ETELA, Kind.SERVICE, HALF, before=None, audit=an_entry(action="period.set"))
    assert periods.term(KESKI, Kind.SERVICE) == YEAR
    assert periods.terms(Scope.of(ETELA)) == {(ETELA, Kind.SERVICE): HALF}
    assert len(periods.terms(SYSTEM)) == len(actions(audit)) == 2


def test_a_term_that_was_changed_meanwhile_stays(periods: PeriodBooks, audit: AuditLog) -> None:
    periods.keep_term(KESKI, Kind.SERVICE, YEAR, before=None, audit=an_entry())
    periods.keep_term(KESKI, Kind.SERVICE, HALF, before=None, audit=an_entry())
    assert periods.term(KESKI, Kind.SERVICE) == YEAR
    assert len(actions(audit)) == 1


def test_one_change_at_a_time_is_on_its_way_for_a_kind(periods: PeriodBooks) -> None:
    first = a_period_change()
    periods.propose(first, audit=an_entry())
    with pytest.raises(Conflict):
        periods.propose(a_period_change(), audit=an_entry())
    other = a_period_change(kind=Kind.CONTRACT, proposed_at=NOW + DAY)
    periods.propose(other, audit=an_entry())
    assert periods.list(Scope.of(KESKI)) == [first, other]
    assert (periods.list(Scope.of(ETELA)), periods.get(SYSTEM, first.id)) == ([], first)
    with pytest.raises(NotFound):
        periods.get(Scope.of(ETELA), first.id)


def test_a_change_is_decided_about_until_it_has_taken_effect(periods: PeriodBooks, audit: AuditLog) -> None:
    change = approved(periods)
    withdrawn = approved(periods, kind=Kind.CONTRACT)
    gone = periods.decide(
        SYSTEM, withdrawn.id, lambda it: replace(it, withdrawn_at=NOW, withdrawn_by="x"), audit=an_entry(action="w")
    )
    assert (gone.state, actions(audit)[0]) == (ChangeState.WITHDRAWN, "w")
    assert periods.list(SYSTEM) == [change]
    assert len(periods.list(SYSTEM, ended=True)) == 2
    with pytest.raises(Conflict):
        periods.begin(withdrawn.id, at=NOW, audit=an_entry())
    begun = periods.begin(change.id, at=NOW + DAY, audit=an_entry(action="b"))
    assert (begun.state, begun.in_force_at) == (ChangeState.MOVING, NOW + DAY)
    assert periods.term(KESKI, Kind.SERVICE) == HALF
    with pytest.raises(Conflict):
        periods.decide(SYSTEM, change.id, lambda it: it, audit=an_entry())
    with pytest.raises(Conflict):
        periods.propose(a_period_change(), audit=an_entry())


def test_what_a_decision_refuses_is_not_kept(periods: PeriodBooks, audit: AuditLog) -> None:
    change = approved(periods)

    def refuse(_: PeriodChange) -> PeriodChange:
        raise KeyError

    with pytest.raises(KeyError):
        periods.decide(SYSTEM, change.id, refuse, audit=an_entry(action="refused"))
    assert "refused" not in actions(audit)


def test_calls_are_read_page_by_page_from_their_first_parts_start(
    periods: PeriodBooks, catalog: Catalog, holds: HoldStore
) -> None:
    first = added(catalog)
    later = added(catalog, call_started_at=NOW - DAY, received_at=NOW + DAY)
    added(catalog, kind=Kind.CONTRACT)
    added(catalog, controller=ETELA)
    begun = added(catalog)
    catalog.begin_purge(begun.id, reason="erasure-request", audit=an_entry())
    holds.place(a_hold(), [first.id], now=NOW, audit=[])
    one = periods.calls(KESKI, Kind.SERVICE, limit=1)
    two = periods.calls(KESKI, Kind.SERVICE, limit=5, after=one[0].id)
    found = {each.id: each for each in (*one, *two)}
    assert found.keys() == {first.id, later.id}
    assert (found[first.id].started_at, found[later.id].started_at) == (first.started_at, NOW - DAY)
    assert (found[first.id].held, found[later.id].held) == (True, False)
    early = periods.calls(KESKI, Kind.SERVICE, limit=5, received_before=NOW + DAY)
    assert [each.id for each in early] == [first.id]


def test_calls_only_ever_end_sooner_and_each_is_counted_once(
    periods: PeriodBooks, catalog: Catalog, audit: AuditLog
) -> None:
    change = approved(periods)
    call, short, foreign = added(catalog), added(catalog, delete_at=NOW + DAY), added(catalog, controller=ETELA)
    times = dict.fromkeys((call.id, short.id, foreign.id), NOW + 2 * DAY)
    assert periods.move(change, times, audit=an_entry(action="m")) == 1
    assert periods.move(change, times, audit=an_entry(action="m")) == 0
    at = [catalog.get(SYSTEM, each.id).delete_at for each in (call, short, foreign)]
    assert at == [NOW + 2 * DAY, NOW + DAY, foreign.delete_at]
    assert periods.get(SYSTEM, change.id).moved == 1
    assert actions(audit).count("m") == 1


def test_a_call_whose_purge_has_begun_keeps_its_time(periods: PeriodBooks, catalog: Catalog) -> None:
    change, call = approved(periods), added(catalog)
    catalog.begin_purge(call.id, reason="erasure-request", audit=an_entry())
    assert periods.move(change, {call.id: NOW}, audit=an_entry()) == 0
    assert catalog.get(SYSTEM, call.id).delete_at == call.delete_at


def test_a_change_is_done_when_all_calls_were_looked_at_twice(periods: PeriodBooks) -> None:
    change = approved(periods)
    periods.begin(change.id, at=NOW, audit=an_entry())
    states = [periods.end_pass(change.id, at=NOW + n * DAY, audit=an_entry()).state for n in (0, 1)]
    assert states == [ChangeState.MOVING, ChangeState.DONE]
    assert periods.list(SYSTEM) == []


def test_what_the_journal_says_is_kept_and_looked_at_again_where_less_was_known(periods: PeriodBooks) -> None:
    told = a_period_change(approved_at=NOW, in_force_at=NOW, applied_at=NOW, checked_at=NOW, moved=3)
    done = approved(periods, kind=Kind.CONTRACT)
    periods.begin(done.id, at=NOW, audit=an_entry())
    for _ in range(2):
        periods.end_pass(done.id, at=NOW, audit=an_entry())
    known = periods.get(SYSTEM, done.id)
    for _ in range(2):
        periods.replay({(KESKI, Kind.SERVICE): HALF}, [told, known])
    assert periods.term(KESKI, Kind.SERVICE) == HALF
    again = periods.get(SYSTEM, told.id)
    assert (again.state, again.applied_at, again.moved) == (ChangeState.MOVING, None, 3)
    assert periods.get(SYSTEM, done.id) == known
