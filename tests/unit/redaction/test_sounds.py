"""Findings without words in a plan: cut on all channels, counted, written, mended, and never left out unseen."""

import json
from dataclasses import replace
from types import MappingProxyType
from typing import Any

import pytest

from redaction.errors import BadInput, DetectionFailed
from redaction.interchange import plan_from_dict, plan_to_dict
from redaction.model import Plan, SoundFinding, Verdict, Window
from redaction.plan import PADDING, make_plan
from redaction.policy import Action, Policy, Rule, default_policy
from redaction.sounds import count_findings, cut_keypad
from redaction.verify import STEP, Residue, mend, residue
from tests.builders import a_finding, a_transcript

CALL = a_transcript("C: numero on nolla neljä nolla yks kaks kolme kiitos")
NOTHING = Plan(verdict=Verdict.CLEAN, findings=(), windows=(), masked_words=())
KEPT = Policy(rules=MappingProxyType({"KEYPAD": Rule(action=Action.KEEP)}))


def cut(plan: Plan = NOTHING, policy: Policy | None = None, duration: float | None = 9.0) -> Plan:
    keyed = (((8.0, 8.9),), ((2.0, 3.0),))
    return cut_keypad(plan, keyed, policy=policy or default_policy(), channels=2, duration=duration)


def test_keys_are_cut_on_all_channels_with_padding_and_within_the_call() -> None:
    plan = cut()
    assert plan.verdict is Verdict.MASKED
    assert plan.windows == (
        Window(start=2.0 - PADDING, end=3.0 + PADDING, channels=(0, 1)),
        Window(start=8.0 - PADDING, end=9.0, channels=(0, 1)),
    )
    assert [(each.type, each.channel, each.start, each.end) for each in plan.sounds] == [
        ("KEYPAD", 1, 2.0, 3.0),
        ("KEYPAD", 0, 8.0, 8.9),
    ]


def test_the_end_may_be_unknown() -> None:
    assert cut(duration=None).windows[-1].end == 8.9 + PADDING


def test_no_keys_change_nothing() -> None:
    assert cut_keypad(NOTHING, ((), ()), policy=default_policy(), channels=2) is NOTHING


def test_a_quarantine_stays_one() -> None:
    assert cut(replace(NOTHING, verdict=Verdict.QUARANTINE)).verdict is Verdict.QUARANTINE


def test_a_policy_may_keep_keys() -> None:
    assert cut(policy=KEPT) is NOTHING


@pytest.mark.parametrize("keyed", [(), ((),), ((), (), ())])
def test_a_channel_that_nobody_listened_to_is_a_failure(keyed: Any) -> None:
    with pytest.raises(DetectionFailed):
        cut_keypad(NOTHING, keyed, policy=default_policy(), channels=2)


def test_words_and_keys_are_counted_together() -> None:
    findings = (a_finding(2, 3), a_finding(5, 6), a_finding(7, 7, datum=1))
    assert count_findings(replace(cut(), findings=findings)) == {"PHONE_NUMBER": 2, "KEYPAD": 2}


def test_a_plan_with_keys_comes_back_as_it_went() -> None:
    plan = cut(make_plan(CALL, [a_finding(2, 5)], policy=default_policy()))
    written = plan_to_dict(plan)
    assert written["sounds"][0] == {
        "type": "KEYPAD",
        "channel": 1,
        "start": 2.0,
        "end": 3.0,
        "score": 1.0,
        "why": ["tone-pairs"],
    }
    assert plan_from_dict(json.loads(json.dumps(written))) == plan


def test_a_plan_from_before_has_no_sounds() -> None:
    written = plan_to_dict(NOTHING)
    del written["sounds"]
    assert plan_from_dict(written) == NOTHING


@pytest.mark.parametrize(
    "changes",
    [
        {"type": None},
        {"channel": -1},
        {"start": None},
        {"end": None},
        {"score": None},
        {"start": -1.0},
        {"end": 1.0},
        {"why": [1]},
    ],
)
def test_a_sound_that_cannot_be_relied_on_is_refused(changes: dict[str, Any]) -> None:
    written = plan_to_dict(cut())
    written["sounds"][0].update(changes)
    with pytest.raises(BadInput, match="plan-sounds"):
        plan_from_dict(written)


@pytest.mark.parametrize("sounds", [None, "keys", [3]])
def test_sounds_are_a_list_of_objects(sounds: Any) -> None:
    with pytest.raises(BadInput, match="plan-sounds"):
        plan_from_dict({**plan_to_dict(cut()), "sounds": sounds})


def test_keys_that_are_still_heard_widen_the_cut_and_the_plan_keeps_what_it_knew() -> None:
    plan = make_plan(CALL, [a_finding(2, 5)], policy=default_policy())
    plan = cut_keypad(plan, ((), ((0.1, 0.4),)), policy=default_policy(), channels=2)
    left = residue(plan, keyed=[SoundFinding(type="KEYPAD", channel=1, start=0.2, end=3.5)])
    assert left == Residue(
        windows=(Window(start=0.0, end=3.5 + STEP, channels=(0, 1)),),
        heard=(Window(start=0.2, end=3.5, channels=(0, 1)),),
    )
    mended = mend(plan, left, transcript=CALL)
    assert mended.sounds == plan.sounds
    assert mended.windows[0].start == 0.0
    assert mended.windows[-1].end >= 3.5 + STEP
