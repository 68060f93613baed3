"""Yesterday's backup is put back: who objected since is left in peace, and who is one person is what was decided."""

from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from recordings.factory import Vaiti
from recordings.facts import CustomerReference
from recordings.restoring import backing_up, restore
from recordings.settings import Settings, load_settings
from recordings.steps.objections import NewObjection
from recordings.steps.persons import Correction, NewDecision
from storage.objections import ObjectionId, ObjectionKind
from storage.persons import Bond, Evidence, Role
from storage.records import CustomerId, Recording, Reference, Scope
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_objections import SALE, stating

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PHONES = {name: CustomerReference(type="phone", value=f"04012345{n:02d}") for n, name in enumerate("abcdef")}


@pytest.fixture(params=["sqlite", "postgres"])
def settings(home: Path, request: pytest.FixtureRequest) -> Settings:
    (home / "controllers.toml").write_text(stating(), encoding="utf-8")
    given: dict[str, Any] = {"data": home / "data", "controllers": home / "controllers.toml"}
    if request.param == "postgres":
        given["database_url"] = request.getfixturevalue("postgres_url")
    return load_settings(**given)


def objected(vaiti: Vaiti, name: str, kind: ObjectionKind = ObjectionKind.DIRECT_MARKETING) -> ObjectionId:
    new = NewObjection(controller="kuopio", kind=kind, references=(PHONES[name],))
    return vaiti.keep_objections.record(new, vaiti.purge, actor="officer-1").objection.id


def decided(vaiti: Vaiti, bond: Bond, name: str, other: str | None = None) -> None:
    both_names = (PHONES[name], PHONES[other] if other else None)
    new = NewDecision(
        controller="kuopio", bond=bond, reference=both_names[0], other=both_names[1], evidence=Evidence.REGISTER
    )
    vaiti.keep_persons.decide(new, actor="officer-1")


def corrected(vaiti: Vaiti, call: Recording, name: str, role: Role | None) -> None:
    correction = Correction(reference=PHONES[name], role=role, evidence=Evidence.SAID)
    vaiti.keep_persons.correct(SYSTEM, call.id, correction, actor="officer-1")


def tag_of(vaiti: Vaiti, name: str) -> Reference:
    value = f"+358{PHONES[name].value[1:]}"
    return Reference(type="phone", tag=vaiti.keys.tag("kuopio", "reference:phone", value))


def who(vaiti: Vaiti, name: str) -> CustomerId:
    found = vaiti.catalog.find_customer(SYSTEM, "kuopio", tag_of(vaiti, name))
    assert found is not None
    return found


def test_what_was_decided_since_a_backup_counts_after_its_restore(
    push: Push, vaiti: Vaiti, clock: MovedClock, home: Path
) -> None:
    calls = {
        name: push(a_call(seed=n), **{**SALE, "call_id": name}, customer=[PHONES[name].model_dump()])
        for n, name in enumerate("abcdef")
    }
    before, ended = objected(vaiti, "a"), objected(vaiti, "b")
    backup = backing_up(vaiti)(home / "backups", actor="operator").path
    clock.at += timedelta(hours=1)
    since = objected(vaiti, "c")
    vaiti.keep_objections.end(SYSTEM, ended, actor="officer-1")
    forgotten = objected(vaiti, "d", ObjectionKind.PROFILING)
    gone = vaiti.objections.get(SYSTEM, ended)
    assert gone.ended_at is not None
    decided(vaiti, Bond.SAME, "e", "b")
    decided(vaiti, Bond.HOUSEHOLD, "d")
    corrected(vaiti, calls["e"], "e", Role.REPRESENTATIVE)
    corrected(vaiti, calls["f"], "f", None)
    corrected(vaiti, calls["c"], "c", None)
    corrected(vaiti, calls["c"], "c", Role.THIRD_PARTY)
    roles = {name: vaiti.persons.links(SYSTEM, who(vaiti, name)) for name in "ce"}
    assert {name: {each.role for each in links} for name, links in roles.items()} == {
        "c": {Role.THIRD_PARTY},
        "e": {Role.REPRESENTATIVE, Role.CUSTOMER},
    }
    feed = [(each.number, each.id) for each in vaiti.keep_objections.since("kuopio", 0)]
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock, engines=vaiti.given)
    try:
        assert [(each.number, each.id) for each in again.keep_objections.since("kuopio", 0)] == feed
        marked = {name: again.catalog.get(SYSTEM, call.id).objected for name, call in calls.items()}
        assert marked == {"a": True, "b": False, "c": True, "d": False, "e": False, "f": False}
        assert {name: again.persons.links(SYSTEM, who(again, name)) for name in "ce"} == roles
        assert not again.catalog.find_customer(SYSTEM, "kuopio", tag_of(again, "f"))
        assert [each.bond for each in again.keep_persons.history(SYSTEM, who(again, "d"))] == [Bond.HOUSEHOLD]
        assert {before, since, forgotten} <= {each.id for each in again.objections.list(SYSTEM)}
        assert again.objections.telling("kuopio").told == 0
        new = objected(again, "e")
        assert again.objections.get(SYSTEM, new).number == feed[-1][0] + 1
    finally:
        again.close()
