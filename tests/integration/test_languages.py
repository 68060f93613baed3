"""A language that is not enabled is never clean: whoever speaks it, a person has to look."""

from collections.abc import Callable
from dataclasses import replace

import pytest
from fastapi.testclient import TestClient

from recordings.controllers import Controllers
from recordings.documents import read_raw_words
from recordings.errors import SettingsWrong
from recordings.factory import Vaiti
from recordings.steps.review import Choice, Reviewer, Verb
from storage.records import Recording, Stage
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import Playback, a_call

Push = Callable[..., Recording]
WAITS = (Stage.QUARANTINED, "language-not-enabled")


def told(vaiti: Vaiti, languages: str) -> Vaiti:
    """The service as it starts with these languages in its file."""
    lines = CONTROLLERS.replace("[controllers.kuopio]\n", f"[controllers.kuopio]\nlanguages = {languages}\n")
    return replace(vaiti, controllers=Controllers.parse(lines))


def test_what_the_rules_read_is_enabled_where_the_file_names_nothing(push: Push) -> None:
    stages = [push(a_call(seed=n), call_id=code, language=code).stage for n, code in enumerate(("fi", "sv", "en"), 5)]
    assert stages == [Stage.PUBLISHED] * 3


def test_a_call_that_is_stated_in_another_language_waits(push: Push, api: TestClient) -> None:
    recording = push(language="de")
    assert (recording.stage, recording.slug) == WAITS
    (waiting,) = api.get("/api/v1/review").json()
    assert (waiting["recording"]["id"], waiting["recording"]["slug"]) == (recording.id, "language-not-enabled")
    assert api.get(f"/api/v1/recordings/{recording.id}/transcript").status_code == 409


def test_one_channel_in_another_language_makes_the_whole_call_wait(
    push: Push, vaiti: Vaiti, playback: Playback
) -> None:
    playback.languages = ("fi", "ru")
    recording = push()
    assert (recording.stage, recording.slug) == WAITS
    found = read_raw_words(vaiti.vault, recording.id).transcript.channels
    assert [channel.language for channel in found] == ["fi", "ru"]
    enabled = told(vaiti, '["fi", "ru"]')
    scope = enabled.controllers.scope
    again = enabled.review.decide(scope, recording.id, Choice(verb=Verb.RETRY), Reviewer(actor="officer-1"))
    planned = enabled.advance(again)
    assert planned.stage is Stage.PLANNED


def test_what_was_found_counts_and_not_what_was_stated(push: Push, playback: Playback) -> None:
    playback.languages = ("fi", "sv")
    assert push(language="de").stage is Stage.PUBLISHED


def test_a_silent_channel_speaks_no_language(push: Push, playback: Playback) -> None:
    playback.words = [word for word in playback.words if word.channel == 0]
    playback.languages = ("fi", "ja")
    assert push().stage is Stage.PUBLISHED


def test_a_published_call_is_looked_at_again_when_its_language_is_enabled_no_more(push: Push, vaiti: Vaiti) -> None:
    recording = push(language="sv")
    fewer = told(vaiti, '["fi"]')
    fewer.remask(fewer.controllers.scope, recording.id)
    after = fewer.advance(fewer.view.get(fewer.controllers.scope, recording.id))
    assert (after.stage, after.slug) == WAITS


def test_a_language_is_written_as_its_code() -> None:
    with pytest.raises(SettingsWrong, match="languages"):
        Controllers.parse(CONTROLLERS.replace("[controllers.lahti]\n", '[controllers.lahti]\nlanguages = ["suomi"]\n'))
