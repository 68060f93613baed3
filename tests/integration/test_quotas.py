"""How much a controller's systems may push: too much is refused, and nothing of it is stored."""

from collections.abc import Callable
from dataclasses import replace
from typing import Any

import httpx
import pytest
from fastapi.testclient import TestClient

from recordings.controllers import Controllers
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import a_call
from tests.integration.test_api_keys import a_key, system
from tests.integration.test_live import body, headers
from tests.integration.test_push import AUDIO, send, stored

Limited = Callable[..., TestClient]


@pytest.fixture
def limited(vaiti: Vaiti) -> Limited:
    """A pushing system whose controllers have these limits."""

    def make(*controllers: str, **limits: int) -> TestClient:
        key = a_key(vaiti, "pbx", *controllers)
        return system(with_limits(vaiti, **limits), key)

    return make


def with_limits(vaiti: Vaiti, **limits: int) -> Vaiti:
    lines = "".join(f"{name} = {value}\n" for name, value in limits.items())
    text = CONTROLLERS + "[controllers.kuopio.limits]\n" + lines
    return replace(vaiti, controllers=Controllers.parse(text))


def slugs(answers: list[Any]) -> list[object]:
    return [answer.json().get("slug") or answer.status_code for answer in answers]


def test_more_pushes_a_minute_hear_when_to_come_again(limited: Limited, vaiti: Vaiti) -> None:
    client = limited("kuopio", "lahti", pushes_a_minute=2)
    answers = [send(client, a_call(seed=n), call_id=f"c-{n}") for n in range(3)]
    assert [answer.status_code for answer in answers] == [201, 201, 429]
    assert answers[-1].json()["slug"] == "too-many-pushes"
    assert 0 < int(answers[-1].headers["Retry-After"]) <= 60
    assert len(stored(vaiti)[1]) == 2
    assert send(client, controller="lahti").status_code == 201  # another register's systems are let in


def test_a_push_that_is_too_large_leaves_nothing(limited: Limited, vaiti: Vaiti) -> None:
    client = limited(push_bytes=len(AUDIO) - 1)
    answer = send(client)
    assert (answer.status_code, answer.json()["slug"]) == (413, "audio-too-large")
    assert stored(vaiti) == ([], [], 0)
    assert send(client, controller="lahti").json()["slug"] == "unknown-controller"


def test_a_stated_length_is_refused_before_a_key_is_made(
    limited: Limited, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = limited(push_bytes=1_000)
    monkeypatch.setattr(vaiti.keys, "create", None)
    assert send(client, a_call(60)).json()["slug"] == "audio-too-large"


def test_a_call_that_is_too_long_is_refused(limited: Limited, vaiti: Vaiti) -> None:
    client = limited(call_seconds=2)
    assert send(client, a_call(3)).json()["slug"] == "audio-too-long"
    assert stored(vaiti) == ([], [], 0)
    assert send(client, a_call(1)).status_code == 201


def test_the_bytes_of_a_day_are_those_that_were_stored(limited: Limited, vaiti: Vaiti) -> None:
    client = limited(bytes_a_day=len(AUDIO) * 2 + 10)
    calls = [a_call(seed=n) for n in range(3)]
    pushed = [send(client, calls[0], call_id="c-0"), send(client, calls[0], call_id="c-0")]
    pushed += [send(client, b"no sound" * 10, call_id="c-9"), send(client, calls[1], call_id="c-1")]
    assert slugs(pushed) == [201, 200, "audio-unknown-format", 201]
    before = stored(vaiti)
    refused = send(client, calls[2], call_id="c-2")
    assert (refused.status_code, refused.json()["slug"]) == (429, "quota-used")
    assert 0 < int(refused.headers["Retry-After"]) <= 24 * 3600
    assert stored(vaiti) == before


def test_the_service_has_the_last_word_on_size(vaiti: Vaiti) -> None:
    wide = with_limits(vaiti, push_bytes=10**12, call_seconds=10**6)
    assert wide.ingest.limits.stricter(wide.controllers.get("kuopio")) == wide.ingest.limits


@pytest.mark.parametrize("line", ["pushes_a_minute = 0", "bytes_a_day = -1", "push_bytes = 'x'", "words = 1"])
def test_a_limit_that_is_none_stops_the_start(line: str) -> None:
    with pytest.raises(SettingsWrong, match=r"controllers\.kuopio\.limits"):
        Controllers.parse(f"{CONTROLLERS}[controllers.kuopio.limits]\n{line}\n")


def test_a_sender_that_states_no_length_is_stopped_where_its_quota_ends(
    live: str, vaiti: Vaiti, monkeypatch: pytest.MonkeyPatch
) -> None:
    limits = with_limits(vaiti, bytes_a_day=100_000).controllers
    monkeypatch.setattr(type(vaiti.controllers), "get", lambda _, slug: limits._by_slug[slug])
    large = body(a_call(60))
    pieces = (large[at : at + 10_000] for at in range(0, len(large), 10_000))
    answer = httpx.post(f"{live}/api/v1/recordings", content=pieces, headers=headers(a_key(vaiti).text))
    assert (answer.status_code, answer.json()["slug"]) == (429, "quota-used")
    assert stored(vaiti) == ([], [], 0)


def test_an_answer_says_what_becomes_of_the_senders_copy(limited: Limited, vaiti: Vaiti) -> None:
    client = limited()
    pushed = send(client).json()
    told = {"may_be_deleted": True, "advised_until": "published", "must_be_gone_by": pushed["delete_at"]}
    assert pushed["sender_copy"] == send(client).json()["sender_copy"] == told
    recording = vaiti.catalog.list(vaiti.controllers.scope)[0]
    while recording.stage != "published":
        recording = vaiti.advance(recording)
    state = client.get(f"/api/v1/recordings/{recording.id}").json()
    assert state["sender_copy"] == {**told, "advised_until": None}
