"""A policy that asks for a person: the call waits, and what the person says of the place is what happens."""

from collections.abc import Callable
from pathlib import Path

import pytest

from recordings.doubts import Doubt
from recordings.factory import Vaiti
from recordings.settings import Settings
from recordings.steps.review import Verb
from storage.records import Recording, Stage
from tests.integration.conftest import CONTROLLERS
from tests.integration.test_review import OFFICER, STAFF, SYSTEM, decide, texts

Push = Callable[..., Recording]
ASKS = "\n[controllers.kuopio.policy.SECRET]\nreview = 1.0\n"


@pytest.fixture
def settings(home: Path) -> Settings:
    (home / "controllers.toml").write_text(CONTROLLERS + ASKS, encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


@pytest.fixture
def waiting(push: Push) -> Recording:
    recording = push()
    assert (recording.stage, recording.slug) == (Stage.QUARANTINED, "policy-review")
    return recording


def test_a_person_says_that_it_is_personal_data(vaiti: Vaiti, waiting: Recording) -> None:
    (place,) = vaiti.review.show(SYSTEM, waiting.id, STAFF).places
    assert (place.doubt, place.type, place.shape) == (Doubt.UNSURE, "SECRET", ("number",))
    after = decide(vaiti, waiting, STAFF, Verb.MASK, 1)
    assert (after.stage, after.findings) == (Stage.PUBLISHED, {"SECRET": 1})


def test_the_privacy_officer_says_that_it_is_none(vaiti: Vaiti, waiting: Recording) -> None:
    after = decide(vaiti, waiting, OFFICER, Verb.RELEASE)
    assert (after.stage, after.verdict, after.findings) == (Stage.PUBLISHED, "clean", {})
    assert "131052-308T" in texts(vaiti, after)


def test_looking_again_is_no_decision(vaiti: Vaiti, waiting: Recording) -> None:
    after = decide(vaiti, waiting, STAFF, Verb.RETRY)
    assert (after.stage, after.slug) == (Stage.QUARANTINED, "policy-review")
