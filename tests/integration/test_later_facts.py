"""What is learnt of a call after its push: whose it was, what it turned out to be, and never a later end."""

import json
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

import pytest
from fastapi.testclient import TestClient
from typer.testing import CliRunner

from recordings.controllers import Controllers
from recordings.documents import read_json
from recordings.factory import Vaiti
from recordings.holding import Order, RestrictionGround
from recordings.restoring import backing_up, restore
from recordings.settings import Settings
from recordings.steps.restrict import Restrict
from storage.records import Item, Recording, RecordingId, Scope, Stage
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock
from tests.integration.test_holds import held, opened
from tests.integration.test_shorter_periods import key_day, pushed
from workers.main import app

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PHONE = {"type": "phone", "value": "050 111 2222"}
NUMBER = {"type": "customer_number", "value": "778899"}
ENDS_AS_CONTRACT = "2026-09-01T07:00:00Z"


@pytest.fixture(params=["sqlite", "postgres"])
def settings(settings: Settings, request: pytest.FixtureRequest) -> Settings:
    return settings if request.param == "sqlite" else request.getfixturevalue("postgres_settings")


def add(api: TestClient, recording: Recording, status: int = 200, **facts: Any) -> Any:
    answer = api.patch(f"/api/v1/recordings/{recording.id}/facts", json=facts)
    assert answer.status_code == status, answer.text
    return answer.json()


def entries(vaiti: Vaiti, recording: Recording, action: str = "recording.facts-added") -> list[Any]:
    return [each.detail for each in vaiti.audit.list(SYSTEM, recording=recording.id) if each.action == action]


def found(api: TestClient, **only: Any) -> list[str]:
    hits = api.post("/api/v1/search", json={"query": "energiayhtiö", **only}).json()["hits"]
    return [hit["recording"]["id"] for hit in hits]


def customer(api: TestClient, reference: dict[str, str], status: int = 200) -> Any:
    answer = api.post("/api/v1/customers/find", json={"controller": "kuopio", **reference})
    assert answer.status_code == status
    return answer.json().get("customer")


def test_a_published_call_is_found_by_what_came_later(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    recording = push()
    body = add(api, recording, customer=[NUMBER], agent="a-7", queue="vika", direction="inbound", satisfaction=4)
    assert {name: body[name] for name in ("agent", "queue", "direction", "satisfaction", "stage")} == {
        "agent": "a-7",
        "queue": "vika",
        "direction": "inbound",
        "satisfaction": 4,
        "stage": "published",
    }
    assert found(api, queue="vika") == [recording.id]
    same = {"type": "phone", "value": "040 123 4567"}
    assert customer(api, NUMBER) == customer(api, same)  # as if both had been pushed together
    assert found(api, customer=customer(api, NUMBER)) == [recording.id]
    assert entries(vaiti, recording) == [{"fields": "agent direction queue satisfaction customer"}]


def test_what_is_sent_again_changes_nothing(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    recording = push()
    facts: dict[str, Any] = {"customer": [NUMBER, PHONE], "kinds": ["contract"], "agent": "a-7"}
    first = add(api, recording, **facts)
    before = vaiti.audit.head()
    again = add(api, recording, **facts)
    assert {**again, "stage": ""} == {**first, "stage": ""}
    assert len(entries(vaiti, recording)) == 1
    assert vaiti.audit.head()[0] - before[0] <= 1  # it is planned again while no worker has done so
    assert add(api, recording, agent=None)["agent"] is None
    assert add(api, recording, queue="x")["kinds"] == ["contract"]


def test_a_further_kind_ends_the_call_sooner_and_never_later(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    service, contract = push(), push(call_id="contract", kind="contract")
    assert add(api, service, kinds=["contract"])["delete_at"] == ENDS_AS_CONTRACT
    assert key_day(vaiti, service.id) == date(2026, 9, 1)
    assert add(api, contract, kinds=["service"])["delete_at"] == ENDS_AS_CONTRACT
    for _ in ("plan", "mask", "index"):
        for each in vaiti.catalog.list(SYSTEM, stages=[Stage.TRANSCRIBED, Stage.PLANNED, Stage.MASKED]):
            vaiti.advance(each)
    assert (
        sorted(found(api, kind="contract")) == sorted(found(api, kind="service")) == sorted([service.id, contract.id])
    )
    counted = {
        kind: vaiti.periods.impact("kuopio", kind, vaiti.periods.asked("kuopio", kind), at=service.delete_at).calls
        for kind in service.all_kinds + contract.all_kinds
    }
    assert set(counted.values()) == {2}


def test_a_call_that_a_further_kind_would_have_ended_by_now_ends_at_once(
    push: Push, vaiti: Vaiti, api: TestClient, clock: MovedClock
) -> None:
    old = push(started_at="2025-06-01T10:00:00+03:00")
    assert add(api, old, kinds=["contract"], status=200)["delete_at"] == clock.now().isoformat().replace("+00:00", "Z")
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [old.id]


@pytest.mark.parametrize(
    ("facts", "slug"),
    [
        ({"customer": [{"type": "phone", "value": "+358401234567", "name": "Matti"}]}, "facts-invalid"),
        ({"call_id": "other"}, "facts-invalid"),
        ({"satisfaction": "4"}, "facts-invalid"),
        ({"known": {"name": "Matti"}}, "facts-invalid"),
        ({}, "facts-invalid"),
        ({"kinds": ["gossip"]}, "unknown-kind"),
        ({"kinds": ["fault-report"]}, "no-period"),
    ],
)
def test_what_is_no_later_fact_is_refused_whole_and_without_its_value(
    push: Push, api: TestClient, facts: dict[str, Any], slug: str
) -> None:
    recording = push(work=False)
    body = add(api, recording, 422, agent="a-7", **facts) if facts else add(api, recording, 422)
    assert body["slug"] == slug
    assert not any(secret in json.dumps(body) for secret in ("Matti", "358401234567", "gossip"))
    assert api.get(f"/api/v1/recordings/{recording.id}").json()["agent"] is None


def test_gone_unknown_and_restricted_calls_take_no_facts(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    gone, kept = push(), push(call_id="kept")
    vaiti.purge(gone.id, reason="erasure-request")
    assert add(api, gone, 410, agent="a")["slug"] == "call-purged"
    assert add(api, replace(kept, id=RecordingId("0" * 32)), 404, agent="a")["slug"] == "not-found"
    ground = RestrictionGround.ACCURACY_CONTESTED
    order = Order(controller="kuopio", ground=ground, case="R-1", actor="officer-1", recordings=(kept.id,))
    Restrict(holding=vaiti.holding)(order)
    assert add(api, kept, 409, agent="a")["slug"] == "restricted"


def test_a_held_call_gets_its_earlier_time_and_stays_held(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    recording = push()
    hold = held(vaiti, recording)
    assert add(api, recording, kinds=["contract"], customer=[NUMBER])["delete_at"] == ENDS_AS_CONTRACT
    assert vaiti.keys.held() == {recording.id: hold.id}
    facts = json.loads(opened(vaiti, hold).read("001/call.json"))
    assert (facts["kinds"], facts["customer"][1:]) == (["contract"], [{**NUMBER, "role": "customer"}])


def test_the_strictest_masking_of_all_kinds_counts(push: Push, vaiti: Vaiti, api: TestClient, token: str) -> None:
    stricter = CONTROLLERS.replace(
        "[controllers.lahti]", '[controllers.kuopio.kinds.contract]\nprofile = "strict"\n\n[controllers.lahti]'
    )
    strict = replace(vaiti, controllers=Controllers.parse(stricter))
    recording = push()
    api.app.state.vaiti = strict  # type: ignore[attr-defined]
    assert add(api, recording, kinds=["contract"])["stage"] == "transcribed"  # nobody sees the copy of yesterday
    assert found(api) == []
    now = vaiti.catalog.get(SYSTEM, recording.id)
    policy = strict.policies(now, {}).policy
    assert policy.profile.value == "strict"
    assert strict.policies(recording, {}).policy.profile.value == "standard"


FIRST, SECOND = "2026-03-01T09:00:00+02:00", "2026-03-01T09:20:00+02:00"


def test_a_part_that_came_before_the_first_one_ends_with_it(vaiti: Vaiti) -> None:
    second = pushed(vaiti, part=2, started_at=SECOND)
    assert second.delete_at == datetime.fromisoformat("2027-03-01T09:20+02:00")
    first = pushed(vaiti, part=1, started_at=FIRST)
    moved = vaiti.catalog.get(SYSTEM, second.id)
    assert moved.delete_at == first.delete_at == datetime.fromisoformat("2027-03-01T09:00+02:00")
    assert moved.call_started_at == first.started_at
    assert entries(vaiti, second, "recording.part-moved") == [{}]


def test_the_key_of_a_part_moves_to_the_day_of_the_first(vaiti: Vaiti) -> None:
    after_midnight = pushed(vaiti, part=2, started_at="2026-03-01T00:10:00+02:00")
    pushed(vaiti, started_at="2026-02-28T23:50:00+02:00")
    assert key_day(vaiti, after_midnight.id) == date(2027, 2, 28)


def test_all_parts_end_with_the_part_that_has_the_shortest_period(vaiti: Vaiti, api: TestClient) -> None:
    first, second = pushed(vaiti, started_at=FIRST), pushed(vaiti, part=2, started_at=SECOND)
    other = pushed(vaiti, call_id="another")
    add(api, second, kinds=["contract"])
    ends = {vaiti.catalog.get(SYSTEM, each.id).delete_at for each in (first, second)}
    assert ends == {datetime.fromisoformat("2026-09-01T09:00+03:00")}
    assert vaiti.catalog.get(SYSTEM, other.id).delete_at == other.delete_at


def test_a_restore_does_not_forget_what_came_after_the_push(
    vaiti: Vaiti, api: TestClient, clock: MovedClock, home: Path
) -> None:
    recording, second = pushed(vaiti), pushed(vaiti, call_id="parts", part=2, started_at=SECOND)
    backup = backing_up(vaiti)(home / "backups", actor="operator").path
    add(api, recording, kinds=["contract"], customer=[NUMBER], agent="a-7")
    first = pushed(vaiti, call_id="parts", started_at=FIRST)
    later = pushed(vaiti, call_id="later")
    add(api, later, kinds=["contract"])
    vaiti.journal.catch_up()
    vaiti.close()
    restore(vaiti.settings, backup, clock=clock, actor="operator")
    again = Vaiti.open(vaiti.settings, clock=clock)
    row = again.catalog.get(SYSTEM, recording.id)
    assert ([*row.kinds], row.agent, row.delete_at) == (["contract"], "a-7", datetime.fromisoformat(ENDS_AS_CONTRACT))
    assert again.catalog.get(SYSTEM, second.id).delete_at == first.delete_at
    assert again.catalog.get(SYSTEM, later.id).delete_at == row.delete_at
    assert len(again.amendments.amend(SYSTEM, recording.id, lambda *_: None).kinds) == 1
    assert again.audit.verify() > 0
    again.close()


def test_the_command_line_adds_facts(push: Push, live: str, vaiti: Vaiti, home: Path) -> None:
    recording = push(work=False)
    place = ["--data", str(vaiti.settings.data), "--port", live.rpartition(":")[2]]
    file = home / "later.json"
    file.write_text(json.dumps({"kinds": ["contract"], "satisfaction": 4}), encoding="utf-8")
    told = CliRunner().invoke(app, ["facts", recording.id, "--file", str(file), *place])
    assert told.exit_code == 0, told.output
    assert told.stdout.split() == [
        *(recording.id, "received", "service,", "contract", "to", "be", "deleted", ENDS_AS_CONTRACT),
    ]
    shown = CliRunner().invoke(app, ["facts", recording.id, "--file", str(file), "--json", *place])
    assert json.loads(shown.stdout)["satisfaction"] == 4
    file.write_text(json.dumps({"satisfaction": "4"}), encoding="utf-8")
    refused = CliRunner().invoke(app, ["facts", recording.id, "--file", str(file), *place])
    assert getattr(refused.exception, "slug", None) == "facts-invalid"
    assert str(refused.exception).endswith("(satisfaction: int_type)")  # what to mend, and not what was sent


def test_facts_that_come_at_the_same_moment_are_all_kept(push: Push, vaiti: Vaiti, api: TestClient) -> None:
    recording = push(work=False)
    together = threading.Barrier(4)

    def send(number: int) -> Any:
        together.wait()
        return add(api, recording, customer=[{"type": "contract", "value": f"K-{number}"}])

    with ThreadPoolExecutor(4) as pool:
        assert len([*pool.map(send, range(4))]) == 4
    sealed = read_json(vaiti.vault, recording.id, Item.LATER_FACTS)
    assert {each["value"] for each in sealed["customer"]} == {"K-0", "K-1", "K-2", "K-3"}
    assert len({customer(api, {"type": "contract", "value": f"K-{number}"}) for number in range(4)}) == 1
