"""Calls that staff may not see, and people whose calls are masked more strictly, over HTTP on real stores."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from storage.errors import LostClaim
from storage.records import Clearance, Recording, Scope, Stage
from tests.integration.fakes import MovedClock, Playback, a_call, said

Push = Callable[..., Recording]
PHONE = {"type": "phone", "value": "040 123 4567"}


def ill(playback: Playback) -> None:
    playback.words = [*said("hei miten voin auttaa"), *said("mieheni on sairaalassa", start=2.5, channel=1)]


def doors(api: TestClient, recording: Recording) -> list[int]:
    """What each door to a masked copy answers."""
    place = f"/api/v1/recordings/{recording.id}"
    return [api.get(f"{place}/{each}").status_code for each in ("audio", "transcript")]


def hits(api: TestClient) -> int:
    return len(api.post("/api/v1/search", json={"query": "hei"}).json()["hits"])


def actions(vaiti: Vaiti, recording: Recording) -> list[str]:
    return [entry.action for entry in vaiti.audit.list(Scope.system(), recording=recording.id)]


def test_a_call_about_illness_is_seen_by_nobody_until_the_privacy_officer_grants_it(
    push: Push, api: TestClient, playback: Playback, vaiti: Vaiti
) -> None:
    ill(playback)
    call = push()
    assert (call.stage, call.clearance, call.topics) == (Stage.PUBLISHED, Clearance.WAITING, ("health",))
    assert (doors(api, call), hits(api)) == ([409, 409], 0)
    answer = api.get(f"/api/v1/recordings/{call.id}/transcript").json()
    assert answer["slug"] == "withheld"
    (waiting,) = api.get("/api/v1/clearances").json()
    assert (waiting["recording"]["id"], waiting["topics"]) == (call.id, ["health"])
    page = api.get("/", headers={"Accept-Language": "en"})
    assert f"/calls/{call.id}" not in page.text

    said_yes = {"clearance": "granted", "case": "D-1"}
    granted = api.post(f"/api/v1/recordings/{call.id}/clearance", json=said_yes).json()
    assert granted["clearance"] == "granted"
    assert (doors(api, call), hits(api), api.get("/api/v1/clearances").json()) == ([200, 200], 1, [])
    entry = next(e for e in vaiti.audit.list(Scope.system(), recording=call.id) if e.action == "clearance.granted")
    assert (entry.actor, entry.case, entry.detail) == ("token", "D-1", {})


def test_what_was_refused_stays_unseen_and_leaves_the_list(push: Push, api: TestClient, playback: Playback) -> None:
    ill(playback)
    call = push()
    api.post(f"/api/v1/recordings/{call.id}/clearance", json={"clearance": "refused"})
    assert (doors(api, call), hits(api), api.get("/api/v1/clearances").json()) == ([409, 409], 0, [])


def test_a_person_flags_a_call_by_hand_and_the_topic_is_in_no_audit_entry(
    push: Push, api: TestClient, vaiti: Vaiti
) -> None:
    call = push()
    assert doors(api, call) == [200, 200]
    nothing = api.post(f"/api/v1/recordings/{call.id}/clearance", json={"clearance": "granted"})
    assert (nothing.status_code, nothing.json()["slug"]) == (409, "nothing-to-clear")
    assert api.post(f"/api/v1/recordings/{call.id}/flag", json={"topic": "gossip"}).status_code == 422
    assert api.post(f"/api/v1/recordings/{call.id}/flag", json={"topic": "crisis"}).json()["clearance"] == "waiting"
    assert doors(api, call) == [409, 409]
    api.post(f"/api/v1/recordings/{call.id}/clearance", json={"clearance": "granted"})
    api.post(f"/api/v1/recordings/{call.id}/flag", json={"topic": "crisis"})  # seen again: asked again
    assert doors(api, call) == [409, 409]
    assert "recording.flagged" in actions(vaiti, call)
    assert not [e for e in vaiti.audit.list(Scope.system(), recording=call.id) if "crisis" in str(e)]


def test_a_decision_stands_when_the_call_is_planned_again_and_a_new_topic_asks_again(
    push: Push, api: TestClient, playback: Playback, vaiti: Vaiti
) -> None:
    ill(playback)
    call = push()
    api.post(f"/api/v1/recordings/{call.id}/clearance", json={"clearance": "granted"})
    asked = api.post("/api/v1/customers/profile", json={"controller": "kuopio", **PHONE, "profile": "strict"})
    assert asked.json() == {"recordings": 1}
    again = work(vaiti, call)
    assert (again.stage, again.clearance) == (Stage.PUBLISHED, Clearance.GRANTED)
    api.post(f"/api/v1/recordings/{call.id}/flag", json={"topic": "social"})
    assert vaiti.catalog.get(Scope.system(), call.id).clearance is Clearance.WAITING


def test_after_its_time_there_is_nothing_to_flag(push: Push, api: TestClient, clock: MovedClock) -> None:
    call = push()
    clock.at += timedelta(days=400)
    for place, body in (("flag", {"topic": "health"}), ("clearance", {"clearance": "granted"})):
        assert api.post(f"/api/v1/recordings/{call.id}/{place}", json=body).status_code in {401, 404}


def work(vaiti: Vaiti, recording: Recording) -> Recording:
    recording = vaiti.catalog.get(Scope.system(), recording.id)
    while recording.stage is not Stage.PUBLISHED:
        recording = vaiti.advance(recording)
    return recording


def asked_for(api: TestClient, profile: str, **changes: Any) -> Any:
    body = {"controller": "kuopio", **PHONE, "profile": profile, **changes}
    return api.post("/api/v1/customers/profile", json=body)


def test_a_non_disclosure_order_takes_a_persons_calls_out_of_reach_and_masks_them_again(
    push: Push, api: TestClient, playback: Playback, vaiti: Vaiti
) -> None:
    playback.words = [*said("hei siellä"), *said("hinta viisisataa. muutin Kuopioon", start=2.5, channel=1)]
    hers = push()
    others = push(a_call(seed=2), call_id="b", customer=[{"type": "phone", "value": "050 765 4321"}])
    assert "Kuopioon" in str(api.get(f"/api/v1/recordings/{hers.id}/transcript").json())

    assert asked_for(api, "non-disclosure", value="+358 40 1234567", case="T-9").json() == {"recordings": 1}
    assert (doors(api, hers), doors(api, others)) == ([409, 409], [200, 200])
    assert (hits(api), vaiti.index.knows(hers.id)) == (1, 0)
    again = work(vaiti, hers)
    words = [word["text"] for word in api.get(f"/api/v1/recordings/{hers.id}/transcript").json()["words"]]
    assert [text for text in words if text] == ["hei", "siellä", "hinta", "[LONG_NUMBER]", "muutin", "[LOCATION]"]
    assert again.findings["LOCATION"] >= 1
    entry = next(e for e in vaiti.audit.list(Scope.system()) if e.action == "customer.profile-set")
    assert (entry.case, entry.detail["profile"], len(str(entry.detail["person"]))) == ("T-9", "non-disclosure", 32)
    assert "recording.planned-again" in actions(vaiti, hers)

    later = push(a_call(seed=3), call_id="c")
    assert "LOCATION" in later.findings
    assert asked_for(api, "standard").json() == {"recordings": 0}  # nothing that was masked is shown by it
    assert doors(api, hers) == [200, 200]
    assert "LOCATION" not in push(a_call(seed=4), call_id="d").findings


def test_a_worker_that_had_asked_before_loses_the_call(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    received = push(work=False)
    transcribed = vaiti.advance(received)
    assert asked_for(api, "strict").json() == {"recordings": 1}
    with pytest.raises(LostClaim):
        vaiti.advance(transcribed)
    assert work(vaiti, transcribed).stage is Stage.PUBLISHED


def test_whom_nobody_knows_yet_is_masked_strictly_from_the_first_call(push: Push, api: TestClient) -> None:
    assert asked_for(api, "strict", value="044 999 8888").json() == {"recordings": 0}
    assert asked_for(api, "secret").status_code == 422
    assert asked_for(api, "strict", controller="oulu").json()["slug"] == "unknown-controller"
    assert push(customer=[{"type": "phone", "value": "0449998888"}]).stage is Stage.PUBLISHED
