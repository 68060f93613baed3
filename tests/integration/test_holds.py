"""Holds, restrictions and open requests in the life of a call: what goes on, what stops, and what ends at once."""

import io
from collections.abc import Callable
from datetime import date, timedelta
from threading import Event
from typing import Any

import pytest
import pyzipper
from fastapi.testclient import TestClient

from recordings.errors import NothingToGive, Restricted
from recordings.factory import Vaiti
from recordings.holding import Order
from recordings.steps.access import AccessRequest, Purpose
from recordings.steps.hold import PlaceHold
from recordings.steps.review import Reviewer
from storage import receipts
from storage.errors import Held, NotFound
from storage.holds import Hold
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import MovedClock, a_call
from workers.remasking import work_off
from workers.worker import Worker

Push = Callable[..., Recording]
SYSTEM = Scope.system()
PASSPHRASE = "pitkä ja yksinkertainen lause"
ORDER = {"controller": "kuopio", "case": "R-12"}
HOLD = {**ORDER, "ground": "legal-claim"}
RESTRICTION = {**ORDER, "ground": "accuracy-contested"}


def held(vaiti: Vaiti, *recordings: Recording, case: str = "R-12") -> Hold:
    order = Order(
        controller="kuopio",
        ground="legal-claim",
        case=case,
        actor="officer-1",
        recordings=tuple(each.id for each in recordings),
    )
    return PlaceHold(holding=vaiti.holding)(order)


def posted(api: TestClient, path: str, body: dict[str, Any] | None = None, status: int = 201) -> Any:
    answer = api.post(f"/api/v1{path}", json=body or {})
    assert answer.status_code == status, answer.text
    return answer.json()


def customer_of(api: TestClient) -> str:
    who = {"controller": "kuopio", "type": "phone", "value": "0401234567"}
    return str(posted(api, "/customers/find", who, 200)["customer"])


def opened(vaiti: Vaiti, hold: Hold) -> pyzipper.AESZipFile:
    request = AccessRequest(
        scope=vaiti.controllers.scope,
        purpose=Purpose.LEGAL_CLAIM,
        case=hold.case,
        actor="officer-1",
        passphrase=PASSPHRASE,
        hold=hold.id,
    )
    out = io.BytesIO()
    vaiti.access(request, out)
    archive = pyzipper.AESZipFile(out)
    archive.setpassword(PASSPHRASE.encode())
    return archive


def test_a_held_call_is_used_until_its_time_and_then_plays_for_its_case_alone(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording, free = push(), push(a_call(seed=2), call_id="free")
    hold = held(vaiti, recording)
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").status_code == 200
    assert len(posted(api, "/search", {"query": "energiayhtiö"}, 200)["hits"]) == 2
    clock.at = recording.delete_at
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [free.id]
    # the day's key died with the free call; what is held lies under its case's
    assert dict(vaiti.keys.held()) == {recording.id: hold.id}
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").status_code == 404
    assert posted(api, "/search", {"query": "energiayhtiö"}, 200)["hits"] == []
    with pytest.raises(NotFound):
        vaiti.view.read_words(vaiti.controllers.scope, recording.id, actor="agent-1")
    assert opened(vaiti, hold).read("001/audio.wav") == a_call()
    entry = vaiti.audit.list(SYSTEM, recording=recording.id, limit=1)[0]
    assert (entry.action, entry.case, entry.purpose) == ("raw.opened", "R-12", "legal-claim")


def test_release_deletes_at_once_what_was_due_and_gives_the_rest_back_to_its_day(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    early, late = push(kind="contract"), push(a_call(seed=2), call_id="late")
    placed = posted(api, "/holds", {**HOLD, "recordings": [early.id, late.id]})
    assert (sorted(placed["recordings"]), placed["overdue"]) == (sorted([early.id, late.id]), 0)
    clock.at = early.delete_at + timedelta(days=30)
    assert vaiti.purge_due(clock.now()) == []
    assert [each["overdue"] for each in api.get("/api/v1/holds").json()] == [1]
    after = posted(api, f"/holds/{placed['id']}/release", status=200)
    (receipt,) = after["receipts"]
    receipts.verify(receipt, vaiti.signer.public_key())
    assert (receipt["recording"], receipt["reason"]) == (early.id, "period-ended")
    assert vaiti.catalog.get(SYSTEM, late.id).held is False
    assert dict(vaiti.keys.held()) == {}
    assert api.get(f"/api/v1/recordings/{late.id}/audio").status_code == 200
    assert vaiti.catalog.knows(early.id) == 0
    posted(api, f"/holds/{placed['id']}/release", status=404)
    assert api.get("/api/v1/holds").json() == []
    assert [each["id"] for each in api.get("/api/v1/holds?ended=true").json()] == [placed["id"]]


def test_what_is_held_past_its_time_is_always_shown(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording = push()
    held(vaiti, recording)
    assert api.get("/api/v1/recordings").json()["overdue_held"] == 0
    clock.at = recording.delete_at
    assert api.get("/api/v1/recordings").json() == {"recordings": [], "overdue_held": 1}
    assert "1 calls are held past their time" in api.get("/", headers={"accept-language": "en"}).text
    assert vaiti.status(Scope.system()).overdue == 0  # held, so not late


def test_no_erasure_passes_a_hold_and_no_second_hold_takes_what_is_past_its_time(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push()
    held(vaiti, recording)
    with pytest.raises(Held):
        vaiti.purge(recording.id, reason="erasure-request")
    assert vaiti.view.get(SYSTEM, recording.id).stage is Stage.PUBLISHED
    clock.at = recording.delete_at
    with pytest.raises(NotFound):
        held(vaiti, recording, case="R-13")


def test_a_call_under_two_holds_stays_under_the_first_ones_key_and_then_under_the_others(
    push: Push, vaiti: Vaiti, clock: MovedClock
) -> None:
    recording = push()
    first = held(vaiti, recording)
    clock.at += timedelta(hours=1)
    second = held(vaiti, recording, case="R-13")
    assert dict(vaiti.keys.held()) == {recording.id: first.id}
    clock.at = recording.delete_at
    released = PlaceHold(holding=vaiti.holding).release(SYSTEM, first.id, actor="officer-1")
    assert vaiti.let_go(released) == []
    assert dict(vaiti.keys.held()) == {recording.id: second.id}
    assert opened(vaiti, second).read("001/audio.wav") == a_call()
    with pytest.raises(NothingToGive):
        opened(vaiti, first)


def test_two_persons_release_where_the_setting_says_so(
    push: Push, vaiti: Vaiti, api: TestClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(vaiti.settings.__dict__, "hold_two_persons", True)
    recording = push()
    hold = held(vaiti, recording)
    asked = posted(api, f"/holds/{hold.id}/release", status=200)
    assert (asked["release_asked_by"], asked["ended_at"]) == ("token", None)
    assert posted(api, f"/holds/{hold.id}/release", status=409)["slug"] == "second-person-needed"
    assert vaiti.catalog.get(SYSTEM, recording.id).held
    PlaceHold(holding=vaiti.holding).release(SYSTEM, hold.id, actor="officer-2")
    assert not vaiti.catalog.get(SYSTEM, recording.id).held
    told = [each.action for each in vaiti.audit.list(SYSTEM) if each.action.startswith("hold.")]
    assert told == ["hold.released", "hold.release-asked", "hold.placed"]


def test_a_review_date_is_kept_and_lies_within_a_year(push: Push, vaiti: Vaiti, clock: MovedClock) -> None:
    assert held(vaiti, push(work=False)).review_on == clock.now().date() + timedelta(days=90)


@pytest.mark.parametrize("day", ["2026-03-02", "2025-01-01", "2027-03-04"])
def test_a_review_date_that_is_none_is_refused(push: Push, api: TestClient, day: str) -> None:
    body = {**HOLD, "recordings": [push(work=False).id]}
    refused = posted(api, "/holds", {**body, "review_on": day}, 422)
    assert refused["problems"] == [{"field": "review_on", "rule": "within_a_year_from_now"}]
    placed = posted(api, "/holds", {**body, "review_on": "2026-06-01"})
    again = posted(api, f"/holds/{placed['id']}/review", {"review_on": "2026-09-01"}, 200)
    assert again["review_on"] == "2026-09-01"
    posted(api, f"/holds/{placed['id']}/review", {"review_on": day}, 422)


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({"recordings": []}, 422),
        ({"recordings": ["0" * 32]}, 404),
        ({"controller": "lahti"}, 404),
        ({"controller": "nobody"}, 422),
        ({"ground": "just-in-case"}, 422),
        ({"case": "Matti Meikäläinen"}, 422),
    ],
)
def test_a_hold_without_calls_ground_or_case_is_refused(
    push: Push, api: TestClient, vaiti: Vaiti, change: dict[str, Any], status: int
) -> None:
    posted(api, "/holds", {**HOLD, "recordings": [push(work=False).id], **change}, status)
    assert vaiti.holds.list(SYSTEM) == []


def test_a_restricted_call_is_used_by_nobody_and_not_deleted(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording, other = push(), push(a_call(seed=2), call_id="other", work=False)
    placed = posted(api, "/restrictions", {**RESTRICTION, "recordings": [recording.id, other.id]})
    for path in ("", "/audio", "/transcript"):
        answer = api.get(f"/api/v1/recordings/{recording.id}{path}")
        assert (answer.status_code, answer.json()["slug"]) == (409, "restricted")
    assert posted(api, "/search", {"query": "energiayhtiö"}, 200)["hits"] == []
    assert api.get("/api/v1/recordings").json()["recordings"] == []
    assert api.get(f"/api/v1/customers/{customer_of(api)}/recordings").json()["recordings"] == []
    assert api.get(f"/calls/{recording.id}").status_code == 409
    with pytest.raises(Restricted):
        vaiti.review.show(SYSTEM, recording.id, Reviewer(actor="officer-1", officer=True))
    assert vaiti.catalog.claim(worker="w", now=clock.now(), lease=60.0, stages=[Stage.RECEIVED]) is None
    assert vaiti.remask(SYSTEM, recording.id).value == "gone"
    work_off(vaiti, Worker(vaiti, name="w", stop=Event()))  # nor does a remask wait for its end
    clock.at = recording.delete_at
    assert vaiti.purge_due(clock.now()) == []
    assert [each["overdue"] for each in api.get("/api/v1/restrictions").json()] == [2]
    assert placed["kind"] == "restriction"


def test_the_person_herself_still_gets_what_is_restricted(push: Push, api: TestClient) -> None:
    recording = push()
    posted(api, "/restrictions", {**RESTRICTION, "recordings": [recording.id]})
    body = {"type": "access", "customer": customer_of(api), "case": "R-12", "purpose": "access-request"}
    answer = api.post("/api/v1/requests", json={**body, "passphrase": PASSPHRASE})
    assert answer.status_code == 200
    with pyzipper.AESZipFile(io.BytesIO(answer.content)) as archive:
        archive.setpassword(PASSPHRASE.encode())
        assert archive.read("001/audio.wav") == a_call()


def test_a_restriction_is_lifted_only_after_a_dated_notice(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording = push()
    placed = posted(api, "/restrictions", {**RESTRICTION, "recordings": [recording.id]})
    lift = f"/restrictions/{placed['id']}/lift"
    assert posted(api, lift, status=409)["slug"] == "notice-needed"
    assert posted(api, f"/holds/{placed['id']}/release", status=404)["slug"] == "not-found"
    for wrong in ("2026-03-01", "2026-03-03"):  # before the restriction, and tomorrow
        posted(api, f"/restrictions/{placed['id']}/notice", {"notified_on": wrong}, 422)
    told = posted(api, f"/restrictions/{placed['id']}/notice", {"notified_on": "2026-03-02"}, 200)
    assert told["notified_on"] == "2026-03-02"
    assert posted(api, lift, status=200)["receipts"] == []
    assert api.get(f"/api/v1/recordings/{recording.id}/audio").status_code == 200
    acts = [each.action for each in vaiti.audit.list(SYSTEM) if each.action.startswith("restriction.")]
    assert acts == ["restriction.lifted", "restriction.notified", "restriction.placed"]
    assert clock.now().date() == date(2026, 3, 2)


def test_lifting_deletes_at_once_what_was_due(push: Push, clock: MovedClock, api: TestClient, vaiti: Vaiti) -> None:
    recording = push()
    placed = posted(api, "/restrictions", {**RESTRICTION, "recordings": [recording.id]})
    clock.at = recording.delete_at + timedelta(days=1)
    day = clock.now().date().isoformat()
    posted(api, f"/restrictions/{placed['id']}/notice", {"notified_on": day}, 200)
    (receipt,) = posted(api, f"/restrictions/{placed['id']}/lift", status=200)["receipts"]
    assert receipt["recording"] == recording.id
    assert vaiti.catalog.knows(recording.id) == 0


def a_request(api: TestClient, *, proved: bool = False) -> Any:
    return posted(api, "/holds/access", {**ORDER, "customer": customer_of(api), "identity_proved": proved})


def test_a_request_holds_its_calls_until_some_days_after_its_answer(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording = push()
    clock.at = recording.delete_at - timedelta(days=5)
    placed = a_request(api)
    assert posted(api, f"/holds/{placed['id']}/identity", status=200)["until"] is None
    clock.at = recording.delete_at + timedelta(days=40)
    assert vaiti.purge_due(clock.now()) == []
    posted(api, f"/holds/{placed['id']}/answer", {"answer": "refused"}, 200)
    clock.at += timedelta(days=13, hours=23)
    assert vaiti.purge_due(clock.now()) == []
    clock.at += timedelta(hours=1)
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [recording.id]
    assert [each.action for each in vaiti.audit.list(SYSTEM) if each.action.startswith("hold.")] == [
        "hold.lapsed",
        "hold.refused",
        "hold.identity-proved",
        "hold.placed",
    ]


def test_a_strangers_request_lapses(push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient) -> None:
    recording = push()
    clock.at = recording.delete_at - timedelta(days=5)
    a_request(api)
    clock.at += timedelta(days=29)
    assert vaiti.purge_due(clock.now()) == []
    clock.at += timedelta(days=1)
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [recording.id]


def test_what_was_delivered_is_held_for_some_days_under_the_case_of_its_request(
    push: Push, vaiti: Vaiti, clock: MovedClock, api: TestClient
) -> None:
    recording = push()
    clock.at = recording.delete_at - timedelta(days=1)
    placed = a_request(api, proved=True)
    body = {"type": "access", "customer": customer_of(api), "case": "R-12", "purpose": "access-request"}
    assert api.post("/api/v1/requests", json={**body, "passphrase": PASSPHRASE}).status_code == 200
    (hold,) = vaiti.holds.list(SYSTEM)
    assert (hold.id, hold.until) == (placed["id"], clock.now() + timedelta(days=14))
    assert api.post("/api/v1/requests", json={**body, "case": "R-14", "passphrase": PASSPHRASE}).status_code == 200
    assert len(vaiti.holds.list(SYSTEM)) == 2
    clock.at += timedelta(days=14)
    assert [each["recording"] for each in vaiti.purge_due(clock.now())] == [recording.id]
