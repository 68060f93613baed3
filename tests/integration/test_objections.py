"""A person objects, or takes her consent back: what ends at once, what is kept, what outlives the calls."""

from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from threading import Event
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.settings import Settings
from storage.records import Recording, Scope
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import customer_of, held, posted
from workers.schedule import Schedule

Push = Callable[..., Recording]
SYSTEM = Scope.system()
WHO = {"type": "phone", "value": "040 123 4567"}
OBJECTION: dict[str, Any] = {"controller": "kuopio", "kind": "direct-marketing", "references": [WHO]}
WITHDRAWAL = {
    "controller": "kuopio",
    "kind": "consent-withdrawal",
    "way": "portal",
    "identified_by": "strong-identification",
}
SALE = {"kind": "direct-marketing", "call_id": "sale"}
POLL = {"kind": "other", "call_id": "poll"}
MORE = """
direct-marketing = "P1Y"
other = "P1Y"
[controllers.kuopio.purposes.other]
basis = "consent"
text = { fi = "Mielipidekyselyt" }
stopped_by = ["opinion-polls", "market-research"]
[controllers.kuopio.purposes.service]
basis = "contract"
text = { fi = "Asiakaspalvelu" }
"""


def stating(head: str = 'objections = "P10Y"') -> str:
    lines = CONTROLLERS.replace('cases = "P2Y"', f'cases = "P2Y"\n{head}')
    return lines.replace('contract = "P6M"\n', f'contract = "P6M"\n{MORE.lstrip()}')


@pytest.fixture
def settings(home: Path) -> Settings:
    (home / "controllers.toml").write_text(stating(), encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


def tick(vaiti: Vaiti) -> None:
    Schedule(vaiti, stop=Event()).run_once()


def status(api: TestClient, call: Recording, what: str = "") -> int:
    return api.get(f"/api/v1/recordings/{call.id}{what}").status_code


def test_an_objection_to_direct_marketing_ends_the_use_of_such_calls_and_of_no_others(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    service, sale = push(), push(a_call(seed=2), **SALE)
    recorded = posted(api, "/objections", OBJECTION)
    assert (recorded["number"], recorded["kind"], recorded["receipts"]) == (1, "direct-marketing", [])
    assert [status(api, sale, what) for what in ("", "/audio", "/transcript", "/notes")] == [409] * 4
    assert api.get(f"/api/v1/recordings/{sale.id}").json()["slug"] == "objected"
    assert [each["id"] for each in api.get("/api/v1/recordings").json()["recordings"]] == [service.id]
    hits = posted(api, "/search", {"query": "energiayhtiö"}, 200)["hits"]
    assert [hit["recording"]["id"] for hit in hits] == [service.id]
    theirs = api.get(f"/api/v1/customers/{customer_of(api)}/recordings").json()["recordings"]
    assert [each["id"] for each in theirs] == [service.id]
    later = push(a_call(seed=3), **{**SALE, "call_id": "again"})
    assert status(api, later) == 409
    assert vaiti.keys.knows(sale.id)  # it is kept: she may still ask for it


def test_each_objection_is_heeded_apart_and_may_be_taken_back(push: Push, api: TestClient) -> None:
    sale, poll = push(**SALE), push(a_call(seed=2), **POLL)
    objection = posted(api, "/objections", {**OBJECTION, "kind": "market-research"})
    assert [status(api, each) for each in (sale, poll)] == [200, 409]
    profiling = posted(api, "/objections", {**OBJECTION, "kind": "profiling"})
    assert [status(api, each) for each in (sale, poll)] == [200, 409]
    ended = posted(api, f"/objections/{objection['id']}/end", {}, 200)
    assert (ended["number"], ended["ended_at"] is not None) == (3, True)
    assert [status(api, each) for each in (sale, poll)] == [200, 200]
    assert posted(api, f"/objections/{objection['id']}/end", {}, 409)["slug"] == "objection-ended"
    feed = api.get("/api/v1/objections", params={"controller": "kuopio", "since": 1}).json()
    assert [each["id"] for each in feed["objections"]] == [profiling["id"], objection["id"]]
    assert feed["next"] == 3
    feed = api.get("/api/v1/objections", params={"controller": "kuopio", "since": 3}).json()
    assert feed == {"objections": [], "next": 3}


def test_systems_ask_before_they_call_somebody(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push(customer=[WHO, {"type": "customer_number", "value": "77001"}])
    posted(api, "/objections", OBJECTION)
    asked = [{"type": "customer_number", "value": "77001"}, {"type": "phone", "value": "0409876543"}]
    assert posted(api, "/objections/check", {"controller": "kuopio", "references": asked}, 200) == [
        ["direct-marketing"],
        [],
    ]
    assert posted(api, "/objections/check", {"controller": "lahti", "references": asked}, 200) == [[], []]
    (entry,) = [each for each in vaiti.audit.list(SYSTEM) if each.action == "objection.asked"][1:]
    assert (entry.controller, entry.detail) == ("kuopio", {"count": 2})


def test_a_withdrawn_consent_erases_what_rested_on_it_alone(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    poll, service = push(**POLL), push(a_call(seed=2))
    both = push(a_call(seed=3), **{**POLL, "call_id": "both"})
    assert api.patch(f"/api/v1/recordings/{both.id}/facts", json={"kinds": ["service"]}).status_code == 200
    kept = push(a_call(seed=4), **{**POLL, "call_id": "kept"})
    hold = held(vaiti, kept)
    case = posted(api, "/cases", {**WITHDRAWAL, "customer": customer_of(api)})
    body = {"controller": "kuopio", "kind": "consent-withdrawal", "case": case["id"]}
    recorded = posted(api, "/objections", body)
    assert [each["recording"] for each in recorded["receipts"]] == [poll.id]
    assert recorded["receipts"][0]["reason"] == "consent-withdrawn"
    assert [vaiti.keys.knows(each.id) for each in (poll, service, both, kept)] == [False, True, True, True]
    assert status(api, kept) == 409
    late = push(a_call(seed=5), **{**POLL, "call_id": "late"})  # it began before she took it back
    vaiti.holding.end(hold, "released", actor="officer-1")
    tick(vaiti)
    assert [vaiti.keys.knows(each.id) for each in (kept, late)] == [False, False]
    clock.at += timedelta(hours=1)
    new = push(a_call(seed=6), **{**POLL, "call_id": "new"}, started_at=clock.at.isoformat())
    tick(vaiti)
    assert vaiti.keys.knows(new.id)  # she agreed again


def test_an_objection_outlives_the_calls_and_goes_by_its_own_period(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    sale = push(**SALE)
    recorded = posted(api, "/objections", OBJECTION)
    assert recorded["forget_on"] == "2036-03-02"
    clock.at = sale.delete_at
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert not vaiti.keys.knows(sale.id)
    clock.at += timedelta(days=300)
    recent = push(a_call(seed=2), **{**SALE, "call_id": "new"}, started_at=clock.at.isoformat())
    assert status(api, recent) == 409
    clock.at += timedelta(days=9 * 366)
    vaiti.keep_objections.settle(vaiti.purge)
    assert api.get("/api/v1/objections", params={"controller": "kuopio"}).json()["objections"] == []
    actions = [each.action for each in vaiti.audit.list(SYSTEM, limit=100) if each.action.startswith("objection.")]
    assert actions == ["objection.forgotten", "objection.recorded"]


def test_a_case_knows_who_objects_to_what(push: Push, api: TestClient) -> None:
    sale = push(**SALE)
    asked = {"controller": "kuopio", "kind": "objection", "about": "direct-marketing", "way": "telephone"}
    case = posted(api, "/cases", {**asked, "customer": customer_of(api)})
    body = {"controller": "kuopio", "kind": "direct-marketing", "case": case["id"]}
    assert posted(api, "/objections", body, 409)["slug"] == "identity-needed"
    posted(api, f"/cases/{case['id']}/identity", {"identified_by": "called-back"}, 200)
    assert posted(api, "/objections", {**body, "kind": "profiling"}, 409)["slug"] == "case-differs"
    assert posted(api, "/objections", body)["case"] == case["name"]
    assert status(api, sale) == 409


def test_what_the_file_says_later_counts_for_objections_that_are_there(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    service = push()
    posted(api, "/objections", {**OBJECTION, "kind": "profiling"})
    assert status(api, service) == 200
    lines = stating().replace('basis = "contract"', 'basis = "contract"\nstopped_by = ["profiling"]')
    changed = Controllers.parse(lines)
    tick(replace(vaiti, controllers=changed))
    assert status(api, service) == 409


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"controller": "lahti"}, "no-period-for-objections"),
        ({"controller": "nobody"}, "unknown-controller"),
        ({"references": []}, "request-invalid"),
        ({"kind": "consent-withdrawal"}, "request-invalid"),
        ({"case": "f" * 32}, "not-found"),
        ({"references": [], "customer": "f" * 32}, "not-found"),
        ({"references": [{"type": "identity_code", "value": "131052-308T"}]}, "request-invalid"),
    ],
)
def test_what_cannot_be_recorded_is_refused_and_repeats_nothing(
    api: TestClient, body: dict[str, Any], slug: str
) -> None:
    answer = api.post("/api/v1/objections", json={**OBJECTION, **body})
    assert answer.json()["slug"] == slug
    assert "131052" not in answer.text
    assert api.get("/api/v1/objections", params={"controller": "kuopio"}).json()["objections"] == []


def test_no_number_of_hers_is_kept(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push(**SALE)
    posted(api, "/objections", OBJECTION)
    vaiti.database.cut_log()
    for path in sorted(vaiti.settings.data.rglob("*")):
        if path.is_file():
            content = path.read_bytes()
            assert not [each for each in (b"0401234567", b"358401234567") if each in content], path.name


@pytest.mark.parametrize(
    "address", ["http://crm.example.fi/", "https://u:p@crm.example.fi/", "https://crm.example.fi/?who=040", "crm"]
)
def test_an_address_that_is_not_safe_to_tell_is_no_address(address: str) -> None:
    with pytest.raises(SettingsWrong, match="webhook"):
        Controllers.parse(stating(f'webhook = "{address}"'))
