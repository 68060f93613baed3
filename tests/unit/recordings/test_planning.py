"""Which rules looked last, and which decisions stand."""

from dataclasses import replace
from datetime import UTC, datetime

from recordings.planning import decided_of, digest_rules
from recordings.policies import Terms
from redaction.policy import Action, Rule, default_policy
from storage.records import Decision, DecisionAction, RecordingId

TERMS = Terms(policy=default_policy(), own_numbers=("020 520 01",), known=None)
MASK = Decision(
    recording=RecordingId("0" * 32),
    controller="kuopio",
    at=datetime(2026, 3, 1, tzinfo=UTC),
    actor="officer-1",
    action=DecisionAction.MASK,
    type="PERSON",
    channel=1,
    first=2,
    last=3,
)
CLEAR = replace(MASK, action=DecisionAction.CLEAR)


def test_the_same_rules_have_the_same_digest_whoever_is_masked() -> None:
    policy = replace(TERMS.policy, namer=lambda kind, value: kind + value)
    assert digest_rules(replace(TERMS, policy=policy, known={"name": ["Aino"]})) == digest_rules(TERMS)


def test_other_rules_have_another_digest() -> None:
    keeps = replace(TERMS.policy, rules={"PERSON": Rule(action=Action.KEEP)})
    classes = replace(TERMS.policy, classes=frozenset({"CONSUMPTION"}))
    others = [
        replace(TERMS, own_numbers=()),
        replace(TERMS, policy=keeps),
        replace(TERMS, policy=classes),
    ]
    assert len({digest_rules(each) for each in (TERMS, *others)}) == 4


def test_the_last_word_about_a_place_stands() -> None:
    assert [place.first for place in decided_of([CLEAR, MASK]).masks] == [2]
    assert decided_of([CLEAR, MASK]).clears == ()
    assert decided_of([MASK, CLEAR]).masks == ()
    heard = replace(CLEAR, channel=None, first=None, last=None, start=1.0, end=2.0)
    both = decided_of([MASK, heard])
    assert (len(both.masks), both.clears[0].start) == (1, 1.0)
