"""A shorter period: two persons and a day, and until then the file may say what it likes."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import count
from threading import Event
from typing import Any

import pytest
from sqlalchemy import select

from recordings.controllers import Controllers
from recordings.errors import ChangeEnded, ChangeWaits, FileDiffers, NothingShorter, PastRetention, SecondPersonNeeded
from recordings.factory import Vaiti
from recordings.facts import parse_facts
from recordings.purge_guard import FEW
from storage.key_tables import DataKeyRow
from storage.periods import ChangeState, PeriodChange
from storage.records import Kind, Recording, RecordingId, Scope
from tests.contracts.builders import added
from tests.integration.conftest import CONTROLLERS, FACTS
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import held
from tests.integration.test_purge_guard import jump
from workers.schedule import Schedule

Push = Callable[..., Recording]
SYSTEM = Scope.system()
SEEDS = count(100)
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
ENDS, ENDS_SOONER = datetime.fromisoformat("2027-03-01T10:00+02:00"), datetime.fromisoformat("2026-09-01T10:00+03:00")


def told(vaiti: Vaiti, service: str | None = "P6M") -> Vaiti:
    """The service as it starts with another period for service calls in its file."""
    line = f'service = "{service}"\n' if service else ""
    return replace(vaiti, controllers=Controllers.parse(CONTROLLERS.replace('service = "P1Y"\n', line)))


def pushed(vaiti: Vaiti, **changes: Any) -> Recording:
    """A call pushed into this service, of no other sound than itself."""
    facts = parse_facts(json.dumps({**FACTS, **changes}).encode())
    return vaiti.ingest(facts, [a_call(seed=next(SEEDS))], actor="test").recording


def approved(vaiti: Vaiti, kind: Kind = Kind.SERVICE) -> PeriodChange:
    change, _ = vaiti.shorten.propose("kuopio", kind, actor="officer-1")
    return vaiti.shorten.approve(SYSTEM, change.id, actor="officer-2")[0]


def in_force(vaiti: Vaiti, clock: MovedClock) -> PeriodChange:
    change = approved(vaiti)
    clock.at += DAY
    vaiti.shorten.settle()
    return vaiti.period_books.get(SYSTEM, change.id)


def ends(vaiti: Vaiti, recording: Recording) -> datetime:
    return vaiti.catalog.get(SYSTEM, recording.id).delete_at


def key_day(vaiti: Vaiti, recording: RecordingId) -> date:
    with vaiti.keys.database.reading() as session:
        return session.scalars(select(DataKeyRow.delete_on).where(DataKeyRow.recording == recording)).one()


def an_old_call(vaiti: Vaiti, clock: MovedClock) -> Recording:
    """A call that half a year would have ended."""
    started, due = clock.at - 200 * DAY, clock.at + 165 * DAY
    return added(vaiti.catalog, controller="kuopio", started_at=started, received_at=clock.at, delete_at=due)


def acts(vaiti: Vaiti) -> list[str]:
    return [each.action for each in reversed(vaiti.audit.list(SYSTEM)) if each.action.startswith("period.")]


def test_an_edit_of_the_file_alone_shortens_nothing(push: Push, vaiti: Vaiti) -> None:
    before = push(work=False)
    edited = told(vaiti)
    edited.shorten.settle()
    after = pushed(edited, call_id="b")
    assert ends(vaiti, before) == after.delete_at == ENDS
    assert edited.status(SYSTEM).shortened == 1
    assert vaiti.status(SYSTEM).shortened == 0


def test_a_day_after_the_second_word_and_not_a_minute_before_calls_end_sooner(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording, other = push(), push(a_call(seed=2), call_id="other", kind="contract")
    vaiti = told(vaiti)
    approved(vaiti)
    clock.at += DAY - timedelta(minutes=1)
    assert vaiti.shorten.settle() == 0
    assert ends(vaiti, recording) == ENDS
    clock.at += timedelta(minutes=1)
    assert vaiti.shorten.settle() == 1
    assert ends(vaiti, recording) == ENDS_SOONER
    assert ends(vaiti, other) == other.delete_at
    assert key_day(vaiti, recording.id) == date(2026, 9, 1)
    assert vaiti.periods.in_force("kuopio", Kind.SERVICE).period == "P6M"
    assert vaiti.status(SYSTEM).shortened == 0
    told_of_it = [act for act in acts(vaiti) if act != "period.set"]
    assert told_of_it == [f"period.{act}" for act in "proposed approved in-force calls-moved applied".split()]
    clock.at = ENDS_SOONER
    (receipt,) = [each for each in vaiti.purge_due(clock.now()) if each["recording"] == recording.id]
    assert receipt["delete_at"] == "2026-09-01T07:00:00Z"


def test_a_service_that_was_off_makes_up_for_the_hour(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(work=False)
    vaiti = told(vaiti)
    approved(vaiti)
    clock.at += 3 * DAY
    Schedule(vaiti, stop=Event()).run_once()
    assert ends(vaiti, recording) == ENDS_SOONER


def test_what_it_ends_is_shown_before_and_again_to_the_second(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    first = push(work=False, started_at="2025-05-01T10:00:00+03:00")
    push(a_call(seed=2), call_id="b", work=False)
    held(vaiti, first)
    vaiti = told(vaiti)
    change, shown = vaiti.shorten.propose("kuopio", Kind.SERVICE, actor="officer-1")
    assert (shown.calls, shown.earlier, shown.due, shown.held) == (2, 2, 1, 1)
    assert (shown.first, shown.last) == (clock.at + DAY, ENDS_SOONER)
    push(a_call(seed=3), call_id="c", work=False)
    change, again = vaiti.shorten.approve(SYSTEM, change.id, actor="officer-2")
    assert (again.calls, change.earlier, change.due) == (3, 3, 1)


def test_it_takes_two_persons_and_the_same_file(vaiti: Vaiti) -> None:
    with pytest.raises(NothingShorter):
        vaiti.shorten.propose("kuopio", Kind.SERVICE, actor="officer-1")
    shorter = told(vaiti)
    change, _ = shorter.shorten.propose("kuopio", Kind.SERVICE, actor="officer-1")
    with pytest.raises(ChangeWaits):
        shorter.shorten.propose("kuopio", Kind.SERVICE, actor="officer-2")
    with pytest.raises(SecondPersonNeeded):
        shorter.shorten.approve(SYSTEM, change.id, actor="officer-1")
    with pytest.raises(FileDiffers):
        told(vaiti, "P3M").shorten.approve(SYSTEM, change.id, actor="officer-2")
    shorter.shorten.approve(SYSTEM, change.id, actor="officer-2")
    with pytest.raises(ChangeEnded):
        shorter.shorten.approve(SYSTEM, change.id, actor="officer-3")


def test_anybody_takes_it_back_within_the_day_and_nobody_afterwards(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push(work=False)
    vaiti = told(vaiti)
    change = approved(vaiti)
    assert vaiti.shorten.withdraw(SYSTEM, change.id, actor="agent-7").state is ChangeState.WITHDRAWN
    clock.at += 2 * DAY
    assert (vaiti.shorten.settle(), ends(vaiti, recording)) == (0, ENDS)
    change = in_force(vaiti, clock)
    with pytest.raises(ChangeEnded):
        vaiti.shorten.withdraw(SYSTEM, change.id, actor="agent-7")


def test_a_file_that_was_set_back_keeps_an_approved_change_from_taking_effect(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push(work=False)
    approved(told(vaiti))
    clock.at += 2 * DAY
    assert (vaiti.shorten.settle(), ends(vaiti, recording)) == (0, ENDS)
    assert told(vaiti).shorten.settle() == 1


def test_what_is_due_at_once_was_confirmed_by_who_saw_it(vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.purge_due(clock.now())
    for _ in range(FEW + 5):
        an_old_call(vaiti, clock)
    vaiti.shorten.settle()
    vaiti = told(vaiti)
    change = in_force(vaiti, clock)
    assert (change.due, change.moved) == (FEW + 5, FEW + 5)
    receipts = vaiti.purge_due(clock.now())
    assert len(receipts) == FEW + 5
    assert {each["delete_at"] for each in receipts} == {"2026-03-03T09:00:00Z"}  # none was overdue before


def test_more_than_was_shown_waits_for_a_person(vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.shorten.settle()
    vaiti = told(vaiti)
    approved(vaiti)
    for _ in range(FEW + 1):
        an_old_call(vaiti, clock)
    clock.at += DAY
    Schedule(vaiti, stop=Event()).run_once()
    Schedule(vaiti, stop=Event()).run_once()
    assert vaiti.guard_memory.read().reason == "too-many-due"


def test_nothing_takes_effect_by_a_clock_that_jumped(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(work=False)
    vaiti = told(vaiti)
    vaiti.purge_due(clock.now())
    approved(vaiti)
    jump(clock, 3 * DAY)
    Schedule(vaiti, stop=Event()).run_once()
    assert (vaiti.guard_memory.read().reason, ends(vaiti, recording)) == ("clock-jumped", ENDS)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    Schedule(vaiti, stop=Event()).run_once()
    assert ends(vaiti, recording) == ENDS_SOONER


def test_a_held_call_ends_sooner_for_staff_and_stays_for_its_case(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push()
    hold = held(vaiti, recording)
    vaiti = told(vaiti)
    in_force(vaiti, clock)
    assert ends(vaiti, recording) == ENDS_SOONER
    assert vaiti.keys.held() == {recording.id: hold.id}
    clock.at = ENDS_SOONER
    assert vaiti.purge_due(clock.now()) == []
    assert vaiti.status(SYSTEM).held_overdue == 1


def test_a_later_part_ends_with_its_call(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    later = {"part": 2, "started_at": "2026-03-01T10:45:00+02:00"}
    first, second = push(work=False), push(a_call(seed=2), work=False, **later)
    assert second.call_started_at == first.started_at
    vaiti = told(vaiti)
    in_force(vaiti, clock)
    third = pushed(vaiti, part=3, started_at="2026-03-01T11:30:00+02:00")
    assert {ends(vaiti, each) for each in (first, second, third)} == {ENDS_SOONER}
    clock.at = ENDS_SOONER
    with pytest.raises(PastRetention):
        pushed(vaiti, part=4, started_at="2026-03-01T12:30:00+02:00")


def test_a_push_that_was_under_way_is_found_a_day_later(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.shorten.settle()
    vaiti = told(vaiti)
    change = in_force(vaiti, clock)
    started = clock.at - HOUR
    late = added(
        vaiti.catalog,
        controller="kuopio",
        started_at=started,
        received_at=clock.at + HOUR,
        delete_at=clock.at + 365 * DAY,
    )
    vaiti.keys.create(late.id, controller="kuopio", delete_on=late.delete_at.date())
    assert vaiti.periods.shorten(late).delete_at == datetime.fromisoformat(
        "2026-09-03T10:00+03:00"
    )  # so does a row that is taken up again
    clock.at += DAY - HOUR
    assert vaiti.shorten.settle() == 0
    clock.at += HOUR
    assert vaiti.shorten.settle() == 1
    assert ends(vaiti, late) == datetime.fromisoformat("2026-09-03T10:00+03:00")
    assert vaiti.period_books.get(SYSTEM, change.id).state is ChangeState.DONE
    assert vaiti.shorten.settle() == 0


def test_a_longer_period_counts_for_new_calls_only_and_is_on_record(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    before = push(work=False)
    longer = told(vaiti, "P2Y")
    longer.shorten.settle()
    after = pushed(longer, call_id="b")
    assert (ends(vaiti, before), after.delete_at) == (ENDS, ENDS.replace(year=2028))
    assert acts(vaiti).count("period.lengthened") == 1
    in_force(vaiti, clock)  # and back again takes two persons
    assert ends(vaiti, before) == ends(vaiti, after) == ENDS


def test_a_longer_period_waits_until_the_calls_of_a_shorter_one_were_looked_at(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push(work=False)
    in_force(told(vaiti), clock)
    vaiti.shorten.settle()
    assert vaiti.periods.in_force("kuopio", Kind.SERVICE).period == "P6M"
    clock.at += DAY
    vaiti.shorten.settle()
    assert vaiti.periods.in_force("kuopio", Kind.SERVICE) == vaiti.periods.asked("kuopio", Kind.SERVICE)
    assert ends(vaiti, recording) == ENDS_SOONER


def test_a_kind_that_left_the_file_and_comes_back_is_not_shortened_either(push: Push, vaiti: Vaiti) -> None:
    recording = push(work=False)
    told(vaiti, None).shorten.settle()
    again = told(vaiti)
    again.shorten.settle()
    assert again.periods.in_force("kuopio", Kind.SERVICE).period == "P1Y"
    assert ends(vaiti, recording) == ENDS
    standing = next(each for each in told(vaiti, None).periods.standings(SYSTEM) if each.kind is Kind.SERVICE)
    assert (standing.asked, standing.is_shortened) == (None, False)


def test_many_calls_move_page_by_page(vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordings.periods.PAGE", 3)
    calls = [added(vaiti.catalog, controller="kuopio", started_at=clock.at, received_at=clock.at) for _ in range(10)]
    for each in calls:
        vaiti.keys.create(each.id, controller="kuopio", delete_on=each.delete_at.date())
    vaiti.shorten.settle()
    vaiti = told(vaiti)
    change = in_force(vaiti, clock)
    assert (change.moved, acts(vaiti).count("period.calls-moved")) == (10, 4)
    assert {key_day(vaiti, each.id) for each in calls} == {date(2026, 9, 2)}
