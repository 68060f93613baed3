"""What a person asks for, from receipt to answer: the month, who asks, what is held, what ends, what is forgotten."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.steps.hold import PlaceHold
from storage.records import Recording, Scope
from tests.integration.fakes import MovedClock, a_call
from tests.integration.test_holds import customer_of, held, posted
from workers.schedule import Schedule

Push = Callable[..., Recording]
SYSTEM = Scope.system()
ACCESS = {"controller": "kuopio", "kind": "access", "way": "letter"}
ERASURE = {"controller": "kuopio", "kind": "erasure", "way": "portal", "identified_by": "strong-identification"}


def opened(api: TestClient, **more: Any) -> dict[str, Any]:
    case: dict[str, Any] = posted(api, "/cases", {**ACCESS, **more})
    return case


def done(api: TestClient, case: dict[str, Any], act: str, status: int = 200, **body: Any) -> dict[str, Any]:
    answer: dict[str, Any] = posted(api, f"/cases/{case['id']}/{act}", body, status)
    return answer


def days(case: dict[str, Any], name: str) -> date:
    return date.fromisoformat(case[name])


def tick(vaiti: Vaiti) -> None:
    Schedule(vaiti, stop=None).run_once()  # type: ignore[arg-type]


def test_a_case_has_a_number_a_month_and_working_days(push: Push, api: TestClient) -> None:
    push()
    case = opened(api, received_on="2026-03-01")
    assert (case["name"], case["state"], case["aim_on"], case["due_on"]) == (
        "2026-1",
        "identity-awaited",
        "2026-04-01",
        "2026-04-01",
    )
    assert not case["overdue"]
    assert case["working_days_left"] > 0
    assert [each["id"] for each in api.get("/api/v1/cases").json()] == [case["id"]]


def test_nothing_is_answered_before_it_is_known_who_asks(push: Push, api: TestClient) -> None:
    push()
    case = opened(api, customer=customer_of(api))
    assert done(api, case, "answer", 409)["slug"] == "identity-needed"
    known = done(api, case, "identity", identified_by="document-shown")
    assert (known["state"], known["identified_by"]) == ("open", "document-shown")
    assert done(api, known, "answer", 409)["slug"] == "pack-needed"
    assert done(api, known, "answer", given_otherwise=True)["state"] == "answered"
    assert done(api, known, "answer", 409)["slug"] == "case-differs"
    assert api.get("/api/v1/cases").json() == []
    assert len(api.get("/api/v1/cases", params={"closed": True}).json()) == 1


def test_a_request_the_day_before_the_end_keeps_the_calls_until_it_ends_and_then_they_go(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    call = push()
    clock.at = call.delete_at - timedelta(days=1)
    case = opened(api, customer=customer_of(api), identified_by="strong-identification")
    assert case["hold"]
    clock.at += timedelta(days=20)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert vaiti.keys.knows(call.id)
    done(api, case, "answer", given_otherwise=True)
    clock.at += timedelta(days=vaiti.settings.access_hold_days, minutes=1)
    vaiti.purge_due(clock.now(), confirmed_by="anna")
    assert not vaiti.keys.knows(call.id)
    assert vaiti.catalog.receipts(SYSTEM, recording=call.id)


def test_a_person_who_is_named_later_has_her_calls_held_from_then_on(push: Push, api: TestClient) -> None:
    push()
    case = opened(api)
    assert case["hold"] is None
    named = done(api, case, "person", customer=customer_of(api))
    assert named["hold"]
    (hold,) = api.get("/api/v1/holds").json()
    assert (hold["id"], hold["case"], hold["ground"]) == (named["hold"], case["name"], "access-request")


def test_a_case_that_nobody_proves_lapses_with_its_hold(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    opened(api, customer=customer_of(api))
    clock.at += timedelta(days=vaiti.settings.access_identity_days, minutes=1)
    tick(vaiti)
    (case,) = api.get("/api/v1/cases", params={"closed": True}).json()
    assert case["state"] == "lapsed"
    assert api.get("/api/v1/holds").json() == []


def test_an_extension_is_taken_once_and_within_the_first_month(push: Push, api: TestClient, clock: MovedClock) -> None:
    push()
    case = opened(api)
    longer = done(api, case, "extension", reason="complexity")
    assert timedelta(days=55) < days(longer, "due_on") - days(case, "due_on") < timedelta(days=68)
    assert done(api, case, "extension", 409, reason="complexity")["slug"] == "too-late-to-extend"
    other = opened(api)
    clock.at += timedelta(days=40)
    assert done(api, other, "extension", 409, reason="complexity")["slug"] == "too-late-to-extend"
    late = api.get(f"/api/v1/cases/{other['id']}").json()
    assert late["overdue"]
    assert late["working_days_left"] < 0


def test_an_erasure_ends_the_persons_calls_and_leaves_what_is_held(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    gone, kept = push(), push(a_call(seed=7), call_id="kept")
    other = push(a_call(seed=8), call_id="other", customer=[{"type": "phone", "value": "0409876543"}])
    held(vaiti, kept)
    case = posted(api, "/cases", {**ERASURE, "customer": customer_of(api)})
    erased = done(api, case, "erasure")
    assert [each["recording"] for each in erased["receipts"]] == [gone.id]
    assert erased["held"] == [kept.id]
    assert [vaiti.keys.knows(each.id) for each in (gone, kept, other)] == [False, True, True]
    assert vaiti.catalog.receipts(SYSTEM, recording=gone.id)[0]["reason"] == "erasure-request"
    again = done(api, case, "erasure")
    assert (again["receipts"], again["held"]) == ([], [kept.id])
    assert done(api, case, "answer")["state"] == "answered"


def test_only_who_is_known_is_erased_and_only_who_asked_for_it(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push()
    unknown = posted(api, "/cases", {**ERASURE, "identified_by": None, "customer": customer_of(api)})
    assert done(api, unknown, "erasure", 409)["slug"] == "identity-needed"
    access = opened(api, customer=customer_of(api), identified_by="called-back")
    assert done(api, access, "erasure", 409)["slug"] == "case-differs"
    assert vaiti.keys.knows(call.id)


def test_a_refusal_says_its_ground(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push()
    case = opened(api)
    refused = done(api, case, "refusal", ground="not-identified")
    assert (refused["state"], refused["ground"]) == ("refused", "not-identified")
    (entry,) = [each for each in vaiti.audit.list(SYSTEM) if each.action == "case.refused"]
    assert (entry.case, entry.purpose, entry.detail["ground"]) == (case["name"], "access", "not-identified")


def test_a_closed_case_is_forgotten_when_its_own_period_is_over(
    push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock
) -> None:
    push()
    closed = done(api, opened(api), "withdrawal")
    assert days(closed, "forget_on") > days(closed, "received_on") + timedelta(days=2 * 365)
    clock.at += timedelta(days=2 * 366)
    tick(vaiti)
    assert api.get("/api/v1/cases", params={"closed": True}).json() == []
    assert api.get(f"/api/v1/cases/{closed['id']}").status_code == 404


@pytest.mark.parametrize(
    ("body", "slug"),
    [
        ({"controller": "lahti"}, "no-period-for-cases"),
        ({"controller": "nobody"}, "unknown-controller"),
        ({"received_on": "2099-01-01"}, "request-invalid"),
        ({"kind": "objection"}, "request-invalid"),
        ({"about": "profiling"}, "request-invalid"),
        ({"identity_code": "131052-308T"}, "request-invalid"),
        ({"customer": "f" * 32}, "not-found"),
    ],
)
def test_what_cannot_be_opened_is_refused_and_nothing_is_kept(api: TestClient, body: dict[str, str], slug: str) -> None:
    answer = api.post("/api/v1/cases", json={**ACCESS, **body})
    assert answer.json()["slug"] == slug
    assert "131052" not in answer.text
    assert api.get("/api/v1/cases", params={"closed": True}).json() == []


def test_a_hold_that_was_released_by_hand_is_no_obstacle(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    push()
    case = opened(api, customer=customer_of(api), identified_by="called-back")
    PlaceHold(holding=vaiti.holding).release(vaiti.controllers.scope, case["hold"], actor="officer-1")
    assert done(api, case, "answer", given_otherwise=True)["state"] == "answered"
