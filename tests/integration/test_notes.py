"""Notes, tags and collections over HTTP, on real stores: seen by who may see the call, and gone with it."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.notes import MOST
from storage.records import Recording, Scope
from tests.integration.fakes import MovedClock, Playback, a_call, said

Push = Callable[..., Recording]
TEXT = "Myyjä kertoo hinnan vasta kysyttäessä"


def place(recording: Recording, what: str) -> str:
    return f"/api/v1/recordings/{recording.id}/{what}"


def noted(api: TestClient, recording: Recording, text: str = TEXT, at: float | None = None) -> dict[str, Any]:
    answer = api.post(place(recording, "notes"), json={"text": text, "at": at})
    assert answer.status_code == 201, answer.text
    note: dict[str, Any] = answer.json()
    return note


def collection(api: TestClient, name: str = "Hyviä aloituksia") -> str:
    answer = api.post("/api/v1/collections", json={"controller": "kuopio", "name": name})
    assert answer.status_code == 201, answer.text
    made: str = answer.json()["id"]
    return made


def test_notes_stand_at_their_moment_and_can_be_removed(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push()
    last, whole, first = noted(api, call, at=4.5), noted(api, call, "Koko puhelu"), noted(api, call, "Alku", at=0.5)
    assert [each["id"] for each in api.get(place(call, "notes")).json()] == [whole["id"], first["id"], last["id"]]
    assert (last["text"], last["written_by"]) == (TEXT, "token")
    assert api.delete(place(call, f"notes/{whole['id']}")).status_code == 204
    assert api.delete(place(call, f"notes/{whole['id']}")).status_code == 404
    assert len(api.get(place(call, "notes")).json()) == 2
    entries = vaiti.audit.list(Scope.system(), recording=call.id)
    assert [entry.action for entry in entries if "note" in entry.action] == ["recording.note-removed"] + [
        "recording.noted"
    ] * 3
    assert "hinnan" not in str(entries)


@pytest.mark.parametrize("text", ["tunnus 131052-308T", "soita 040 123 4567", "matti@example.fi"])
def test_a_note_that_names_somebody_is_refused_and_not_repeated(push: Push, api: TestClient, text: str) -> None:
    call = push()
    answer = api.post(place(call, "notes"), json={"text": text})
    assert (answer.status_code, answer.json()["slug"]) == (422, "names-somebody")
    assert text not in answer.text
    assert api.put(place(call, "tags"), json={"tags": ["hinta", "131052-308t"]}).json()["slug"] == "names-somebody"
    assert api.get(place(call, "tags")).json() == {"tags": []}


def test_notes_written_at_once_are_all_kept(push: Push, api: TestClient) -> None:
    call = push()
    with ThreadPoolExecutor(6) as pool:
        list(pool.map(lambda number: noted(api, call, f"Huomio {number}"), range(12)))
    texts = {each["text"] for each in api.get(place(call, "notes")).json()}
    assert texts == {f"Huomio {number}" for number in range(12)}


def test_a_call_has_so_many_notes_and_no_more(push: Push, api: TestClient, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("recordings.steps.annotate.MOST", 2)
    assert MOST > 2
    call = push()
    noted(api, call), noted(api, call)
    answer = api.post(place(call, "notes"), json={"text": TEXT})
    assert (answer.status_code, answer.json()["slug"]) == (422, "too-many")


def test_what_cannot_be_seen_cannot_be_written_about(push: Push, api: TestClient, playback: Playback) -> None:
    waits = push(a_call(seed=5), call_id="waits", work=False)
    playback.words = [*said("mieheni on sairaalassa", start=1.0)]
    withheld = push(a_call(seed=6), call_id="ill")
    shelf = collection(api)
    for call in (waits, withheld):
        assert api.get(place(call, "notes")).status_code == 409
        assert api.post(place(call, "notes"), json={"text": TEXT}).status_code == 409
        assert api.put(place(call, "tags"), json={"tags": ["hinta"]}).status_code == 409
        assert api.put(f"/api/v1/collections/{shelf}/recordings/{call.id}", json={}).status_code == 409


def test_everything_dies_with_the_call(push: Push, api: TestClient, vaiti: Vaiti, clock: MovedClock) -> None:
    call, other = push(), push(a_call(seed=3), call_id="other")
    shelf = collection(api)
    for each in (call, other):
        noted(api, each)
        api.put(place(each, "tags"), json={"tags": ["hinta"]})
        api.put(f"/api/v1/collections/{shelf}/recordings/{each.id}", json={"start": 1.0, "end": 2.5})
    assert api.get(f"/api/v1/collections/{shelf}").json()["count"] == 2
    receipt = vaiti.purge(call.id, reason="erasure-request")
    assert receipt["recording"] == call.id
    assert list(vaiti.masked.inventory(call.id)) == []
    opened = api.get(f"/api/v1/collections/{shelf}").json()
    assert [each["recording"]["id"] for each in opened["calls"]] == [other.id]
    assert api.get("/api/v1/tags").json() == {"hinta": 1}
    for what in ("notes", "tags"):
        assert api.get(place(call, what)).status_code == 404
    clock.at += timedelta(days=400)
    assert api.get(place(other, "notes")).status_code == 404
    assert api.get(f"/api/v1/collections/{shelf}").json()["calls"] == []


def test_notes_outlive_a_new_masking_of_the_call(push: Push, api: TestClient, vaiti: Vaiti) -> None:
    call = push()
    noted(api, call)
    assert api.post(f"/api/v1/recordings/{call.id}/decisions", json={"decision": "retry"}).status_code in {202, 409}
    again = vaiti.catalog.plan_again(call.id, audit=vaiti.audit.list(Scope.system(), recording=call.id)[0])
    assert again is not None
    assert api.get(place(call, "notes")).status_code == 409
    while again.stage != "published":
        claimed = vaiti.catalog.claim(worker="w", now=vaiti.clock.now(), lease=60, stages=[again.stage], only=call.id)
        assert claimed is not None
        again = vaiti.advance(claimed)
    assert [each["text"] for each in api.get(place(call, "notes")).json()] == [TEXT]


def test_a_tag_has_one_spelling(push: Push, api: TestClient) -> None:
    call = push()
    answer = api.put(place(call, "tags"), json={"tags": ["  Hyvä   aloitus ", "hyvä aloitus", "HINTA"]})
    assert answer.json() == {"tags": ["hinta", "hyvä aloitus"]}
    assert api.put(place(call, "tags"), json={"tags": ["!!"]}).json()["slug"] == "label-invalid"


def test_collections_are_named_changed_and_removed(push: Push, api: TestClient) -> None:
    call, shelf = push(), collection(api)
    again = api.post("/api/v1/collections", json={"controller": "kuopio", "name": "Hyviä aloituksia"})
    assert again.status_code == 409
    where = f"/api/v1/collections/{shelf}"
    assert api.put(where, json={"name": "Vaikeita", "about": "Kesken jääneet"}).json()["about"] == "Kesken jääneet"
    assert api.put(f"{where}/recordings/{call.id}", json={"start": 3.0, "end": 1.0}).status_code == 422
    assert api.put(f"{where}/recordings/{call.id}", json={}).status_code == 204
    assert api.delete(f"{where}/recordings/{call.id}").status_code == 204
    assert api.delete(f"{where}/recordings/{call.id}").status_code == 404
    assert (api.delete(where).status_code, api.get(where).status_code) == (204, 404)
    assert api.get("/api/v1/collections").json() == []
