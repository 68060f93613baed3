"""Was the caller told that the call is recorded? It is heard when the call is, and shown per queue."""

from collections.abc import Callable
from datetime import timedelta

from fastapi.testclient import TestClient

from redaction.model import Word
from storage.records import Recording
from tests.integration.fakes import NOW, Playback, a_call

Push = Callable[..., Recording]


def say(playback: Playback, text: str) -> None:
    playback.words = tuple(
        Word(text=word, start=1.0 + at * 0.5, end=1.4 + at * 0.5, channel=0) for at, word in enumerate(text.split())
    )


def test_each_queue_shows_how_many_callers_were_told(push: Push, playback: Playback, api: TestClient) -> None:
    say(playback, "Hei, tämä puhelu tallennetaan.")
    told = push(a_call(seed=2), call_id="a", queue="laskut")
    say(playback, "Hei, Kuopion Energia, Maija.")
    untold = push(a_call(seed=3), call_id="b", queue="laskut")
    unheard = push(a_call(seed=4), call_id="c", queue="laskut", work=False)
    answers = [api.get(f"/api/v1/recordings/{each.id}").json() for each in (told, untold, unheard)]
    assert [(each["told"], each["told_at"]) for each in answers] == [(True, 2.0), (False, None), (None, None)]
    asked = {"since": (NOW - timedelta(days=400)).isoformat(), "until": (NOW + timedelta(days=1)).isoformat()}
    (count,) = api.get("/api/v1/notices", params=asked).json()
    assert count == {
        "controller": "kuopio",
        "kind": "service",
        "queue": "laskut",
        "told": 1,
        "untold": 1,
        "unheard": 1,
    }
