"""The review over HTTP: places and no words, decisions that need no role, refusals without values."""

from collections.abc import Callable
from typing import Any

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from storage.records import Recording, Scope, Stage
from tests.integration.fakes import Playback, said
from tests.integration.test_review import work

Push = Callable[..., Recording]
SYSTEM = Scope.system()


def test_what_waits_is_listed_with_its_places_and_without_words(
    api: TestClient, push: Push, playback: Playback, vaiti: Vaiti
) -> None:
    playback.again = said("308", start=2.9)
    recording = push()
    (waiting,) = api.get("/api/v1/review").json()
    assert waiting["recording"]["id"] == recording.id
    assert waiting == api.get(f"/api/v1/recordings/{recording.id}/review").json()
    (place,) = waiting["places"]
    assert place.pop("end") == pytest.approx(3.2)
    assert place == {
        "number": 1,
        "doubt": "heard",
        "type": "DOUBTFUL",
        "channel": None,
        "first": None,
        "last": None,
        "start": 2.9,
        "shape": ["other"],
        "why": ["heard-again"],
    }
    playback.again = ()
    body = {"decision": "mask", "numbers": [1], "case": "T-7"}
    decided = api.post(f"/api/v1/recordings/{recording.id}/decisions", json=body)
    assert (decided.status_code, decided.json()["stage"]) == (202, "transcribed")
    assert work(vaiti, vaiti.catalog.get(SYSTEM, recording.id)).stage is Stage.PUBLISHED
    assert api.get("/api/v1/review").json() == []


def test_a_place_that_no_rule_found_can_be_masked(api: TestClient, push: Push, vaiti: Vaiti) -> None:
    recording = push()
    places = [{"channel": 0, "first": 1, "last": 1, "type": "PERSON"}, {"start": 4.0, "end": 5.0}]
    body = {"decision": "mask", "places": places}
    assert api.post(f"/api/v1/recordings/{recording.id}/decisions", json=body).status_code == 202
    assert work(vaiti, vaiti.catalog.get(SYSTEM, recording.id)).findings == {"PERSON": 1, "SECRET": 1}


@pytest.mark.parametrize(
    ("body", "status", "slug"),
    [
        ({"decision": "clear", "numbers": [1]}, 422, "request-invalid"),
        ({"decision": "release"}, 422, "request-invalid"),
        ({"decision": "mask", "places": [{"first": 1}]}, 422, "request-invalid"),
        ({"decision": "mask", "places": [{"type": "PERSON"}]}, 422, "request-invalid"),
        ({"decision": "mask", "places": [{"start": 1, "end": 2, "type": "Aino"}]}, 422, "request-invalid"),
        ({"decision": "mask", "numbers": [9]}, 422, "place-unknown"),
        ({"decision": "mask"}, 422, "place-unknown"),
        ({"decision": "retry"}, 409, "not-for-review"),
    ],
)
def test_what_cannot_be_decided_is_refused(
    api: TestClient, push: Push, body: dict[str, Any], status: int, slug: str
) -> None:
    refused = api.post(f"/api/v1/recordings/{push().id}/decisions", json=body)
    assert (refused.status_code, refused.json()["slug"]) == (status, slug)
    assert "Aino" not in refused.text
