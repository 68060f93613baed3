"""Whoever meets the service while it hears with the demo model is told that it is for trying and testing."""

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from recordings.factory import Vaiti
from recordings.web.texts import TEXTS
from storage.records import Recording
from workers.cli import calls
from workers.client import Client, local_url
from workers.engines.model_folder import TRYING_ONLY

HEALTH = ("/api/v1/health/live", "/api/v1/health/ready", "/health/live")


@pytest.fixture
def with_another_model(vaiti: Vaiti) -> None:
    object.__setattr__(vaiti, "settings", vaiti.settings.model_copy(update={"speech_model": "large-v3"}))


@pytest.mark.parametrize("path", HEALTH)
def test_the_services_health_says_it(api: TestClient, path: str) -> None:
    assert api.get(path).json()["for_trying_only"] is True


@pytest.mark.usefixtures("with_another_model")
def test_another_model_is_not_called_so(api: TestClient) -> None:
    assert [api.get(path).json()["for_trying_only"] for path in HEALTH] == [False] * len(HEALTH)
    assert TEXTS["en"]["trying_now"] not in api.get("/", headers={"Accept-Language": "en"}).text


@pytest.mark.parametrize("language", ["fi", "en"])
def test_the_pages_say_it_and_a_call_says_it_once(
    api: TestClient, push: Callable[..., Recording], language: str
) -> None:
    headers = {"Accept-Language": language}
    recording = push()
    for path in ("/", "/sign-in"):
        assert TEXTS[language]["trying_now"] in api.get(path, headers=headers).text
    page = api.get(f"/calls/{recording.id}", headers=headers).text
    assert TEXTS[language]["trying_only"] in page
    assert TEXTS[language]["trying_now"] not in page
    assert api.get(f"/api/v1/recordings/{recording.id}/transcript").json()["for_trying_only"] is True


def test_commands_that_use_the_service_say_it(
    live: str, token: str, capsys: pytest.CaptureFixture[str], vaiti: Vaiti
) -> None:
    host, _, port = live.removeprefix("http://").partition(":")
    with Client(url=local_url(host, int(port)), token=token) as client:
        calls.say_of_model(client)
        assert capsys.readouterr() == ("", f"{TRYING_ONLY}\n")
        object.__setattr__(vaiti, "settings", vaiti.settings.model_copy(update={"speech_model": "large-v3"}))
        calls.say_of_model(client)
        assert capsys.readouterr() == ("", "")
