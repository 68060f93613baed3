"""What the controllers file and a push ask of masking, on real stores."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

import numpy as np
import pytest

from recordings.documents import read_json
from recordings.errors import FactsInvalid
from recordings.factory import Engines, Vaiti
from recordings.settings import Settings
from redaction.model import Finding, Transcript
from redaction.policy import Action, Profile
from storage.records import Item, Kind, Recording, Scope, Stage
from tests.integration.conftest import CONTROLLERS
from tests.integration.fakes import DigitDetector, MovedClock, Playback, SquareTone, WavCodec, a_call, said

Push = Callable[..., Recording]

POLICY = """
[controllers.kuopio.policy.SECRET]
sound = "silence"
[controllers.kuopio.policy.PERSON]
words = "pseudonym"
[controllers.kuopio.kinds.contract]
profile = "strict"
also_mask = ["household"]
[controllers.kuopio.kinds.contract.policy.SECRET]
action = "keep"
[controllers.lahti.policy.PERSON]
words = "pseudonym"
"""


class Names(DigitDetector):
    """Finds Aino, and remembers which numbers it was told are the company's own."""

    own: tuple[str, ...] = ()

    def detect(
        self, transcript: Transcript, *, known: Mapping[str, Any] | None = None, own_numbers: Sequence[str] = ()
    ) -> tuple[Finding, ...]:
        Names.own = tuple(own_numbers)
        return super().detect(transcript, known={"name": ["aino"]}, own_numbers=own_numbers)


@pytest.fixture
def settings(home: Path) -> Settings:
    ours = CONTROLLERS.replace('Energia Oy"', 'Energia Oy"\nown_numbers = ["020 520 01"]') + POLICY
    (home / "controllers.toml").write_text(ours, encoding="utf-8")
    return Settings(data=home / "data", controllers=home / "controllers.toml")


@pytest.fixture
def vaiti(settings: Settings, clock: MovedClock, playback: Playback) -> Iterator[Vaiti]:
    playback.words = [*said("lapset hei. aino", channel=0), *said("koodi 98 hinta viisisataa", start=3.9, channel=1)]
    engines = Engines(codec=WavCodec(), transcriber=lambda: playback, detector=Names, tone=SquareTone())
    service = Vaiti.open(settings, clock=clock, engines=engines)
    yield service
    service.close()


def words(vaiti: Vaiti, recording: Recording) -> list[str]:
    document = vaiti.view.read_words(Scope.system(), recording.id, actor="test")
    return [word["text"] for word in document["words"] if word["text"]]


def test_a_name_is_the_same_in_all_calls_of_a_controller_and_of_no_other(push: Push, vaiti: Vaiti) -> None:
    first, second = (words(vaiti, push(a_call(seed=n), call_id=f"call-{n}")) for n in (1, 2))
    other = words(vaiti, push(call_id="call-3", controller="lahti"))
    names = {next(word for word in each if word.startswith("[PERSON-")) for each in (first, second)}
    assert len(names) == 1
    assert not names & set(other)
    assert any(word.startswith("[PERSON-") for word in other)
    assert Names.own == ("020 520 01",)


def test_a_pseudonym_is_in_no_plan(push: Push, vaiti: Vaiti) -> None:
    plan = vaiti.view.read_plan(Scope.system(), push().id)
    assert "[PERSON]" in {word["text"] for word in plan["masked_words"]}
    assert "PERSON-" not in str(plan)


def test_a_rule_says_that_sound_goes_silent(push: Push, vaiti: Vaiti) -> None:
    recording = push()
    plan = vaiti.view.read_plan(Scope.system(), recording.id)
    assert {window.get("sound", "tone") for window in plan["windows"]} == {"tone", "silence"}
    silent = next(window for window in plan["windows"] if window.get("sound") == "silence")
    with vaiti.masked.open(recording.id, Item.MASKED_AUDIO) as sound:
        samples = np.concatenate(list(WavCodec().decode(sound)))
    cut = samples[round(silent["start"] * 8000) + 1 : round(silent["end"] * 8000) - 1]
    assert not cut.any()
    assert samples.any(axis=1).mean() > 0.7


def test_a_kind_has_its_own_profile_classes_and_rules(push: Push, vaiti: Vaiti) -> None:
    # `strict` knows no keep: the code of two digits is masked all the same, and the price too
    assert words(vaiti, push(kind="contract")) == [
        "[HOUSEHOLD_TALK]", "[PERSON]", "koodi", "[SECRET]", "hinta", "[LONG_NUMBER]",
    ]  # fmt: skip
    assert Names.own == ()


def test_a_push_can_only_ask_for_more(push: Push, vaiti: Vaiti) -> None:
    assert "[LONG_NUMBER]" in words(vaiti, push(profile="strict"))
    assert "[LONG_NUMBER]" in words(vaiti, push(call_id="b", kind="contract", profile="standard"))
    with pytest.raises(FactsInvalid) as refused:
        push(call_id="c", profile="secret")
    assert refused.value.problems == (("profile", "literal_error"),)


def test_for_a_controller_that_left_the_file_everything_is_masked(push: Push, vaiti: Vaiti) -> None:
    recording = push()
    object.__setattr__(vaiti.controllers, "_by_slug", {})
    policy = vaiti.policies(recording, read_json(vaiti.vault, recording.id, Item.RAW_FACTS)).policy
    assert policy.profile is Profile.NON_DISCLOSURE
    assert {rule.action for rule in policy.rules.values()} == {Action.MASK}


def test_a_recording_whose_policy_doubts_a_finding_waits_for_a_person(push: Push, vaiti: Vaiti) -> None:
    kuopio = vaiti.controllers.get("kuopio")
    rules = {**kuopio.policy, "SECRET": {"review": 1}}
    vaiti.controllers._by_slug["kuopio"] = kuopio.model_copy(update={"policy": rules})
    waiting = push(kind=Kind.SERVICE)
    assert (waiting.stage, waiting.slug) == (Stage.QUARANTINED, "policy-review")
