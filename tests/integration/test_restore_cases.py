"""Yesterday's backup is put back: what persons asked for since, and how far it had come, is not forgotten."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recordings.factory import Vaiti
from recordings.restoring import backing_up, restore
from recordings.settings import Settings, load_settings
from recordings.steps.cases import Extension, NewCase, Refusal
from storage.cases import Case, CaseKind, CaseState, Identification, Way
from storage.records import CustomerId, Recording, Reference, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock, a_call

Push = Callable[..., Recording]
SYSTEM = Scope.system()


@pytest.fixture(params=["sqlite", "postgres"])
def settings(home: Path, request: pytest.FixtureRequest) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS, encoding="utf-8")
    given: dict[str, Any] = {"data": home / "data", "controllers": home / "controllers.toml"}
    if request.param == "postgres":
        given["database_url"] = request.getfixturevalue("postgres_url")
    return load_settings(**given)


def opened(vaiti: Vaiti, kind: CaseKind = CaseKind.RECTIFICATION, **more: Any) -> Case:
    return vaiti.keep_cases.open(NewCase(controller="kuopio", kind=kind, way=Way.LETTER, **more), actor="officer-1")


def who(vaiti: Vaiti) -> CustomerId:
    named = Reference(type="phone", tag=vaiti.keys.tag("kuopio", "reference:phone", "+358401234567"))
    found = vaiti.catalog.find_customer(SYSTEM, "kuopio", named)
    assert found is not None
    return found


def test_cases_are_what_they_were_before_the_backup_was_put_back(
    push: Push, vaiti: Vaiti, clock: MovedClock, home: Path
) -> None:
    call, keep = push(), vaiti.keep_cases
    known, extended, old = opened(vaiti), opened(vaiti), opened(vaiti)
    keep.refuse(SYSTEM, old.id, Refusal.EXCESSIVE, actor="officer-1")
    backup = backing_up(vaiti)(home / "backups", actor="operator").path
    clock.at += timedelta(hours=1)
    keep.identify(SYSTEM, known.id, Identification.DOCUMENT_SHOWN, actor="officer-1")
    keep.answer(SYSTEM, known.id, actor="officer-1")
    keep.extend(SYSTEM, extended.id, Extension.COMPLEXITY, actor="officer-1")
    new = opened(vaiti, CaseKind.ACCESS, customer=who(vaiti), identified_by=Identification.STRONG)
    push(a_call(seed=7), call_id="later", customer=[{"type": "phone", "value": "0401234599"}])
    forgotten = vaiti.cases.get(SYSTEM, old.id)
    vaiti.cases.forget(forgotten, audit=keep._entry(forgotten, "forgotten", "clock"))
    vaiti.journal.note()  # the clock's act, as each minute
    then = {each.id: each for each in vaiti.cases.list(SYSTEM)}
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    try:
        assert {each.id: each for each in again.cases.list(SYSTEM)} == then
        assert then[known.id].state is CaseState.ANSWERED
        assert then[extended.id].extended_for == "complexity"
        held = again.holds.get(SYSTEM, then[new.id].hold)  # type: ignore[arg-type]
        assert [each.id for each in again.holds.recordings(SYSTEM, held.id)] == [call.id]
        assert opened(again).number == new.number + 1
    finally:
        again.close()


def test_a_case_of_somebody_whom_the_backup_does_not_know_is_nobodys_yet(
    push: Push, vaiti: Vaiti, clock: MovedClock, home: Path
) -> None:
    backup = backing_up(vaiti)(home / "backups", actor="operator").path
    clock.at += timedelta(hours=1)
    call = push()
    case = opened(vaiti, customer=who(vaiti))
    vaiti.purge(call.id, reason="erasure-request", actor="officer-1")
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    try:
        assert again.cases.get(SYSTEM, case.id).customer is None
        assert again.cases.get(SYSTEM, case.id).name == case.name
    finally:
        again.close()
