"""A wrong clock ends no recording: the purge halts, says so, and goes on at a person's word."""

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta

import pytest

from recordings.errors import PurgeHalted
from recordings.factory import Vaiti
from storage.records import AuditEntry, DueCount, Recording, Scope
from tests.contracts.builders import added
from tests.integration.fakes import NOW, MovedClock, a_call
from workers import doctor
from workers.schedule import Schedule

Push = Callable[..., Recording]
HOUR, DAY = timedelta(hours=1), timedelta(days=1)
SYSTEM = Scope.system()


def entries(vaiti: Vaiti, action: str) -> list[AuditEntry]:
    return [entry for entry in vaiti.audit.list(SYSTEM) if entry.action == action]


def jump(clock: MovedClock, by: timedelta) -> None:
    """Set the clock while the machine goes on as it was."""
    clock.ran = (clock.at - NOW).total_seconds() if clock.ran is None else clock.ran
    clock.at += by


def pass_time(clock: MovedClock, by: timedelta) -> None:
    """Let time go by on the clock and in the machine."""
    clock.at += by
    if clock.ran is not None:
        clock.ran += by.total_seconds()


def fill(vaiti: Vaiti, number: int, *, due: timedelta) -> None:
    for _ in range(number):
        added(vaiti.catalog, controller="kuopio", delete_at=NOW + due)


def halted(push: Push, vaiti: Vaiti, clock: MovedClock) -> Recording:
    """Return a call that a clock which jumped ahead did not end."""
    recording = push(work=False)
    vaiti.purge_due(clock.now())
    jump(clock, 400 * DAY)
    with pytest.raises(PurgeHalted):
        vaiti.purge_due(clock.now())
    return recording


def test_a_clock_that_jumps_ahead_ends_nothing_until_a_person_has_looked(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push(work=False)
    assert vaiti.purge_due(clock.now()) == []
    jump(clock, 400 * DAY)
    for _ in range(2):
        with pytest.raises(PurgeHalted, match="1 of 1 calls are due"):
            vaiti.purge_due(clock.now())
        pass_time(clock, HOUR)
    assert vaiti.keys.knows(recording.id)
    assert [entry.detail["reason"] for entry in entries(vaiti, "purge.halted")] == ["clock-jumped"]
    (receipt,) = vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert receipt["recording"] == recording.id
    (confirmed,) = entries(vaiti, "purge.confirmed")
    assert (confirmed.actor, confirmed.detail) == ("anna", {"reason": "clock-jumped", "due": 1, "kept": 1})
    pass_time(clock, HOUR)
    assert vaiti.purge_due(clock.now()) == []


def test_nobody_confirms_what_was_not_told_before(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    push(work=False)
    vaiti.purge_due(clock.now())
    jump(clock, 400 * DAY)
    with pytest.raises(PurgeHalted):
        vaiti.purge_due(clock.now(), confirmed_by="cron")
    assert entries(vaiti, "purge.confirmed") == []


def test_a_clock_that_is_set_right_again_still_needs_a_word_and_loses_no_call(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = halted(push, vaiti, clock)
    jump(clock, -400 * DAY)
    with pytest.raises(PurgeHalted, match="0 of 1 calls are due"):
        vaiti.purge_due(clock.now())
    assert vaiti.purge_due(clock.now(), confirmed_by="anna") == []
    assert vaiti.keys.knows(recording.id)


def test_a_machine_that_really_ran_for_weeks_explains_its_clock(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    recording = push(work=False)
    vaiti.purge_due(clock.now())
    pass_time(clock, 400 * DAY)
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [recording.id]


def test_after_a_restart_two_days_are_the_most_that_goes_unasked(
    vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    vaiti.purge_due(clock.now())
    monkeypatch.setattr(MovedClock, "uptime", lambda _: None)  # nobody knows how long the machine was off
    clock.at += 47 * HOUR
    assert vaiti.purge_due(clock.now()) == []
    clock.at += HOUR
    with pytest.raises(PurgeHalted, match="Was the service off"):
        vaiti.purge_due(clock.now())


def test_a_clock_that_goes_back_an_hour_halts_too(vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.purge_due(clock.now())
    jump(clock, -HOUR)
    with pytest.raises(PurgeHalted, match="less than it did"):
        vaiti.purge_due(clock.now())


def test_a_machine_that_was_suspended_in_the_midst_of_a_look_did_not_go_back(vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.guard.check(clock.now())
    pass_time(clock, HOUR)
    before = clock.now()
    pass_time(clock, HOUR)
    vaiti.guard.check(before)
    assert entries(vaiti, "purge.halted") == []


def test_a_second_that_is_set_back_is_ordinary(vaiti: Vaiti, clock: MovedClock) -> None:
    vaiti.purge_due(clock.now())
    jump(clock, timedelta(seconds=-1))
    assert vaiti.purge_due(clock.now()) == []


def test_a_few_are_purged_whatever_their_share(vaiti: Vaiti, clock: MovedClock) -> None:
    fill(vaiti, 25, due=-HOUR)
    fill(vaiti, 1, due=DAY)
    vaiti.guard.check(clock.now())


def test_more_than_a_twentieth_of_all_calls_at_once_halts(
    vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    counted = DueCount(due=26, fresh=26, kept=520, oldest=NOW)
    monkeypatch.setattr(vaiti.guard_memory, "count", lambda **_: counted)
    vaiti.guard.check(clock.now())
    counted = replace(counted, kept=519)
    with pytest.raises(PurgeHalted, match="26 of 519 calls are due"):
        vaiti.guard.check(clock.now())


def test_what_a_person_let_through_may_be_purged_in_several_goes(
    vaiti: Vaiti, clock: MovedClock, monkeypatch: pytest.MonkeyPatch
) -> None:
    fill(vaiti, 30, due=-HOUR)
    with pytest.raises(PurgeHalted):
        vaiti.purge_due(clock.now())

    def stop(*_: object) -> None:
        raise KeyboardInterrupt

    with monkeypatch.context() as stopped:
        stopped.setattr("recordings.steps.purge.BATCH", 10)
        with pytest.raises(KeyboardInterrupt):
            vaiti.purge_due(clock.now(), stop, confirmed_by="anna")
    assert vaiti.guard_memory.count(now=clock.now(), after=None).due == 20
    assert len(vaiti.purge_due(clock.now())) == 30  # no second word is needed for the rest
    fill(vaiti, 30, due=-HOUR)
    with pytest.raises(PurgeHalted):  # and none is left over for others
        vaiti.purge_due(clock.now())


def test_what_was_shown_beforehand_ends_no_halt(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    halted(push, vaiti, clock)
    vaiti.guard.let_through(clock.now())
    assert vaiti.guard_memory.read().allowed_until is None
    with pytest.raises(PurgeHalted):
        vaiti.purge_due(clock.now())


def test_one_recording_is_purged_by_order_while_the_sweep_is_halted(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = halted(push, vaiti, clock)
    assert vaiti.purge(recording.id, reason="erasure-request")["recording"] == recording.id


def test_a_halt_is_an_alarm_of_its_own_in_log_and_doctor(
    push: Push, vaiti: Vaiti, clock: MovedClock, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    push(a_call(), work=False)
    schedule = Schedule(vaiti, stop=None)  # type: ignore[arg-type]
    schedule.run_once()
    jump(clock, 400 * DAY)
    schedule.run_once()
    told = capsys.readouterr()
    assert re.search(r"purge\.halted.*clock-jumped", told.out + told.err)
    monkeypatch.setattr(doctor, "SystemClock", lambda: clock)
    result = doctor._run("data folder", lambda: doctor._check_data(vaiti.settings))
    assert not result.ok
    assert "the purge is halted (clock-jumped)" in result.detail


def test_the_first_sweep_has_nothing_to_compare_with(vaiti: Vaiti, clock: MovedClock) -> None:
    assert vaiti.guard_memory.read().seen_at is None
    vaiti.purge_due(clock.now())
    assert vaiti.guard_memory.read().seen_at == clock.now()
